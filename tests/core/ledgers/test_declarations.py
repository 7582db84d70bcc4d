"""A declaration that contradicts itself fails as it is made, and says file, ledger and field."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from jiedui.ledgers import expressions, kinds, proving, registry
from jiedui.ledgers.declare import Indicator, Ledger, Register, Rule
from jiedui.ledgers.expressions import ExpressionError
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import (
    Choice,
    Choices,
    Count,
    Date,
    DeclarationError,
    Flag,
    Many,
    Money,
    Ref,
    Row,
    Text,
)
from tests.core.ledgers.rows import check, declare


class Guest(Row):
    """A child row of a made-up ledger."""

    called = Text("姓名", person="not coalesce(officer, false)")
    officer = Flag("公职")


def indicator(**changed):
    words = {"code": "Z1", "title": "示例", "measure": "count(*)", "unit": Unit.TIMES, "on": "day"}
    return Indicator(**words | changed)


def choices(*options):
    make: Any = Choices
    return make("Sort", {f"OPTION{number}": option for number, option in enumerate(options)})


def refused(match, *, name="plans", base=Ledger, **body):
    with pytest.raises(DeclarationError, match=match) as caught:
        declare(name, base, **body)
    assert str(caught.value).startswith(f"kinds/{name}.py: {name.title()}")


def test_the_least_ledger_is_one():
    plans = declare()
    assert plans.name == "plans"
    assert list(plans.fields)[:4] == ["programme", "pairing", "place", "day"]
    assert {"state", "year", "owner", "sources"} <= plans.fields.keys()


def test_a_register_has_no_part_in_a_year():
    assert list(declare("plans", Register).fields) == ["day", "owner", "sources"]


@pytest.mark.parametrize(
    "name",
    ["version", "entry", "link", "ended", "digest", "order", "group", "user", "end", "window"],
)
def test_a_name_that_is_taken(name):
    refused(rf"Plans\.{name}: the name is taken", **{name: Text("示例")})


def test_every_word_of_a_ledger_itself_is_taken():
    own = {word for word in vars(Ledger) if not word.startswith("_")}
    assert own <= proving.RESERVED


@pytest.mark.parametrize("name", ["Name", "_hidden", "名称", "a" * 41])
def test_a_name_that_is_no_column(name):
    with pytest.raises(DeclarationError, match=rf"kinds.plans: Plans\.{name} is not usable"):
        declare(**{name: Text("示例")})


def test_a_field_that_every_ledger_has():
    refused(r"Plans\.state: every ledger has this field", state=Text("示例"))
    refused(r"Plans\.place: every ledger has this field", place=Text("示例"))
    refused(r"Plans\.owner: every ledger has this field", base=Register, owner=Text("示例"))
    assert declare("plans", Register, place=Text("示例")).fields["place"].label == "示例"


def test_a_column_beside_another():
    rows = {"guests": Many(Guest, "来宾"), "guests_count": Count("来宾数")}
    refused(r"Plans\.guests_count: .*'guests'", **rows)
    refused(r"Plans\.who_vault: .*'who'", who=Text("姓名", person=True), who_vault=Text("示例"))
    assert declare(who=Text("单位"), who_vault=Text("示例"), who_count=Count("示例数"))


@pytest.mark.parametrize("what", ["identity", "listed", "filters", "label"])
def test_a_mention_of_a_field_that_is_none(what):
    refused(rf"Plans\.{what}: 'begins' is no field of it", **{what: ("day", "begins")})


def test_an_indicator_over_a_field_that_is_none():
    refused(r"indicators\[Z1\]: 'begins'", indicators=(indicator(on="begins"),))
    refused(r"indicators\[Z1\]: 'people'", indicators=(indicator(needs=("people",)),))
    refused(r"indicators\[Z1\]\.by: 'level'", indicators=(indicator(by=("month", "level")),))


def test_a_day_that_is_no_date():
    refused(r"Plans\.on: 'programme' is no date", on="programme")
    refused(r"Plans\.Z1: 'place' is no date", indicators=(indicator(on="place"),))
    refused(r"Plans\.on: names no date", on="")


def test_a_cut_or_filter_by_what_no_column_holds():
    people = {"guests": Many(Guest, "来宾"), "who": Text("姓名", person=True)}
    refused(r"Plans\.filters: 'guests' cannot be", filters=("guests",), **people)
    refused(r"Plans\.filters: 'who' cannot be", filters=("who",), **people)
    refused(r"by: 'guests' cannot be", indicators=(indicator(by=("guests",)),), **people)


def test_a_heading_of_two_fields():
    refused(r"Plans\.other: '日期' is a heading of 'day' too", other=Text("其他", also=("日期",)))
    refused(r"Plans\.other: '结对' is a heading of 'pairing' too", other=Text("结对"))


def test_a_field_without_a_label():
    refused(r"Plans\.guests: needs a label", guests=Many(Guest))


def test_a_rule_that_is_there_twice():
    rule = Rule("same", "day is not null", "示例")
    refused(r"Plans\.rules: 'same' is declared 2 times", rules=(rule, rule))


def test_numbers_beyond_what_expressions_are_proved_on():
    refused(r"Plans\.people: numbers go from", people=Count("人数", high=10**17))
    refused(r"Plans\.people: numbers go from", people=Count("人数", low=5, high=4))


@pytest.mark.parametrize(
    "options",
    [
        [("a", "甲"), ("a", "乙")],
        [("a", "甲"), ("b", "甲")],
        [("a", "甲"), ("甲", "乙")],
        [("a", "甲"), ("a", "甲")],
    ],
)
def test_options_that_cannot_be_told_apart(options):
    refused(r"Plans\.sort: Sort has the same option or word twice",
            sort=Choice("类型", choices(*options)))  # fmt: skip
    inner = type("Part", (Row,), {"sort": Choice("类型", choices(*options))})
    refused(r"Plans\.parts\.sort: Sort has", parts=Many(inner, "部分"))


def test_an_option_may_be_its_own_label():
    assert declare(sort=Choice("类型", choices(("甲", "甲")))).fields["sort"].choices == {
        "甲": "甲"
    }


@pytest.mark.parametrize("head", [{"title": ""}, {"__doc__": ""}, {"label": ()}])
def test_a_ledger_without_its_head(head):
    refused("needs a title, a docstring, and a label", **head)


@pytest.mark.parametrize("name", ["Plans", "a_name_of_more_than_18", "_plans"])
def test_a_file_whose_name_no_index_could_bear(name):
    refused("the file's name is the ledger's", name=name)


def test_child_rows_in_child_rows():
    with pytest.raises(DeclarationError, match=r"Group\.guests: child rows hold no child rows"):
        type("Group", (Row,), {"guests": Many(Guest, "来宾")})
    with pytest.raises(DeclarationError, match="来宾: child rows hold no child rows"):
        Many(Many(Guest, "来宾"))


def test_child_rows_without_fields_or_with_a_taken_name():
    with pytest.raises(DeclarationError, match="Nothing has no fields"):
        type("Nothing", (Row,), {})
    with pytest.raises(DeclarationError, match=r"Odd\.fields: the name is taken"):
        type("Odd", (Row,), {"fields": Text("示例")})
    with pytest.raises(DeclarationError, match=r"Odd\.rules: the name is taken"):
        type("Odd", (Row,), {"rules": Text("示例")})


class Load(Row):
    """Child rows with numbers to add up."""

    persons = Count("人数", unit=Unit.PERSONS)
    worth = Money("折价")
    owed = Count("增减", low=-5)


@pytest.mark.parametrize(
    "total",
    [
        Count("合计", total_of="loads.persons"),
        Count("合计", unit=Unit.PERSON_TIMES, total_of="loads.persons"),
        Count("合计", unit=Unit.PERSONS, total_of="loads.worth"),
        Money("合计", total_of="loads.persons"),
        Count("合计", total_of="loads.owed"),
        Money("合计", total_of="loads.weight"),
        Money("合计", total_of="day"),
        Money("合计", total_of="cargo.worth"),
        Money("合计", total_of="loads.worth", typed=True),
        Money("合计", total_of="loads.worth", required=True),
    ],
)
def test_a_total_of_another_unit_or_of_nothing(total):
    refused(r"Plans\.total: is no total of", loads=Many(Load, "装载"), total=total)


def test_the_fields_of_regional_cooperation_are_areas_of_every_entry():
    """One code and one word for one field, wherever it stands."""
    deals = registry.ledgers()["deals"].fields
    areas = deals["areas"].fields["value"].choices
    assert len(deals["field"].choices) == 8
    assert deals["field"].choices.items() <= areas.items()


class TestProving:
    @pytest.mark.parametrize("name", sorted(registry.ledgers()))
    def test_every_ledger_is_proved(self, name):
        registry.ledgers()[name].prove()

    def refused(self, match, error=ExpressionError, **body):
        plans = declare(**body)
        with pytest.raises(error, match=match) as caught:
            plans.prove()
        assert str(caught.value).startswith("kinds/plans.py: Plans")

    def test_a_rule_that_is_no_expression(self):
        self.refused("rule 'late'", rules=(Rule("late", "day >=", "示例"),))

    def test_a_rule_over_a_field_that_is_none(self):
        self.refused("rule 'late'.*ends", rules=(Rule("late", "ends >= day", "示例"),))

    def test_a_rule_that_is_no_flag(self):
        self.refused("rule 'late'", rules=(Rule("late", "year(day)", "示例"),))

    def test_a_rule_of_child_rows_over_a_field_of_the_entry(self):
        rows = type("Part", (Row,), {"on_day": Date("日期"),
                                     "rules": (Rule("late", "on_day >= day", "示例"),)})  # fmt: skip
        self.refused("parts: rule 'late'.*day", parts=Many(rows, "部分"))

    def test_a_measure_that_counts_nothing(self):
        self.refused("indicator 'Z1'", indicators=(indicator(measure="day"),))

    def test_a_measure_with_a_condition_that_is_none(self):
        self.refused("indicator 'Z1'.*begins", indicators=(indicator(where="begins is null"),))

    def test_a_measure_that_is_a_day(self):
        self.refused("'Z1' measures a date", DeclarationError,
                     indicators=(indicator(measure="max(day)"),))  # fmt: skip

    def test_money_is_measured_in_fen(self):
        spent: Any = {"spent": Money("金额")}
        self.refused("money is measured in fen", DeclarationError,
                     indicators=(indicator(measure="sum(spent)"),), **spent)  # fmt: skip
        self.refused("money is measured in fen", DeclarationError,
                     indicators=(indicator(unit=Unit.FEN),))  # fmt: skip
        declare(indicators=(indicator(measure="sum(spent)", unit=Unit.FEN),), **spent).prove()

    def test_who_is_a_person(self):
        self.refused("who: person", who=Text("姓名", person="not officer"))
        inner = type("Part", (Row,), {"who": Text("姓名", person="not officer")})
        self.refused(r"parts\.who: person", parts=Many(inner, "部分"))

    def test_a_cue_that_no_text_gives(self):
        self.refused("cues: 'wedding' is no event", DeclarationError, cues=("visit", "wedding"))

    def test_one_text_is_read_for_each_of_the_rows_it_stands_in(self):
        text = "not coalesce(officer, false)"
        inner = type("Part", (Row,), {"who": Text("姓名", person=text), "officer": Text("职务")})
        entry: Any = {"who": Text("联系人", person=text), "officer": Flag("公职")}
        self.refused(r"parts\.who: person", **entry, parts=Many(inner, "部分"))

    def test_an_expression_is_read_once(self, monkeypatch):
        plans = declare(rules=(Rule("there", "day is not null", "示例"),))
        first = plans.rule(plans.rules[0])
        monkeypatch.setattr(expressions, "parse", None)
        assert plans.rule(plans.rules[0]) is first


class TestDigest:
    def test_it_does_not_change_with_words_and_order(self):
        plans = declare(one=Text("甲"), two=Count("乙", unit=Unit.PERSONS))
        again = declare(
            two=Count("别名", unit=Unit.PERSONS, required=True, high=9), one=Text("甲", limit=3)
        )
        assert plans.declaration == again.declaration
        assert re.fullmatch("[0-9a-f]{16}", plans.declaration)

    def test_it_does_not_change_with_options(self):
        one, two = choices(("a", "甲")), choices(("a", "甲"), ("b", "乙"))
        assert (
            declare(sort=Choice("类型", one)).declaration
            == declare(sort=Choice("类型", two)).declaration
        )

    @pytest.mark.parametrize(
        "other",
        [
            {"two": Count("乙")},
            {"one": Count("乙", unit=Unit.PERSON_TIMES)},
            {"one": Money("乙")},
            {"one": Ref("乙", "parties")},
            {"one": Ref("乙", "pairings")},
            {"one": Many(Guest, "乙")},
            {"one": Many(Text("乙"))},
            {"one": Count("乙"), "two": Text("丙")},
        ],
    )
    def test_it_changes_with_what_a_value_means(self, other):
        plain = declare(one=Count("乙")).declaration
        assert declare(**other).declaration != plain

    def test_all_of_those_differ(self):
        bodies = [Ref("乙", "parties"), Ref("乙", "pairings"), Many(Guest, "乙"), Many(Text("乙"))]
        assert len({declare(one=body).declaration for body in bodies}) == len(bodies)


def test_the_example_that_contributors_read_is_a_ledger():
    text = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text("utf-8")
    (example,) = re.findall(
        r"```python\n(.*?)```", text.partition("## How to add a ledger")[2], re.DOTALL
    )
    made: dict[str, Any] = {"__name__": "jiedui.ledgers.kinds.trainings"}
    exec(compile(example, "CONTRIBUTING.md", "exec"), made)
    trainings = made["Trainings"]
    trainings.prove()
    row = {"programme": "对口支援", "pairing": "101", "place": "夏河县", "course": "示例班"}
    found = check(trainings, row | {"starts": "2024-05-21", "ends": "2024-05-20", "people": "30"})
    assert [problem.hint for problem in found.problems] == ["结业早于开班"]


HEAD = """
from jiedui.ledgers.declare import Ledger, Register
from jiedui.ledgers.words import Date, Ref, Many, Row, Text
"""
ONE = '''
class {name}(Ledger):
    """A ledger of a test."""
    title = "示例"
    day = Date("日期")
    {more}
    on = "day"
    label = ("day",)
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of declarations in the place of the project's."""
    monkeypatch.setattr(kinds, "__path__", [str(tmp_path)])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loaded = {name: sys.modules.pop(name) for name in list(sys.modules)
              if name.startswith(f"{kinds.__name__}.")}  # fmt: skip
    registry.ledgers.cache_clear()
    yield tmp_path
    registry.ledgers.cache_clear()
    for name in list(sys.modules):
        if name.startswith(f"{kinds.__name__}."):
            del sys.modules[name]
    sys.modules.update(loaded)


