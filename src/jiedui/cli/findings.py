"""`jiedui findings`: what is true of several entries and should be looked at."""

from __future__ import annotations

from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book, viewer_named
from jiedui.cli.workbooks import ledger_named

app = typer.Typer(**OPTIONS)


@app.command()
def findings(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds")],
    account: Annotated[str, typer.Option("--as", help="按这个账号的数据范围")],
) -> None:
    """疑点：几条记录放在一起才看得出的问题，只在数据范围内核对；不改动任何记录。"""
    kind = ledger_named(ledger)
    open_book()
    from jiedui.site.store import door

    found = door.findings(kind, viewer_named(account, "查看疑点"))
    for one in found:
        group = "，".join(
            f"{kind.fields[name].label} {value}"
            for name, value in zip(one.rule.by, one.values, strict=True)
        )
        typer.echo(f"{one.rule.text}：{group}（{len(one.entries)} 条记录）")
        typer.echo("  " + " ".join(door.key(entry) for entry in one.entries))
    typer.echo(f"共 {len(found)} 处疑点。")
