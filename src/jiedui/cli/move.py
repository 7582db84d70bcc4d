"""`jiedui move`: the book into a PostgreSQL, by an archive between the two."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.backup import say
from jiedui.cli.site import open_book

app = typer.Typer(**OPTIONS)


@app.command()
def move(
    to: Annotated[
        str, typer.Option("--to", help="postgresql://用户:密码@主机:端口/库名，须是空库")
    ],
) -> None:
    """把账本搬到 PostgreSQL：写成备份，恢复到空库，在那里核验，核对码一致。原账本不动。

    请先停止网站：搬动期间的入账不会过去，发现有就以 1 退出。资料原件和密钥仍在原文件夹。
    """
    _check(to)
    open_book()
    from django.conf import settings

    from jiedui.problems import Problem
    from jiedui.site.store import archive, door

    # In the data folder: it is large, holds what the book holds, and has the same readers.
    with tempfile.TemporaryDirectory(prefix="move-", dir=settings.JIEDUI_FOLDER) as folder:
        file = Path(folder) / "book.zip"
        packed = archive.write(file, originals=False)
        if isinstance(packed, Problem):
            say(packed)
            raise typer.Exit(2)
        code = _restore_there(to, file)
    if code not in {0, 1}:
        raise typer.Exit(2)
    moved, now = packed.manifest.head, door.head()
    if (now.number, now.digest) != (moved.number, moved.digest):
        sys.stderr.write(
            f"搬动期间原账本又有入账：已搬到第 {moved.number} 号，现为第 {now.number} 号。"
            "请停止网站，清空目标库后重搬。\n"
        )
        raise typer.Exit(1)
    typer.echo("已搬到 PostgreSQL，原账本未动。请设 JIEDUI_DATABASE_URL 为新地址后启动网站，")
    typer.echo(f"并保留 {settings.JIEDUI_FOLDER}：资料原件和密钥在那里。")
    raise typer.Exit(code)


def _check(address: str) -> None:
    """Whether it is an address of a PostgreSQL at all, before anything is written."""
    from dataclasses import replace

    from jiedui.site import environment

    if not address.startswith(("postgresql://", "postgres://")):
        _refuse_address()
    try:
        environment.databases(replace(environment.read(), database=address))
    except (environment.SettingError, ValueError):
        _refuse_address()
    if find_spec("psycopg") is None:
        sys.stderr.write("没有装 PostgreSQL 的驱动：请装 jiedui[postgres]\n")
        raise typer.Exit(2)


def _refuse_address() -> NoReturn:
    # Not what was given: a password may stand in it.
    sys.stderr.write("--to 应写作 postgresql://用户:密码@主机:端口/库名\n")
    raise typer.Exit(2)


def _restore_there(address: str, file: Path) -> int:
    """Run the restore in a process of its own, whose book is the target."""
    return subprocess.run(  # noqa: S603 - our own command, with a path of our own
        [sys.executable, "-m", "jiedui.cli", "restore-backup", str(file)],
        env={**os.environ, "JIEDUI_DATABASE_URL": address},
        check=False,
    ).returncode
