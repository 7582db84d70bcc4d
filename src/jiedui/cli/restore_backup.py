"""`jiedui restore-backup`: an archive into an empty book."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.backup import plain, say
from jiedui.cli.site import open_site

if TYPE_CHECKING:
    from jiedui.site.store.archive import Restored

app = typer.Typer(**OPTIONS)


@app.command()
def restore_backup(
    file: Annotated[Path, typer.Argument(help="jiedui backup 写出的文件")],
) -> None:
    """把备份恢复到空账本：全部恢复并核验相符，核对码与备份一致，否则什么也不留下。

    账本还没有建立时先建立。备份时就不符之处照原样恢复，逐处列出，并以 1 退出。
    """
    open_site()
    from jiedui.problems import Problem
    from jiedui.site.store import archive, indexing

    done = archive.restore(file)
    if isinstance(done, Problem):
        say(done)
        raise typer.Exit(2)
    _print(done)
    # It stands in no archive; until it is made, `jiedui work` would make it too.
    typer.echo(f"检索索引已重建：{indexing.catch_up()} 条。")
    if done.report.broken:
        raise typer.Exit(1)


def _print(done: Restored) -> None:
    said, report = done.manifest, done.report
    for broken in report.broken:
        typer.echo(plain(f"备份时就不符：{broken.table} 第 {broken.row} 行：{broken.what}"))
    typer.echo(
        f"已恢复 {plain(said.at)} 的备份：{report.links} 笔入账、{report.versions} 个版本、"
        f"{report.documents} 份资料，"
        f"{f'{len(report.broken)} 处不符与备份时相同' if report.broken else '全部相符'}。"
    )
    typer.echo(
        f"核对码：第 {report.head.number} 号入账 {report.head.digest or '（空）'}，与备份一致。"
    )
    if done.closed:
        sys.stderr.write(
            f"注意：{done.closed} 个受保护的姓名打不开，现用的密钥不是备份时的那个。其余完好。"
            "请在录入新姓名之前放回原来的 vault.key（或设 JIEDUI_VAULT_KEY），"
            "再运行 jiedui verify。\n"
        )
