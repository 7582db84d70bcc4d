"""Every node of the expressions answers the same on every engine, with nulls and edges.

The one gap is declared: Polars never runs a measure, because figures come from a store or a
snapshot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jiedui.ledgers.expressions import Expression, ExpressionError, tree
from jiedui.ledgers.expressions.grammar import READERS
from jiedui.ledgers.expressions.reader import Reader
from tests.engines import MOMENTS, NAMES, ROWS, SIZE, TEXTS, Duckdb, Polars, Postgresql, Sqlite
from tests.needs import require
from tests.postgres import postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator

TWO_FLAGS = ("chief", "done", "people > 0", "starts is null", "true")
SIGNS = ("=", "<>", "<", "<=", ">", ">=")


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


NODES: dict[str, list[str]] = {
    "Name": [name for name in NAMES if name != "attended"] + ["attended.count"],
    "Number": ["7", "-7", "0", "10000000000000000", "-10000000000000000"],
    "Words": [quote(text) for text in TEXTS if text is not None],
    "Day": ["date '2024-02-29'", "date '9999-12-31'", "date '0001-01-01'"],
    "Truth": ["true", "false"],
    "Compare": [
        *(f"people {sign} guests" for sign in SIGNS),
        *(f"paid {sign} 0" for sign in SIGNS),
        *(f"starts {sign} ends" for sign in SIGNS),
        *(f"starts {sign} date '2024-02-29'" for sign in SIGNS),
        *(f"chief {sign} done" for sign in SIGNS[:2]),
        *(f"chief {sign} true" for sign in SIGNS[:2]),
        *(f"note {sign} other" for sign in SIGNS[:2]),
        *(f"owner {sign} pairing" for sign in SIGNS[:2]),
        *(f"note = {quote(text)}" for text in TEXTS if text is not None),
        *(f"departed {sign} arrived" for sign in SIGNS),
        *(f"departed {sign} '2023-12-19T00:00'" for sign in SIGNS),
        "day(departed) = day(arrived)", "starts <= day(departed)",
        "form = 'visit'", "'visit' <> form", "at = '623027'", "(people = 1) = chief",
    ],
    "Among": [
        "people in (0, -1, 2147483648)", "people not in (1)", "note in ('', 'a', '第', '50%')",
        "starts in (date '2024-02-29', date '1900-03-01')", "form not in ('visit', 'meeting')",
        "departed in ('2023-12-18T23:59', '2024-02-29T08:30')", "at in ('623027')", "people + 1 in (1, 2)",
    ],
    "Absent": [f"{name} is null" for name in NAMES if name != "attended"]
    + [f"{name} is not null" for name in NAMES if name != "attended"]
    + ["(people + guests) is null", "(chief and done) is not null"],
    "Negation": ["not chief", "not not chief", "not people > 0", "not (chief or done)"],
    "Every": [f"{a} and {b}" for a in TWO_FLAGS for b in TWO_FLAGS]
    + ["people between 0 and 7", "people not between guests and 7", "chief and done and note = 'a'",
       "starts between date '2024-01-01' and ends", "paid between planned and 1"],
    "Either": [f"{a} or {b}" for a in TWO_FLAGS for b in TWO_FLAGS]
    + ["chief or done and people > 0", "(chief or done) and people > 0", "chief or done or false"],
    "Case": [
        "case when chief then 1 else 0 end", "case when chief then paid else planned * 2 end",
        "case when chief then 2147483647 else 1 end * 2",
        "case when people > 0 then note when chief then other else '' end",
        "case when chief then starts else ends end",
        "case when chief then done else people > 0 end", "case when chief then form else 'x' end",
    ],
    "Coalesce": [
        "coalesce(people, guests)", "coalesce(paid, 0)", "coalesce(note, other, '')",
        "coalesce(starts, ends, date '2024-01-01')", "coalesce(chief, done, false)",
        "coalesce(people, 2147483647) + 2147483647", "coalesce(departed, arrived)",
    ],
    "Arithmetic": [
        "people + guests", "people - guests", "people * 3", "-3 * people", "paid + planned - 1",
        "-people", "-(-people)", "people - -1", "2147483647 + 1", "2147483647 * 2147483647",
        "people * 900", "year(starts) * 2147483647", "days(starts, ends) * 2147483647",
        "attended.count + 1",
    ],
    "Days": [
        "days(starts, ends)", "days(ends, starts)", "days(starts, starts)",
        "days(date '2024-02-28', date '2024-03-01')", "days(starts, date '2024-12-31')",
    ],
    "DatePart": ["year(starts)", "month(starts)", "year(date '0001-01-01')",
                 "month(coalesce(starts, ends))"],
    "DayOf": ["day(departed)", "day(coalesce(departed, arrived))", "days(day(departed), day(arrived))",
              "year(day(departed))", "day(departed) >= date '2023-12-19'"],
    "Starts": [
        *(f"starts(note, {quote(text)})" for text in TEXTS if text is not None),
        "starts(note, '夏河')", "starts(at, '62')", "starts(at, '623027')",
        "starts(coalesce(note, other), '𠮷')",
    ],
    "Aggregate": [
        "sum(people)", "sum(paid)", "sum(people * 3 - guests)", "sum(attended.count)",
        "count(*)", "count(people)", "count(chief)", "count(note)", "count(distinct people)",
        "count(distinct note)", "count(distinct chief)", "count(distinct starts)",
        "count(distinct owner)", "min(people)", "max(people)", "min(paid)", "max(paid)",
        "min(starts)", "max(ends)", "min(departed)", "max(arrived)", "count(distinct departed)",
        "day(max(departed))", "max(attended.count)", "sum(7)", "count('a')",
        "sum(people) filter (where chief)", "count(*) filter (where chief and done)",
        "count(distinct note) filter (where people > 0)", "min(starts) filter (where chief)",
        "sum(people) filter (where false)", "count(*) filter (where false)",
        "max(ends) filter (where note = 'nowhere')", "min(people) filter (where chief is null)",
        "sum(people) + sum(guests) * 3", "coalesce(sum(people) filter (where false), 0)",
        "count(*) = count(people)", "days(min(starts), max(ends))", "year(max(starts))",
        "sum(case when chief then 1 else 0 end)", "count(*) filter (where starts(note, '50%'))",
        "case when count(*) > 5 then sum(paid) else 0 end", "min(starts) is null or count(*) > 2",
    ],
}  # fmt: skip


def read(text: str, *, aggregate: bool) -> Expression:
    """Read a value of any kind; `parse` asks for a flag or a measure besides."""
    reader = Reader(READERS, NAMES, f"engines: {text}", aggregate=aggregate)
    return reader.expression(reader.read(text))


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Sqlite]:
    engine = Sqlite()
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=["duckdb", "polars", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Duckdb | Polars | Postgresql]:
    made: Duckdb | Polars | Postgresql
    if request.param == "postgresql":
        url = postgres_url()
        if url is None:
            require("postgres")
            pytest.fail("the server fixture and the needs disagree")
        made = Postgresql(url)
    else:
        made = Duckdb() if request.param == "duckdb" else Polars()
    yield made
    made.close()


def test_every_node_is_asked() -> None:
    assert set(NODES) == {kind.__name__ for kind in tree.Node.__subclasses__()}
    for name, texts in NODES.items():
        for text in texts:
            root = read(text, aggregate=name == "Aggregate").root
            found = {type(node).__name__ for node in tree.walk(root)}
            assert name in found, text


@pytest.mark.parametrize("name", sorted(NODES.keys() - {"Aggregate"}))
def test_a_node_answers_the_same(
    name: str, sqlite: Sqlite, engine: Duckdb | Polars | Postgresql
) -> None:
    expressions = [read(text, aggregate=False) for text in NODES[name]]
    expected, found = sqlite.answers(expressions), engine.answers(expressions)
    assert len(expected) == SIZE
    for column, text in enumerate(NODES[name]):
        assert same([row[column] for row in expected], [row[column] for row in found]), text


def test_an_aggregate_answers_the_same(
    sqlite: Sqlite, engine: Duckdb | Polars | Postgresql
) -> None:
    expressions = [read(text, aggregate=True) for text in NODES["Aggregate"]]
    if isinstance(engine, Polars):
        for expression in expressions:
            with pytest.raises(ExpressionError, match="polars cannot run"):
                expression.polars()
        return
    expected, found = sqlite.answers(expressions)[0], engine.answers(expressions)[0]
    for text, left, right in zip(NODES["Aggregate"], expected, found, strict=True):
        assert same([left], [right]), (text, left, right)


def same(left: list[Any], right: list[Any]) -> bool:
    """Equal values of equal types: 1 is not True here, and 1 is not 1.0."""
    return left == right and list(map(type, left)) == list(map(type, right))


def test_what_the_answers_are(sqlite: Sqlite) -> None:
    """The others are compared with SQLite; here SQLite is compared with the rules of SQL."""
    texts: dict[str, list[Any]] = {
        "chief": [None, True, False],
        "not chief": [None, False, True],
        "chief and false": [False, False, False],
        "chief or true": [True, True, True],
        "chief and true": [None, True, False],
        "chief is null": [True, False, False],
        "case when chief then 1 else 2 end": [2, 1, 2],
        "chief = chief": [None, True, True],
        "coalesce(chief, false)": [False, True, False],
        "days(date '2024-02-28', starts)": [None, 1, -59],
        "year(starts) * 100 + month(starts)": [None, 202402, 202312],
        "starts(note, '')": [None, True, True],
        "people in (0, 5)": [None, True, False],
        "people between 1 and chief_count".replace("chief_count", "attended.count"): [
            None, False, True,
        ],
    }  # fmt: skip
    found = sqlite.answers([read(text, aggregate=False) for text in texts])[:3]
    for column, (text, expected) in enumerate(texts.items()):
        assert same([row[column] for row in found], expected), text
    wholes = [row[2] for row in ROWS if row[2] is not None]
    measured = sqlite.answers([read("sum(people)", aggregate=True)])
    assert measured == [(sum(wholes),)]


# Random expressions, well typed by construction.

CHOSEN = {"form": ("visit", "meeting", "joint-meeting"), "at": ("623027", "620100", "120000")}
ORDERED = {"whole", "money", "date", "moment"}
days = st.sampled_from(["date '2024-02-29'", "date '2023-12-31'", "date '1900-03-01'"])
moments = st.sampled_from([quote(text) for text in MOMENTS if text is not None])
wholes = st.sampled_from(["0", "1", "-1", "7", "2147483648", "-10000000000000000"])
texts = st.sampled_from([quote(text) for text in TEXTS if text is not None]) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=3
).map(quote)


def branches(value: st.SearchStrategy[str], flags: st.SearchStrategy[str]) -> Any:
    case = st.builds("case when {} then {} else {} end".format, flags, value, value)
    return case | st.builds("coalesce({}, {})".format, value, value)


def values(depth: int) -> dict[str, st.SearchStrategy[str]]:
    """Strategies for the text of each kind of value, nested at most `depth` deep."""
    kinds = {
        "text": st.sampled_from(["note", "other"]) | texts,
        "whole": st.sampled_from(["people", "guests", "attended.count"]) | wholes,
        "money": st.sampled_from(["paid", "planned"]),
        "date": st.sampled_from(["starts", "ends"]) | days,
        "moment": st.sampled_from(["departed", "arrived"]),
        "flag": st.sampled_from(["chief", "done", "true", "false"]),
    }
    if depth == 0:
        return kinds
    inner = values(depth - 1)
    parts = {kind: st.builds("({})".format, strategy) for kind, strategy in inner.items()}
    factor = st.sampled_from(["2", "-3", "0"])
    for kind in ("whole", "money"):
        kinds[kind] |= st.builds(
            "{} {} {}".format, parts[kind], st.sampled_from("+-"), parts[kind]
        ) | st.builds("{} * {}".format, parts[kind], factor)
    kinds["whole"] |= st.builds("days({}, {})".format, inner["date"], inner["date"]) | st.builds(
        "{}({})".format, st.sampled_from(["year", "month"]), inner["date"]
    )
    kinds["date"] |= st.builds("day({})".format, inner["moment"])
    for kind in kinds:
        kinds[kind] |= branches(inner[kind], inner["flag"])
    kinds["flag"] |= comparisons(parts) | st.builds(
        "{} {} {}".format, parts["flag"], st.sampled_from(["and", "or"]), parts["flag"]
    )
    kinds["flag"] |= st.builds("not {}".format, parts["flag"]) | st.builds(
        "starts({}, {})".format, inner["text"], texts
    )
    return kinds


def comparisons(parts: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    """Comparisons, memberships, ranges and tests for null."""
    found = []
    for kind, value in parts.items():
        signs = SIGNS if kind in ORDERED else SIGNS[:2]
        found.append(st.builds("{} {} {}".format, value, st.sampled_from(signs), value))
        found.append(st.builds("{} is {}".format, value, st.sampled_from(["null", "not null"])))
        if kind in ORDERED:
            found.append(st.builds("{} between {} and {}".format, value, value, value))
    for kind, options in (
        ("text", texts),
        ("whole", wholes),
        ("money", wholes),
        ("date", days),
        ("moment", moments),
    ):
        listed = st.lists(options, min_size=1, max_size=3).map(", ".join)
        word = st.sampled_from(["in", "not in"])
        found.append(st.builds("{} {} ({})".format, parts[kind], word, listed))
    for field, codes in CHOSEN.items():
        options = st.sampled_from([quote(code) for code in codes])
        found.append(st.builds(f"{field} {{}} {{}}".format, st.sampled_from(SIGNS[:2]), options))
    return st.one_of(found)


def measures() -> st.SearchStrategy[str]:
    """Measures, with filters, joined by comparison or arithmetic."""
    flags, row = values(2)["flag"], values(1)
    plain = st.just("count(*)") | st.builds(
        "{}({})".format,
        st.sampled_from(["sum", "min", "max", "count"]),
        st.sampled_from(["people", "guests", "people * 2", "attended.count", "people - guests"]),
    )
    plain |= st.one_of([st.builds("count(distinct {})".format, row[kind]) for kind in sorted(row)])
    one = plain | st.builds("{} filter (where {})".format, plain, flags)
    two = st.builds("{} {} {}".format, one, st.sampled_from(["+", "-", *SIGNS]), one)
    return one | two | st.builds("coalesce({}, 0)".format, one)


LIMITS = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read_or_drop(text: str, *, aggregate: bool) -> Expression:
    """Read a random text; those that are well typed and refused all the same are dropped."""
    try:
        return read(text, aggregate=aggregate)
    except ExpressionError as refused:
        assume(not any(word in str(refused) for word in ("64 bits", "NFC", "never asked")))
        raise


@LIMITS
@given(st.lists(st.one_of([values(2)[kind] for kind in sorted(values(0))]), min_size=1, max_size=4))
def test_random_values_answer_the_same(
    sqlite: Sqlite, engine: Duckdb | Polars | Postgresql, texts: list[str]
) -> None:
    expressions = [read_or_drop(text, aggregate=False) for text in texts]
    expected, found = sqlite.answers(expressions), engine.answers(expressions)
    for column in range(len(texts)):
        assert same([row[column] for row in expected], [row[column] for row in found])


@LIMITS
@given(st.lists(measures(), min_size=1, max_size=4))
def test_random_measures_answer_the_same(
    sqlite: Sqlite, engine: Duckdb | Polars | Postgresql, texts: list[str]
) -> None:
    if isinstance(engine, Polars):
        return
    expressions = [read_or_drop(text, aggregate=True) for text in texts]
    assert same(list(sqlite.answers(expressions)[0]), list(engine.answers(expressions)[0]))


@LIMITS
@given(values(2)["flag"])
def test_the_canonical_text_reads_as_itself(text: str) -> None:
    found = read_or_drop(text, aggregate=False)
    assert read(found.text, aggregate=False) == Expression(
        f"engines: {found.text}", found.root, found.kind, found.names, found.columns, False
    )
