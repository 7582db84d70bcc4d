"""`jiedui restore`: make damaged text whole, as a filter, for reading, or in place.

Not for finding damage: that is `jiedui.restore`, and one file's way through it is `restoring`.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jiedui.cli.restoring import Asked, Outcome
    from jiedui.site.store.staging import Progress

    Show = Callable[[Iterable[Outcome], bool], Iterator[str]]

app = typer.Typer(**OPTIONS)

_STANDARD_INPUT = "-"
# Below this, starting processes takes longer than the work.
_MANY_FILES, _MANY_BYTES = 64, 4_000_000
_AHEAD = 4


@app.command()
def restore(
    files: Annotated[
        list[str],
        typer.Argument(metavar="文件…", help="文件或文件夹（含其下各层）；- 为标准输入"),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="打印 JSON：一个文件一个对象，多个文件一个数组")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="不打印全文，逐处列出改了什么、为什么")
    ] = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="写回原文件，编码和权限不变；不成则原样不动")
    ] = False,
    layout: Annotated[
        bool, typer.Option("--layout", help="接上 PDF、扫描件的断行，去掉页眉页码")
    ] = False,
) -> None:
    """复原受损的中文：误插的注音、读错的编码、网页残留、看不见的字符、混杂的全角半角等。

    全文先要看得出受损才改；拿不准的原样保留并标出。打印复原后的全文（UTF-8）。
    有文件读不了或写不回时，原因写到标准错误，并以 1 退出。
    """
    if as_json + explain + in_place > 1:
        _refuse("--json、--explain、--in-place 只能选一个")
    if in_place and _STANDARD_INPUT in files:
        _refuse("标准输入没有可写回的文件")
    if files.count(_STANDARD_INPUT) > 1:
        _refuse("标准输入只能读一次")
    from jiedui.cli import showing
    from jiedui.cli.restoring import Asked

    asked = Asked(layout, in_place)
    if as_json:
        failed = _run(files, asked, showing.as_json, keep=True)
    else:
        show = showing.explained if explain else showing.summed_up if in_place else showing.text
        failed = _run(files, asked, show, keep=False)
    raise typer.Exit(int(failed))


def _run(files: list[str], asked: Asked, show: Show, *, keep: bool) -> bool:
    """Restore and show one file after the other; whether there were problems.

    Those are only said, or shown too when they are to be kept.
    """
    from jiedui.cli.progress import progress

    names = list(_names(files))
    several = len(names) > 1 or any(Path(name).is_dir() for name in files)
    failed: list[str] = []
    with progress("份") as told:
        quiet = sys.stdout.isatty() and not asked.in_place
        outcomes = _told(_outcomes(names, asked), len(names), told, quiet=quiet)
        for piece in show(_without_problems(outcomes, failed, keep=keep), several):
            _write(piece)
    return bool(failed)


def _refuse(why: str) -> None:
    sys.stderr.write(f"{why}\n")
    raise typer.Exit(2)


def _names(files: list[str]) -> Iterator[str]:
    """The files asked for and those in the folders, in order; no hidden ones, no links."""
    for name in files:
        if name == _STANDARD_INPUT or not Path(name).is_dir():
            yield name
            continue
        for folder, inner, found in os.walk(name):
            inner[:] = sorted(one for one in inner if not one.startswith("."))
            paths = (Path(folder, one) for one in sorted(found) if not one.startswith("."))
            yield from (str(path) for path in paths if path.is_file() and not path.is_symlink())


def _outcomes(names: list[str], asked: Asked) -> Iterator[Outcome]:
    """The outcome of each file in the order of the files, on all cores when there is much to do."""
    from jiedui.cli.restoring import restored_file

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if cores == 1 or len(names) < 2 or _STANDARD_INPUT in names or not _is_much(names):
        yield from (restored_file(name, asked) for name in names)
        return
    rest = iter(names)
    for name in rest:
        # Goes through the rest, or to where a process died; then with new ones from there.
        yield from _apart(chain([name], rest), asked, cores or 1)


def _apart(names: Iterator[str], asked: Asked, cores: int) -> Iterator[Outcome]:
    """The outcomes by processes of their own, as far as those live."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from jiedui.cli.restoring import restored_file, stopped

    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[str, Future[Outcome]]] = deque()

        def submit(name: str) -> None:
            future: Future[Outcome] = Future()
            try:
                future = pool.submit(restored_file, name, asked)
            except BrokenProcessPool as fault:
                future.set_exception(fault)
            waiting.append((name, future))

        try:
            # So far ahead and no further: what is done waits in memory for its turn.
            for name in islice(names, _AHEAD * cores):
                submit(name)
            while waiting:
                yield waiting[0][1].result()
                waiting.popleft()
                for name in islice(names, 1):
                    submit(name)
        except BrokenProcessPool:
            yield from (stopped(name) for name, _ in waiting)
        finally:
            pool.shutdown(cancel_futures=True)


def _is_much(names: list[str]) -> bool:
    if len(names) >= _MANY_FILES:
        return True
    paths = (Path(name) for name in names)
    return sum(path.stat().st_size for path in paths if path.is_file()) >= _MANY_BYTES


def _told(
    outcomes: Iterator[Outcome], count: int, told: Progress, *, quiet: bool
) -> Iterator[Outcome]:
    for done, outcome in enumerate(outcomes, 1):
        if count > 1 and not quiet:
            told("restore", done, count)
        yield outcome


def _without_problems(
    outcomes: Iterator[Outcome], failed: list[str], *, keep: bool
) -> Iterator[Outcome]:
    """What was restored; what was not is said on the error stream and remembered."""
    from jiedui.cli.showing import visible

    for outcome in outcomes:
        if found := outcome.problem:
            failed.append(outcome.name)
            what = f"（{found.found}）" if found.found and found.found != outcome.name else ""
            line = f"{outcome.name}：{found.title}{what}。{found.hint}"
            sys.stderr.write(f"{visible(line)}\n")
        if keep or not found:
            yield outcome


def _write(piece: str) -> None:
    """Text as UTF-8 whatever the locale; on a terminal nothing that would steer it."""
    from jiedui.cli.showing import visible

    if sys.stdout.isatty():
        piece = visible(piece)
    sys.stdout.buffer.write(piece.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
