"""Work that takes long, as pages show it: how far it is, stopping it, once more, and its proof."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiedui import intake, ledgers
from jiedui.site.store import batches, door, jobs, working
from jiedui.site.store.tables.jobs import Job as Row
from tests.site.web.test_batches import HEAD, NO_AMOUNT, ROWS, key_in, load, text_of, words_of

if TYPE_CHECKING:
    from django.test import Client

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS = ledgers.ledgers()["funds"]
Bring = Callable[..., str]


@pytest.fixture(autouse=True)
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave every workbook to a worker; open it in this process, in a book without money."""
    from jiedui.site.demonstration import entering

    monkeypatch.setattr(batches, "SMALL_BYTES", 0)
    monkeypatch.setattr(batches, "SMALL_ROWS", 0)
    monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.sheets.open_book_apart", intake.open_book)
    monkeypatch.setattr(jobs, "_EVERY", timedelta(0))
    read = entering.read
    monkeypatch.setattr(
        entering, "read", lambda name, *more: [] if name == "funds" else read(name, *more)
    )


@pytest.fixture
def bring(clerk: Client, viewer: Viewer) -> Bring:
    """Upload a workbook as the clerk; gives its key."""

    def upload(text: str | bytes, name: str = "样例.csv") -> str:
        content = text if isinstance(text, bytes) else text.encode()
        posted = {"ledger": "funds", "file": SimpleUploadedFile(name, content), **words_of(viewer)}
        return key_in(clerk.post("/batches", posted))

    return upload


def work() -> working.Outcome | None:
    """Do the one job that is due, as `jiedui work` does."""
    [job] = jobs.due()
    return working.run(job)


def test_a_large_workbook_is_read_loaded_and_taken_back_by_a_worker(
    clerk: Client, viewer: Viewer, bring: Bring
) -> None:
    key = bring(HEAD + ROWS)
    page = clerk.get(f"/batches/{key}")
    assert "排队等候" in text_of(page)
    assert 'name="digest"' not in page.content.decode()
    work()
    page = clerk.get(f"/batches/{key}")
    assert "共 3 行" in text_of(page)
    assert 'id="progress"' not in page.content.decode()
    assert load(clerk, key).status_code == 302
    assert 'id="progress"' in clerk.get(f"/batches/{key}").content.decode()
    assert door.entries(FUNDS, viewer).total == 0
    work()
    assert f"已入账，第 {door.head().number} 号" in text_of(clerk.get(f"/batches/{key}"))
    assert door.entries(FUNDS, viewer).total == 3
    clerk.post(f"/batches/{key}/undo", {"entry-why": "样例"})
    assert 'id="progress"' in clerk.get(f"/batches/{key}").content.decode()
    work()
    assert "3 条记录已终止" in text_of(clerk.get(f"/batches/{key}"))
    assert door.entries(FUNDS, viewer).total == 0


def test_how_far_it_is_goes_with_and_without_script(clerk: Client, bring: Bring) -> None:
    key = bring(HEAD + ROWS)
    [job] = jobs.due()
    claimed = jobs.claim(job)
    assert claimed is not None
    claimed.progress("write", 0, 9000)
    began = Row.objects.get(key=job).phase_began
    assert began is not None
    Row.objects.filter(key=job).update(done=3000, phase_began=began - timedelta(seconds=100))
    part = clerk.get(f"/batches/{key}/progress")
    html = part.content.decode()
    assert f'hx-get="/batches/{key}/progress"' in html
    assert 'hx-trigger="every' in html
    assert '<progress value="3000" max="9000"' in html
    said = text_of(part)
    for words in ("正在入账", "3000 / 9000 行", "每秒 30 行", "还要约 3 分钟"):
        assert words in said
    # Without a script the whole page has the same, and the way to see it anew.
    whole = clerk.get(f"/batches/{key}").content.decode()
    assert html[html.index("<progress") : html.index("</progress>")] in whole
    assert re.search(rf'<a href="/batches/{key}">刷新', whole)
    claimed.end(jobs.DONE)
    over = clerk.get(f"/batches/{key}/progress")
    assert (over.status_code, over.headers["HX-Refresh"]) == (204, "true")


