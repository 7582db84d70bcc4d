"""English is complete: every text is translated, and no page in English shows anything Chinese but
people's own words, which are marked with their language.

The pages are those of the matrix of addresses, asked by whoever sees most of them.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiedui.site.web.tongue import WIDE
from scripts import messages
from tests.contracts.test_routes import MATRIX, scene

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from tests.contracts.test_routes import Line, Scene

__all__ = ["scene"]

pytestmark = pytest.mark.django_db(databases=["default", "work"])

SPOKEN = {"alt", "aria-label", "data-head", "data-label", "data-note", "data-sign", "label"}
SPOKEN |= {"content", "placeholder", "title"}
# What a person typed stands in them as it was typed.
TYPED = {"textarea", "script", "style"}
VOID = {"br", "hr", "img", "input", "link", "meta", "line", "rect", "path", "col"}
FEWEST = 4
SENTENCE = re.compile(r"[，。：；]|%\(\w+\)[sd]|\{\w+\}")
BLANK = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
PERCENT = re.compile(r"%\((\w+)\)[sd]|%([sd])|%%")


class Shown(HTMLParser):
    """A page as it is read: texts outside of people's words, those words, and spoken attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.left: list[str] = []
        self.own: list[str] = []
        self.spoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        within = self.stack[-1][1] if self.stack else False
        lang = given.get("lang")
        self.spoken += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.stack.append((tag, lang.startswith("zh") if lang else within))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, own = self.stack[-1] if self.stack else ("", False)
        if own:
            self.own.append(" ".join(data.split()))
        elif tag == "title":
            self.spoken.append(data)
        elif tag not in TYPED and WIDE.search(data):
            self.left.append(" ".join(data.split()))

    def faults(self) -> list[str]:
        """What is Chinese and nobody's own; an attribute may repeat words that the page shows."""
        own = sorted(filter(None, self.own), key=len, reverse=True)
        for text in self.spoken:
            rest = text
            for words in own:
                rest = rest.replace(words, "")
            if WIDE.search(rest):
                self.left.append(f"attribute: {text}")
        return self.left


def sentences() -> re.Pattern[str]:
    """Every sentence of the catalogue, whatever stands in its blanks; not single terms.

    A term may stand in a sheet as its heading, or in an article.
    """
    found = []
    for message in messages.translations("en"):
        text = str(message.id[0] if isinstance(message.id, tuple) else message.id)
        plain = BLANK.sub("", text)
        if SENTENCE.search(text) and len(WIDE.findall(plain)) >= FEWEST:
            found.append(".+?".join(map(re.escape, BLANK.split(text))))
    return re.compile("|".join(found))


OURS = sentences()


def read(answer: HttpResponseBase) -> list[str]:
    if answer.streaming:
        assert b"".join(answer)  # type: ignore[arg-type]
    file = answer.streaming or "Content-Disposition" in answer.headers
    if file or "html" not in answer.headers.get("Content-Type", ""):
        return []
    page = Shown()
    text = answer.content.decode()  # type: ignore[attr-defined]
    page.feed(text)
    wrong = page.faults()
    # A sentence of ours that nobody told looks as if somebody had entered it.
    wrong += [f"as somebody's own: {words}" for words in page.own if OURS.fullmatch(words)]
    if "<html" in text and '<html lang="en">' not in text:
        wrong.append("html lang")
    return wrong


def asked_by(line: Line) -> str:
    """Who sees most at an address."""
    return "stranger" if line.route.startswith("sign-in") else "clerk"


def test_no_page_shows_chinese_that_nobody_entered(scene: Scene) -> None:
    from django.db import transaction

    wrong: dict[str, list[str]] = {}
    pages = 0
    for line in MATRIX:
        for person in {asked_by(line), "reviewer"}:
            with transaction.atomic(), transaction.atomic(using="work"):
                client = scene.clients[person]
                cookies = client.cookies.copy()
                client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
                answer = line.ask(client, scene)
                client.cookies = cookies
                left = read(answer)
                pages += "html" in answer.headers.get("Content-Type", "")
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="work")
            if left:
                found = wrong.setdefault(f"{line.route} as {person}", [])
                found += [one for one in left if one not in found]
    assert wrong == {}
    assert pages > 80


