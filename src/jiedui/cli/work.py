"""`jiedui work`: does the jobs that pages and the API ask for, each in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import Annotated, NoReturn

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book

app = typer.Typer(**OPTIONS)
# How often to look for work, and how long to wait where looking, or beginning, comes to nothing.
_EVERY, _AFTER_FAULT = 1.0, 5.0
# How long an index that could not be made waits.
_LATER = 60.0
_INDEX = ["--index"]
# What a job may take to leave its work behind when it has to end.
_PATIENCE = 10


@app.command()
def work(
    job: Annotated[str | None, typer.Option(hidden=True)] = None,
    *,
    index: Annotated[bool, typer.Option(hidden=True)] = False,
    once: Annotated[bool, typer.Option(help="做完现有的工作就结束")] = False,
) -> None:
    """处理排队的工作（读大表、入账、撤销、检索索引），Ctrl-C 停止；被中断的由下一个接着做。"""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _stop)
    open_book()
    try:
        if job is not None:
            _do(job)
        elif index:
            _catch_up()
        else:
            _watch(once=once)
    except KeyboardInterrupt:
        return


def _stop(_number: int, _frame: object) -> NoReturn:
    """End as for Ctrl-C, once: a second signal must not keep the work from being left behind."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


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
    from django.db import DatabaseError

    from jiedui.site.store import setup

    patience = 0.0
    while True:
        try:
            found = _due(index=time.monotonic() >= patience)
        except DatabaseError as fault:
            # The server of the database begins anew, say; what is due is due afterwards too.
            sys.stderr.write(f"数据库没有应答，稍后再看：{type(fault).__name__}\n")
            found, wait = [], _AFTER_FAULT
        else:
            wait = 0.0 if found else _EVERY
        for one in found:
            if _apart(one):
                continue
            # It may not even have begun: not again without a pause.
            wait = _AFTER_FAULT
            if one == _INDEX:
                patience = time.monotonic() + _LATER
        if once and not found:
            return
        # Between jobs nobody holds a connection that the server may have closed.
        setup.close()
        time.sleep(wait)


def _due(*, index: bool) -> list[list[str]]:
    """What to start: jobs, for which people wait, and when there are none the index."""
    from jiedui.site.store import indexing, jobs

    found = [["--job", one] for one in jobs.due()]
    return [_INDEX] if index and not found and indexing.behind() else found


def _apart(what: list[str]) -> bool:
    """Do a job, or the index, in a process out of reach of the keys of this one's terminal."""
    command = [sys.executable, "-m", "jiedui.cli", "work", *what]
    child = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own module, keys of ours
    try:
        return child.wait() == 0
    except KeyboardInterrupt:
        child.terminate()
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise
