"""`jiedui verify`: go through the whole book and name what does not fit."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book

app = typer.Typer(**OPTIONS)


@app.command()
def verify(
    head: Annotated[
        str | None, typer.Option(help="对照一个核对码：报告上印的，或交给协作方的")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """核验账本。每条记录、每笔入账、受保护的姓名和资料都对得上时返回 0，否则返回 1。"""
    open_book()
    from django.db import DatabaseError

    from jiedui.site.store import verify as book

    try:
        report = book.verify()
    except DatabaseError as fault:
        # Pages of the file that no longer hold together cannot be walked row by row.
        sys.stderr.write(f"数据库读不下去：{' '.join(str(fault).split())}\n")
        raise typer.Exit(1) from None
    # An empty one, as from a variable that is not set, is asked about too, and is no link's.
    known = None if head is None else book.link_with_head(head)
    if as_json:
        _print_json(report, head, known)
    else:
        _print(report, head, known)
    if report.broken or (head is not None and known is None):
        raise typer.Exit(1)


def _print_json(report: object, head: str | None, known: int | None) -> None:
    import json
    from dataclasses import asdict

    said = asdict(report)  # type: ignore[call-overload]  # a Report; its module needs Django
    if head is not None:
        said["asked"] = {"head": head, "link": known}
    typer.echo(json.dumps(said, ensure_ascii=False, indent=1))


def _print(report: object, head: str | None, known: int | None) -> None:
    from jiedui.site.store.verify import Report

    assert isinstance(report, Report)
    for broken in report.broken:
        entry = f"（记录 {broken.entry}）" if broken.entry else ""
        typer.echo(f"不符：{broken.table} 第 {broken.row} 行{entry}：{broken.what}")
    typer.echo(
        f"已核验 {report.links} 笔入账、{report.versions} 个版本、{report.documents} 份资料，"
        f"{f'{len(report.broken)} 处不符' if report.broken else '全部相符'}。"
    )
    typer.echo(f"核对码：第 {report.head.number} 号入账 {report.head.digest or '（空）'}")
    if head is not None:
        typer.echo(f"所给核对码{f'是第 {known} 号入账' if known else '不在本账本的链上'}。")
