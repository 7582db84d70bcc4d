"""What a document proposes: each value proved, stated or derived, and what stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiedui import ledgers
from jiedui.evidence import extract, rule, understand
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
    assert [one["ledger"] for one in first] == ["exchanges", "exchanges", "relief"]
    assert [one["values"]["form"]["value"] for one in first[:2]] == ["visit", "meeting"]


def test_what_speakers_commit_to_is_proposed_to_the_meeting(first):
    visit, meeting, _ = (one["values"] for one in first)
    assert "agreed" not in visit
    agreed = meeting["agreed"]
    said = "两地要在产业、就业、教育、医疗等方面多做实事"
    what = said.removeprefix("两地要")
    assert agreed["value"] == [{"what": what, "who": "双方"}]
    assert agreed["how"] == "derived"
    text = CASTS[0].fill(TEMPLATE)
    assert [text[a:b] for a, b in agreed["citations"]] == [what]


def test_a_side_of_its_own_is_who_does_it():
    text = CASTS[0].fill(TEMPLATE).replace("两地要在产业", "天津要在产业")
    agreed = proposals(text)[1]["values"]["agreed"]
    assert agreed["value"] == [
        {"what": "天津要在产业、就业、教育、医疗等方面多做实事", "who": "天津市"}
    ]


def test_aid_that_a_text_tells_little_of_is_proposed_with_little(first):
    _, _, made = first
    values = {name: one["value"] for name, one in made["values"].items()}
    assert values == {
        "event": "雪灾",
        "hazard": "snow",
        "event_year": 2023,
        "giver": "天津市",
        "gave_goods": True,
        "goods": [{"item": "物资", "quantity": None, "counted_in": None}],
    }
    assert made["values"]["event_year"]["how"] == "derived"
    required = {"programme", "pairing", "place", "happened", "receiver"}
    assert set(made["missing"]) == required | {"goods.quantity", "goods.worth"}


def test_aid_with_its_numbers():
    text = (
        "来源：甘肃日报\n2023年12月20日。2023年12月18日积石山县6.2级地震发生后，无锡市捐款500万元，"
        "运来200顶帐篷，派出50人的消防救援队。"
    )
    (made,) = proposals(text)
    values = {name: (one["value"], one["how"]) for name, one in made["values"].items()}
    assert values["happened"] == ("2023-12-18", "stated")
    assert values["event_year"] == (2023, "stated")
    assert values["place"] == ("622927", "derived")
    assert values["magnitude"] == ("6.2级", "stated")
    assert values["funds"] == ("500万元", "stated")
    assert values["goods"][0] == [{"item": "帐篷", "quantity": 200, "counted_in": "顶"}]
    assert values["teams"][0] == [{"organisation": "消防救援队", "persons": 50}]
    assert "goods.worth" in made["missing"]
    assert not {"funds", "goods.quantity", "teams.persons"} & set(made["missing"])
    cells = {name: one["value"] for name, one in made["values"].items()}
    cells["event_year"] = str(cells["event_year"])
    cells |= {name: "是" for name in cells if name.startswith("gave_")}
    cells["goods"] = [{name: str(one) for name, one in row.items()} for row in cells["goods"]]
    cells["teams"] = [{name: str(one) for name, one in row.items()} for row in cells["teams"]]
    cells |= {"programme": "east-west", "pairing": "1"}
    checked = ledgers.check(ledgers.get("relief"), ledgers.frame([cells]))
    assert checked.problems == ()
    assert checked.rows[0]["funds"] == 500_000_000


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
    visit = proposals(replace(CASTS[0], sites=sites).fill(TEMPLATE))[0]
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


def test_a_day_without_a_year_is_proposed_as_it_is_and_wants_its_year():
    (visit,) = proposals("5月21日至22日，天津市西青区代表团到静宁县考察东西部协作工作。")
    starts, ends = visit["values"]["starts"], visit["values"]["ends"]
    assert (starts["value"], starts["how"], starts["rule"]) == (
        "5月21日",
        "stated",
        "day-without-year",
    )
    assert ends["value"] == "5月22日"
    fields = ledgers.ledgers()["exchanges"]
    checked = ledgers.check(fields, ledgers.frame([{"starts": starts["value"]}]))
    assert [one.code for one in checked.problems if str(one.at) == "starts"] == ["no-year"]


def test_a_day_that_leans_on_one_without_a_year_is_derived():
    text = "5月21日，西青区代表团到静宁县考察。当日，西青区向静宁县捐赠资金100万元。"
    visit, money = proposals(text)
    assert (visit["values"]["starts"]["value"], visit["values"]["starts"]["how"]) == (
        "5月21日",
        "stated",
    )
    assert (money["values"]["day"]["value"], money["values"]["day"]["how"]) == (
        "5月21日",
        "derived",
    )


def test_the_day_of_a_disaster_without_a_year_is_kept():
    (made,) = proposals("5月21日岷县地震发生后，天津市捐助资金100万元。")
    assert made["values"]["happened"]["value"] == "5月21日"
    assert "event_year" not in made["values"]


def test_a_joint_meeting_held_on_its_own_is_proposed_with_both_sides():
    text = (
        "2024年6月10日，西青区·静宁县联席会议在静宁县召开。2024年6月11日，静宁县召开防汛联席会议。"
    )
    (made,) = proposals(text)
    values = {name: one["value"] for name, one in made["values"].items()}
    assert values["form"] == "joint-meeting"
    assert (values["place"], values["level"], values["direction"]) == (
        "620826",
        "county",
        "east-to-west",
    )
    assert made["unsure"] == []


def test_a_joint_meeting_of_two_sides_leaves_open_who_hosts():
    (made,) = proposals("2024年6月10日，西青区和静宁县召开联席会议。")
    assert made["values"]["level"]["value"] == "county"
    assert "place" in made["missing"]


@pytest.mark.parametrize(
    ("text", "nature", "unsure"),
    [
        ("西青区向静宁县捐赠资金100万元。", "donation", ["treasury-unsaid"]),
        ("西青区财政局向静宁县财政局拨付援助资金100万元。", "east-city", []),
        ("天津市财政局向静宁县财政局拨付援助资金100万元。", "east-province", []),
        ("西青区教育局向静宁县教育局援助资金100万元。", "east-office", []),
    ],
)
def test_money_that_was_handed_over_is_proposed_to_the_funds(text, nature, unsure):
    (made,) = proposals(f"2024年6月10日，{text}")
    values = {name: (one["value"], one["how"]) for name, one in made["values"].items()}
    assert made["ledger"] == "funds"
    assert values["nature"] == (nature, "derived")
    assert values["amount"] == ("100万元", "stated")
    assert values["day"] == ("2024-06-10", "stated")
    assert {"document_number", "stage"} <= set(made["missing"])
    assert made["unsure"] == unsure
    cells = {name: str(one) for name, (one, _) in values.items()}
    cells |= {"programme": "east-west", "pairing": "1"}
    cells |= {"document_number": "示〔2024〕1号", "stage": "arrived"}
    checked = ledgers.check(ledgers.get("funds"), ledgers.frame([cells]))
    assert checked.problems == ()
    assert checked.rows[0]["amount"] == 100_000_000


def test_a_gift_straight_to_a_school_is_told_and_proposed_to_no_ledger():
    document = read("2024年6月10日，西青区向静宁县示例中学捐赠资金20万元。")
    assert [fact.kind for fact in document.facts if fact.kind == "movement"] == ["movement"]
    assert document.proposals == ()


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
    for proposal in proposals(text):
        fields = ledgers.get(proposal["ledger"]).fields
        assert not set(proposal["missing"]) & set(proposal["values"])
        for name, value in proposal["values"].items():
            assert name in fields
            assert rule(value["rule"]) != value["rule"]
            assert value["citations"]
            cited = "".join(plain[a:b] for a, b in value["citations"])
            if value["how"] == "stated" and isinstance(value["value"], str):
                assert value["value"] in cited or value["rule"] == "programme-named"
            if name == "attended":
                assert all(row["name"] in cited for row in value["value"])


def test_the_values_pass_the_check_of_the_ledger():
    document = read(CASTS[0].fill(TEMPLATE))
    visit = propose(document)[0]
    fields = ledgers.get("exchanges").fields
    assert set(visit.values) <= set(fields)
    assert visit.as_json()["ledger"] == "exchanges"


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("6月10日，天津市西青区考察团到静宁县考察。", ("cooperation-unsaid",)),
        ("6月10日，天津市西青区调研组一行到静宁县调研苹果产业。", ("cooperation-unsaid",)),
        ("6月10日，天津市西青区副区长钱样到静宁县调研。", ("cooperation-unsaid",)),
        ("6月10日，陕西省考察团到甘肃省考察。", ("sides-unclear",)),
        ("6月10日，天津市西青区党政代表团到静宁县考察。", ()),
        ("6月10日，天津市西青区考察团到静宁县考察。双方商谈东西部协作。", ()),
    ],
)
def test_a_visit_of_which_cooperation_is_not_said_says_so(text, unsure):
    (visit,) = proposals(f"来源：甘肃日报\n时间：2024-06-12\n{text}")
    assert visit["unsure"] == list(unsure)
    assert all(rule(one) != one for one in unsure)


@pytest.mark.parametrize(
    ("party", "form", "level"),
    [
        ("天津市西青区教育局调研组", "department", "county"),
        ("天津市西青区调研组", "survey", "county"),
        ("天津示例集团有限公司考察团", "investment", None),
        ("天津市西青区副区长钱样", "survey", "county"),
    ],
)
def test_the_form_of_a_visit_follows_from_who_came(party, form, level):
    (visit,) = proposals(f"来源：甘肃日报\n时间：2024-06-12\n6月10日，{party}到静宁县调研。")
    assert visit["values"]["form"]["value"] == form
    assert visit["values"].get("level", {"value": None})["value"] == level


@pytest.mark.parametrize(
    "text",
    [
        "要深化东西部协作，完善对口支援机制，办好联席会议。",
        "2024年5月21日，县农业农村局召开工作会议。",
        "2024年5月21日，甘肃省党政代表团到甘肃省平凉市考察。",
        "2024年6月10日，甘肃省代表团赴德国访问。",
        "2024年6月10日，甘肃省代表团赴香港特别行政区考察。",
        "2024年6月10日，静宁县代表团赴上海市参加中国国际进口博览会。",
        "2024年6月10日，静宁县考察团赴天津市参加示例农产品展销会。",
        "2024年6月10日，静宁县委书记王例率调研组到静宁县甘沟镇调研。",
        "2024年6月10日，甘肃省教育厅调研组到静宁县调研。",
        "",
    ],
    ids=[
        "talk",
        "own-meeting",
        "own-province",
        "abroad",
        "outside",
        "fair",
        "own-fair",
        "own-county",
        "own-office",
        "empty",
    ],
)
def test_nothing_is_proposed_from(text):
    document = understand(extract((text or "。").encode(), "article.txt"))
    assert not document.proposals


def test_a_value_without_a_citation_is_refused():
    with pytest.raises(NothingCitedError):
        Value(1, "stated", "people-named", ())