def test_the_cancel_button_stops_it_and_once_more_reads_it(
    clerk: Client, viewer: Viewer, bring: Bring
) -> None:
    key = bring(HEAD + ROWS)
    assert f'action="/batches/{key}/cancel"' in clerk.get(f"/batches/{key}").content.decode()
    assert clerk.post(f"/batches/{key}/cancel").status_code == 302
    page = clerk.get(f"/batches/{key}")
    assert "已取消，账本没有改动" in text_of(page)
    assert f'action="/batches/{key}/again"' in page.content.decode()
    assert jobs.due() == []
    assert clerk.post(f"/batches/{key}/again").status_code == 302
    work()
    assert "新增 3" in text_of(clerk.get(f"/batches/{key}"))
    load(clerk, key)
    clerk.post(f"/batches/{key}/cancel")
    page = clerk.get(f"/batches/{key}")
    assert "已取消，账本没有改动" in text_of(page)
    assert "全部导入" in text_of(page)
    assert door.entries(FUNDS, viewer).total == 0
    load(clerk, key)
    work()
    assert door.entries(FUNDS, viewer).total == 3
    assert "已取消" not in text_of(clerk.get(f"/batches/{key}"))


def test_one_that_is_being_stopped_says_so(clerk: Client, bring: Bring) -> None:
    key = bring(HEAD + ROWS)
    [job] = jobs.due()
    jobs.claim(job)
    clerk.post(f"/batches/{key}/cancel")
    page = clerk.get(f"/batches/{key}").content.decode()
    assert re.search(r"<button[^>]* disabled>正在停下", page)


def test_what_cannot_be_read_says_so_when_the_worker_is_done(clerk: Client, bring: Bring) -> None:
    key = bring(HEAD)
    work()
    page = clerk.get(f"/batches/{key}")
    assert "只有表头" in text_of(page)
    assert "再读一次" in text_of(page)
    assert "不导入" in text_of(page)


def test_the_wrong_ledger_is_offered_to_be_switched(
    clerk: Client, bring: Bring, viewer: Viewer
) -> None:
    text = (
        "姓名,选派类别,方向,派出单位及职务,接收单位及挂任职务,到岗日期,所属地区\n"
        "钱示例甲,教师,东部到西部,样例中学教师,夏河县样例中学副校长,2024-03-01,夏河县\n"
    )
    key = bring(text)
    work()
    page = clerk.get(f"/batches/{key}").content.decode()
    assert '<button name="ledger" value="talent">' in page
    clerk.post(f"/batches/{key}/again", {"ledger": "talent"})
    work()
    assert "新增 1" in text_of(clerk.get(f"/batches/{key}"))


def test_problems_that_a_worker_met_are_on_the_page(
    clerk: Client, viewer: Viewer, bring: Bring
) -> None:
    key = bring(HEAD + ROWS + NO_AMOUNT)
    work()
    assert "D5" in text_of(clerk.get(f"/batches/{key}"))
    load(clerk, key)
    work()
    page = text_of(clerk.get(f"/batches/{key}"))
    assert "没有导入，一行也没有写入" in page
    assert "1,2OO" in page
    assert door.entries(FUNDS, viewer).total == 0
    load(clerk, key, rows="good")
    work()
    assert door.entries(FUNDS, viewer).total == 3


def test_a_neighbour_finds_what_he_finds_of_nothing(
    clerk: Client, sign_in: Callable[[str], Client], bring: Bring
) -> None:
    key, nothing = bring(HEAD + ROWS), "0" * 13
    neighbour = sign_in("neighbour")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')

    def seen(answer: Any, one: str) -> tuple[int, str]:
        return answer.status_code, token.sub("", answer.content.decode()).replace(one, "")

    for path in ("", "/progress", "/rows/2?sheet=csv", "/original", "/annotated.xlsx"):
        theirs = seen(neighbour.get(f"/batches/{key}{path}"), key)
        assert theirs == seen(neighbour.get(f"/batches/{nothing}{path}"), nothing)
        assert theirs[0] == 404
    for act in ("cancel", "again", "drop", "load", "undo", "settle"):
        theirs = seen(neighbour.post(f"/batches/{key}/{act}", {"entry-why": "x"}), key)
        answer = neighbour.post(f"/batches/{nothing}/{act}", {"entry-why": "x"})
        assert theirs == seen(answer, nothing)
        assert theirs[0] == 404
    assert len(jobs.due()) == 1


