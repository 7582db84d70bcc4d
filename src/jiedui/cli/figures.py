"""`jiedui figures`: figures with their targets and ratios, whole or cut as they were declared."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import day_named, open_book, viewer_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.indicators import Figure

app = typer.Typer(**OPTIONS)
_LAST = (1 << 63) - 1
_REASON = "服务器上的操作员运行 jiedui figures"


@app.command()
def figures(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="指标…", help="指标，如 F01；不写则为全部")
    ] = None,
    until: Annotated[str | None, typer.Option(help="截止日，如 2024-06-30")] = None,
    known: Annotated[int | None, typer.Option(min=0, max=_LAST, help="只看到第几号入账")] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="按什么分开：place、month 等；可多次，或用逗号隔开")
    ] = None,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="只计这一年度")] = None,
    account: Annotated[
        str | None, typer.Option("--as", help="按这个账号的数据范围；不写则为全部")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，与接口所给相同")] = False,
) -> None:
    """打印指标的数值、目标和占比；看板上的数就是这些。"""
    day = day_named(until, "--until")
    cuts = [name for part in by or [] for name in part.split(",") if name]
    wanted = _wanted(codes or [], cuts)
    open_book()
    from jiedui.site.store import door

    viewer = viewer_named(account, _REASON)
    filters = {"year": str(year)} if year else {}
    found = door.figures(wanted, viewer, by=cuts, until=day, known=known, filters=filters)
    if as_json:
        import json

        said = door.told(found, viewer, year=year, known=known)
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    if viewer.demonstration:
        typer.echo("演示数据")
    promised = {} if cuts else door.targets(viewer, known=known)
    _print(found, {of: one for of, one in promised.items() if year in (None, of)}, year)
    head = door.head()
    typer.echo(f"核对码：第 {head.number} 号入账 {head.digest or '（空）'}")


def _wanted(codes: Sequence[str], cuts: Sequence[str]) -> list[str]:
    """The codes asked for; without any, all that can be cut so. Says what cannot be, and ends."""
    from jiedui.indicators import declared

    known = declared()
    for code in codes:
        if code not in known:
            _refuse(f"没有指标 {code}；可用：{'、'.join(known)}")
        missing = [name for name in cuts if name not in known[code].indicator.by]
        if missing:
            able = "、".join(known[code].indicator.by) or "无"
            _refuse(f"指标 {code} 不能按 {'、'.join(missing)} 分开；可用：{able}")
    able_ones = [code for code, one in known.items() if set(cuts) <= set(one.indicator.by)]
    if not (codes or able_ones):
        every = "、".join(sorted({name for one in known.values() for name in one.indicator.by}))
        _refuse(f"没有指标可以按 {'、'.join(cuts)} 分开；可用：{every}")
    return list(dict.fromkeys(codes)) or able_ones


def _refuse(said: str) -> None:
    sys.stderr.write(f"{said}\n")
    raise typer.Exit(2)


def _print(
    figures: Sequence[Figure], promised: Mapping[int, Mapping[str, int]], year: int | None
) -> None:
    from jiedui.indicators import declared, quotients

    if figures:
        typer.echo(f"范围：{figures[0].scope}")
    for figure in figures:
        value = "—" if figure.value is None else _amount(figure.value, figure.unit)
        stock = declared()[figure.indicator].stock
        day = f"，{figure.until} 当天" if stock and figure.until else ""
        missing = f"，缺项 {figure.missing}" if figure.missing else ""
        verified = _amount(figure.verified, figure.unit)
        typer.echo(
            f"{figure.indicator:<5} {figure.title}{_cut(figure)}：{value}"
            f"（已核实 {verified}，共 {figure.entries} 条{missing}{day}）"
            f"{_targets(figure, promised, year)}"
        )
    for one in quotients(figures):
        value, verified = (
            "—" if part is None else f"{part:,}%" for part in (one.value, one.verified)
        )
        parts = " ÷ ".join(
            f"{part.indicator} {_amount(part.claimed, part.unit)}" for part in (one.over, one.under)
        )
        typer.echo(
            f"{one.code:<5} {one.title}{_cut(one.over)}：{value}（已核实部分 {verified}，{parts}）"
        )


def _cut(figure: Figure) -> str:
    """Of which part a figure is, in words."""
    from jiedui.indicators import cut_words

    said = " ".join(cut_words(figure.indicator, name, value) for name, value in figure.by)
    return f" · {said}" if said else ""


def _targets(figure: Figure, promised: Mapping[int, Mapping[str, int]], year: int | None) -> str:
    """What was promised; how far it is met only for the year that the figure is of."""
    said = ""
    for of, amounts in promised.items():
        if amount := amounts.get(figure.indicator):
            met = f"，已达 {figure.claimed * 100 // amount}%" if of == year else ""
            said += f"；{of} 年目标 {_amount(amount, figure.unit)}{met}"
    return said


def _amount(value: int, unit: str) -> str:
    """A number with its unit; money in 元 or 万元, with no digit lost."""
    from jiedui.ledgers.show import money
    from jiedui.ledgers.units import Unit

    return money(value) if unit == Unit.FEN else f"{value:,} {unit}".rstrip()