FAULTY = (
    "单位：万元\n"
    "文号,资金性质,环节,金额,日期,所属地区,身份证号,备注栏\n"
    "示财〔2024〕8号,东部省级财政援助,到位,12OO,2024-02-30,朝阳区,1,x\n"
    "示财〔2024〕9号,没有这一种,到位,30,2024-03-01,米林县,2,y\n"
    ",东部省级财政援助,到位,-1,2010-03-01,夏河县桑科镇,3,z\n"
    "合计,,,1300,,,,\n"
)
DAMAGED = (
    "天津市黨政代表團赴甘肅考察\n深入學(xué)習(xí)貫徹落實(shí)精神,推動鄉(xiāng)村振興。\n"
    "2024年6月17日,天津市党政代表团来甘肃考察,天津市委书记甲示例出席。"
)


def test_what_is_wrong_is_told_in_english(scene: Scene) -> None:
    """A sheet full of faults, a damaged article, and their words in the API."""
    client = scene.clients["clerk"]
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    wrong = []
    sheet = SimpleUploadedFile("faulty.csv", FAULTY.encode())
    words = {"given-programme": "east-west", "given-pairing": scene.pairing}
    there = client.post("/batches", {"file": sheet, "ledger": "funds", **words})
    page = client.get(there.headers["Location"])
    assert page.content.decode().count('class="wrong-cell"') > 5
    wrong += read(page)
    article = SimpleUploadedFile("damaged.txt", DAMAGED.encode())
    there = client.post("/documents", {"file": article})
    page = client.get(there.headers["Location"])
    assert 'class="edit"' in page.content.decode()
    wrong += read(page)
    assert wrong == []
    rows = [{"document_number": "x", "amount": "1,2OO元", "day": "2024-02-30", "place": "朝阳区"}]
    asked = {"data": json.dumps({"rows": rows}), "content_type": "application/json"}
    told = client.post("/api/ledgers/funds/check", **asked).json()["problems"]
    hints = {one["code"]: one["hint"] for one in told}
    assert "Chaoyang District, Beijing (110105)" in hints["place-ambiguous"]
    assert hints["required"].startswith("Enter “")
    del client.defaults["HTTP_ACCEPT_LANGUAGE"]
    told = client.post("/api/ledgers/funds/check", **asked).json()["problems"]
    assert "请填写“协作类型”。" in {one["hint"] for one in told}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_translations_are_fresh_and_whole(language: str) -> None:
    texts = messages.translations(language)
    path = messages.po_file(language)
    assert path.read_text("utf-8") == messages.ENGLISH + messages.as_po(texts), "make messages"
    assert path.with_suffix(".mo").read_bytes() == messages.as_mo(texts), "make messages"
    assert messages.untranslated(texts) == []


def blanks(text: str) -> set[str]:
    braces = {name for _, name, _, _ in Formatter().parse(text) if name} if "{" in text else set()
    return braces | {found[0] for found in PERCENT.finditer(text)}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_has_the_blanks_of_its_text(language: str) -> None:
    wrong = {}
    for message in messages.translations(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        for one, string in zip(ids, strings, strict=True):
            if blanks(str(one)) != blanks(str(string)):
                wrong[str(one)] = string
    assert wrong == {}


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ("<p>看板</p>", 1),
        ('<p lang="zh-Hans">看板</p>', 0),
        ('<p>x <span lang="zh-Hans">甲示例</span> y：</p>', 1),
        ('<p title="甲示例">x</p>', 1),
        ('<p title="of 甲示例">x <i lang="zh-Hans">甲示例</i></p>', 0),
        ('<div lang="zh-Hans"><p lang="en">看板</p></div>', 1),
        ("<textarea>甲示例</textarea>", 0),
        ("<p>Board</p>", 0),
    ],
)
def test_chinese_on_a_page_is_found(page: str, faults: int) -> None:
    shown = Shown()
    shown.feed(page)
    assert len(shown.faults()) == faults