class TestFiles:
    def test_a_file_is_a_ledger_because_it_is_there(self, folder):
        (folder / "visits.py").write_text(HEAD + ONE.format(name="Visits", more=""), "utf-8")
        parties = ONE.format(name="Parties", more="").replace("Ledger", "Register")
        (folder / "zones.py").write_text(HEAD + parties, "utf-8")
        # `pairing` and `owner` of every ledger point to these two.
        for name in ("pairings", "parties"):
            (folder / f"{name}.py").write_text(HEAD + parties, "utf-8")
        assert list(registry.ledgers()) == ["pairings", "parties", "zones", "visits"]
        assert registry.ledgers()["visits"].__name__ == "Visits"
        assert registry.get("visits") is registry.ledgers()["visits"]
        assert registry.get("nothing") is None

    def test_two_ledgers_in_a_file(self, folder):
        both = ONE.format(name="Visits", more="") + ONE.format(name="Calls", more="")
        (folder / "visits.py").write_text(HEAD + both, "utf-8")
        with pytest.raises(DeclarationError, match=r"kinds/visits\.py holds 2 ledgers"):
            registry.ledgers()

    def test_a_file_without_a_ledger(self, folder):
        (folder / "visits.py").write_text(HEAD, "utf-8")
        with pytest.raises(DeclarationError, match=r"kinds/visits\.py holds 0 ledgers"):
            registry.ledgers()

    @pytest.mark.parametrize(
        ("more", "path"),
        [('whom = Ref("对象", "nobody")', "whom"),
         ('them = Many(Ref("对象", "nobody"))', r"them\.value")],
    )  # fmt: skip
    def test_a_reference_to_nothing(self, folder, more, path):
        (folder / "visits.py").write_text(HEAD + ONE.format(name="Visits", more=more), "utf-8")
        register = ONE.format(name="Parties", more="").replace("Ledger", "Register")
        for name in ("pairings", "parties"):
            (folder / f"{name}.py").write_text(HEAD + register, "utf-8")
        match = rf"kinds/visits\.py: Visits\.{path}: points to 'nobody', which is no ledger"
        with pytest.raises(DeclarationError, match=match):
            registry.ledgers()
