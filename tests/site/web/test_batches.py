"""Workbooks as pages show them: brought, looked at, corrected, loaded, and taken back."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiedui import intake, ledgers
from jiedui.site.store import door
from jiedui.site.web import given, previewing
from tests.core.intake.made import by_openpyxl

if TYPE_CHECKING:
    from django.http import HttpResponse

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

SignIn = Callable[[str], Client]
FUNDS = ledgers.ledgers()["funds"]
TALENT = ledgers.ledgers()["talent"]
HEAD = "文号,资金性质,环节,金额（万元）,日期,付款方,收款方,所属地区,联系电话,资金投向\n"
ISSUED = "示财〔2024〕1号,东部省级财政援助,下达,1200,2024-02-01,丙市财政局,甲省财政厅,甘肃省,,\n"
ARRIVED = "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,丙市财政局,甲省财政厅,甘肃省,,\n"
PAID = (
    "示财〔2024〕1号,东部省级财政援助,支付,300.512345,2024-04-01,甲省财政厅,样例公司,夏河县,,路\n"
)
ROWS = ISSUED + ARRIVED + PAID
NO_AMOUNT = ISSUED.replace("1200", '"1,2OO"').replace("1号", "2号")
NO_DAY = ISSUED.replace("2024-02-01", "2024-02-30").replace("1号", "3号")


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.parting.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.previewing.annotate_apart", intake.annotate)


@pytest.fixture(autouse=True)
def no_money_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the demonstration's money and postings out: the book has what a test loads."""
    from jiedui.site.demonstration import entering

    read = entering.read
    apart = {"funds", "talent"}
    monkeypatch.setattr(
        entering, "read", lambda name, *more: [] if name in apart else read(name, *more)
    )


def words_of(viewer: Viewer) -> dict[str, str]:
    cells = given.defaults(viewer, FUNDS)
    return {given.MARK + name: text for name, text in cells.items()}


@pytest.fixture
def bring(clerk: Client, viewer: Viewer) -> Callable[..., HttpResponse]:
    """Upload a workbook as the clerk."""

    def upload(text: str | bytes, ledger: str = "funds", **words: str) -> Any:
        content = text if isinstance(text, bytes) else text.encode()
        file = SimpleUploadedFile("样例.csv", content)
        posted = {"ledger": ledger, "file": file, **words_of(viewer), **words}
        return clerk.post("/batches", posted)

    return upload


