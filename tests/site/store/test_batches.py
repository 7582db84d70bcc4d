"""A workbook on its way: staged, compared, loaded under one link, undone under another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.site.store import (
    batches,
    door,
    personal,
    previewing,
    staging,
    standing,
    verify,
    waiting,
)
from jiedui.site.store.entries import Faults
from tests.site.store.town import figure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS = ledgers.ledgers()["funds"]
TALENT = ledgers.ledgers()["talent"]
HEAD = "文号,资金性质,环节,金额（万元）,日期,付款方,收款方,所属地区\n"
ROWS = (
    "示财〔2024〕1号,东部省级财政援助,下达,1200,2024-02-01,丙市财政局,甲省财政厅,甘肃省\n"
    "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,丙市财政局,甲省财政厅,甘肃省\n"
    "示财〔2024〕1号,东部省级财政援助,支付,300.5,2024-04-01,甲省财政厅,样例建设公司,夏河县\n"
)


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    monkeypatch.setattr(previewing, "annotate_apart", intake.annotate)


def given(town: Town) -> dict[str, str]:
    return {"programme": "east-west", "pairing": str(town.pairings["gansu"])}


def staged(town: Town, text: str, ledger: type[ledgers.Ledger] = FUNDS) -> batches.Preview:
    received = batches.receive(town.clerk, ledger, text.encode(), "样例.csv", given(town))
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    return shown


def loaded(town: Town, text: str, ledger: type[ledgers.Ledger] = FUNDS) -> batches.Preview:
    shown = staged(town, text, ledger)
    assert shown.problems == ()
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    return shown


def counts(shown: batches.Preview) -> dict[str, int]:
    return {name: number for name, number in shown.counts.items() if number}


def entries(town: Town, ledger: type[ledgers.Ledger] = FUNDS) -> tuple[door.Entry, ...]:
    return door.entries(ledger, town.clerk).entries


def test_a_workbook_is_counted_to_the_fen(town: Town) -> None:
    shown = loaded(town, HEAD + ROWS)
    assert counts(shown) == {"added": 3}
    assert figure(town.clerk, "F01") == 1_200_000_000
    assert figure(town.clerk, "F04P") == 300_500_000
    assert verify.verify().broken == ()


def test_the_same_file_again_changes_nothing(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    before = door.head().number
    assert counts(loaded(town, HEAD + ROWS)) == {"unchanged": 3}
    assert door.head().number == before


def test_rows_in_another_order_change_nothing(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    turned = "".join(reversed(ROWS.splitlines(keepends=True)))
    assert counts(loaded(town, HEAD + turned)) == {"unchanged": 3}


def test_a_mended_row_shows_old_and_new(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    shown = staged(town, HEAD + ROWS.replace("样例建设公司", "样例第二建设公司"))
    assert counts(shown) == {"changed": 1, "unchanged": 2}
    [changed] = [one for one in shown.plan if one.changes]
    [change] = changed.changes
    assert (change.field, change.old, change.new) == ("payee", "样例建设公司", "样例第二建设公司")


def test_a_workbook_that_was_returned_changes_identity_too(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    written = [
        (item.key, item.values | {"document_number": "示财〔2024〕9号"}) for item in entries(town)
    ]
    content = intake.write(FUNDS, written)
    received = batches.receive(town.clerk, FUNDS, content, "改.xlsx")
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview)
    assert (counts(shown), shown.problems) == ({"changed": 3}, ())
    assert {change.field for one in shown.plan for change in one.changes} == {"document_number"}
    assert isinstance(batches.load(town.clerk, received.key, shown.digest), batches.Loaded)
    assert {item.key for item in entries(town)} == {key for key, _ in written}


def test_an_export_loaded_again_changes_nothing(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    content = intake.write(FUNDS, [(item.key, item.values) for item in entries(town)])
    received = batches.receive(town.clerk, FUNDS, content, "原样.xlsx")
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview)
    assert counts(shown) == {"unchanged": 3}


def test_two_equal_rows_are_a_question(town: Town) -> None:
    line = ROWS.splitlines(keepends=True)[0]
    shown = staged(town, HEAD + line + line)
    assert counts(shown) == {"added": 1, "double": 1}
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, Faults)
    assert entries(town) == ()
    done = batches.load(town.clerk, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded)
    assert len(entries(town)) == 1


def test_with_a_problem_nothing_is_written(town: Town) -> None:
    shown = staged(town, HEAD + ROWS + ROWS.splitlines()[0].replace("1200", '"1,2OO"') + "\n")
    assert shown.counts["problem"] == 1
    assert ("not-an-amount", "D5") in {(one.code, str(one.at)[-2:]) for one in shown.problems}
    before = door.head()
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, Faults)
    assert door.head() == before
    assert isinstance(batches.annotated(town.clerk, shown.batch.key), bytes)


def test_the_book_moved_since_the_preview(town: Town) -> None:
    shown = staged(town, HEAD + ROWS)
    loaded(town, HEAD + ROWS)
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Moved)
    assert counts(done.preview) == {"unchanged": 3}


def test_undo_ends_what_is_current_and_lists_the_rest(town: Town) -> None:
    shown = loaded(town, HEAD + ROWS)
    mended = next(item for item in entries(town) if item.values["stage"] == "paid")
    cells = ledgers.cells(FUNDS, mended.values) | {"purpose": "样例用途"}
    checked = ledgers.check(FUNDS, ledgers.frame([cells]), door.lookup(town.clerk))
    done = door.amend(FUNDS, mended.id, town.clerk, checked, base=mended.version, why="样例")
    assert isinstance(done, door.Written), done
    undone = batches.undo(town.clerk, shown.batch.key, "样例撤销")
    assert isinstance(undone, batches.Undone)
    assert (undone.ended, undone.kept) == (2, (mended.id,))
    assert [item.id for item in entries(town)] == [mended.id]
    assert isinstance(batches.undo(town.clerk, shown.batch.key, "样例撤销"), No)
    again = staged(town, HEAD + ROWS)
    assert counts(again) == {"added": 2, "unchanged": 1}
    assert verify.verify().broken == ()


def test_undoing_a_change_brings_back_what_was(town: Town) -> None:
    loaded(town, HEAD + ROWS)
    shown = loaded(town, HEAD + ROWS.replace("样例建设公司", "样例第二建设公司"))
    batches.undo(town.clerk, shown.batch.key, "样例撤销")
    assert {item.values["payee"] for item in entries(town)} >= {"样例建设公司"}
    assert len(entries(town)) == 3
    assert verify.verify().broken == ()


def test_what_came_back_is_of_the_batch_that_wrote_it(town: Town) -> None:
    first = loaded(town, HEAD + ROWS)
    second = loaded(town, HEAD + ROWS.replace("样例建设公司", "样例第二建设公司"))
    batches.undo(town.clerk, second.batch.key, "样例撤销")
    undone = batches.undo(town.clerk, first.batch.key, "样例撤销")
    assert isinstance(undone, batches.Undone)
    assert (undone.ended, undone.kept) == (3, ())
    assert entries(town) == ()
    found = batches.one(town.clerk, first.batch.key)
    assert isinstance(found, batches.StoredBatch)
    became = standing.outcome(town.clerk, found)
    assert (became.wrote, became.undone, became.back, became.moved) == (3, 3, 0, 0)
    assert verify.verify().broken == ()


def test_the_neighbour_learns_nothing_of_a_batch(town: Town) -> None:
    shown = staged(town, HEAD + ROWS)
    key = shown.batch.key
    assert batches.listed(town.neighbour) == []
    for asked in (
        batches.one(town.neighbour, key),
        batches.preview(town.neighbour, key),
        batches.load(town.neighbour, key, shown.digest),
        batches.drop(town.neighbour, key),
        batches.undo(town.neighbour, key, "样例"),
    ):
        assert asked == No("没有这一批，或者它不属于您的单位")
    assert isinstance(batches.receive(town.leader, FUNDS, HEAD.encode(), "x.csv"), No)


NAMES = (
    "姓名,选派类别,方向,派出单位及职务,接收单位及挂任职务,到岗日期,所属地区\n"
    "钱示例甲,教师,东部到西部,丙市样例中学教师,夏河县样例中学副校长,2024-03-01,夏河县\n"
    "钱示例乙,教师,东部到西部,丙市样例中学教师,夏河县样例中学副校长,2024-03-01,夏河县\n"
)


def test_names_of_a_workbook_are_in_the_vault_alone(town: Town, settings: object) -> None:
    shown = loaded(town, NAMES, TALENT)
    assert counts(shown) == {"added": 2}
    assert figure(town.clerk, "T01N") == 0
    assert figure(town.clerk, "T02") == 2
    assert counts(loaded(town, NAMES, TALENT)) == {"unchanged": 2}
    seen = {str(item.values["person_name"]) for item in entries(town, TALENT)}
    assert seen == {"钱示例甲", "钱示例乙"}
    hidden = door.entries(TALENT, town.reviewer).entries
    assert {str(item.values["person_name"]) for item in hidden} == {"（已保护）"}
    assert waiting.get(shown.batch.key) is None
    folder: Path = settings.JIEDUI_FOLDER  # type: ignore[attr-defined]
    for file in (folder / "work").glob("*"):
        assert "钱示例".encode() not in file.read_bytes()


def test_a_name_is_not_in_a_waiting_file(town: Town, settings: object) -> None:
    shown = staged(town, NAMES, TALENT)
    folder: Path = settings.JIEDUI_FOLDER  # type: ignore[attr-defined]
    kept = (folder / "work" / shown.batch.key).read_bytes()
    assert "钱示例".encode() not in kept
    batches.drop(town.clerk, shown.batch.key)
    assert not (folder / "work" / shown.batch.key).exists()


def test_a_place_that_is_not_the_offices_is_refused(town: Town) -> None:
    shown = staged(town, HEAD + ROWS.replace("夏河县", "陕西省"))
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, No)
    assert "第 4 行" in done.reason
    assert entries(town) == ()


def test_an_entrys_id_is_no_bank_card_and_a_purpose_may_hold_none() -> None:
    card = "9999000000000004"
    assert personal.given_fault(FUNDS, {"pairing": card}) is None
    for name, text in (("purpose", card), ("purpose", "电话19900000017"), ("payee", "钱示例甲")):
        found = personal.given_fault(FUNDS, {name: text})
        assert found is not None
        assert found.found == f"{text[0]}***"


def test_a_file_is_called_without_numbers_of_persons() -> None:
    assert personal.label("资金台账.xlsx") == "资金台账.xlsx"
    assert personal.label("示例甲19900000017.xlsx") == "示***.xlsx"
    assert personal.label("19900000017") == "1***"
