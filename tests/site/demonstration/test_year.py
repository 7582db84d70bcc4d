"""The whole year of the demonstration hangs together: its figures, findings, proofs and batches."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers, places
from jiedui.access import No
from jiedui.problems import Cell
from jiedui.site import demonstration
from jiedui.site.demonstration import samples
from jiedui.site.store import batches, documents, door, people, verify
from scripts.demonstration.__main__ import PAIRS
from tests.site import kept

if TYPE_CHECKING:
    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])
FOLDER = resources.files("jiedui.site.demonstration")
WESTERN = "天津市—甘肃省（演示）"
# The county pairings for which no source was found are no pairings here.
NOT_FOUND = ("秦安县", "天祝藏族自治县", "合水县", "宁县", "卓尼县", "迭部县", "夏河县")


def rows(name: str) -> list[dict[str, str]]:
    """The raw rows of one file, read with nothing of ours."""
    text = (FOLDER / name).read_text("utf-8")
    sort: dict[str, Any] = (
        {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if name.endswith(".tsv") else {}
    )
    return list(csv.DictReader(io.StringIO(text, newline=""), **sort))


def mine(ledger: str) -> list[dict[str, str]]:
    """The small part's rows of the western clerk."""
    return [one for one in rows(f"rows/{ledger}.tsv") if one["pairing"] == WESTERN]


def viewer(name: str) -> Viewer:
    found = people.viewer_of(name)
    assert found is not None
    return found


@pytest.fixture
def whole(settings: Any) -> None:
    settings.JIEDUI_DEMONSTRATION = True
    kept.prepare(whole=True)


def money(stage: str, words: str) -> int:
    """Fen of a stage in 2024, of eastern budgets, added up from the files."""
    small = [
        Decimal(one["amount"].removesuffix("万元"))
        for one in mine("funds")
        if one["stage"] == stage and one["nature"].startswith("east-")
    ]
    large = [Decimal(one["金额（万元）"]) for one in rows("year/funds.csv") if one["环节"] == words]
    return int(sum([*small, *large]) * 1_000_000)


def postings(small: dict[str, bool], large: dict[str, bool], direction: tuple[str, str]) -> int:
    return sum(
        one["arrives"][:4] == "2024"
        and one["direction"] == direction[0]
        and small.get(one["sort"], small["other"])
        for one in mine("talent")
    ) + sum(
        one["到岗日期"][:4] == "2024"
        and one["方向"] == direction[1]
        and large.get(one["选派类别"], large["其他"])
        for one in (*rows("year/talent.csv"), *rows("year/team.csv"))
    )


def test_the_figures_are_the_sums_of_the_files(whole: None) -> None:
    clerk = viewer("clerk")
    found = {
        one.indicator: one.value for one in door.figures(None, clerk, filters={"year": "2024"})
    }
    meetings = {"meeting", "joint-meeting", "座谈会", "联席会议"}
    small, large = mine("exchanges"), rows("year/exchanges.csv")
    trips = [one["people"] for one in small if one["form"] not in meetings]
    trips += [one["人数"] for one in large if one["类型"] not in meetings]
    met = sum(one["form"] in meetings for one in small)
    met += sum(one["类型"] in meetings for one in large)
    cadre, other = {"cadre": True, "other": False}, {"cadre": False, "other": True}
    chief, rest = {"党政挂职干部": True, "其他": False}, {"党政挂职干部": False, "其他": True}
    every, all_of_them = {"other": True}, {"其他": True}
    east, west = ("east-to-west", "东部到西部"), ("west-to-east", "西部到东部")
    expected = {
        "F01": money("arrived", "到位"),
        "F01I": money("issued", "下达"),
        "F01A": money("allocated", "分解"),
        "F04P": money("paid", "支付"),
        "F01R": money("recovered", "收回"),
        "H01": sum(
            one["form"] == "visit" and one["level"] == "province" and one["chief"] == "是"
            for one in small
        ),
        # One trip and one meeting are in the book from articles.
        "H02": len(trips) + 1,
        "H02P": sum(int(one) for one in trips if one) + 9,
        "H03": met + 1,
        "T01N": postings(cadre, chief, east),
        "T02N": postings(other, rest, east),
        "T03N": postings(every, all_of_them, west),
    }
    expected |= deals() | aid() | sums()
    assert {code: found[code] for code in expected} == expected


def deals() -> dict[str, int]:
    """What was signed and what has come of regional cooperation, added up from the files."""
    large = rows("year/deals.csv")
    signed = [fen(one["signed_amount"]) for one in mine("deals") if one["signed"]]
    signed += [fen(one["签约金额（万元）"] + "万元") for one in large if one["签约日期"]]
    come = [fen(one["realised_amount"]) for one in mine("deals") if one["realised_on"]]
    come += [fen(one["到位金额（万元）"] + "万元") for one in large if one["到位截至日期"]]
    return {"K01": len(signed), "K02": sum(signed), "K03": sum(come)}


