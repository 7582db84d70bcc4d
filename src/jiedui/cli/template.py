"""`jiedui template`: the blank workbook of a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.workbooks import ledger_named, new_file

app = typer.Typer(**OPTIONS)


@app.command()
def template(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds")],
    file: Annotated[Path | None, typer.Argument(help="存为；不写则用台账名")] = None,
) -> None:
    """写出台账的空白工作簿：栏目、单位、说明和下拉选项。"""
    kind = ledger_named(ledger)
    from jiedui import intake

    path = file or Path(f"{ledger}.xlsx")
    with new_file(path) as opened:
        opened.write(intake.blank(kind))
    typer.echo(f"{kind.title}：{path}")
