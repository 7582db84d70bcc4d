"""Where a proof leads: the cited words marked strongly, their sentences softly."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from jiedui.site.web import asked

if TYPE_CHECKING:
    from django.test import Client

    from jiedui.site.store import documents

pytestmark = pytest.mark.django_db(databases=["default", "work"])


class Marked(HTMLParser):
    """The words under each class, and those behind the anchor that the address names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[set[str]] = []
        self.under: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self.open.append(set((dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.open:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        for name in set().union(*self.open):
            self.under[name] = self.under.get(name, "") + text


def read(client: Client, href: str) -> dict[str, str]:
    marked = Marked()
    marked.feed(client.get(href.partition("#")[0]).content.decode())
    return marked.under


def test_a_proof_leads_to_every_word_and_its_sentence(
    clerk: Client, document: documents.StoredDocument
) -> None:
    done = clerk.post(f"/documents/{document.key}/{document.proposals[0].key}/accept")
    proof = next(one for one in clerk.get(done.headers["Location"]).context["proofs"])
    under = read(clerk, proof.href)
    cited = [piece.text for piece in proof.line if piece.classes]
    assert cited
    assert all(words in under["cited"] for words in cited)
    # The sentence is marked as a whole, and no word of the next one.
    assert under["sentence"].endswith("6月17日至18日，天津市党政代表团来甘考察对接东西部协作工作。")
    assert len(under["sentence"]) > len(under["cited"])


def test_the_sentence_of_a_place_ends_with_it_and_no_line_further(
    clerk: Client, document: documents.StoredDocument
) -> None:
    at = document.text.index("甲示例")
    under = read(clerk, f"/documents/{document.key}?at={at}-{at + 3}")
    assert under["cited"] == "甲示例"
    assert under["sentence"] == "天津市委书记甲示例，甘肃省委书记乙样例出席。"
    line = document.text.index("示例日报")
    under = read(clerk, f"/documents/{document.key}?at={line}-{line + 4}")
    assert "6月17日" not in under["sentence"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10-24,31-40", ((10, 24), (31, 40))),
        ("31-40,10-24", ((10, 24), (31, 40))),
        ("10-24,x,9-3,-,²-3,1-2-3", ((10, 24),)),
        ("", ()),
    ],
)
def test_places_are_read_and_what_is_none_is_left_out(
    text: str, found: tuple[tuple[int, int], ...]
) -> None:
    assert asked.spans(text) == found
