"""`jiedui migrate`: make or upgrade the tables."""

from __future__ import annotations

import sys

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_site

app = typer.Typer(**OPTIONS)


@app.command()
def migrate() -> None:
    """建立或升级数据库。"""
    open_site()
    from django.db import DatabaseError

    from jiedui.site.store import setup

    try:
        setup.migrate()
    except (DatabaseError, OSError) as fault:
        sys.stderr.write(f"建立不了数据库：{' '.join(str(fault).split())}\n")
        raise typer.Exit(2) from None
    typer.echo("数据库已就绪。")
