"""The corpus of good and bad rows, and that every ledger has one which is worth its name."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from jiedui import ledgers
from jiedui.ledgers import canon
from jiedui.ledgers.nested import top
from tests.core.ledgers.rows import CORPUS, cells_of, check, corpus, every_field

LEAST_GOOD = 3
KINDS = sorted(ledgers.ledgers())
PRESENT = [name for name in KINDS if (CORPUS / f"{name}.json").exists()]
GOOD = [(name, case) for name in PRESENT for case in corpus(name)["good"]]
BAD = [(name, case) for name in PRESENT for case in corpus(name)["bad"]]


def named(argument):
    return argument if isinstance(argument, str) else argument["name"].replace(" ", "-")


def checked(name, case):
    return check(ledgers.ledgers()[name], cells_of(corpus(name), case))


def rules_of(name):
    """Every rule as the corpus calls it, those of child rows behind their list."""
    for rule in ledgers.ledgers()[name].rules:
        yield rule.name, "", rule
    for field in ledgers.ledgers()[name].fields.values():
        for rule in getattr(field, "rules", ()):
            yield f"{field.name}.{rule.name}", field.name, rule


def shape(problems):
    return [[problem.at.path, problem.code] for problem in problems]


@pytest.mark.parametrize(("name", "case"), GOOD, ids=named)
def test_good_rows_are_read(name, case):
    found = checked(name, case)
    assert shape(found.problems) == []
    (values,) = found.rows
    read = {field: canon.plain(value) for field, value in values.items() if value is not None}
    assert {field: read.get(field) for field in case["values"]} == case["values"]
    assert found.good == found.rows


@pytest.mark.parametrize(("name", "case"), BAD, ids=named)
def test_bad_rows_are_told(name, case):
    found = checked(name, case)
    assert shape(found.problems) == case["problems"]
    assert found.good == ()
    if "found" in case:
        assert [problem.found for problem in found.problems] == [case["found"]]
    if "rule" in case:
        texts = {(path, rule.text): said for said, path, rule in rules_of(name)}
        broken = [texts[top(p.at.path), p.hint] for p in found.problems if p.code == "rule-broken"]
        assert broken == [case["rule"]]


def test_a_sheet_of_all_rows_gives_each_problem_its_own_row():
    for name in PRESENT:
        book = corpus(name)
        cases = [case for pair in zip(book["good"], book["bad"], strict=False) for case in pair]
        found = check(ledgers.ledgers()[name], *(cells_of(book, case) for case in cases))
        by_row: dict[int, list[list[str]]] = {number: [] for number in range(len(cases))}
        for problem in found.problems:
            by_row[problem.at.row].append([problem.at.path, problem.code])
        assert list(by_row.values()) == [case.get("problems", []) for case in cases]


@pytest.mark.parametrize("name", KINDS)
class TestEveryLedgerHasACorpus:
    def test_with_enough_rows(self, name):
        book = corpus(name)
        assert len(book["good"]) >= LEAST_GOOD
        for cases in (book["good"], book["bad"]):
            assert max(Counter(case["name"] for case in cases).values()) == 1
        used = set().union(*(case["cells"] for case in (*book["good"], *book["bad"])))
        assert used | book["base"].keys() >= ledgers.typed_fields(ledgers.ledgers()[name]).keys()

    def test_with_a_bad_row_for_every_rule(self, name):
        told = {case.get("rule") for case in corpus(name)["bad"]}
        assert told - {None} == {said for said, _, _ in rules_of(name)}

    def test_with_a_bad_row_for_every_sort_of_field(self, name):
        sorts = dict(every_field(ledgers.ledgers()[name]))
        told = {
            sorts[bare].kind
            for case in corpus(name)["bad"]
            for path, code in case["problems"]
            if (bare := re.sub(r"\d+", "", path)) in sorts and code != "required"
        }
        wanted = {field.kind for field in sorts.values() if field.kind != "rows"}
        assert wanted <= told

    def test_with_a_row_that_lacks_everything(self, name):
        told = {path for case in corpus(name)["bad"] for path, code in case["problems"]
                if code == "required"}  # fmt: skip
        ledger = ledgers.ledgers()[name]
        assert {field.name for field in ledger.fields.values() if field.required} <= told


def test_no_corpus_is_left_of_a_ledger_that_is_gone():
    assert {path.stem for path in CORPUS.glob("*.json")} == set(KINDS)
