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
from tests.core.facts.cast import CASTS, CORPUS, COUNTIES, FOUNDING, SEED, Cast, CountyCast, swapped

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


def check(text: str, cast: Cast, *, ordered: bool = True, founding: bool = False) -> None:
    """Everything the article says with this cast is found, and nobody and nothing else.

    Who is heard in which sentence is lost where these stand in another order.
    """
    check_header(text, cast)
    found = facts.read(text)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.rule in facts.RULES
    check_people(found, cast)
    check_events(found, cast)
    check_aid(found, cast, founding=founding)
    if ordered:
        check_commitments(found, cast, founding=founding)


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


# What the speakers of the founding article say that they or both will do: kind and fields of each.
EAST_SAYS = [
    ("industry", []),
    ("industry", ["farm-products"]),
    ("industry", ["energy", "ecology"]),
    ("industry", []),
    ("livelihood", []),
    ("livelihood", ["education", "health"]),
    ("livelihood", ["training"]),
    ("livelihood", []),
    ("livelihood", ["farmers"]),
    ("livelihood", ["labour"]),
    ("talent", []),
    ("talent", ["cadres"]),
    ("talent", ["cadres"]),
    ("social", []),
    ("social", []),
    (None, ["logistics", "technology", "tourism"]),
]
WEST_SAYS = [
    ("industry", []),
    ("industry", ["energy", "materials", "medicine", "ecology", "digital", "tourism"]),
    (None, ["opening"]),
    (None, ["opening"]),
    (None, ["opening"]),
    ("livelihood", ["labour"]),
    ("livelihood", ["labour", "training"]),
    ("livelihood", ["labour"]),
    (None, ["culture"]),
    (None, ["technology", "education", "health", "cadres"]),
]


def check_commitments(found: list[facts.Fact], cast: Cast, *, founding: bool) -> None:
    said = [fact for fact in found if isinstance(fact, facts.CommitmentFact)]
    (_, chief), (_, host) = cast.east_leads[0], cast.west_leads[0]
    told = [(one.speaker.name, one.speaker.side, one.assistance, list(one.areas)) for one in said]
    if founding:
        assert told == [(chief, "east", *one) for one in EAST_SAYS] + [
            (host, "west", *one) for one in WEST_SAYS
        ]
        assert [one.both for one in said] == [False] * 15 + [True] * 11
        assert [one.hoped for one in said] == [False] * 16 + [True] * 10
    else:
        assert told == [(chief, "east", None, ["labour", "education", "health"])]
        assert said[0].both
    assert all(one.term is None and one.figures == () for one in said)


def check_aid(found: list[facts.Fact], cast: Cast, *, founding: bool) -> None:
    """What the text leaves out, amounts and the day, is left out of the fact."""
    (one,) = [fact for fact in found if isinstance(fact, facts.AidFact)]
    struck, time = one.struck, one.struck.time
    before = date.fromisoformat(cast.published).year - 1
    assert time is not None
    assert (time.first, time.last, time.how) == (
        date(before, 1, 1),
        date(before, 12, 31),
        "derived",
    )
    assert (one.giver, one.giver_name) == (cast.east_code, cast.east)
    name, code = cast.struck if founding else (None, None)
    size = cast.size if founding else None
    hazard, called = ("earthquake", f"{name}{size}级地震") if founding else ("snow", "雪灾")
    assert (struck.hazard, struck.name) == (hazard, called)
    assert (struck.code, struck.magnitude, one.receiver) == (code, size, code)
    given = [
        [(each.what, each.count) for each in part] for part in (one.funds, one.goods, one.teams)
    ]
    all_three = [[("资金", None)], [("物资", None)], [("专业救援队", None)]]
    assert given == (all_three if founding else [[], [("物资", None)], []])


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
        check(shuffled(cast.fill(TEMPLATE), rnd, across=across), cast, ordered=False)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("name", ["intact.txt", "damaged.txt"])
def test_founding_article(name):
    check(restore(seed(name)).text, FOUNDING, founding=True)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("cast", CASTS, ids=EAST_WEST)
