"""`jiedui work`: does the jobs that pages and the API ask for, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book

app = typer.Typer(**OPTIONS)
_EVERY = 1.0
_LATER = 60.0


@app.command()
def work(
    job: Annotated[str | None, typer.Option(hidden=True)] = None,
    *,
    index: Annotated[bool, typer.Option(hidden=True)] = False,
    once: Annotated[bool, typer.Option(help="做完现有的工作就结束")] = False,
) -> None:
    """处理排队的工作（读大表、入账、撤销、检索索引），Ctrl-C 停止；被中断的由下一个接着做。"""
    open_book()
    if job is not None:
        _do(job)
        return
    if index:
        _catch_up()
        return
    try:
        _watch(once=once)
    except KeyboardInterrupt:
        return


def _do(job: str) -> None:
    from jiedui.site.store import working

    try:
        working.run(job)
    except working.StoppedError:
        raise typer.Exit(1) from None


def _catch_up() -> None:
    from jiedui.site.store import indexing

    indexing.catch_up()


def _watch(*, once: bool) -> None:
    """Start a process for each job that is due, and for the index when it is behind.

    A job may take gigabytes or be killed; this loop stays small and goes on.
    """
    from jiedui.site.store import indexing, jobs, setup

    patience = 0.0
    while True:
        found = [["--job", one] for one in jobs.due()]
        # What people wait for goes first; an index that could not be made is tried again later.
        if not found and indexing.behind() and time.monotonic() >= patience:
            found = [["--index"]]
        for one in found:
            command = [sys.executable, "-m", "jiedui.cli", "work", *one]
            done = subprocess.run(command, check=False)  # noqa: S603 - our own module, keys of ours
            if one == ["--index"] and done.returncode:
                patience = time.monotonic() + _LATER
        if once and not found:
            return
        # Between jobs nobody holds a connection that the server may have closed.
        setup.close()
        time.sleep(0.0 if found else _EVERY)