# What each ledger's figure adds up: its field, and the heading of the large part's column.
SUMS = {
    "P02": ("projects", "aid", "协作资金（万元）"),
    "T04": ("trainings", "people", "实到人数"),
    "I02": ("enterprises", "realised", "本年实际到位资金（万元）"),
    "J00": ("labour", "people", "新增就业人数"),
    "C01": ("sales", "amount", "金额（万元）"),
    "D01": ("donations", "cash", "捐赠资金（万元）"),
}
COUNTS = {"P01": "projects", "T05": "trainings", "I01": "enterprises", "D05": "donations"}


def sums() -> dict[str, int]:
    """The figures that are a sum or a number of rows, added up from the files."""
    found = {}
    for code, (ledger, name, heading) in SUMS.items():
        unit = "万元" if heading.endswith("（万元）") else ""
        texts = [one[name] for one in mine(ledger)]
        texts += [one[heading] and one[heading] + unit for one in rows(f"year/{ledger}.csv")]
        found[code] = sum((fen if unit else int)(text) for text in texts if text)
    for code, ledger in COUNTS.items():
        found[code] = len(mine(ledger)) + len(rows(f"year/{ledger}.csv"))
    return found


def test_projects_have_the_money_that_the_sheet_of_funds_set_aside() -> None:
    for heading, stage in (("协作资金（万元）", "分解"), ("累计支付协作资金（万元）", "支付")):
        there: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for one in rows("year/funds.csv"):
            if one["环节"] == stage and one["项目"]:
                there[one["项目"], one["结对关系"]] += Decimal(one["金额（万元）"])
        here = {
            (one["项目名称"], one["结对关系"]): Decimal(one[heading])
            for one in rows("year/projects.csv")
        }
        assert {key: money for key, money in here.items() if money} == there


def aid() -> dict[str, int]:
    """What was given after disasters, added up from the files; three figures, never added."""
    every = [*mine("relief"), *rows("year/relief.tsv")]
    goods = [one for row in every for one in json.loads(row["goods"] or "[]")]
    teams = [one for row in every for one in json.loads(row["teams"] or "[]")]
    return {
        "R01": sum(fen(row["funds"]) for row in every if row["funds"]),
        "R02": sum(fen(one["worth"]) for one in goods if one.get("worth")),
        "R03": sum(int(one["persons"]) for one in teams if one.get("persons")),
    }


def fen(text: str) -> int:
    """An amount of the small part, in fen."""
    for unit, worth in (("亿元", 10**10), ("万元", 10**6), ("元", 100)):
        if text.endswith(unit):
            return int(Decimal(text.removesuffix(unit)) * worth)
    raise AssertionError(text)


def test_it_is_of_the_size_that_is_published(whole: None) -> None:
    clerk = viewer("clerk")
    found = {one.indicator: one for one in door.figures(None, clerk, filters={"year": "2024"})}
    per_county = Decimal(found["F01"].value or 0) / 1_000_000 / 27
    assert 3_700 <= per_county <= 5_200
    assert found["F01"].verified < found["F01"].claimed
    promised = door.targets(clerk)[2024]
    for code in ("F01", "H02", "H03", "T02N", "K01", "K02"):
        assert Decimal("0.75") < Decimal(found[code].value or 0) / promised[code] < 1, code
    counts = {name: door.entries(kind, clerk).total for name, kind in ledgers.ledgers().items()}
    assert counts["funds"] > 3_000
    assert 900 <= counts["talent"] <= 1_500
    assert counts["exchanges"] > 700
    assert 35 <= counts["relief"] <= 120
    assert 500 <= counts["projects"] <= 1_000
    assert 2_600 <= Decimal(found["J00"].value or 0) / 27 <= 4_000
    assert 15_000 <= Decimal(found["C01"].value or 0) / 1_000_000 / 27 <= 25_000
    assert all(count for name, count in counts.items()), counts


def test_one_pairing_is_behind_and_all_others_are_not(whole: None) -> None:
    clerk, kind = viewer("clerk"), ledgers.ledgers()["pairings"]
    behind = []
    for number, called in door.options(kind, clerk):
        if called == WESTERN:
            continue
        [arrived] = door.figures(["F01"], clerk, pairing=number, filters={"year": "2024"})
        promised = door.targets(clerk, pairing=number)[2024]["F01"]
        if (arrived.value or 0) < promised * 9 // 10:
            behind.append(called)
    assert behind == ["宝坻区—永登县（演示）"]


