"""`jiedui serve`: the site, by Granian."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(**OPTIONS)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8000,
    workers: Annotated[int, typer.Option(help="工作进程数")] = 2,
    *,
    worker: Annotated[bool, typer.Option(help="同时处理排队的工作（jiedui work）")] = True,
) -> None:
    """启动网站，Ctrl-C 停止。"""
    open_book()
    run(host, port, workers, worker=worker)


def run(host: str, port: int, workers: int, *, worker: bool = True) -> None:
    """Lay out the static files and serve until stopped."""
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from jiedui.site.store import setup

    call_command("collectstatic", verbosity=0, interactive=False)
    setup.close()
    # The workers are forks of this process. A pool of threads does not live through a fork, and
    # what waits for one of its threads waits for ever.
    started = {"polars", "duckdb"} & sys.modules.keys()
    if started:
        msg = f"{', '.join(sorted(started))} must not be loaded before the workers are forked"
        raise RuntimeError(msg)
    with _worker(wanted=worker):
        Granian(
            "jiedui.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_level=LogLevels.warning,
            log_access=False,
        ).serve()


@contextmanager
def _worker(*, wanted: bool) -> Iterator[None]:
    """Have jobs done by a process beside the server, for as long as it serves."""
    if not wanted:
        yield
        return
    child = subprocess.Popen([sys.executable, "-m", "jiedui.cli", "work"])
    try:
        yield
    finally:
        child.terminate()
        child.wait()