def key_in(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    found = re.fullmatch(r"/batches/([0-9a-z]{13})", answer.headers["Location"])
    assert found
    return found[1]


def text_of(answer: Any) -> str:
    body = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", body)


def load(client: Client, key: str, rows: str = "all", digest: str = "") -> Any:
    page = client.get(f"/batches/{key}").content.decode()
    shown = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert shown
    return client.post(f"/batches/{key}/load", {"digest": digest or shown[1], "rows": rows})


def funds(viewer: Viewer) -> tuple[door.Entry, ...]:
    return door.entries(FUNDS, viewer).entries


def test_what_has_one_answer_is_filled_in(clerk: Client) -> None:
    page = clerk.get("/batches?ledger=funds").content.decode()
    assert '<option value="funds" selected>' in page
    assert '<option value="east-west" selected>' in page
    assert re.search(r'name="given-pairing".*?<option value="\d+" selected>', page, re.DOTALL)
    assert 'name="given-place" value="甘肃省"' in page


def test_a_good_workbook_is_seen_then_loaded(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    page = text_of(clerk.get(f"/batches/{key}"))
    assert "共 3 行" in page
    assert "300.512345万元" in page
    assert "全部导入" in page
    assert "只导入没有问题的行" not in page
    assert "“联系电话”是个人信息" in page
    assert "“资金投向”不对应" in page
    assert funds(viewer) == ()
    assert load(clerk, key).status_code == 302
    assert len(funds(viewer)) == 3
    after = text_of(clerk.get(f"/batches/{key}"))
    assert f"已入账，第 {door.head().number} 号" in after
    assert "撤销这一批" in after
    listed = text_of(clerk.get("/batches"))
    assert "已导入" in listed
    assert "新增 3，更正 0，不变 0" in listed


def test_faulty_cells_are_named_and_the_good_rows_can_go_alone(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS + NO_AMOUNT + NO_DAY))
    page = text_of(clerk.get(f"/batches/{key}"))
    for said in ("D5", "1,2OO", "不是金额", "E6", "2024-02-30", "不是日期", "有 2 处需要改"):
        assert said in page
    assert "全部导入" not in page
    problems = text_of(clerk.get(f"/batches/{key}?show=problem"))
    assert "第 5 行" in problems
    assert "第 2 行" not in problems
    refused = load(clerk, key)
    assert refused.status_code == 422
    assert "一行也没有写入" in text_of(refused)
    assert funds(viewer) == ()
    assert load(clerk, key, rows="good").status_code == 302
    assert len(funds(viewer)) == 3


def test_the_annotated_workbook_is_the_offices_own(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    from openpyxl import load_workbook

    key = key_in(bring(HEAD + ROWS + NO_AMOUNT))
    answer = clerk.get(f"/batches/{key}/annotated.xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    book = load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert sheet["D5"].value == "1,2OO"
    assert sheet["D5"].comment is not None
    assert "问题清单" in book.sheetnames


def test_a_change_shows_old_and_new(clerk: Client, bring: Callable[..., Any]) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    key = key_in(bring(HEAD + ROWS.replace("样例公司", "样例第二公司")))
    page = clerk.get(f"/batches/{key}?show=changed").content.decode()
    assert "<del>样例公司</del>" in page
    assert "<ins>样例第二公司</ins>" in page
    assert "更正" in text_of(clerk.get(f"/batches/{key}"))


def test_the_same_again_changes_nothing(clerk: Client, bring: Callable[..., Any]) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    before = door.head().number
    key = key_in(bring(HEAD + ROWS))
    assert "没有变化，记为已导入" in text_of(clerk.get(f"/batches/{key}"))
    assert load(clerk, key).status_code == 302
    assert "账本没有动" in text_of(clerk.get(f"/batches/{key}"))
    assert door.head().number == before


def test_the_book_moved_since_the_preview(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    first, second = key_in(bring(HEAD + ROWS)), key_in(bring(HEAD + ROWS))
    page = clerk.get(f"/batches/{second}").content.decode()
    shown = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert shown
    load(clerk, first)
    answer = load(clerk, second, digest=shown[1])
    assert answer.status_code == 409
    assert "预览之后账本或栏目有变动" in text_of(answer)
    assert "不变 3" in text_of(answer)
    assert shown[1] not in answer.content.decode()
    assert len(funds(viewer)) == 3


def test_a_column_is_corrected_and_remembered(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    page = clerk.get(f"/batches/{key}").content.decode()
    assert re.search(r'name="column-J"[^>]*><option value="">', page)
    posted = dict(re.findall(r'name="(was-[A-J])" value="([^"]*)"', page))
    posted |= {name.replace("was-", "column-"): field for name, field in posted.items()}
    answer = clerk.post(
        f"/batches/{key}/settle", {**posted, **words_of(viewer), "column-J": "purpose"}
    )
    assert answer.status_code == 302
    assert "本单位上次的对应" in text_of(clerk.get(f"/batches/{key}"))
    load(clerk, key)
    assert {item.values["purpose"] for item in funds(viewer)} == {None, "路"}
    again = key_in(bring(HEAD + ROWS.replace(",路", ",桥")))
    page = clerk.get(f"/batches/{again}").content.decode()
    assert "<del>路</del>" in page
    # A second correction keeps the first.
    kept = dict(re.findall(r'name="(was-[A-J])" value="([^"]*)"', page))
    assert kept["was-J"] == "*"


def test_a_sheet_is_not_emptied_of_columns(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    posted = {f"was-{letter}": "x" for letter in "ABCDEFGHIJ"}
    posted |= {f"column-{letter}": "" for letter in "ABCDEFGHIJ"}
    answer = clerk.post(f"/batches/{key}/settle", posted)
    assert answer.status_code == 422
    assert "至少要有两栏" in text_of(answer)
    assert "新增 3" in text_of(clerk.get(f"/batches/{key}"))


def test_the_wrong_ledger_is_offered_to_be_switched(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    answer = bring(HEAD + ROWS, ledger="talent")
    assert answer.status_code == 422
    assert "改为导入“财政援助资金台账”" in text_of(answer)
    way = re.search(r'href="(/batches/[0-9a-z]{13})">改为', answer.content.decode())
    assert way
    assert "新增 3" in text_of(clerk.get(way[1]))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "工作簿"),
        (b"%PDF-1.7 example", "不是工作簿"),
        (HEAD.encode(), "只有表头"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    bring: Callable[..., Any], content: bytes, said: str
) -> None:
    answer = bring(content)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_what_is_said_for_all_rows_stands_beside_the_counts(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS, **{"given-place": "甘肃省"}))
    shown = text_of(clerk.get(f"/batches/{key}"))
    assert "各行都填作" in shown
    assert "结对关系 天津市—甘肃省" in shown


def test_a_wrong_common_cell_stops_before_the_file(bring: Callable[..., Any]) -> None:
    answer = bring(HEAD + ROWS, **{"given-place": "没有这个县"})
    assert answer.status_code == 422
    assert 'name="given-place" value="没有这个县"' in answer.content.decode()
    assert "还没有上传过表格" in text_of(answer)


def test_undo_ends_what_stands_and_lists_the_rest(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    load(clerk, key)
    mended = next(item for item in funds(viewer) if item.values["stage"] == "paid")
    cells = ledgers.cells(FUNDS, mended.values) | {"purpose": "样例用途"}
    checked = ledgers.check(FUNDS, ledgers.frame([cells]), door.lookup(viewer))
    done = door.amend(FUNDS, mended.id, viewer, checked, base=mended.version, why="样例")
    assert isinstance(done, door.Written), done
    without_reason = clerk.post(f"/batches/{key}/undo", {"entry-why": " "})
    assert without_reason.status_code == 422
    assert len(funds(viewer)) == 3
    ended = next(item for item in funds(viewer) if item.id != mended.id)
    assert clerk.post(f"/batches/{key}/undo", {"entry-why": "报错了表"}).status_code == 302
    page = clerk.get(f"/batches/{key}")
    assert "2 条记录已终止" in text_of(page)
    assert "经办员甲（演示） · 报错了表" in text_of(page)
    assert "这条记录已撤销" in text_of(clerk.get(f"/ledgers/funds/{ended.key}"))
    assert "1 条在导入之后改动过" in text_of(page)
    assert f'href="/ledgers/funds/{mended.key}"' in page.content.decode()
    assert [item.id for item in funds(viewer)] == [mended.id]
    again = clerk.post(f"/batches/{key}/undo", {"entry-why": "样例"})
    assert again.status_code == 409


def test_what_is_not_loaded_is_gone(clerk: Client, bring: Callable[..., Any]) -> None:
    key = key_in(bring(HEAD + ROWS))
    assert clerk.post(f"/batches/{key}/drop").status_code == 302
    assert "文件已经删去" in text_of(clerk.get(f"/batches/{key}"))
    assert clerk.get(f"/batches/{key}/annotated.xlsx").status_code == 404


def test_many_rows_come_by_pages(clerk: Client, bring: Callable[..., Any]) -> None:
    many = "".join(ISSUED.replace("1号", f"{n}号") for n in range(1, 121))
    key = key_in(bring(HEAD + many))
    page = clerk.get(f"/batches/{key}?page=3").content.decode()
    assert page.count('class="row-added"') == 120 - 2 * previewing.SIZE
    assert f"/batches/{key}?page=2#rows" in page


def test_the_neighbour_sees_nothing_and_the_leader_is_refused(
    sign_in: SignIn, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    neighbour, leader = sign_in("neighbour"), sign_in("leader")
    assert key not in neighbour.get("/batches").content.decode()
    for path in ("", "/annotated.xlsx"):
        assert neighbour.get(f"/batches/{key}{path}").status_code == 404
    for act in ("load", "drop", "undo", "settle"):
        assert neighbour.post(f"/batches/{key}/{act}", {"entry-why": "x"}).status_code == 404
    assert leader.get("/batches").status_code == 403
    assert 'href="/batches"' not in leader.get("/").content.decode()


def test_the_blank_workbook_offers_the_pairings(clerk: Client, viewer: Viewer) -> None:
    from openpyxl import load_workbook

    answer = clerk.get("/ledgers/funds/blank.xlsx")
    book = load_workbook(BytesIO(answer.content))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    rules = book.worksheets[0].data_validations.dataValidation
    texts |= {part for rule in rules for part in str(rule.formula1).strip('"').split(",")}
    [(_key, label)] = door.options(ledgers.ledgers()["pairings"], viewer)
    assert label in texts
    assert "金额（万元）" in texts
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"].lower()


def test_an_exported_workbook_says_it_is_a_demonstration_and_reads_back(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    answer = clerk.get("/ledgers/funds/export.xlsx?stage=paid")
    assert len(answer.getvalue()) == int(answer.headers["Content-Length"])
    assert "%E6%BC%94%E7%A4%BA%E6%95%B0%E6%8D%AE" in answer.headers["Content-Disposition"]
    whole = clerk.get("/ledgers/funds/export.xlsx").getvalue()
    key = key_in(bring(whole))
    assert "不变 3" in text_of(clerk.get(f"/batches/{key}"))


def test_a_name_leaves_only_for_those_who_may_see_it(
    clerk: Client, sign_in: SignIn, bring: Callable[..., Any]
) -> None:
    text = (
        "姓名,选派类别,方向,派出单位及职务,接收单位及挂任职务,到岗日期,所属地区\n"
        "钱示例甲,教师,东部到西部,样例中学教师,夏河县样例中学副校长,2024-03-01,夏河县\n"
    )
    load(clerk, key_in(bring(text, ledger="talent")))

    def texts(client: Client) -> str:
        from openpyxl import load_workbook

        book = load_workbook(BytesIO(client.get("/ledgers/talent/export.xlsx").getvalue()))
        return "|".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)

    assert "钱示例甲" in texts(clerk)
    assert "样例中学教师" in texts(sign_in("leader"))
    assert "钱示例甲" not in texts(sign_in("leader"))


def test_board_and_figure_show_money_ratios_and_days(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    board = clerk.get("/?year=2024&chart=F04P").content.decode()
    assert re.search(r'href="/figures/F01\?[^"]*">财政援助资金（到位） 1,200万元', board)
    assert re.search(r'href="/figures/F04P\?[^"]*">财政援助资金支付 300.512345万元', board)
    said = text_of(clerk.get("/?year=2024&chart=F04P"))
    assert "25.0%" in said
    assert "2024-12-31 当天" in said
    assert "财政援助资金支付（万元）" in said
    assert "约301" in said
    figure = text_of(clerk.get("/figures/F04P"))
    assert "300.512345 万元" in figure
    assert "25.0%" in figure
    assert "哪一天的数" in text_of(clerk.get("/figures/T01"))


def test_a_large_workbook_is_said_to_be_too_large_and_is_not_held(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any], settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("jiedui.site.web.views.bringing.LARGEST", 1 << 20)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
    for size in ((1 << 20) + 1, 5 << 20):
        answer = bring(b"x" * size)
        assert answer.status_code == 422
        megabytes = -(-size >> 20)
        assert f"单个文件最多 1 MB，现有 {megabytes} MB" in text_of(answer)
    assert "已导入" not in text_of(clerk.get("/batches"))


def test_what_was_said_for_all_rows_is_offered_the_next_time(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    def offered(ledger: str) -> str:
        page = clerk.get(f"/batches?ledger={ledger}").content.decode()
        return page.partition('name="given-place" value="')[2].partition('"')[0]

    assert offered("funds") == "甘肃省"
    bring(HEAD + ROWS, **{"given-place": "夏河县"})
    assert offered("funds") == "夏河县"
    assert offered("talent") == "甘肃省"


def test_the_sheets_say_themselves_what_they_are_of(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    head, *lines = (HEAD + ROWS).splitlines()
    funds_rows = [line.split(",") for line in (head, *lines)]
    posts = [["姓名", "选派类别", "方向", "派出单位", "接收单位", "到岗日期"],
             ["某某（样例）", "党政挂职干部", "东部到西部", "丙市示例局", "甲省示例局", "2024-03-01"]]  # fmt: skip
    book = by_openpyxl([["封面"]], funds_rows, posts, titles=("封面", "资金", "人才"))
    answer = bring(book, "auto")
    assert answer.status_code == 302
    assert re.fullmatch(r"/batches\?of=[0-9a-z]{13}", answer.headers["Location"])
    page = clerk.get(answer.headers["Location"])
    keys = re.findall(r'<li><a href="/batches/([0-9a-z]{13})">', page.content.decode())
    assert "资金 · 财政援助资金台账 人才 · 干部人才选派台账" in text_of(page)
    assert len(keys) == 2
    assert "工作表“封面”未读入" in text_of(clerk.get(f"/batches/{keys[0]}"))
    load(clerk, keys[0])
    assert len(funds(viewer)) == 3
    again = clerk.get(answer.headers["Location"]).content.decode()
    assert re.findall(r'<li><a href="/batches/([0-9a-z]{13})">', again) == keys[1:]


def test_a_workbook_of_one_ledger_goes_on_to_its_page(bring: Callable[..., Any]) -> None:
    assert key_in(bring(HEAD + ROWS, "auto"))


def test_a_workbook_of_no_ledger_is_told_of(bring: Callable[..., Any]) -> None:
    answer = bring("甲,乙\n1,2\n", "auto")
    assert answer.status_code == 422
    assert "认不出是哪本台账" in text_of(answer)


def test_a_sheet_that_was_not_taken_is_told_of(clerk: Client, bring: Callable[..., Any]) -> None:
    head, *lines = (HEAD + ROWS).splitlines()
    rows = [line.split(",") for line in (head, *lines)]
    answer = bring(by_openpyxl(rows, rows[:1], titles=("资金", "空表")), "auto")
    assert answer.status_code == 200
    assert "工作表“空表”没有读入： 只有表头" in text_of(answer)
    assert "资金 · 财政援助资金台账" in text_of(answer)


def test_a_fault_under_a_month_is_shown_at_its_own_cell(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    heads = ["乡镇", "用工单位", "区域类别", "户类型", "1月", "2月", "3月"]
    rows = [["2024年"], heads, ["桑科镇", "甲示例公司", "东部", "脱贫户", 3, "两个", 2]]
    words = {given.MARK + "place": "夏河县"}
    key = key_in(bring(by_openpyxl(rows), ledger="labour", **words))
    page = clerk.get(f"/batches/{key}").content.decode()
    shown = re.findall(r"第 3 行 <small>([A-Z])</small>", page)
    assert shown == ["E", "F", "G"]
    assert page.count('<span class="wrong-cell">两个</span>') == 2  # in the list and in its row
    assert "各列一个月份或类别，或其合计" in page
    # Saying again what was found out changes nothing.
    posted = {
        f"{mark}-{letter}": path for mark in ("column", "was")
        for letter, path in zip("ABCDEFG", ["home", "employer", "region", "category", *["people"] * 3], strict=True)
    }  # fmt: skip
    answer = clerk.post(f"/batches/{key}/settle", {**posted, **words_of(viewer), **words})
    assert answer.status_code == 302
    again = clerk.get(f"/batches/{key}").content.decode()
    assert re.findall(r"第 3 行 <small>([A-Z])</small>", again) == shown


def test_other_sheets_of_the_same_ledger_are_offered(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    rows = [line.split(",") for line in (HEAD + ISSUED).splitlines()]
    other = [line.split(",") for line in (HEAD + ISSUED.replace("1号", "2号")).splitlines()]
    key = key_in(bring(by_openpyxl(rows, other, titles=("县区一", "县区二"))))
    page = clerk.get(f"/batches/{key}").content.decode()
    assert f'action="/batches/{key}/sheets"' in page
    answer = clerk.post(f"/batches/{key}/sheets", follow=True)
    shown = text_of(answer)
    assert "各成一批" in shown
    assert answer.content.decode().count("县区二") >= 2
    parts = re.findall(r'<li><a href="/batches/([0-9a-z]{13})"', answer.content.decode())
    assert len(parts) == 2
    assert "/sheets" not in clerk.get(f"/batches/{parts[0]}").content.decode()
    assert clerk.get(f"/batches/{key}").status_code == 200
    assert clerk.post(f"/batches/{key}/sheets").status_code == 403


def test_what_it_would_do_is_a_file_too(clerk: Client, bring: Callable[..., Any]) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    changed = ROWS.replace("样例公司", "=样例公司").replace("4号", "5号")
    key = key_in(bring(HEAD + changed + NO_DAY))
    answer = clerk.get(f"/batches/{key}/plan.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = list(csv.reader(text.splitlines()))
    assert head[:3] == ["表中的行", "会怎样", "现记录"]
    assert [row[:2] for row in rows] == [
        ["2", "不变"], ["3", "不变"], ["4", "更正"], ["5", "有问题"],
    ]  # fmt: skip
    payee = head.index("收款方")
    assert rows[2][payee] == "样例公司 → =样例公司"
    assert len(rows[2][2]) == 13
    [only] = list(csv.reader(
        b"".join(clerk.get(f"/batches/{key}/plan.csv?show=changed").streaming_content)  # type: ignore[attr-defined]
        .decode().splitlines()))[1:]  # fmt: skip
    assert only == rows[2]
    neighbour = Client()
    assert neighbour.get(f"/batches/{key}/plan.csv").status_code in {302, 404}


def test_names_of_persons_are_protected_in_it(clerk: Client, bring: Callable[..., Any]) -> None:
    head = "姓名,选派类别,方向,派出单位,接收单位,到岗日期\n"
    row = "某某（样例）,党政挂职干部,东部到西部,丙市示例局,甲省示例局,2024-03-01\n"
    key = key_in(bring(head + row, "talent"))
    answer = clerk.get(f"/batches/{key}/plan.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "（已保护）" in text
    assert "某某" not in text


def test_the_cell_behind_an_entry_stands_under_titles_and_headings(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    head, *lines = (HEAD.replace(",联系电话", "") + ROWS.replace(",,", ",")).splitlines()
    rows = [["某县东西部协作资金台账（样例）"], ["单位：万元"],
            [one.replace("（万元）", "") for one in head.split(",")],
            *(line.split(",") for line in lines)]  # fmt: skip
    key = key_in(bring(by_openpyxl(rows)))
    load(clerk, key)
    [paid] = [one for one in funds(viewer) if one.values["stage"] == "paid"]
    entry = clerk.get(f"/ledgers/funds/{paid.key}").content.decode()
    [there] = set(re.findall(rf'href="(/batches/{key}/rows/6[^"#]*)', entry))
    page = clerk.get(html.unescape(there)).content.decode()
    shown = re.findall(r'<tr class="(at|heads)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    assert [sort for sort, _ in shown] == ["heads", "heads", "heads", "at"]
    assert "单位：万元" in shown[1][1]
    assert '<mark class="cited">300.512345</mark>' in shown[3][1]
    assert "<mark>样例公司</mark>" in shown[3][1]
    assert "<td>路</td>" in shown[3][1]


def test_a_row_that_seems_corrected_asks_and_is_answered(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    load(clerk, key_in(bring(HEAD + ROWS)))
    mended = ROWS.replace("300.512345", "305.5")
    key = key_in(bring(HEAD + mended))
    page = clerk.get(f"/batches/{key}").content.decode()
    assert "1 行像是改正了上次导入的记录" in page
    assert "<del>300.512345万元</del>" in page
    assert 'name="rows" value="all"' not in page
    for words in ({"answer": "perhaps"}, {"answer": "same", "row": "2"}):
        assert clerk.post(f"/batches/{key}/answer", words).status_code in {404, 409}
    answer = clerk.post(f"/batches/{key}/answer", {"answer": "same", "row": "4", "show": "asked"})
    assert answer.headers["Location"] == f"/batches/{key}?show=asked#rows"
    page = clerk.get(f"/batches/{key}").content.decode()
    assert "重新回答" in page
    clerk.post(f"/batches/{key}/answer", {"answer": ""})
    assert "1 行像是改正了上次导入的记录" in clerk.get(f"/batches/{key}").content.decode()
    clerk.post(f"/batches/{key}/answer", {"answer": "same", "of": "asked"})
    load(clerk, key)
    paid = [one.values["amount"] for one in funds(viewer) if one.values["stage"] == "paid"]
    assert paid == [305_500_000]


PERSONS = (
    "姓名,身份证号,户籍乡镇,务工单位,户类型,区域类别,务工时间,组织方式,联系电话\n"
    "张示例,620000190001010001,夏河县,示例厂,脱贫户,东部,2024-05-12,有组织,13800000000\n"
    "李示例,620000190001010002,夏河县,示例厂,脱贫户,东部,2024年5月,有组织,\n"
    "王示例,620000190001010003,夏河县,示例厂,一般户,东部,2024-05-02,有组织,\n"
)


def test_persons_are_counted_when_the_clerk_says_so(
    clerk: Client, viewer: Viewer, bring: Callable[..., Any]
) -> None:
    labour = ledgers.ledgers()["labour"]
    before = door.figures(["J00"], viewer)[0].value or 0
    key = key_in(bring(PERSONS, ledger="labour", **{"given-place": "623027"}))
    page = text_of(clerk.get(f"/batches/{key}"))
    assert "这张表一行是一个人" in page
    assert "全部导入" not in page
    assert clerk.post(f"/batches/{key}/answer", {"answer": "count"}).status_code == 302
    page = text_of(clerk.get(f"/batches/{key}"))
    assert "这张表一行是一个人" not in page
    assert "3 行汇总为 2 条" in page
    for mark in ("张示例", "620000190001010001", "13800000000"):
        assert mark not in page
    assert load(clerk, key).status_code == 302
    assert (door.figures(["J00"], viewer)[0].value or 0) == before + 3
    rows = door.entries(labour, viewer, filters={"employer": "示例厂"}).entries
    assert sorted(str(one.values["people"]) for one in rows) == ["1", "2"]
    assert clerk.get(f"/batches/{key}/original").status_code == 404


def test_rows_that_are_no_persons_are_not_counted_as_such(
    clerk: Client, bring: Callable[..., Any]
) -> None:
    key = key_in(bring(HEAD + ROWS))
    told = clerk.post(f"/batches/{key}/answer", {"answer": "count"})
    assert told.status_code == 409
    assert "不是一行一个人" in text_of(told)
