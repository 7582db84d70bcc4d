"""Another language is one file: with a made-up one, no text of a page stays Chinese.

Each text of the catalogue is translated into a mark; what a page still shows as it stands in the
catalogue was not asked of gettext.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from scripts import messages

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

SHOWN = {"alt", "aria-label", "content", "data-head", "data-sign", "label", "placeholder", "title"}
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# What offices typed in the demonstration, or what every language shows alike.
SAME = {"中文", "人", "次"}

pytestmark = pytest.mark.django_db(databases=["default", "work"])


class Texts(HTMLParser):
    """Collects what a page shows: text and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.found |= {(value or "").strip() for name, value in attrs if name in SHOWN}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.add(" ".join(data.split()))


def make_language(folder: Path) -> set[str]:
    """Write a language in which every text is a mark; gives the texts."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with messages.CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    texts: set[str] = set()
    for number, message in enumerate(catalogue):
        if not message.id:
            continue
        one, many = message.id if isinstance(message.id, tuple) else (message.id, message.id)
        mark = f"text {number} " + " ".join(BLANK.findall(many))
        message.string = (mark, mark) if message.pluralizable else mark
        texts.add(one)
    target = folder / "en/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as out:
        write_mo(out, catalogue)
    return {text for text in texts if messages.CJK.search(text)} - SAME


@pytest.fixture
def texts(tmp_path: Path, settings: Any) -> set[str]:
    found = make_language(tmp_path)
    settings.LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGE_CODE = "en"
    settings.JIEDUI_DEMONSTRATION = True
    return found


@pytest.fixture
def clerk(client: Client) -> Client:
    from django.contrib.auth import get_user_model

    from jiedui.site import demonstration

    demonstration.prepare()
    found = get_user_model().objects.get(username="clerk")
    client.force_login(found, backend="django.contrib.auth.backends.ModelBackend")
    return client


def left_in(client: Client, path: str, texts: set[str]) -> set[str]:
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    page = Texts()
    page.feed(answer.content.decode())
    assert any(text.startswith("text ") for text in page.found)
    return page.found & texts


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ledgers",
        "/ledgers/exchanges",
        "/ledgers/exchanges/new",
        "/ledgers/funds",
        "/documents",
        "/batches",
        "/figures/H02",
        "/figures/F04P",
        "/figures/T01",
    ],
)
def test_a_page_is_translated(clerk: Client, texts: set[str], path: str) -> None:
    assert left_in(clerk, path, texts) == set()


def test_an_entry_is_translated(clerk: Client, texts: set[str]) -> None:
    listed = clerk.get("/ledgers/exchanges").content.decode()
    key = re.search(r"/ledgers/exchanges/([0-9a-z]{13})", listed)
    assert key
    for path in ("", "/amend", "/withdraw"):
        assert left_in(clerk, key[0] + path, texts) == set(), path


def test_the_work_on_a_workbook_is_translated(
    clerk: Client, texts: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the upload to the row that proves an entry, the work being a worker's."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from jiedui import intake
    from jiedui.problems import CODES
    from jiedui.site.store import batches, jobs, people, working
    from tests.site.web.test_batches import HEAD, NO_AMOUNT, ROWS, key_in, load, words_of

    monkeypatch.setattr(batches, "SMALL_BYTES", 0)
    monkeypatch.setattr(batches, "SMALL_ROWS", 0)
    monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.sheets.open_book_apart", intake.open_book)
    viewer = people.viewer_of("clerk")
    assert viewer is not None
    sheet = (HEAD + ROWS + NO_AMOUNT).replace("联系电话", "x").replace("示财", "x")
    # Problems are said in the core's own words (decision 0011), cells are the office's.
    said = {one.title for one in CODES.values()} | set(re.split("[,\n]", sheet))
    file = SimpleUploadedFile("x.csv", sheet.encode())
    here = "/batches/" + key_in(
        clerk.post("/batches", {"ledger": "funds", "file": file, **words_of(viewer)})
    )

    def work() -> None:
        for job in jobs.due():
            working.run(job)

    def look(path: str = "") -> None:
        assert left_in(clerk, here + path, texts) - said == set(), path

    look()
    look("/progress")
    clerk.post(here + "/cancel")
    look()
    clerk.post(here + "/again")
    work()
    look()
    load(clerk, here.removeprefix("/batches/"), rows="good")
    look()
    work()
    look()
    look("/rows/3?sheet=csv")
    look("/rows/99?sheet=csv")
    clerk.post(here + "/undo", {"entry-why": "x"})
    look()
    work()
    look()


def test_the_sign_in_page_is_translated(clerk: Client, texts: set[str]) -> None:
    clerk.logout()
    assert left_in(clerk, "/sign-in", texts) == set()
