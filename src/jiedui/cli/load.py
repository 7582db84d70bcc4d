"""`jiedui load`: a workbook into the book, after saying what it would do."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.progress import progress
from jiedui.cli.site import open_book, viewer_named
from jiedui.cli.workbooks import (
    CountPersons,
    Given,
    given_by_ledger,
    given_cells,
    ledger_or_auto,
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
def load(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds；auto 由各表的表头辨认")],
    file: Annotated[Path, typer.Argument(help="工作簿：xlsx、xls、et、ods、csv 等")],
    account: Annotated[str, typer.Option("--as", help="以这个账号的身份导入")],
    given: Given = None,
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

    auto 认出的每张表各成一批；有一张有问题，就都不导入。
    """
    if answer not in {"", "same", "new"}:
        sys.stderr.write("--answer 写 same 或 new\n")
        raise typer.Exit(2)
    kind = ledger_or_auto(ledger)
    content = read_file(file)
    open_book()
    viewer = viewer_named(account, "导入工作簿")
    waiting: list[StoredBatch] = []
    loaded: list[StoredBatch] = []
    try:
        waiting += _received(viewer, kind, content, file.name, given)
        _answer_all(viewer, waiting, answer, count=count_persons)
        shown = {one.key: _shown(viewer, one, among=len(waiting)) for one in waiting}
        if preview or _blocked(list(shown.values()), good_only=good_only):
            _drop(viewer, waiting)
            raise typer.Exit(0 if preview else 1)
        while waiting:
            _load(viewer, waiting[0].key, shown[waiting[0].key].digest, good_only=good_only)
            loaded.append(waiting.pop(0))
    except KeyboardInterrupt:
        _cancel(viewer, waiting, partly=bool(loaded))


def _cancel(viewer: Viewer, waiting: list[StoredBatch], *, partly: bool) -> NoReturn:
    """Ctrl-C: what waits goes, what was loaded of several sheets stays."""
    from jiedui.site.store import setup

    setup.begin_anew()
    _drop(viewer, waiting)
    sys.stderr.write("已取消，其余的表没有导入\n" if partly else "已取消，账本没有改动\n")
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
) -> list[StoredBatch]:
    """The workbook as one batch of a ledger, or as one a sheet that is recognised."""
    from jiedui.site.store import batches, parting

    with progress() as listen:
        if kind is not None:
            cells = given_cells(kind, given)
            received = batches.receive(viewer, kind, content, name, cells, listen)
            if not isinstance(received, batches.StoredBatch):
                _stop(received)
            return [received]
        parted = parting.receive_book(viewer, content, name, given_by_ledger(given), listen)
    if not isinstance(parted, parting.Parted):
        _stop(parted)
    for sheet in parted.unknown:
        typer.echo(f"工作表“{sheet}”不像任何一本台账，未读入。")
    if parted.told:
        _drop(viewer, parted.batches)
        sheet, why = parted.told[0]
        sys.stderr.write(f"工作表“{sheet}”：")
        _stop(why)
    return list(parted.batches)


def _drop(viewer: Viewer, waiting: Iterable[StoredBatch]) -> None:
    from jiedui.site.store import batches

    for one in waiting:
        batches.drop(viewer, one.key)


def _answer(viewer: Viewer, batch: StoredBatch, told: str) -> None:
    """Answer for all rows that resemble an entry, or for a sheet of persons, where one asks.

    Doubles are for a person to look at.
    """
    from jiedui import intake
    from jiedui.site.store import answering, batches

    now = batches.preview(viewer, batch.key)
    if not isinstance(now, batches.Preview):
        return
    count = told == answering.COUNT
    if intake.asks_to_count(now.layout) if count else now.counts["asked"]:
        done = answering.answer(viewer, batch.key, told, of="" if count else "asked")
        if not isinstance(done, batches.Preview):
            _stop(done)


def _shown(viewer: Viewer, batch: StoredBatch, *, among: int) -> Preview:
    """Print what the workbook would do, under the name of the sheet where there are several."""
    from jiedui import ledgers
    from jiedui.site.store import batches

    shown = batches.preview(viewer, batch.key)
    if not isinstance(shown, batches.Preview):
        _stop(shown)
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


def _load(viewer: Viewer, key: str, shown: str, *, good_only: bool) -> None:
    from jiedui.site.store import batches
    from jiedui.site.store.entries import Faults

    with progress() as listen:
        done = batches.load(viewer, key, shown, good_only=good_only, listen=listen)
    if not isinstance(done, batches.Loaded):
        batches.drop(viewer, key)
        if isinstance(done, batches.Moved):
            sys.stderr.write("账本在预览之后有变动，没有导入；请重试\n")
        elif not isinstance(done, Faults):
            _stop(done)
        sys.stderr.write("没有导入：请先改好问题，或用 --good-only 只导入没有问题的行\n")
        raise typer.Exit(1)
    if done.link:
        typer.echo(f"已入账：第 {done.link} 号，批次 {key}（可用 jiedui undo 撤销）")
    else:
        typer.echo("没有需要入账的变化。")


def _stop(told: object) -> NoReturn:
    from jiedui.access import No
    from jiedui.problems import Problem

    if isinstance(told, Problem):
        sys.stderr.write(f"{told.title}：{told.hint}\n")
    elif isinstance(told, No):
        sys.stderr.write(f"{told.reason}\n")
    raise typer.Exit(1)


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
