"""`jiedui demo`: the site over invented data, on this machine only, and away with it again."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_site

app = typer.Typer(**OPTIONS)
_HOST = "127.0.0.1"


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="端口", envvar="PORT")] = 8000,
    folder: Annotated[Path, typer.Option(help="演示数据所在的文件夹")] = Path(".data/demo"),
    *,
    clear: Annotated[bool, typer.Option("--clear", help="删除演示数据，不启动网站")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="删除时不再询问")] = False,
) -> None:
    """启动演示网站：内置数据库、演示账号、仅本机可用。Ctrl-C 停止。

    演示数据在自己的文件夹里，与正式账本分开；--clear 只删除演示建立的内容，别的一概不动。
    """
    # A demonstration never touches an office's book, whatever the environment says.
    os.environ["JIEDUI_DATA"] = str(folder)
    os.environ["JIEDUI_DEMONSTRATION"] = "1"
    os.environ["JIEDUI_HOSTS"] = "127.0.0.1,localhost"
    for name in ("JIEDUI_DATABASE_URL", "JIEDUI_HTTPS", "JIEDUI_SECRET_KEY", "JIEDUI_VAULT_KEY"):
        os.environ.pop(name, None)
    if clear:
        _clear(folder, yes=yes)
        return
    _refuse_taken(port)
    open_site()
    _serve(port, folder)


def _serve(port: int, folder: Path) -> None:
    from jiedui.cli.serve import run
    from jiedui.site import clearing, demonstration
    from jiedui.site.store import setup

    if demonstration.is_office():
        _stop(f"{folder} 里是正式账本，不能当作演示打开：请用 --folder 换一个文件夹")
    setup.migrate()
    empty = demonstration.is_empty()
    # Held until this process and the workers forked of it have ended, so that nobody clears it.
    held = clearing.hold(folder)
    if held is None:
        _stop(f"{folder} 正在被删除")
    if empty:
        _prepare_apart()
    typer.echo(f"演示数据{'已建立' if empty else '已在'} {folder}")
    typer.echo(f"请打开 http://{_HOST}:{port} ，登录页上列有演示账号。Ctrl-C 停止。")
    with held:
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
        _stop("演示数据没有建成", code=1)


def _prepare() -> None:
    open_site()
    from jiedui.site import demonstration

    demonstration.prepare(whole=True)


def _clear(folder: Path, *, yes: bool) -> None:
    """Take the demonstration away, when the folder holds one and nothing else is in its book."""
    from jiedui.site import clearing

    if not clearing.made(folder):
        if not folder.exists() or not any(folder.iterdir()):
            typer.echo(f"{folder} 里没有演示数据")
            return
        _stop(f"{folder} 不是演示数据的文件夹，没有删除任何内容")
    held = clearing.hold(folder, alone=True)
    if held is None:
        _stop("演示网站正在运行：请先按 Ctrl-C 停止它")
    with held:
        open_site()
        from jiedui.site import demonstration
        from jiedui.site.store import setup

        refused = demonstration.may_clear()
        setup.close()
        if refused is not None:
            _stop(f"{refused.reason}，没有删除任何内容；确实不要的，请先备份，再自行删除 {folder}")
        if not yes:
            typer.confirm(f"删除 {folder} 里的演示数据，连同试填的内容？", abort=True)
        left = clearing.clear(folder)
    typer.echo(f"已删除 {folder} 里的演示数据")
    if left:
        typer.echo(f"不是演示建立的，原样留下：{'、'.join(left)}")


def _refuse_taken(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((_HOST, port))
        except OSError:
            _stop(f"端口 {port} 已被占用：请用 PORT=8001 make demo 换一个端口")


def _stop(words: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"{words}\n")
    raise typer.Exit(code)
