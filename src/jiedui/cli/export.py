"""`jiedui export`: what a viewer may see of a ledger as a file that reads back to the same."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import day_named, marked, open_book, viewer_named
from jiedui.cli.workbooks import ledger_named, new_file

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

app = typer.Typer(**OPTIONS)
_LAST = (1 << 63) - 1


class Format(StrEnum):
    """What sort of file is written."""

    XLSX = "xlsx"
    CSV = "csv"


@app.command()
def export(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds")],
    out: Annotated[Path, typer.Argument(help="写成这个文件，或写进这个文件夹；不覆盖已有的文件")],
    written_as: Annotated[
        Format | None, typer.Option("--format", help="不写则看文件名的结尾，否则为 xlsx")
    ] = None,
    account: Annotated[
        str | None, typer.Option("--as", help="按这个账号的数据范围；不写则为全部")
    ] = None,
    until: Annotated[str | None, typer.Option(help="截止日，如 2024-06-30")] = None,
    known: Annotated[int | None, typer.Option(min=0, max=_LAST, help="只看到第几号入账")] = None,
    narrowed: Annotated[
        list[str] | None,
        typer.Option("--filter", help="只要这些：栏名=值，如 环节=到位、日期=2024-05；可多次"),
    ] = None,
) -> None:
    """导出台账：可以改好再导入，原样导入则什么也不变。"""
    kind = ledger_named(ledger)
    day = day_named(until, "--until")
    open_book()
    from jiedui.site.store import door

    viewer = viewer_named(account, "服务器上的操作员运行 jiedui export")
    filters = dict(_filter(kind, viewer, word) for word in narrowed or [])
    ending = written_as or (Format.CSV if out.suffix.lower() == ".csv" else Format.XLSX)
    if out.is_dir():
        out /= f"{kind.title}.{ending}"
    out = marked(out)
    known = door.head().number if known is None else known
    found = door.entries(kind, viewer, filters=filters, size=1, until=day, known=known)
    with new_file(out, private=True) as file:
        if ending is Format.XLSX:
            told = door.export_workbook(file, kind, viewer, filters=filters, until=day, known=known)
            if told is not None:
                sys.stderr.write(f"{told.reason}\n")
                raise typer.Exit(1)
        else:
            for piece in door.export(kind, viewer, filters=filters, until=day, known=known):
                file.write(piece.encode())
    typer.echo(f"{kind.title}：{found.total} 条，{out}")


def _filter(kind: type[Ledger], viewer: Viewer, word: str) -> tuple[str, str]:
    """`栏名=值` as the door narrows by; a heading or a name will do, and a label for its code."""
    from jiedui.ledgers.read import Around, read
    from jiedui.ledgers.words import Choice, Flag, Many, Place, Ref
    from jiedui.problems import Problem
    from jiedui.site.store import door

    heading, _, text = (part.strip() for part in word.partition("="))
    fields = [one for one in kind.fields.values() if not (one.person or isinstance(one, Many))]
    field = next((one for one in fields if heading in (one.name, *one.headings())), None)
    if field is None or not text:
        able = "、".join(one.label for one in fields)
        sys.stderr.write(f"{word} 应写作 栏名=值，可用的栏：{able}\n")
        raise typer.Exit(2)
    if isinstance(field, Choice | Flag | Place | Ref):
        near = None if viewer.scope.everywhere else viewer.place
        value = read(field, text, Around(None, near, door.lookup(viewer)))
        if isinstance(value, Problem):
            sys.stderr.write(f"{word}：{value.title}。{value.hint}\n")
            raise typer.Exit(2)
        text = str(value)
    return field.name, text
