"""Everything that a demonstration gives out says so: pages, files, their names, and the API.

Every address of the route matrix is asked, so that a new one is looked at without a line here.
"""

from __future__ import annotations

import html
import io
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.contracts.test_routes import MATRIX, Scene, scene

if TYPE_CHECKING:
    from django.http import HttpResponseBase

__all__ = ["scene"]

pytestmark = pytest.mark.django_db(databases=["default", "work"])

MARK = "演示数据"
# An office's own file, given back byte for byte: its name alone can say it.
AS_BROUGHT = {"original", "sample"}


def asked(scene: Scene) -> list[tuple[str, str, HttpResponseBase, bytes]]:
    """Every line of the matrix as the clerk and the stranger meet it; nothing stays done."""
    from django.db import transaction

    found = []
    for line in MATRIX:
        for person in ("clerk", "stranger"):
            with transaction.atomic(), transaction.atomic(using="work"):
                client = scene.clients[person]
                cookies = client.cookies.copy()
                answer = line.ask(client, scene)
                client.cookies = cookies
                body = b"".join(answer) if answer.streaming else answer.content
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="work")
            found.append((line.route, person, answer, body))
    return found


def words(content: bytes) -> str:
    """What a file holds as text, a workbook's parts too."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return html.unescape("".join(parts))  # a workbook may write a letter as its number


def test_pages_files_names_and_answers_say_so(scene: Scene) -> None:
    wrong, seen = [], set()
    for route, person, answer, body in asked(scene):
        sort = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.headers.get("Jiedui-Demonstration") != "true":
            wrong.append((route, person, "header"))
        named = unquote(answer.headers.get("Content-Disposition", ""))
        if named:
            seen.add(route)
            if f"utf-8''{MARK}-" not in named:
                wrong.append((route, person, named))
            if route not in AS_BROUGHT and MARK not in words(body):
                wrong.append((route, person, "content"))
        elif sort == "text/html" and b"<html" in body:  # else a part of a page
            page = body.decode()
            if f"<strong>{MARK}</strong>" not in page or f"{MARK}</title>" not in page:
                wrong.append((route, person, answer.status_code))
    assert wrong == []
    assert seen == {
        "export", "export-workbook", "blank", "annotated", "original", "plan", "sample",
    }  # fmt: skip


def test_nothing_says_so_elsewhere(scene: Scene, settings: Any) -> None:
    """An office's book bears no mark, and has no files to try."""
    settings.JIEDUI_DEMONSTRATION = False
    client = scene.clients["clerk"]
    for path in ("/", "/ledgers/funds/export.csv", "/ledgers/funds/blank.xlsx", "/api/ledgers"):
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        assert "Jiedui-Demonstration" not in answer.headers, path
        assert MARK not in words(body), path
        assert MARK not in unquote(answer.headers.get("Content-Disposition", "")), path
    assert client.get("/samples").status_code == 404
    assert client.get("/samples/visit.txt").status_code == 404


def test_every_answer_of_the_api_declares_the_header() -> None:
    from jiedui.site.api.registers import document

    answers = [
        answer
        for verbs in document()["paths"].values()
        for one in verbs.values()
        for answer in one["responses"].values()
    ]
    assert answers
    assert all("Jiedui-Demonstration" in answer["headers"] for answer in answers)
