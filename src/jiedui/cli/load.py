"""`jiedui load`: a workbook into the book, after saying what it would do."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.loading import begin_anew, drop, load_all, stop
from jiedui.cli.progress import progress
from jiedui.cli.site import open_book, viewer_named
from jiedui.cli.workbooks import (
    CountPersons,
    Given,
    Sheets,
    cells_of,
    given_cells,
    ledger_or_auto,
    named_sheets,
    read_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem
    from jiedui.site.store.batches import Preview, StoredBatch

app = typer.Typer(**OPTIONS)
_SHOWN = 40


@app.command()
def load(  # noqa: PLR0913 - each option of the command is one
    ledger: Annotated[str, typer.Argument(help="台账，如 funds；auto 由各表的表头辨认")],
    file: Annotated[Path, typer.Argument(help="工作簿：xlsx、xls、et、ods、csv 等")],
    account: Annotated[str, typer.Option("--as", help="以这个账号的身份导入")],
    given: Given = None,
    sheet: Sheets = None,
    *,
    answer: Annotated[
        str,
        typer.Option(help="像是改正了上次导入记录的行：same 都是改正，new 都是另一条"),
    ] = "",
    count_persons: CountPersons = False,
    good_only: Annotated[bool, typer.Option(help="只导入没有问题的行")] = False,
    preview: Annotated[bool, typer.Option(help="只看会做什么，不导入")] = False,
) -> None:
    """导入工作簿：要么全部入账，要么一行也不入。有问题时返回 1。

    auto 认出的、--sheet 指定的每张表各成一批；有一张有问题或没有导入，就都不导入。
    """
    if answer not in {"", "same", "new"}:
        sys.stderr.write("--answer 写 same 或 new\n")
        raise typer.Exit(2)
    kind = ledger_or_auto(ledger)
    content = read_file(file)
    open_book()
    viewer = viewer_named(account, "导入工作簿")
    waiting: list[StoredBatch] = []
    try:
        waiting += _received(viewer, kind, content, file.name, given, sheet)
        _answer_all(viewer, waiting, answer, count=count_persons)
        shown = {one.key: _shown(viewer, one, among=len(waiting)) for one in waiting}
        if preview or _blocked(list(shown.values()), good_only=good_only):
            drop(viewer, waiting)
            raise typer.Exit(0 if preview else 1)
        load_all(viewer, waiting, shown, good_only=good_only)
    except KeyboardInterrupt:
        begin_anew()
        drop(viewer, waiting)
        sys.stderr.write("已取消，账本没有改动\n")
        raise typer.Exit(130) from None


def _answer_all(
    viewer: Viewer, waiting: Iterable[StoredBatch], answer: str, *, count: bool
) -> None:
    from jiedui.site.store import answering

    for one in waiting:
        if count:
            _answer(viewer, one, answering.COUNT)
        if answer:
            _answer(viewer, one, answer)


def _received(
    viewer: Viewer,
    kind: type[Ledger] | None,
    content: bytes,
    name: str,
    given: list[str] | None,
    sheets: list[str] | None,
) -> list[StoredBatch]:
    """The workbook as one batch of a ledger, or as one a sheet that is recognised or named."""
    from jiedui.site.store import batches, parting

    with progress() as listen:
        if kind is not None and not sheets:
            cells = given_cells(kind, given)
            received = batches.receive(viewer, kind, content, name, cells, listen)
            if not isinstance(received, batches.StoredBatch):
                stop(received)
            return [received]
        parted = parting.receive_book(
            viewer, content, name, cells_of(kind, given), listen,
            ledger=kind, sheets=named_sheets(sheets),
        )  # fmt: skip
    if not isinstance(parted, parting.Parted):
        stop(parted)
    for sheet in parted.unknown:
        typer.echo(f"工作表“{sheet}”不像{kind.title if kind else '任何一本台账'}，未读入。")
    if parted.told:
        drop(viewer, parted.batches)
        sheet, why = parted.told[0]
        sys.stderr.write(f"工作表“{sheet}”：")
        stop(why)
    return list(parted.batches)


def _answer(viewer: Viewer, batch: StoredBatch, told: str) -> None:
    """Answer for all rows that resemble an entry, or for a sheet of persons, where one asks.

    Doubles are for a person to look at.
    """
    from jiedui import intake
    from jiedui.site.store import answering, batches, staging

    now = batches.preview(viewer, batch.key)
    if not isinstance(now, batches.Preview):
        return
    if told == answering.NEW and any(one.code == staging.RENAMED for one in now.remarks):
        # Taken for a correction as a whole: asked for, each row asks.
        asked = answering.answer(viewer, batch.key, "")
        if not isinstance(asked, batches.Preview):
            stop(asked)
        now = asked
    count = told == answering.COUNT
    if intake.asks_to_count(now.layout) if count else now.counts["asked"]:
        done = answering.answer(viewer, batch.key, told, of="" if count else "asked")
        if not isinstance(done, batches.Preview):
            stop(done)


def _shown(viewer: Viewer, batch: StoredBatch, *, among: int) -> Preview:
    """Print what the workbook would do, under the name of the sheet where there are several."""
    from jiedui import ledgers
    from jiedui.site.store import batches

    shown = batches.preview(viewer, batch.key)
    if not isinstance(shown, batches.Preview):
        stop(shown)
    if among > 1 or batch.sheet:
        typer.echo(f"工作表“{batch.sheet}”：{ledgers.ledgers()[batch.ledger].title}")
    _print(shown)
    return shown


def _blocked(shown: list[Preview], *, good_only: bool) -> bool:
    """Whether one of several sheets keeps all of them from being loaded; says so.

    What keeps a single one from it is said by the load itself.
    """
    if len(shown) == 1 or good_only:
        return False
    open_ones = [one for one in shown if one.open]
    if open_ones:
        sys.stderr.write("没有导入：请先改好问题，或用 --good-only 只导入没有问题的行\n")
    return bool(open_ones)


def _print(shown: Preview) -> None:
    for one in shown.remarks:
        typer.echo(f"说明：{_line(one)}")
    for one in shown.problems[:_SHOWN]:
        typer.echo(f"问题：{_line(one)}")
    if shown.faults > _SHOWN:
        typer.echo(f"……另有 {shown.faults - _SHOWN} 处问题")
    counts = shown.counts
    typer.echo(
        f"新增 {counts['added']}，更正 {counts['changed']}，不变 {counts['unchanged']}，"
        f"疑似重复 {counts['double']}，像是改正 {counts['asked']}，有问题 {counts['problem']}。"
    )


def _line(one: Problem) -> str:
    return f"{one.at or '整份'} {one.title} {one.found} {one.hint}"
