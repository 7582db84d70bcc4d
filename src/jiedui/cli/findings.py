"""`jiedui findings`: what is true of several entries and should be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book, viewer_named
from jiedui.cli.workbooks import ledger_named
from jiedui.ledgers.clauses import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.site.store import door

app = typer.Typer(**OPTIONS)


@app.command()
def findings(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds")],
    account: Annotated[str, typer.Option("--as", help="按这个账号的数据范围")],
    state: Annotated[
        Outcome, typer.Option(help="待核对（open）、已说明（explained）或已改正（mended）")
    ] = Outcome.OPEN,
) -> None:
    """疑点：几条记录放在一起才看得出的问题，只在数据范围内核对；不改动任何记录。"""
    kind = ledger_named(ledger)
    open_book()
    from jiedui.site.store import door

    viewer = viewer_named(account, "查看疑点")
    if state == Outcome.MENDED:
        found: Sequence[door.Finding | door.Mended]
        found = door.mended(kind, viewer, door.head().digest)
    else:
        every = door.findings(kind, viewer)
        found = [one for one in every if bool(one.explanation) is (state == Outcome.EXPLAINED)]
    for one in found:
        group = "，".join(
            f"{kind.fields[name].label} {value}"
            for name, value in zip(one.rule.by, one.values, strict=True)
        )
        typer.echo(f"{one.rule.text}：{group}（{len(one.entries)} 条记录）")
        typer.echo("  " + " ".join(door.key(entry) for entry in one.entries))
        if isinstance(one, door.Mended):
            typer.echo(f"  {one.found:%Y-%m-%d} 出现，{one.mended:%Y-%m-%d} 改正")
        elif one.explanation:
            typer.echo(f"  说明：{one.explanation.why}（{one.explanation.at:%Y-%m-%d}）")
    typer.echo(f"共 {len(found)} 处疑点。")