def proved(clerk: Client, key: str, sheet: str = "csv", row: int = 3) -> Any:
    return clerk.get(f"/batches/{key}/rows/{row}?sheet={sheet}")


def loaded(clerk: Client, key: str) -> str:
    work()
    load(clerk, key)
    work()
    return key


def test_the_row_behind_an_entry_is_shown_under_its_headings(
    clerk: Client, viewer: Viewer, bring: Bring
) -> None:
    content = (HEAD + ROWS).replace(",联系电话", "").replace(",,\n", ",\n").replace(",,路", ",路")
    key = loaded(clerk, bring(content))
    [paid] = [one for one in door.entries(FUNDS, viewer).entries if one.values["stage"] == "paid"]
    entry = clerk.get(f"/ledgers/funds/{paid.key}").content.decode()
    way = re.search(rf'href="(/batches/{key}/rows/4[^"#]*)', entry)
    assert way
    answer = clerk.get(way[1].replace("&amp;", "&"))
    page = answer.content.decode()
    assert "金额（万元）" in text_of(answer)
    assert '<mark class="cited">300.512345</mark>' in page
    assert page.count('class="at" id="at"') == 1
    assert "资金投向" in text_of(answer)
    original = clerk.get(f"/batches/{key}/original")
    assert original.content == content.encode()
    assert "attachment" in original.headers["Content-Disposition"]


def test_a_row_that_is_not_there_is_none(clerk: Client, bring: Bring) -> None:
    key = loaded(clerk, bring((HEAD + ROWS).replace("联系电话", "备考")))
    for answer in (
        proved(clerk, key, row=99),
        proved(clerk, key, row=0),
        proved(clerk, key, sheet="../../x"),
        proved(clerk, key, sheet=""),
    ):
        assert answer.status_code == 200
        assert "<mark>" not in answer.content.decode()
        assert "没有留存原表" in text_of(answer)


def test_a_sheet_with_personal_columns_is_not_kept_and_its_row_shown_without_them(
    clerk: Client, sign_in: Callable[[str], Client], bring: Bring
) -> None:
    phone = "19900000017"
    key = loaded(clerk, bring(HEAD + ROWS.replace(",,路", f",{phone},路")))
    answer = proved(clerk, key, row=4)
    page, words = answer.content.decode(), text_of(answer)
    assert "含有个人信息，没有留存" in words
    assert "资金投向" in words
    assert "<td>路</td>" in page
    assert '<mark class="cited">300.512345</mark>' in page
    assert page.count('class="at" id="at"') == 1
    assert phone not in page
    assert "联系电话" not in page
    assert "original" not in page
    assert clerk.get(f"/batches/{key}/original").status_code == 404
    assert proved(sign_in("neighbour"), key, row=4).status_code == 404
    for other in (proved(clerk, key, row=9), proved(clerk, key, sheet="另")):
        assert "没有留存原表" in text_of(other)
    assert "下载原表" not in text_of(answer)
    assert clerk.get(f"/batches/{key}/original").status_code == 404


def test_a_workbook_that_waits_or_was_dropped_has_no_original(clerk: Client, bring: Bring) -> None:
    key = bring((HEAD + ROWS).replace("联系电话", "备考"))
    work()
    assert clerk.get(f"/batches/{key}/original").status_code == 404
    clerk.post(f"/batches/{key}/drop")
    assert clerk.get(f"/batches/{key}/original").status_code == 404
    assert clerk.get(f"/batches/{key}/progress").status_code == 204
