"""`jiedui board`: the figures, as the board shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import day_named, open_book, viewer_named

if TYPE_CHECKING:
    from jiedui.indicators import Figure

app = typer.Typer(**OPTIONS)
_LAST = (1 << 63) - 1
_REASON = "服务器上的操作员运行 jiedui board"


@app.command()
def board(
    account: Annotated[
        str | None, typer.Option("--as", help="按这个账号的数据范围；不写则为全部")
    ] = None,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="只计这一年度")] = None,
    until: Annotated[str | None, typer.Option(help="截止日，如 2024-06-30")] = None,
    known: Annotated[int | None, typer.Option(min=0, max=_LAST, help="入账时点：入账序号")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """打印各项指标的数值。"""
    day = day_named(until, "--until")
    open_book()
    from jiedui.indicators import quotients
    from jiedui.site.store import door

    viewer = viewer_named(account, _REASON)
    filters = {"year": str(year)} if year else {}
    figures = door.figures(None, viewer, until=day, known=known, filters=filters)
    head = door.head()
    if as_json:
        import json

        said = {
            "figures": [figure.as_json() for figure in figures],
            "ratios": [one.as_json() for one in quotients(figures)],
            "head": {"number": head.number, "digest": head.digest, "at": head.at},
            "demonstration": viewer.demonstration,
        }
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    _print(figures, demonstration=viewer.demonstration)
    for one in quotients(figures):
        value, verified = (
            "—" if part is None else f"{part:,}%" for part in (one.value, one.verified)
        )
        parts = f"{one.over.indicator} ÷ {one.under.indicator}"
        typer.echo(f"{one.code:<5} {one.title}：{value}（已核实部分 {verified}，{parts}）")
    typer.echo(f"链头：第 {head.number} 笔 {head.digest or '（空）'}")


def _print(figures: list[Figure], *, demonstration: bool) -> None:
    from jiedui.indicators import declared

    if demonstration:
        typer.echo("演示数据")
    if figures:
        typer.echo(f"范围：{figures[0].scope}")
    for figure in figures:
        value = "—" if figure.value is None else _amount(figure.value, figure.unit)
        stock = declared()[figure.indicator].stock
        day = f"，{figure.until} 当天" if stock and figure.until else ""
        missing = f"，缺项 {figure.missing}" if figure.missing else ""
        verified = _amount(figure.verified, figure.unit)
        typer.echo(
            f"{figure.indicator:<5} {figure.title}：{value}"
            f"（已核实 {verified}，共 {figure.entries} 条{missing}{day}）"
        )


def _amount(value: int, unit: str) -> str:
    """A number with its unit; money in 元 or 万元, with no digit lost."""
    from jiedui.ledgers.show import money
    from jiedui.ledgers.words import Unit

    return money(value) if unit == Unit.FEN else f"{value:,} {unit}".rstrip()
