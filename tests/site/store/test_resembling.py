"""A sheet that comes again with a row mended in what makes it an event: asked, never counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.site.store import answering, batches, door, staging
from jiedui.site.store.entries import Faults
from tests.site.store.test_batches import HEAD, given
from tests.site.store.town import figure

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS = ledgers.ledgers()["funds"]
TALENT = ledgers.ledgers()["talent"]


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)


def rows(*amounts: object, month: int = 4) -> list[str]:
    """Payments of these amounts, in the order of their documents."""
    return [
        f"示财〔2024〕{n}号,东部省级财政援助,支付,{amount},2024-{month:02}-01,甲省财政厅,样例公司,夏河县\n"
        for n, amount in enumerate(amounts, 1)
    ]


def staged(town: Town, lines: list[str], ledger: type[ledgers.Ledger] = FUNDS, head: str = HEAD) -> batches.Preview:  # fmt: skip
    content = (head + "".join(lines)).encode()
    received = batches.receive(town.clerk, ledger, content, "样例.csv", given(town))
    assert isinstance(received, batches.StoredBatch), received
    return seen(town, received.key)


def seen(town: Town, key: str) -> batches.Preview:
    shown = batches.preview(town.clerk, key)
    assert isinstance(shown, batches.Preview), shown
    return shown


def loaded(town: Town, shown: batches.Preview) -> None:
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Loaded), done


def answered(town: Town, shown: batches.Preview, told: str, *only: int) -> batches.Preview:
    done = answering.answer(town.clerk, shown.batch.key, told, only or None)
    assert isinstance(done, batches.Preview), done
    return done


def counts(shown: batches.Preview) -> dict[str, int]:
    return {name: number for name, number in shown.counts.items() if number}


def paid(town: Town) -> int | None:
    return figure(town.clerk, "F04P")


def test_a_mended_amount_is_asked_about_and_moves_the_figure_by_the_difference(town: Town) -> None:
    before = rows(300, 400, 500)
    loaded(town, staged(town, before))
    assert paid(town) == 1_200_000_000
    after = rows(300, 450, 500)
    shown = staged(town, after)
    assert counts(shown) == {"unchanged": 2, "asked": 1}
    [asked] = shown.part("asked")
    assert [(one.field, one.old, one.new) for one in asked.changes] == [
        ("amount", 400_000_000, 450_000_000)
    ]
    refused = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(refused, Faults)
    assert [one.code for one in refused.problems] == ["rows-unanswered"]
    assert paid(town) == 1_200_000_000

    shown = answered(town, shown, answering.SAME)
    assert counts(shown) == {"unchanged": 2, "changed": 1}
    loaded(town, shown)
    assert paid(town) == 1_250_000_000
    assert len(door.entries(FUNDS, town.clerk).entries) == 3
    # The very same file once more has nothing to say.
    assert counts(staged(town, after)) == {"unchanged": 3}

    assert isinstance(batches.undo(town.clerk, shown.batch.key, "传错了表"), batches.Undone)
    assert paid(town) == 1_200_000_000
    assert counts(staged(town, before)) == {"unchanged": 3}


def renumbered(lines: list[str]) -> list[str]:
    """The same payments under one document number, written as another."""
    return [f"示财〔2024〕90号{line.partition('号')[2]}" for line in lines]


def of_days(*amounts: object) -> list[str]:
    """Payments of one document, a day apart."""
    return [
        row.replace("-04-01", f"-04-{n:02}").replace(f"〕{n}号", "〕9号")
        for n, row in enumerate(rows(*amounts), 1)
    ]


def test_a_document_number_mended_in_every_row_is_a_correction(town: Town) -> None:
    before = of_days(300, 400, 500)
    loaded(town, staged(town, before))
    shown = staged(town, renumbered(before))
    assert counts(shown) == {"changed": 3}
    [said] = [one for one in shown.remarks if one.code == "sheet-renamed"]
    assert "原为 示财〔2024〕9号，现为 示财〔2024〕90号" in said.hint
    assert {(one.field, one.new) for row in shown.plan for one in row.changes} == {
        ("document_number", "示财〔2024〕90号")
    }
    loaded(town, shown)
    assert paid(town) == 1_200_000_000
    assert counts(staged(town, renumbered(before))) == {"unchanged": 3}


def test_it_is_another_document_where_somebody_says_so(town: Town) -> None:
    before = of_days(300, 400, 500)
    loaded(town, staged(town, before))
    shown = staged(town, renumbered(before))
    asked = answered(town, shown, "")
    assert counts(asked) == {"asked": 3}
    assert "sheet-renamed" not in {one.code for one in asked.remarks}
    shown = answered(town, asked, answering.NEW)
    assert counts(shown) == {"added": 3}
    loaded(town, shown)
    assert paid(town) == 2_400_000_000


@pytest.mark.parametrize("how", ["one row", "a row more", "an amount too", "two numbers", "a note"])
def test_a_sheet_that_differs_in_more_asks_as_before(town: Town, how: str) -> None:
    before = of_days(*([300] if how == "one row" else [300, 400, 500]))
    head = HEAD.replace("\n", ",用途\n")
    before = [line.replace("\n", ",修路\n") for line in before]
    loaded(town, staged(town, before, head=head))
    after = renumbered(before)
    if how == "a row more":
        after = [*after, after[0].replace("-04-01", "-05-01").replace(",300,", ",77,")]
    elif how == "an amount too":
        after[1] = after[1].replace(",400,", ",450,")
    elif how == "two numbers":
        after[1] = after[1].replace("〕90号", "〕91号")
    elif how == "a note":
        after[1] = after[1].replace("修路", "修渠")
    shown = counts(staged(town, after, head=head))
    assert shown.get("changed", 0) == 0
    assert shown["asked"] >= (1 if how == "one row" else 2)


def test_it_may_be_another_row_all_the_same(town: Town) -> None:
    loaded(town, staged(town, rows(300, 400, 500)))
    shown = answered(town, staged(town, rows(300, 450, 500)), answering.NEW, 3)
    assert counts(shown) == {"unchanged": 2, "added": 1}
    loaded(town, shown)
    assert paid(town) == 1_650_000_000


def test_good_rows_alone_leave_what_asks_where_it_is(town: Town) -> None:
    loaded(town, staged(town, rows(300, 400)))
    shown = staged(town, [*rows(300, 450), *rows(0, 0, 77)[2:]])
    assert counts(shown) == {"unchanged": 1, "asked": 1, "added": 1}
    done = batches.load(town.clerk, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded)
    assert paid(town) == 777_000_000


def test_answers_can_be_taken_back_and_are_only_for_rows_that_ask(town: Town) -> None:
    loaded(town, staged(town, rows(300, 400, 500)))
    shown = staged(town, rows(300, 450, 500))
    wrong = answering.answer(town.clerk, shown.batch.key, answering.SAME, [2])
    assert isinstance(wrong, No)
    assert "第 2 行" in wrong.reason
    once = answered(town, shown, answering.SAME)
    assert counts(answered(town, once, "")) == {"unchanged": 2, "asked": 1}
    stranger = answering.answer(town.neighbour, shown.batch.key, answering.SAME)
    assert stranger == batches.NOT_HERE


def test_a_double_that_is_none_can_be_loaded(town: Town) -> None:
    twice = rows(300) * 2
    shown = staged(town, twice)
    assert counts(shown) == {"added": 1, "double": 1}
    assert isinstance(answering.answer(town.clerk, shown.batch.key, answering.SAME, [3]), No)
    shown = answered(town, shown, answering.NEW)
    assert counts(shown) == {"added": 2}
    loaded(town, shown)
    assert paid(town) == 600_000_000
    # Both are found again: the two rows are the two entries.
    assert counts(staged(town, twice)) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (rows(1, 2, 3), list(reversed(rows(1, 2, 3))), {"unchanged": 3}),
        (rows(1, 2, 3), [*rows(1, 2, 3), *rows(1, 2, 3, month=5)], {"unchanged": 3, "added": 3}),
        # A new month's sheet alone, of the same payments: nothing of the old one is in it.
        (rows(1, 2, 3, 4), rows(1, 2, 3, 4, month=5), {"added": 4}),
        # Two parts of the identity are otherwise: another payment.
        (rows(1, 2, 3), [*rows(1, 2), *rows(0, 0, 9, month=5)[2:]], {"unchanged": 2, "added": 1}),
        # Only a row of five is there again: the others say nothing about the sheet.
        (rows(1, 2, 3, 4, 5), rows(1, 9), {"unchanged": 1, "added": 1}),
        # Every amount was in another unit: nothing is found again, and all of it asks.
        (rows(1, 2, 3), rows(10000, 20000, 30000), {"asked": 3}),
        # And in the month after, of other payments.
        (rows(1, 2, 3), rows(7, 8, 9, month=5), {"added": 3}),
        # The day of one mended, all else as it was.
        (rows(1, 2, 3), [*rows(1, 2), rows(1, 2, 3, month=5)[2]], {"unchanged": 2, "asked": 1}),
        # The only row of a sheet.
        (rows(1), rows(2), {"asked": 1}),
        (rows(1), rows(1, month=5), {"added": 1}),
        # Two rows that could each be the one that is gone: neither is asked about.
        (rows(1, 2), [*rows(1), *(rows(0, n)[1] for n in (8, 9))], {"unchanged": 1, "added": 2}),
    ],
)  # fmt: skip
def test_what_comes_again_does_what_is_plain(
    town: Town, before: list[str], after: list[str], expected: dict[str, int]
) -> None:
    loaded(town, staged(town, before))
    assert counts(staged(town, after)) == expected


def test_what_is_gone_from_a_sheet_is_told_and_stays(town: Town) -> None:
    loaded(town, staged(town, rows(1, 2, 3, 4)))
    shown = staged(town, rows(1, 2, 3))
    assert [(one.code, "1 条" in one.hint) for one in shown.remarks] == [("rows-vanished", True)]
    assert len(door.entries(FUNDS, town.clerk).entries) == 4
    assert not staged(town, rows(1, month=9)).remarks
    # While a row is to be mended nobody knows whose it is.
    assert not staged(town, [*rows(1, 2, 3), *rows(0, 0, 0, "4O")[3:]]).remarks


def test_names_of_persons_are_part_of_what_is_compared(town: Town) -> None:
    head = "姓名,选派类别,方向,派出单位,接收单位,到岗日期,所属地区\n"
    row = "{},党政挂职干部,东部到西部,丙市示例局,甲省示例局,2024-03-01,甘肃省\n"
    people = [row.format(name) for name in ("样例甲", "样例乙", "样例丙")]
    loaded(town, staged(town, people, TALENT, head))
    changed = [*people[:2], row.format("样例丁")]
    assert counts(staged(town, changed, TALENT, head)) == {"unchanged": 2, "asked": 1}
    later = [*people[:2], people[2].replace("03-01", "03-05")]
    assert counts(staged(town, later, TALENT, head)) == {"unchanged": 2, "asked": 1}
