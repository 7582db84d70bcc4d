"""What an expression may say: its kinds, its names, its canonical text, its SQL."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from jiedui.ledgers.expressions import Engine, ExpressionError, Kind, Named, parse
from jiedui.ledgers.expressions.frames import WRITERS as IN_FRAMES
from jiedui.ledgers.expressions.sql import WRITERS as IN_SQL
from jiedui.ledgers.expressions.tree import Node

if TYPE_CHECKING:
    from collections.abc import Collection

WHERE = "kinds/samples.py: rule 'x'"


@dataclass(frozen=True)
class Chosen:
    choices: Collection[str]
    kind: Kind = Kind.CHOICE


NAMES: dict[str, Kind | Named] = {
    "note": Kind.TEXT,
    "other": Kind.TEXT,
    "people": Kind.WHOLE,
    "guests": Kind.WHOLE,
    "paid": Kind.MONEY,
    "planned": Kind.MONEY,
    "starts": Kind.DATE,
    "ends": Kind.DATE,
    "year": Kind.WHOLE,
    "from": Kind.DATE,
    "departed": Kind.MOMENT,
    "arrived": Kind.MOMENT,
    "chief": Kind.FLAG,
    "form": Chosen(("visit", "meeting")),
    "level": Chosen(("visit", "county")),
    "open": Kind.CHOICE,
    "at": Kind.PLACE,
    "owner": Kind.REF,
    "pairing": Kind.REF,
    "attended": Kind.ROWS,
}


def rule(text: str) -> str:
    return parse(text, NAMES, aggregate=False, where=WHERE).text


def measure(text: str) -> tuple[Kind, str]:
    found = parse(text, NAMES, aggregate=True, where=WHERE)
    return found.kind, found.text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ends is null or ends >= starts", '("ends" IS NULL) OR ("ends" >= "starts")'),
        ("ENDS is NULL" .lower(), '"ends" IS NULL'),
        ("chief", '"chief"'),
        ("arrived >= departed", '"arrived" >= "departed"'),
        ("departed < '2024-02-29T08:30'", "\"departed\" < '2024-02-29T08:30'"),
        ("day(departed) >= starts", 'day("departed") >= "starts"'),
        ("not  chief", 'NOT ("chief")'),
        ("people<>-5", '"people" <> (-5)'),
        ("form in ('visit', 'meeting')", "\"form\" IN ('visit', 'meeting')"),
        ("form not in ('visit')", "NOT (\"form\" IN ('visit'))"),
        ("'visit' = form", "'visit' = \"form\""),
        (
            "people between 1 and 9 and chief",
            '("people" >= 1) AND ("people" <= 9) AND "chief"',
        ),
        ("starts >= date '2024-02-29'", "\"starts\" >= DATE '2024-02-29'"),
        ("note = 'it''s' or starts(note, '第')", "(\"note\" = 'it''s') OR starts(\"note\", '第')"),
        ("starts(at, '62')", "starts(\"at\", '62')"),
        ("at = '623027'", "\"at\" = '623027'"),
        ("attended.count >= people", '"attended".count >= "people"'),
        ("\"from\" is not null and year = year(\"from\")",
         '(NOT ("from" IS NULL)) AND ("year" = year("from"))'),
        ("days(starts, ends) <= 30", 'days("starts", "ends") <= 30'),
        ("paid * 2 - planned <= coalesce(paid, 0)",
         '(("paid" * 2) - "planned") <= COALESCE("paid", 0)'),
        ("case when chief then paid else 0 end > 5",
         'CASE WHEN "chief" THEN "paid" ELSE 0 END > 5'),
        ("-people < 0", '(0 - "people") < 0'),
        ("owner <> pairing", '"owner" <> "pairing"'),
        ("(people = 1) = chief", '("people" = 1) = "chief"'),
        ("a_note = 'x'".replace("a_", ""), "\"note\" = 'x'"),
    ],
)  # fmt: skip
def test_a_rule_has_one_canonical_text(text: str, canonical: str) -> None:
    assert rule(text) == canonical
    assert rule(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sum(people)", Kind.WHOLE),
        ("sum(paid)", Kind.MONEY),
        ("sum(paid * 2) - sum(planned)", Kind.MONEY),
        ("count(*)", Kind.WHOLE),
        ("count(note)", Kind.WHOLE),
        ("count(distinct owner)", Kind.WHOLE),
        ("min(starts)", Kind.DATE),
        ("max(paid)", Kind.MONEY),
        ("min(departed)", Kind.MOMENT),
        ("day(max(departed))", Kind.DATE),
        ("sum(people) filter (where form = 'visit' and chief)", Kind.WHOLE),
        ("count(*) filter (where chief) = count(*)", Kind.FLAG),
        ("sum(attended.count)", Kind.WHOLE),
        ("coalesce(sum(people) filter (where chief), 0) + count(*)", Kind.WHOLE),
        ("days(min(starts), max(ends)) + 1", Kind.WHOLE),
    ],
)
def test_a_measure_has_a_kind(text: str, kind: Kind) -> None:
    found, canonical = measure(text)
    assert found is kind
    assert measure(canonical) == (kind, canonical)


def test_names_and_columns_are_those_used() -> None:
    found = parse("attended.count > people or chief", NAMES, aggregate=False, where=WHERE)
    assert found.names == ("attended", "chief", "people")
    assert found.columns == ("attended_count", "chief", "people")


def test_the_sql_of_each_engine() -> None:
    text = "starts(note, '50%\\') and days(starts, ends) < year(starts) and people + 1 > 2"
    found = parse(text, NAMES, aggregate=False, where=WHERE)
    assert found.sql(Engine.SQLITE) == (
        "(substr(`note`, 1, 4) = ('50' || char(37) || '\\')) AND "
        "(CAST(julianday(`ends`) - julianday(`starts`) AS INTEGER) < "
        "CAST(substr(`starts`, 1, 4) AS INTEGER)) AND ((`people` + 1) > 2)"
    )
    assert found.sql(Engine.POSTGRESQL) == (
        "starts_with(\"note\", ('50' || chr(37) || E'\\\\')) AND "
        '(CAST("ends" - "starts" AS BIGINT) < CAST(EXTRACT(YEAR FROM "starts") AS BIGINT)) AND '
        '(("people" + CAST(1 AS BIGINT)) > 2)'
    )
    assert found.sql(Engine.DUCKDB) == (
        "starts_with(\"note\", ('50' || chr(37) || '\\')) AND "
        '(date_diff(\'day\', "starts", "ends") < '
        'CAST(EXTRACT(YEAR FROM "starts") AS BIGINT)) AND '
        '(("people" + CAST(1 AS BIGINT)) > 2)'
    )


def test_every_node_is_written_by_every_engine() -> None:
    nodes = {kind.__name__ for kind in Node.__subclasses__()}
    assert {kind.__name__ for kind in IN_SQL} == nodes
    assert {kind.__name__ for kind in IN_FRAMES} == nodes - {"Aggregate"}


def test_polars_refuses_a_measure_loudly() -> None:
    found = parse("sum(people)", NAMES, aggregate=True, where=WHERE)
    with pytest.raises(ExpressionError, match="rule 'x': polars cannot run sum"):
        found.polars()


def test_no_engine_is_imported_until_it_is_needed() -> None:
    script = (
        "import sys, jiedui.ledgers.expressions;"
        "print(sorted({'sqlglot', 'polars', 'duckdb'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
