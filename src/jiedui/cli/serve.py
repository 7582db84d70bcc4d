"""`jiedui serve`: the site, by Granian."""

from __future__ import annotations

from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book

app = typer.Typer(**OPTIONS)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8000,
    workers: Annotated[int, typer.Option(help="工作进程数")] = 2,
) -> None:
    """启动网站，Ctrl-C 停止。"""
    open_book()
    run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    """Lay out the static files and serve until stopped."""
    import multiprocessing

    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from jiedui.site.store import setup

    call_command("collectstatic", verbosity=0, interactive=False)
    setup.close()
    # A forked child of a process in which Polars has run waits for ever for threads it has not.
    multiprocessing.set_start_method("spawn", force=True)
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
