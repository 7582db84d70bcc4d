"""`jiedui backup`: the whole book into one new file."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import marked, open_book

if TYPE_CHECKING:
    from jiedui.problems import Problem
    from jiedui.site.store.archive import Packed

app = typer.Typer(**OPTIONS)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="写到哪个文件；已有的文件不覆盖")],
    *,
    check: Annotated[
        bool, typer.Option("--check/--no-check", help="先核验账本，不符之处记在备份里")
    ] = True,
) -> None:
    """备份账本：所有台账、名录、入账、资料原件、账号与授权，写成一个文件并读回核对。

    其他人可以照常使用，备份的是开始那一刻的账本。密钥不在备份里，须另行保存。
    备份时账本核验不符，备份照写，并以 1 退出。
    """
    open_book()
    from jiedui.problems import Problem
    from jiedui.site.store import archive

    file = marked(file)
    done = archive.write(file, check=check)
    if isinstance(done, Problem):
        say(done)
        raise typer.Exit(2)
    _print(file, done)
    if done.manifest.broken:
        table, row = done.manifest.broken[0]
        sys.stderr.write(
            f"注意：账本有 {len(done.manifest.broken)} 处核验不符（首处 {table} 第 {row} 行），"
            "备份照原样写下。请运行 jiedui verify 查看。\n"
        )
        raise typer.Exit(1)


def say(fault: Problem) -> None:
    """Print a problem on one line of standard error."""
    found = f"（{plain(fault.found)}）" if fault.found else ""
    sys.stderr.write(f"{fault.title}{found}：{fault.hint}\n")


def plain(text: str) -> str:
    """Words out of a file that anybody may have made, safe for a terminal, on one line."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _print(file: Path, done: Packed) -> None:
    from django.conf import settings

    said = done.manifest
    originals = (said.originals or {}).get("count", 0)
    checked = "账本核验相符" if said.checked and not said.broken else ""
    typer.echo(
        f"已备份到 {file}，{done.size} 字节：{len(said.tables)} 张表 {said.rows} 行、"
        f"{originals} 份资料原件，已逐个读回核对{f'，{checked}' if checked else ''}。"
    )
    typer.echo(f"核对码：第 {said.head.number} 号入账 {said.head.digest or '（空）'}")
    typer.echo(f"文件的 SHA-256：{done.sha256}")
    key = settings.JIEDUI_FOLDER / "vault.key"
    typer.echo(
        f"备份里没有密钥：受保护的姓名仍是密文。请把 {key} 的内容（或 JIEDUI_VAULT_KEY 的值）"
        "另存别处，不要与备份放在一起；没有它，这些姓名再也打不开。"
    )
    typer.echo(
        "备份里有账号的密码散列和各单位的资料，请按内部文件保管。登录状态和锁定记录不在其中。"
    )
