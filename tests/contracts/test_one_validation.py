"""Form, API, command and sheet meet the same validation: of the same rows the same problems.

The rows are the corpus of every ledger. What a form cannot bring is left out everywhere: columns
that it has no control for, half characters, empty child rows. In a workbook a problem stands at a
cell; that it is the cell of its field is compared too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from jiedui import intake, ledgers
from jiedui.ledgers.words import Many
from jiedui.site.web import forms
from tests.contracts import brought
from tests.core.ledgers.rows import Registers, cells_of, check, corpus

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

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
    return [told_one(p) for p in checked.problems]


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


def rows_of(name: str) -> list[dict[str, Any]]:
    """The corpus of a ledger as a form could bring it, but for rows without anything in them."""
    kind, book = ledgers.ledgers()[name], corpus(name)
    rows = [
        within_a_form(kind, cells_of(book, case)) for sort in ("good", "bad") for case in book[sort]
    ]
    return [row for row in rows if brought.holds(row)]


@pytest.fixture
def registers(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The demonstration, asked for entries of registers that the corpus knows."""
    settings.JIEDUI_DEMONSTRATION = True
    from jiedui.cli import check as command
    from jiedui.site import demonstration, sandbox_books
    from jiedui.site.api import checks
    from jiedui.site.store import door, fitting, staging

    demonstration.prepare()
    for place in (door, staging):
        monkeypatch.setattr(place, "lookup", lambda _viewer: Registers())
    monkeypatch.setattr(command, "_lookup", lambda _account: Registers())
    # In this process: the sandbox has tests of its own.
    # What only the book can tell of a pairing is for the tests of the store.
    monkeypatch.setattr(fitting, "faults", lambda *_asked: [])
    for place in (sandbox_books, staging, checks):
        monkeypatch.setattr(place, "open_book_apart", intake.open_book)


def writer_of(name: str) -> tuple[Any, Client]:
    """Who may write this ledger, and his client."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from jiedui.site.store import people

    username = "reviewer" if ledgers.ledgers()[name].register else "clerk"
    client = Client()
    user = get_user_model().objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return people.viewer_of(username), client


def by_api(client: Client, name: str, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    answer = client.post(
        f"/api/ledgers/{name}/check", {"rows": rows}, content_type="application/json"
    ).json()
    assert answer["total"] == len(answer["problems"])
    return [(p["row"], p["field"], p["code"], p["found"], p["hint"]) for p in answer["problems"]]


def by_adding(client: Client, name: str, row: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What stops one row from being written; a row with a problem never is."""
    path = f"/api/ledgers/{name}/entries"
    answer = client.post(path, {"cells": row}, content_type="application/json")
    assert answer.status_code == 422
    return [(p["field"], p["code"], p["found"], p["hint"]) for p in answer.json()["problems"]]


def by_command(name: str, file: Path) -> list[tuple[Any, ...]]:
    from typer.testing import CliRunner

    from jiedui.cli import check as command

    said = json.loads(CliRunner().invoke(command.app, [name, str(file), "--json"]).stdout)
    return [(p["sheet"], p["cell"], p["code"], p["found"], p["hint"]) for p in said["problems"]]


def by_sheet(viewer: Any, client: Client, name: str, content: bytes) -> list[tuple[Any, ...]]:
    """The preview before an import, as an office brings it; a register's by the API's check."""
    from jiedui.site.store import batches

    if ledgers.ledgers()[name].register:
        file = SimpleUploadedFile("a.xlsx", content)
        told = client.post(f"/api/ledgers/{name}/check/workbook", {"file": file}).json()["problems"]
    else:
        made = batches.receive(viewer, ledgers.ledgers()[name], content, "a.xlsx")
        assert isinstance(made, batches.StoredBatch), made
        seen = batches.preview(viewer, made.key)
        batches.drop(viewer, made.key)
        assert isinstance(seen, batches.Preview), seen
        told = [one.as_json() for one in seen.problems]
    return [(p["sheet"], p["cell"], p["code"], p["found"], p["hint"]) for p in told]


@pytest.mark.django_db(databases=["default", "work"])
def test_form_api_command_and_sheet_are_told_the_same(registers: None, tmp_path: Path) -> None:
    compared = 0
    for name in sorted(ledgers.ledgers()):
        kind, rows = ledgers.ledgers()[name], rows_of(name)
        by_form = check(kind, *(forms.posted_cells(kind, posted(kind, row)) for row in rows))
        expected = [(p.at.row, *told_one(p)) for p in by_form.problems]
        viewer, client = writer_of(name)
        assert by_api(client, name, rows) == expected
        for number in sorted({row for row, *_rest in expected}):
            found = by_adding(client, name, rows[number])
            assert found == [tuple(rest) for row, *rest in expected if row == number]
        book = brought.workbook(kind, rows)
        at_cells = sorted((*book.place(row, path), *rest) for row, path, *rest in expected)
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(book.content)
        assert brought.alike(by_command(name, file), at_cells) == []
        assert brought.alike(by_sheet(viewer, client, name, book.content), at_cells) == []
        compared += len(expected)
    assert compared > 100


def told_one(problem: Any) -> tuple[str, str, str, str]:
    return problem.at.path, problem.code, problem.found, problem.hint