def test_founding_article_swapped(cast):
    cast = longer(cast)
    text = swapped(simplified(seed()), cast)
    check(text, replace(cast, clicks=0), founding=True)
    check(opencc.OpenCC("s2t").convert(text), replace(cast, clicks=0), founding=True)
    rnd = random.Random(cast.published)
    for across in (False, True):
        other = shuffled(text, rnd, across=across)
        check(other, replace(cast, clicks=0), ordered=False, founding=True)


PAIRED = [f"{cast.east}-{cast.west}" for cast in COUNTIES]


def told(text: str) -> tuple[list[facts.EventFact], list[facts.MovementFact]]:
    """The events and the money of an article, its spans held."""
    found = facts.read(text)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.rule in facts.RULES
    return (
        [fact for fact in found if isinstance(fact, facts.EventFact)],
        [fact for fact in found if isinstance(fact, facts.MovementFact)],
    )


def check_survey(text: str, cast: CountyCast) -> None:
    (visit,), (money,) = told(text)
    said = visit.as_json()
    assert (visit.type, visit.origin, visit.host) == ("visit", cast.east_code, cast.west_code)
    assert (said["from"], visit.count) == (cast.on, cast.count)
    assert simplified(str(visit.party)) == f"{cast.east}考察团"
    assert [at.name for at in visit.places] == [f"{cast.west}示例产业园", f"{cast.west}示例中学"]
    assert {who.person.name: who.person.side for who in visit.people} == {
        cast.leader: "east",
        cast.host: "west",
    }
    check_money(money, cast, giver=cast.east_short, receiver=cast.west, day=cast.on)
    assert (money.donated, money.giver.how, money.stage) == (True, "derived", None)


def check_joint(text: str, cast: CountyCast) -> None:
    events, (money,) = told(text)
    (joint,) = [one for one in events if one.origin]
    assert joint.name == f"{cast.east_short}·{cast.west}东西部协作第二次联席会议"
    assert (joint.type, joint.origin, joint.host) == (
        "joint-meeting",
        cast.east_code,
        cast.west_code,
    )
    assert joint.as_json()["from"] == cast.on
    assert {who.person.name: who.did for who in joint.people} == {
        cast.leader: ("spoke", "attended"),
        cast.host: ("chaired",),
    }
    check_money(
        money, cast, giver=f"{cast.east_short}财政局", receiver=f"{cast.west}财政局", day=None
    )
    assert not money.donated


def check_undated(text: str, cast: CountyCast) -> None:
    (visit,), (money,) = told(text)
    assert (visit.origin, visit.host) == (cast.east_code, cast.west_code)
    for one in (visit.as_json(), money.as_json()):
        assert (one["from"], one["without_year"]) == (None, cast.day)
    firm = f"{cast.east}示例商会有限公司"
    check_money(money, cast, giver=firm, receiver=cast.west, day=None)
    assert money.giver.body == "other"


def check_money(
    money: facts.MovementFact, cast: CountyCast, *, giver: str, receiver: str, day: str | None
) -> None:
    assert (money.giver.code, money.receiver.code) == (cast.east_code, cast.west_code)
    assert (money.giver.name, money.receiver.name) == (giver, receiver)
    assert money.amount == round(float(cast.gift) * 1_000_000)
    assert money.as_json()["from"] == day


COUNTY_ARTICLES = {
    "survey.txt": check_survey,
    "joint.txt": check_joint,
    "undated.txt": check_undated,
}


@pytest.mark.parametrize("cast", COUNTIES, ids=PAIRED)
@pytest.mark.parametrize("name", COUNTY_ARTICLES)
def test_article_of_two_counties(name, cast):
    COUNTY_ARTICLES[name](cast.fill(name), cast)


@pytest.mark.parametrize("cast", COUNTIES, ids=PAIRED)
@pytest.mark.parametrize("name", COUNTY_ARTICLES)
def test_article_of_two_counties_in_traditional_script_and_other_widths(name, cast):
    text = cast.fill(name)
    COUNTY_ARTICLES[name](opencc.OpenCC("s2t").convert(text), cast)
    COUNTY_ARTICLES[name](text.translate(TO_HALF), cast)
    COUNTY_ARTICLES[name](text.translate(TO_FULL), cast)
