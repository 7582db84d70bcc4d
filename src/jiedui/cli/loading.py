"""Waiting workbooks loaded, or let go, by `jiedui load`; not a command itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from jiedui.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiedui.access import Viewer
    from jiedui.site.store.batches import Preview, StoredBatch

__all__ = ["begin_anew", "drop", "load_all", "stop"]


def begin_anew() -> None:
    """Let go of what an interrupted statement left behind."""
    from jiedui.site.store import setup

    setup.begin_anew()


def load_all(
    viewer: Viewer, waiting: list[StoredBatch], shown: dict[str, Preview], *, good_only: bool
) -> None:
    """Load what waits, sheet by sheet; when one is not loaded, those before it are undone.

    Each is a link of its own, so a process that is killed between two leaves the first ones.
    """
    loaded: list[StoredBatch] = []
    try:
        while waiting:
            _load(viewer, waiting[0].key, shown[waiting[0].key].digest, good_only=good_only)
            loaded.append(waiting.pop(0))
    except (KeyboardInterrupt, typer.Exit) as ended:
        if isinstance(ended, KeyboardInterrupt):
            begin_anew()
            # It may have come between a load and the note of it.
            loaded += _loaded(viewer, waiting)
        _take_back(viewer, loaded)
        drop(viewer, waiting)
        raise


def _loaded(viewer: Viewer, waiting: Iterable[StoredBatch]) -> list[StoredBatch]:
    from jiedui.site.store import batches

    now = (batches.one(viewer, one.key) for one in waiting)
    return [one for one in now if isinstance(one, batches.StoredBatch)
            and one.state == batches.LOADED]  # fmt: skip


def _take_back(viewer: Viewer, loaded: list[StoredBatch]) -> None:
    """Undo the sheets of a workbook that were loaded before one was not."""
    from jiedui.site.store import batches

    if loaded:
        sys.stderr.write("同一份工作簿里先导入的表一并撤销；相同的记录只能在其中一张表里。\n")
    for one in reversed(loaded):
        with progress() as listen:
            done = batches.undo(viewer, one.key, "同一份工作簿的其他表没有导入", listen=listen)
        if isinstance(done, batches.Undone) and not done.kept:
            sys.stderr.write(f"工作表“{one.sheet}”已撤销（批次 {one.key}）\n")
        else:
            sys.stderr.write(f"工作表“{one.sheet}”没有全部撤销，请查看批次 {one.key}\n")


def drop(viewer: Viewer, waiting: Iterable[StoredBatch]) -> None:
    """Decide that workbooks are not loaded."""
    from jiedui.site.store import batches

    for one in waiting:
        batches.drop(viewer, one.key)


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
            stop(done)
        sys.stderr.write("没有导入：请先改好问题，或用 --good-only 只导入没有问题的行\n")
        raise typer.Exit(1)
    if done.link:
        typer.echo(f"已入账：第 {done.link} 号，批次 {key}（可用 jiedui undo 撤销）")
    else:
        typer.echo("没有需要入账的变化。")


def stop(told: object) -> NoReturn:
    """Say why nothing was done, and end the command."""
    from jiedui.access import No
    from jiedui.problems import Problem

    if isinstance(told, Problem):
        sys.stderr.write(f"{told.title}：{told.hint}\n")
    elif isinstance(told, No):
        sys.stderr.write(f"{told.reason}\n")
    raise typer.Exit(1)
