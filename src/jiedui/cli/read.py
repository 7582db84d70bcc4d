"""`jiedui read`: print what Jiedui finds in documents, for people or as JSON.

Not for deciding anything: reading is `jiedui.evidence`, apart in a child process.
"""

from __future__ import annotations

import typer

from jiedui.cli import OPTIONS

app = typer.Typer(**OPTIONS)


@app.command()
def read(files: list[str]) -> None:
    """读资料：复原文字，列出事实与拟录。"""
    typer.echo(files)
