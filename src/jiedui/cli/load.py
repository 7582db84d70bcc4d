"""`jiedui load`: a workbook into the book, after saying what it would do."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.progress import progress
from jiedui.cli.site import open_book, viewer_named
from jiedui.cli.workbooks import Given, given_cells, ledger_named, read_file

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem
    from jiedui.site.store.batches import Preview

app = typer.Typer(**OPTIONS)
_SHOWN = 40


@app.command()
def load(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds")],
    file: Annotated[Path, typer.Argument(help="工作簿：xlsx 或 csv")],
    account: Annotated[str, typer.Option("--as", help="以这个账号的身份导入")],
    given: Given = None,
    *,
    good_only: Annotated[bool, typer.Option(help="只导入没有问题的行")] = False,
    preview: Annotated[bool, typer.Option(help="只看会做什么，不导入")] = False,
) -> None:
    """导入工作簿：要么全部入账，要么一行也不入。有问题时返回 1。"""
    kind = ledger_named(ledger)
    content = read_file(file)
    open_book()
    viewer = viewer_named(account, "导入工作簿")
    cells = given_cells(kind, given)
    key = ""
    try:
        key = _received(viewer, kind, content, file.name, cells)
        if shown := _shown(viewer, key, only=preview):
            _load(viewer, key, shown, good_only=good_only)
    except KeyboardInterrupt:
        from jiedui.site.store import batches, setup

        setup.begin_anew()
        if key:
            batches.drop(viewer, key)
        sys.stderr.write("已取消，账本没有改动\n")
        raise typer.Exit(130) from None


def _received(
    viewer: Viewer, kind: type[Ledger], content: bytes, name: str, cells: dict[str, str]
) -> str:
    from jiedui.site.store import batches

    with progress() as listen:
        received = batches.receive(viewer, kind, content, name, cells, listen)
    if not isinstance(received, batches.StoredBatch):
        _stop(received)
    return received.key


def _shown(viewer: Viewer, key: str, *, only: bool) -> str:
    """Print what the workbook would do; gives its digest, or nothing when that is all."""
    from jiedui.site.store import batches

    shown = batches.preview(viewer, key)
    if not isinstance(shown, batches.Preview):
        _stop(shown)
    _print(shown)
    if only:
        batches.drop(viewer, key)
        return ""
    return shown.digest


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
        typer.echo(f"已入账：第 {done.link} 笔，批次 {key}（可用 jiedui undo 撤销）")
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
        f"疑似重复 {counts['double']}，有问题 {counts['problem']}。"
    )


def _line(one: Problem) -> str:
    return f"{one.at or '整份'} {one.title} {one.found} {one.hint}"
