"""`jiedui migrate`: make or upgrade the tables."""

from __future__ import annotations

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_site

app = typer.Typer(**OPTIONS)


@app.command()
def migrate() -> None:
    """建立或升级数据库。"""
    open_site()
    from jiedui.site.store import setup

    setup.migrate()
    typer.echo("数据库已就绪。")
