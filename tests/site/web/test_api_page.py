"""docs/api.md: every example is asked as it stands there, and answers the status it names."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiedui import intake

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.site.store import door

pytestmark = pytest.mark.django_db(databases=["default", "work"])

PAGE = Path(__file__).parent.parent.parent.parent / "docs/api.md"
FUNDS = (
    "文号,资金性质,环节,金额（万元）,日期,所属地区\n"
    "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,甘肃省\n"
    '示财〔2024〕2号,东部省级财政援助,到位,"1,2OO",2024-02-20,甘肃省\n'
)


def examples() -> list[tuple[str, int]]:
    """Each command with the status after it."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [
        (command, int(status))
        for block in blocks
        for command, status in re.findall(
            r"(curl .*?)\s+# (\d{3})$", block, re.DOTALL | re.MULTILINE
        )
    ]


def asked(client: Client, command: str, names: dict[str, str]) -> Any:
    """Ask what the command asks."""
    words = shlex.split(Template(command).substitute(names))[1:]
    verb, path, body, form, headers = "", "", None, {}, {}
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-X":
            verb = words.pop(0)
        elif word == "--json":
            body = words.pop(0)
        elif word == "-F":
            name, _, value = words.pop(0).partition("=")
            file = value.startswith("@")
            form[name] = SimpleUploadedFile(value[1:], FUNDS.encode()) if file else value
        else:
            path = word
    if form:
        return client.post(path, form, headers=headers)
    verb = verb or ("POST" if body else "GET")
    kind = "application/json"
    return client.generic(verb, path, body or "", content_type=kind, headers=headers)


def learnt(said: Any) -> dict[str, str]:
    """What later examples name of an answer."""
    if not isinstance(said, dict):
        return {}
    entry = said.get("entry") or next(iter(said.get("entries") or ()), None)
    names = {"KEY": entry["key"], "BASE": str(entry["version"])} if entry else {}
    if "received" in said:
        names["BATCH"] = said["key"]
    if said.get("digest"):
        names["DIGEST"] = said["digest"]
    return names


def test_every_example_answers_what_the_page_says(
    viewer: Viewer, draft: door.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiedui.site.store import door, tokens

    for module in ("site.store.staging", "site.api.checks"):
        monkeypatch.setattr(f"jiedui.{module}.open_book_apart", intake.open_book)
    made = tokens.make(viewer, "样例", 1, writes=True)
    assert isinstance(made, tokens.Made)
    names = {
        "AUTH": f"Authorization: Bearer {made.text}",
        "API": "/api",
        "PAIRING": door.key(int(str(draft.values["pairing"]))),
    }
    wrong = []
    for command, status in examples():
        answer = asked(Client(), command, names)
        if answer.status_code != status:
            wrong.append((command, status, answer.status_code, answer.content.decode()[:300]))
        names |= learnt(json.loads(answer.content))
    assert wrong == []
    assert len(examples()) >= 20


def test_the_page_names_every_address() -> None:
    from jiedui.site.api.registers import document

    page = PAGE.read_text("utf-8")
    for path in document()["paths"]:
        last = [part for part in path.split("/") if part and "{" not in part][-1]
        assert last in page, path