def test_there_are_four_findings_a_batch_to_undo_and_an_article_to_read(whole: None) -> None:
    clerk = viewer("clerk")
    kinds = ledgers.ledgers().values()
    found = [one.rule.name for kind in kinds for one in door.findings(kind, clerk)]
    assert found == [
        "paid-beyond-arrived", "paid-before-arrived", "paid-not-accepted", "accepted-without-asset",
    ]  # fmt: skip
    late = batches.listed(clerk)[0]
    done = batches.undo(clerk, late.key, "演示撤销")
    assert isinstance(done, batches.Undone)
    assert (done.ended, done.kept) == (12, ())
    listed = documents.listed(clerk).entries
    assert listed[0].title == "西青区党政代表团到景泰县考察"
    waits = documents.one(clerk, listed[0].key)
    assert isinstance(waits, documents.StoredDocument)
    assert waits.edits
    assert {one.state for one in waits.proposals} == {"open"}
    proved = [documents.one(clerk, one.key) for one in listed[1:]]
    assert [one.proposals[0].state for one in proved if not isinstance(one, No)] == ["accepted"] * 2
    assert verify.verify().broken == ()
    assert not demonstration.prepare(whole=True)
    neighbour = viewer("neighbour")
    assert door.entries(ledgers.ledgers()["funds"], neighbour).total == 4
    assert documents.listed(neighbour).total == 0


def contents() -> dict[str, Counter[str]]:
    """What the book says, row by row, without the numbers that are drawn."""
    house = people.house("核对演示")
    return {
        name: Counter(
            re.sub("🔒[0-9a-f]{32}", "🔒", line.partition(",")[2])
            for line in "".join(door.export(kind, house)).splitlines()
        )
        for name, kind in ledgers.ledgers().items()
    }


def test_two_builds_say_the_same(settings: Any) -> None:
    from django.db import transaction

    settings.JIEDUI_DEMONSTRATION = True
    found = []
    for build in (demonstration.prepare, kept.prepare):
        with transaction.atomic(), transaction.atomic(using="work"):
            build(whole=True)
            found.append(contents())
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="work")
    for name in found[0]:
        assert found[0][name] - found[1][name] == Counter(), name
    assert found[0] == found[1]
    assert sum(found[0]["funds"].values()) > 3_000


def test_every_county_pairing_has_its_source() -> None:
    lines = [one for one in PAIRS.read_text("utf-8").splitlines() if not one.startswith("#")]
    sources = {
        f"{one['district']}—{one['county'].replace('回族自治县', '县')}（演示）": one
        for one in csv.DictReader(lines, delimiter="\t")
    }
    found = rows("year/pairings.tsv")
    assert {one["called"] for one in found} == sources.keys()
    assert len(found) == 28
    for one in found:
        said = sources[one["called"]]
        assert said["source"] in one["origin"]
        assert said["checked"] in one["origin"]
        assert said["west"].startswith("62")
        assert said["east"].startswith("12")
        west = places.get(places.PlaceCode(said["west"]))
        assert west is not None
        assert west.name == said["county"]
    assert not {one["county"] for one in sources.values()} & set(NOT_FOUND)
    assert len({one["west"] for one in sources.values()}) == 34 - len(NOT_FOUND)


def test_every_row_says_that_it_is_invented() -> None:
    sheets = [one.name for one in FOLDER.joinpath("year").iterdir() if one.name.endswith(".csv")]
    assert len(sheets) >= 15
    for name in (*sheets, "relief.tsv"):
        for one in rows(f"year/{name}"):
            assert "（演示）" in "".join(one.values()), one
    for one in samples.SAMPLES:
        assert one.called.startswith("演示数据-")


FAULTS: dict[str, dict[str, str]] = {
    "funds.xlsx": {"E7": "not-an-amount", "F9": "not-a-date"},
    "talent.xlsx": {
        "B6": "not-a-choice", "A7": "rule-broken", "F8": "not-a-date", "H9": "not-yes-or-no",
    },
    "exchanges.csv": {},
}  # fmt: skip


def test_the_workbooks_to_try_have_the_faults_that_are_told(whole: None) -> None:
    clerk = viewer("clerk")
    pairings = door.options(ledgers.ledgers()["pairings"], clerk)
    [pairing] = [number for number, called in pairings if called == "津南区—灵台县（演示）"]
    for file, expected in FAULTS.items():
        sample = samples.named(file)
        assert sample is not None
        kind = ledgers.ledgers()[sample.ledger]
        beside = {"programme": "东西部协作", "pairing": str(pairing)}
        given = {} if file.endswith("csv") else beside
        made = batches.receive(clerk, kind, samples.content(sample), sample.called, given)
        assert isinstance(made, batches.StoredBatch), made
        shown = batches.preview(clerk, made.key)
        assert isinstance(shown, batches.Preview)
        faults = {
            f"{one.at.column}{one.at.row}": one.code
            for one in shown.problems
            if isinstance(one.at, Cell)
        }
        assert faults == expected, file
        said = {one.code for one in shown.remarks}
        assert ("personal-column-dropped" in said) is (file == "talent.xlsx")
