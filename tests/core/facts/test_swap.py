"""The rules know nothing of any one article: swap everything in it, and the facts follow."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import opencc
import pytest

from jiedui import facts
from jiedui.restore import restore, simplified
from jiedui.restore.damage import corrupt
from tests.core.facts.cast import CASTS, CORPUS, FOUNDING, SEED, Cast, swapped

TEMPLATE = (CORPUS / "visit.txt").read_text(encoding="utf-8")
EAST_WEST = [f"{cast.east}-{cast.west}" for cast in CASTS]
TO_HALF = str.maketrans("，：；（）！？０１２３４５６７８９", ",:;()!?0123456789")
TO_FULL = str.maketrans(",:;()0123456789", "，：；（）０１２３４５６７８９")


def seed(name: str = "intact.txt") -> str:
    return (SEED / name).read_text(encoding="utf-8")


def longer(cast: Cast) -> Cast:
    """The founding article names one more on each side."""
    return replace(
        cast,
        east_others=(cast.east_others[0], "慕容样", *cast.east_others[1:]),
        west_others=(cast.west_others[0], "熊样", *cast.west_others[1:]),
    )


def shuffled(text: str, rnd: random.Random, *, across: bool) -> str:
    """The sentences of the body in another order, within paragraphs or across them."""
    start = facts.header(text).body_start
    paragraphs = [
        [s for s in re.findall(r"[^。]*(?:。(?:[（(][^）)]*[）)])?|$)", line) if s]
        for line in text[start:].split("\n")
    ]
    if across:
        paragraphs = [[s for paragraph in paragraphs for s in paragraph]]
    for sentences in paragraphs:
        rnd.shuffle(sentences)
    rnd.shuffle(paragraphs)
    return text[:start] + "\n".join("".join(sentences) for sentences in paragraphs)


def check(text: str, cast: Cast) -> None:
    """Everything the article says with this cast is found, and nobody and nothing else."""
    check_header(text, cast)
    found = facts.read(text)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.rule in facts.RULES
    check_people(found, cast)
    check_events(found, cast)


def check_header(text: str, cast: Cast) -> None:
    head = facts.header(text)
    assert head.source == cast.paper
    assert head.published == date.fromisoformat(cast.published)
    assert head.clicks == cast.clicks
    assert sorted(head.reporters) == sorted(cast.reporters)


def check_people(found: list[facts.Fact], cast: Cast) -> None:
    people = [fact for fact in found if isinstance(fact, facts.PersonFact)]
    assert {p.name: (p.post, p.side) for p in people if p.took_part} == cast.people()
    assert len({p.name for p in people}) == len(people)
    assert [p.name for p in people if not p.took_part] == [cast.cited]


def check_events(found: list[facts.Fact], cast: Cast) -> None:
    events = [fact.as_json() for fact in found if isinstance(fact, facts.EventFact)]
    (visit,) = [event for event in events if event["type"] == "visit"]
    (meeting,) = [event for event in events if event["type"] == "meeting"]
    assert (visit["from"], visit["to"]) == (cast.first, cast.last)
    assert (meeting["from"], meeting["to"]) == (cast.met, cast.met)
    assert visit["party"] == f"{cast.east}党政代表团"
    for event in (visit, meeting):
        assert (event["origin"], event["host"]) == (cast.east_code, cast.west_code)
    assert [(at["name"], at["code"]) for at in visit["places"]] == list(cast.sites)
    assert [(at["name"], at["code"]) for at in meeting["places"]] == [(cast.venue, cast.venue_code)]
    assert {who["name"] for who in visit["people"]} == set(cast.people())
    (_, chief), (_, second) = cast.east_leads
    (_, host), (_, governor), (_, third) = cast.west_leads
    assert {who["name"]: who["did"] for who in meeting["people"]} == {
        chief: ["spoke", "attended"],
        host: ["chaired", "spoke"],
        second: ["reported"],
        governor: ["reported"],
        third: ["attended"],
    }


@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_own_article(cast):
    check(cast.fill(TEMPLATE), cast)


@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_own_article_in_traditional_script(cast):
    text = opencc.OpenCC("s2t").convert(cast.fill(TEMPLATE))
    check(text, cast)


@pytest.mark.parametrize("width", [TO_HALF, TO_FULL], ids=["half", "full"])
@pytest.mark.parametrize("cast", CASTS[:2], ids=EAST_WEST[:2])
def test_own_article_in_other_widths(cast, width):
    check(cast.fill(TEMPLATE).translate(width), cast)


@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_own_article_damaged_and_restored(cast):
    whole = opencc.OpenCC("s2t").convert(cast.fill(TEMPLATE))
    damaged = corrupt(whole, "團學習實業區發協聯務鄉領關對續")
    assert damaged != whole
    check(restore(damaged).text, cast)


@pytest.mark.parametrize("across", [False, True], ids=["within", "across"])
@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_own_article_in_another_order(cast, across):
    rnd = random.Random(cast.published)
    for _ in range(5):
        check(shuffled(cast.fill(TEMPLATE), rnd, across=across), cast)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("name", ["intact.txt", "damaged.txt"])
def test_founding_article(name):
    check(restore(seed(name)).text, FOUNDING)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_founding_article_swapped(cast):
    cast = longer(cast)
    text = swapped(simplified(seed()), cast)
    check(text, replace(cast, clicks=0))
    check(opencc.OpenCC("s2t").convert(text), replace(cast, clicks=0))
    rnd = random.Random(cast.published)
    for across in (False, True):
        check(shuffled(text, rnd, across=across), replace(cast, clicks=0))
