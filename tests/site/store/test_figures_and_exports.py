"""`jiedui figures` and `jiedui export`: what they print and write, and how they end."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from typer.testing import CliRunner

from jiedui.cli import app
from jiedui.site.store import door
from tests.site.store.test_findings import FUNDS, enter
from tests.site.store.town import AGREEMENTS, add, written

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from jiedui.access import Viewer
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])


def run(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(app, list(words), prog_name="jiedui")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def paid(town: Town) -> Town:
    """Money under one paper, three visits, and what was promised for two years."""
    enter(town, "issued", "1200万元", "2024-02-01")
    enter(town, "arrived", "1200万元", "2024-02-20")
    enter(town, "paid", "300.5万元", "2024-04-01", place="623027")
    enter(town, "paid", "50万元", "2024-04-20")
    town.enter(town.clerk, subject="其一")
    town.enter(town.clerk, subject="其二", starts="2024-06-02", ends=None, form="survey")
    town.enter(town.clerk, subject="其三", starts="2023-06-02", ends=None, level="county")
    for year, amount in (("2024", "8"), ("2023", "4")):
        rows = [{"indicator": "H02", "amount": amount}, {"indicator": "Z99", "amount": "1"}]
        cells = {"called": year, "pairing": str(town.pairings["gansu"]), "of_year": year}
        written(add(town.reviewer, cells | {"targets": rows}, AGREEMENTS))
    return town


def test_figures_stand_beside_their_targets_and_ratios_show_both_parts(paid: Town) -> None:
    lines = run("figures", "H02", "F01", "F04P", "--as", "clerk", "--year", "2024").output
    assert "H02   互访批次：2 批次（已核实 0 批次，共 2 条）；2024 年目标 8 批次，已达 25%" in lines
    assert "F04   资金支出进度：29.2%（已核实部分 —，F04P 350.5万元 ÷ F01 1,200万元）" in lines
    assert "2023 年" not in lines
    every = run("figures", "H02", "--as", "clerk").output
    assert "3 批次（已核实 0 批次，共 3 条）；2024 年目标 8 批次；2023 年目标 4 批次\n" in every
    assert "H03" not in every


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("F04P", "--by", "place"), ["所属地区 甘肃省：50万元", "甘南藏族自治州夏河县：300.5万元"]),
        (("F04P", "--by", "month"), ["· 2024-04：350.5万元"]),
        (("H02", "--by", "form", "--by", "level"), ["类型 调研对接 层级 省级：1 批次"]),
        (("H02", "--by", "form,level"), ["类型 党政代表团考察 层级 县区级：1 批次"]),
        (("--by", "stage,place"), []),
        (("F01", "--until", "2024-02-19"), ["（到位）：0元"]),
        (("F01", "--known", "1"), ["（到位）：0元"]),
    ],
)
def test_figures_are_cut_as_they_were_declared(
    paid: Town, words: tuple[str, ...], said: list[str]
) -> None:
    done = run("figures", *words, "--as", "clerk", code=0 if said else 2)
    assert [part for part in said if part not in done.output] == []
    assert said or "nature" in done.output


def test_without_codes_those_that_can_be_cut_so_are_shown(paid: Town) -> None:
    said = json.loads(run("figures", "--by", "month", "--as", "clerk", "--json").output)
    assert {one["indicator"] for one in said["figures"]} >= {"F01", "H02"}
    assert {tuple(one["by"]) for one in said["figures"]} == {("month",)}
    assert {one["indicator"] for one in said["figures"]} & {"T01", "T02"} == set()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("X99",), "没有指标 X99"),
        (("T01", "--by", "month"), "不能按 month 分开；可用：sort、place"),
    ],
)
def test_figures_that_were_not_declared_are_named(
    paid: Town, words: tuple[str, ...], told: str
) -> None:
    assert told in run("figures", *words, code=2).output


def test_the_json_is_what_the_interface_gives(paid: Town, client: Any) -> None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(username="clerk")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    said = json.loads(run("figures", "--as", "clerk", "--json").output)
    assert said == client.get("/api/figures").json()
    assert list(said) == ["demonstration", "head", "figures", "ratios", "targets"]
    assert {"indicator": "H02", "year": 2024, "amount": 8, "unit": "批次"} in said["targets"]
    assert "Z99" not in {one["indicator"] for one in said["targets"]}
    narrowed = json.loads(run("figures", "H02", "--year", "2023", "--json").output)
    assert [(one["year"], one["amount"]) for one in narrowed["targets"]] == [(2023, 4)]


def test_figures_are_counted_once_until_the_book_moves(
    paid: Town, django_assert_num_queries: Any
) -> None:
    def visits(who: Viewer, head: str, **asked: Any) -> int:
        return door.figures(["H02"], who, head=head, **asked)[0].claimed

    clerk, before = paid.clerk, door.head().digest
    assert visits(clerk, before) == 3
    assert door.years(clerk, head=before) == [2023, 2024]
    with django_assert_num_queries(0):
        assert visits(clerk, before) == 3
        assert door.years(clerk, head=before) == [2023, 2024]
    assert visits(paid.neighbour, before) == 0
    assert visits(clerk, before, filters={"year": "2023"}) == 1
    assert visits(clerk, before, known=1) == 0
    paid.enter(paid.clerk, subject="其四", starts="2022-06-02", ends=None)
    after = door.head().digest
    assert visits(clerk, after) == 4
    assert door.years(clerk, head=after) == [2022, 2023, 2024]


def test_nobody_sees_the_targets_of_others(paid: Town) -> None:
    for name, seen in (("partner", True), ("neighbour", False), ("stranger", False)):
        assert bool(door.targets(getattr(paid, name))) is seen, name


def test_a_ledger_is_exported_as_either_and_never_over_a_file(paid: Town, tmp_path: Path) -> None:
    book, text = tmp_path / "a.xlsx", tmp_path / "a.csv"
    assert "4 条" in run("export", "funds", str(book), "--as", "clerk").output
    assert "4 条" in run("export", "funds", str(text), "--as", "clerk").output
    assert openpyxl.load_workbook(book).worksheets[0].max_row == 5
    assert text.read_bytes().decode() == "".join(door.export(FUNDS, paid.clerk))
    assert {path.stat().st_mode & 0o777 for path in (book, text)} == {0o600}
    before = book.read_bytes()
    assert "没有覆盖" in run("export", "funds", str(book), "--as", "clerk", code=2).output
    assert book.read_bytes() == before
    as_csv = run("export", "funds", str(tmp_path / "b"), "--format", "csv", "--as", "clerk")
    assert "4 条" in as_csv.output
    assert (tmp_path / "b").read_bytes() == text.read_bytes()
    assert "写不了" in run("export", "funds", str(tmp_path / "no" / "a.csv"), code=2).output


def test_an_export_holds_what_its_viewer_may_see(paid: Town, tmp_path: Path) -> None:
    for name, seen in (
        ("clerk", 4),
        ("neighbour", 0),
        ("county", 0),
        ("leader", 4),
        ("partner", 4),
    ):
        out = run("export", "funds", str(tmp_path / f"{name}.csv"), "--as", name).output
        assert f"{seen} 条" in out, name
        assert (tmp_path / f"{name}.csv").read_text("utf-8-sig").count("\n") == seen + 1


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("--filter", "环节=支付"), 2), (("--filter", "stage=paid"), 2), (("--until", "2024-04-01"), 3),
        (("--filter", "所属地区=夏河县"), 1), (("--filter", "日期=2024-02"), 2),
        (("--filter", "结对关系=gansu（样例）"), 4), (("--filter", "环节=支付", "--filter", "日期=2024-02"), 0),
        (("--known", "1"), 0),
    ],
)  # fmt: skip
def test_an_export_is_narrowed(
    paid: Town, tmp_path: Path, words: tuple[str, ...], seen: int
) -> None:
    out = run("export", "funds", str(tmp_path / "a.csv"), "--as", "clerk", *words).output
    assert f"{seen} 条" in out
    assert (tmp_path / "a.csv").read_text("utf-8-sig").count("\n") == seen + 1


@pytest.mark.parametrize(
    "word", ["环节=x", "x=1", "环节", "环节=", "所属地区=无此县", "结对关系=无此结对", "收款方=甲"]
)
def test_a_filter_that_is_not_understood_writes_nothing(
    paid: Town, tmp_path: Path, word: str
) -> None:
    done = run("export", "funds", str(tmp_path / "a.csv"), "--filter", word, code=2)
    assert word.partition("=")[0] in done.output
    assert list(tmp_path.iterdir()) == []


def test_in_a_demonstration_name_and_rows_say_so(paid: Town, tmp_path: Path, settings: Any) -> None:
    settings.JIEDUI_DEMONSTRATION = True
    for ending in ("xlsx", "csv"):
        run("export", "funds", str(tmp_path), "--format", ending, "--as", "clerk")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"演示数据-财政援助资金台账.xlsx", "演示数据-财政援助资金台账.csv"}
    text = (tmp_path / "演示数据-财政援助资金台账.csv").read_text("utf-8-sig")
    assert [line.endswith("演示数据") for line in text.splitlines()] == [True] * 5
    book = openpyxl.load_workbook(tmp_path / "演示数据-财政援助资金台账.xlsx").worksheets[0]
    assert [row[-1].value for row in book] == ["演示数据"] * 5


def test_in_a_demonstration_a_name_that_was_given_says_so_too(
    paid: Town, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JIEDUI_DEMONSTRATION = True
    # Inside the transaction of a test PostgreSQL begins no other; the name is all that is asked.
    monkeypatch.setattr("jiedui.site.store.archive.moment._only_read", lambda: None)
    said = run("export", "funds", str(tmp_path / "a.csv"), "--as", "clerk").output
    assert "演示数据-a.csv" in said
    run("export", "funds", str(tmp_path / "演示数据.xlsx"), "--as", "clerk")
    run("backup", str(tmp_path / "b.zip"))
    assert {path.name for path in tmp_path.iterdir()} == {
        "演示数据-a.csv", "演示数据.xlsx", "演示数据-b.zip",
    }  # fmt: skip


def test_what_fails_leaves_no_file(
    paid: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiedui.intake import writing

    monkeypatch.setattr(writing, "_ROWS", 2)
    done = run("export", "funds", str(tmp_path / "a.xlsx"), "--as", "clerk", code=1)
    assert "CSV" in done.output
    assert list(tmp_path.iterdir()) == []
    assert door.export_workbook(io.BytesIO(), FUNDS, paid.clerk) is not None
