"""`jiedui demo`: the site over invented data, on this machine only."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_site

app = typer.Typer(**OPTIONS)
_HOST = "127.0.0.1"


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="端口", envvar="PORT")] = 8000,
    folder: Annotated[str, typer.Option(help="演示数据所在的文件夹")] = ".data/demo",
) -> None:
    """启动演示网站：内置数据库、演示账号、仅本机可用。Ctrl-C 停止。"""
    _refuse_taken(port)
    # A demonstration never touches an office's book, whatever the environment says.
    os.environ["JIEDUI_DATA"] = folder
    os.environ["JIEDUI_DEMONSTRATION"] = "1"
    os.environ["JIEDUI_HOSTS"] = "127.0.0.1,localhost"
    for name in ("JIEDUI_DATABASE_URL", "JIEDUI_HTTPS", "JIEDUI_SECRET_KEY", "JIEDUI_VAULT_KEY"):
        os.environ.pop(name, None)
    open_site()
    from jiedui.cli.serve import run
    from jiedui.site import demonstration
    from jiedui.site.store import setup

    setup.migrate()
    empty = demonstration.is_empty()
    if empty:
        _prepare_apart()
    typer.echo(f"演示数据{'已建立' if empty else '已在'} {folder}")
    typer.echo(f"请打开 http://{_HOST}:{port} ，登录页上列有演示账号。Ctrl-C 停止。")
    run(_HOST, port, workers=1)


def _prepare_apart() -> None:
    """Enter the invented year in a process of its own.

    Entering it checks rows with Polars, whose threads a fork does not take along: the workers
    that the server forks of this process would wait for them for ever.
    """
    child = multiprocessing.get_context("spawn").Process(target=_prepare)
    child.start()
    child.join()
    if child.exitcode != 0:
        sys.stderr.write("演示数据没有建成\n")
        raise typer.Exit(1)


def _prepare() -> None:
    open_site()
    from jiedui.site import demonstration

    demonstration.prepare()


def _refuse_taken(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((_HOST, port))
        except OSError:
            sys.stderr.write(f"端口 {port} 已被占用：请用 PORT=8001 make demo 换一个端口\n")
            raise typer.Exit(2) from None
