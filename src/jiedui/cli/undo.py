"""`jiedui undo`: take a loaded workbook back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.progress import progress
from jiedui.cli.site import open_book, viewer_named

app = typer.Typer(**OPTIONS)


@app.command()
def undo(
    batch: Annotated[str, typer.Argument(help="批次")],
    account: Annotated[str, typer.Option("--as", help="以这个账号的身份撤销")],
    why: Annotated[str, typer.Option(help="撤销的原因")] = "撤销导入",
) -> None:
    """撤销一批导入：仍是当前的记录终止或退回原样，之后改动过的保留并列出。"""
    open_book()
    from jiedui.site.store import batches, door

    with progress() as listen:
        done = batches.undo(viewer_named(account, "撤销导入"), batch, why, listen=listen)
    if not isinstance(done, batches.Undone):
        reason = "这一批正在处理中" if isinstance(done, batches.Job) else done.reason
        sys.stderr.write(f"{reason}\n")
        raise typer.Exit(1)
    typer.echo(f"已撤销 {done.ended} 条（第 {done.link} 号入账）。")
    for entry in done.kept:
        typer.echo(f"保留：{door.key(entry)}，导入之后已改动")
