"""What a document proposes: each value proved, stated or derived, and what stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiedui import ledgers
from jiedui.evidence import extract, understand
from jiedui.evidence.exchanges import RULES
from jiedui.evidence.propose import NothingCitedError, Value, propose
from jiedui.restore import simplified
from tests.core.facts.cast import CASTS, CORPUS

TEMPLATE = (CORPUS / "visit.txt").read_text(encoding="utf-8")


def read(text: str):
    return understand(extract(text.encode(), "article.txt"))


def proposals(text: str) -> list[dict]:
    return read(text).as_json()["proposals"]


@pytest.fixture(scope="module")
def first() -> list[dict]:
    return proposals(CASTS[0].fill(TEMPLATE))


def test_one_proposal_for_the_visit_and_one_for_the_meeting(first):
    assert [one["ledger"] for one in first] == ["exchanges", "exchanges"]
    assert [one["values"]["form"]["value"] for one in first] == ["visit", "meeting"]


def test_values_of_the_visit(first):
    values = {name: one["value"] for name, one in first[0]["values"].items()}
    attended = values.pop("attended")
    assert values == {
        "place": "620000",
        "form": "visit",
        "level": "province",
        "direction": "east-to-west",
        "subject": "天津市党政代表团来甘考察对接协作工作",
        "starts": "2024-05-21",
        "ends": "2024-05-22",
        "at": [
            {"place": "621102", "site": "定西市安定区示例中学"},
            {"place": "621102", "site": "安定区样例镇养殖示范园"},
            {"place": "621124", "site": "临洮县甲乙镇丙丁村"},
            {"place": "620104", "site": None},
            {"place": "620100", "site": "兰州样例技术研究所"},
        ],
        "leader": "钱示例",
        "chief": True,
    }
    assert len(attended) == len(CASTS[0].people())
    assert attended[0] == {
        "name": "钱示例",
        "post": "天津市委书记",
        "side": "east",
        "officer": True,
        "did": "讲话、参加",
    }
    assert first[0]["missing"] == ["programme", "pairing", "people"]


def test_values_of_the_meeting(first):
    values = first[1]["values"]
    assert values["subject"]["value"] == "天津市·甘肃省工作座谈会"
    assert values["starts"]["value"] == "2024-05-22"
    assert "ends" not in values
    assert values["place"]["value"] == "620000"
    assert values["at"]["value"] == [{"place": "620100", "site": None}]
    assert "leader" not in values


def test_a_site_is_proposed_with_its_town_and_its_village_as_text():
    sites = (
        ("夏河县桑科镇", "623027103"),
        ("夏河县桑科镇样例产业园", "623027103"),
        ("合作市佐盖曼玛镇甲村", "623001102"),
        ("合作市样例镇乙村", "623001"),
        ("兰州样例研究所", "620100"),
    )
    (visit, _) = proposals(replace(CASTS[0], sites=sites).fill(TEMPLATE))
    at = visit["values"]["at"]
    assert at["value"] == [
        {"place": code, "site": None if name == "夏河县桑科镇" else name} for name, code in sites
    ]
    assert visit["values"]["place"]["value"] == "620000"
    exchanges = ledgers.ledgers()["exchanges"]
    cells = {"starts": "2024-05-21", "at": at["value"]}
    checked = ledgers.check(exchanges, ledgers.frame([cells]))
    assert not [fault for fault in checked.problems if str(fault.at).startswith("at")]


def test_a_year_that_the_text_leaves_out_is_derived_from_the_publication(first):
    starts = first[0]["values"]["starts"]
    text = CASTS[0].fill(TEMPLATE)
    assert starts["how"] == "derived"
    assert [text[a:b] for a, b in starts["citations"]] == ["5月21日至22日", "2024-05-23"]


def test_a_year_that_stands_in_the_text_is_stated():
    cast = replace(CASTS[0], dates="2024年5月21日至22日")
    starts = proposals(cast.fill(TEMPLATE))[0]["values"]["starts"]
    assert (starts["value"], starts["how"]) == ("2024-05-21", "stated")


def test_the_leader_named_in_the_text_is_stated():
    text = (
        "来源：云南日报\n2024年7月3日，上海市副市长钱示例率上海市代表团一行18人来滇考察"
        "东西部协作工作。上海市委书记周样出席。"
    )
    (visit,) = proposals(text)
    values = visit["values"]
    assert (values["leader"]["value"], values["leader"]["how"]) == ("钱示例", "stated")
    assert (values["people"]["value"], values["people"]["how"]) == (18, "stated")
    assert values["programme"]["value"] == "east-west"
    assert "people" not in visit["missing"]


def test_a_rounded_number_of_people_is_not_proposed():
    text = "2024年7月3日，上海市党政代表团一行20余人来云南考察对接东西部协作工作。"
    (visit,) = proposals(text)
    assert "people" not in visit["values"]
    assert "people" in visit["missing"]


@pytest.mark.parametrize("cast", CASTS, ids=[f"{one.east}-{one.west}" for one in CASTS])
def test_every_value_is_proved(cast):
    text = cast.fill(TEMPLATE)
    plain = simplified(text)
    fields = ledgers.get("exchanges").fields
    for proposal in proposals(text):
        assert not set(proposal["missing"]) & set(proposal["values"])
        for name, value in proposal["values"].items():
            assert name in fields
            assert value["rule"] in RULES
            assert value["citations"]
            cited = "".join(plain[a:b] for a, b in value["citations"])
            if value["how"] == "stated" and isinstance(value["value"], str):
                assert value["value"] in cited or value["rule"] == "programme-named"
            if name == "attended":
                assert all(row["name"] in cited for row in value["value"])


def test_the_values_pass_the_check_of_the_ledger():
    document = read(CASTS[0].fill(TEMPLATE))
    (visit, _) = propose(document)
    fields = ledgers.get("exchanges").fields
    assert set(visit.values) <= set(fields)
    assert visit.as_json()["ledger"] == "exchanges"


@pytest.mark.parametrize(
    "text",
    [
        "要深化东西部协作，完善对口支援机制，办好联席会议。",
        "2024年5月21日，县农业农村局召开工作会议。",
        "2024年5月21日，甘肃省党政代表团到甘肃省平凉市考察。",
        "",
    ],
    ids=["talk", "own-meeting", "own-province", "empty"],
)
def test_nothing_is_proposed_from(text):
    document = understand(extract((text or "。").encode(), "article.txt"))
    assert not document.proposals


def test_a_value_without_a_citation_is_refused():
    with pytest.raises(NothingCitedError):
        Value(1, "stated", "people-named", ())
