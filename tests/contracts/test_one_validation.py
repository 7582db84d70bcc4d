"""A form and a sheet of the same rows meet the same validation: same values, same problems.

The rows are the corpus of every ledger. What a form cannot bring is left out of both: columns
that it has no control for, half characters, empty child rows.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from jiedui import ledgers
from jiedui.ledgers.words import Many
from jiedui.site.web import forms
from tests.core.ledgers.rows import cells_of, check, corpus

CASES = [
    (name, case)
    for name in sorted(ledgers.ledgers())
    for sort in ("good", "bad")
    for case in corpus(name)[sort]
]


def within_a_form(ledger: Any, cells: dict[str, Any]) -> dict[str, Any]:
    """The cells that a form of the ledger has controls for."""
    kept: dict[str, Any] = {}
    for name, field in ledgers.typed_fields(ledger).items():
        cell = cells.get(name)
        if isinstance(field, Many) and isinstance(cell, list):
            kept[name] = child_rows(field, cell)
        elif not isinstance(field, Many) and not isinstance(cell, list):
            kept[name] = whole(cell)
    return kept


def child_rows(field: Many, rows: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    known = [{name: whole(row.get(name)) for name in field.fields} for row in rows]
    return [row for row in known if any((cell or "").strip() for cell in row.values())]


def whole(cell: str | None) -> str | None:
    return cell and cell.encode("utf-8", "ignore").decode()


def posted(ledger: Any, cells: dict[str, Any]) -> QueryDict:
    """What a browser sends of them."""
    made = QueryDict(mutable=True)
    for name, cell in cells.items():
        field = ledger.fields[name]
        if isinstance(field, Many) and field.single:
            made.setlist(name, [row["value"] for row in cell])
        elif isinstance(field, Many):
            for number, row in enumerate(cell):
                for child, text in row.items():
                    made[f"{name}-{number}-{child}"] = text or ""
        else:
            made[name] = cell or ""
    return made


def told(checked: Any) -> list[tuple[str, str, str, str]]:
    return [(p.at.path, p.code, p.found, p.hint) for p in checked.problems]


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=lambda one: one if isinstance(one, str) else one["name"]
)
def test_a_form_and_a_sheet_are_told_the_same(name, case):
    ledger = ledgers.ledgers()[name]
    cells = within_a_form(ledger, cells_of(corpus(name), case))
    by_sheet = check(ledger, cells)
    by_form = check(ledger, forms.posted_cells(ledger, posted(ledger, cells)))
    assert told(by_form) == told(by_sheet)
    assert by_form.rows == by_sheet.rows


def test_a_form_has_no_control_for_what_nobody_types():
    ledger: Any = ledgers.ledgers()["exchanges"]
    words = "state=confirmed&owner=7&year=1999&sources-0-document=x&attended-0-idcard=x&nobody=x"
    cells = forms.posted_cells(ledger, QueryDict(words))
    assert not {"state", "owner", "year", "sources", "nobody"} & cells.keys()
    assert cells["attended"] == []
