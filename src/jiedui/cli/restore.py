"""`jiedui restore`: damaged text made whole, from files, folders or standard input."""

from __future__ import annotations

import os
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.progress import progress
from jiedui.cli.restoring import STANDARD_INPUT, Answer, Shown, Wanted, answer

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(**OPTIONS)

# Below this, more processes take longer to begin than the work lasts.
_FEW, _SMALL = 16, 4 << 20
_AHEAD = 4  # files a process is given in advance


@app.command()
def restore(
    files: Annotated[
        list[str], typer.Argument(metavar="文件…", help="文件或文件夹（含下级）；- 为标准输入")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="打印 JSON：一个文件一行，有文字和每处改动")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="只打印每处改动和理由")] = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="改写文件本身；无需复原的不动，读不了的不动")
    ] = False,
    layout: Annotated[
        bool, typer.Option("--layout", help="并接上断行，去除页码和页眉（PDF、扫描件的文字）")
    ] = False,
) -> None:
    """复原受损的文字，打印出来或改写文件；没有把握的照原样留下。

    有文件读不了时，原因写到标准错误，并以 1 退出。
    """
    if as_json and explain:
        raise _refused("--json 与 --explain 只能选一个")
    if in_place and STANDARD_INPUT in files:
        raise _refused("标准输入不能改写，请去掉 --in-place")
    shown = Shown.JSON if as_json else Shown.EDITS if explain else Shown.TEXT
    shown = Shown.NOTHING if in_place and shown is Shown.TEXT else shown
    wanted = Wanted(shown, in_place=in_place, layout=layout)
    raise typer.Exit(_restored([name for given in files for name in _within(given)], wanted))


def _restored(names: list[str], wanted: Wanted) -> int:
    """Restore the files, tell of them, and give the exit code."""
    failed = rewritten = 0
    with progress(unit="个文件") as told:
        for done, one in enumerate(_answers(names, wanted), 1):
            failed += bool(one.fault)
            rewritten += one.rewritten
            if one.printed:
                typer.echo(one.printed.encode("utf-8", "surrogatepass"), nl=False)
            if one.fault:
                typer.echo(one.fault, err=True)
            if len(names) > 1:
                told("restore", done, len(names))
    if wanted.in_place:
        typer.echo(f"共 {len(names)} 个文件，改写 {rewritten} 个，读不了 {failed} 个。", err=True)
    return int(bool(failed))


def _refused(why: str) -> typer.Exit:
    sys.stderr.write(f"{why}\n")
    return typer.Exit(2)


def _within(given: str) -> Iterator[str]:
    """A file itself; of a folder every file in it, but for hidden ones, in order of the names."""
    if given == STANDARD_INPUT or not Path(given).is_dir():
        yield given
        return
    for folder, folders, names in os.walk(given):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(folder, name) for name in sorted(names) if not name.startswith("."))
        yield from (str(path) for path in paths if path.is_file())


def _answers(names: list[str], wanted: Wanted) -> Iterator[Answer]:
    """What comes of each file, in the order of the names, on all cores where it is worth it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if cores == 1 or STANDARD_INPUT in names or not _is_much(names):
        yield from (answer(name, wanted) for name in names)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        begun: deque[Future[Answer]] = deque()
        for name in names:
            begun.append(pool.submit(answer, name, wanted))
            if len(begun) > _AHEAD * (cores or 1):
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def _is_much(names: list[str]) -> bool:
    size = 0
    for name in names if len(names) > 1 else ():
        try:
            size += Path(name).stat().st_size
        except OSError:
            continue  # said when it is read
        if size > _SMALL:
            return True
    return len(names) > _FEW
