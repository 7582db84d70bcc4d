"""The API's own document, reviewed like code: what other systems rely on changes only seen.

`UPDATE_SNAPSHOTS=1 pytest tests/snapshots` writes the file anew; read what changed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from jiedui.site.api.registers import document

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = Path(__file__).parent / "openapi.json"
REASON, PROBLEMS = "#/components/schemas/Reason", "#/components/schemas/Problems"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Whatever language the request of an earlier test has left behind."""
    with translation.override("zh-hans"):
        yield


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{verb.upper()} {path}", one)
        for path, verbs in document()["paths"].items()
        for verb, one in verbs.items()
    ]


def forms(answer: dict[str, Any]) -> str:
    return str(answer["content"]["application/json"]["schema"].get("$ref"))


def test_the_document_is_as_reviewed() -> None:
    found = json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PATH.write_text(found, "utf-8")
    assert PATH.read_text("utf-8") == found


def test_every_error_is_declared_in_its_form() -> None:
    for label, one in operations():
        answers = {int(status): answer for status, answer in one["responses"].items()}
        least = {400, 401} | ({404} if "{" in label else set())
        if "requestBody" in one:
            least |= {403, 413, 415}
        assert least <= answers.keys(), label
        for status, answer in answers.items():
            if status >= 400 and status not in {409, 422}:
                assert forms(answer) == REASON, (label, status)
        if 422 in answers:
            assert forms(answers[422]) == PROBLEMS, label
        assert one["security"] == [{"Token": []}, {"Session": []}], label


def test_no_address_bears_a_name_or_a_token() -> None:
    words = {part["name"] for _label, one in operations() for part in one["parameters"]}
    assert not words & {"token", "username", "by_name", "person", "name"}
