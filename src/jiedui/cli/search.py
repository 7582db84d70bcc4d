"""`jiedui search`: what an account may see, by word, place, party, day and kind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.site import open_book, viewer_named

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.site.store.searching import Found, Hit

app = typer.Typer(**OPTIONS)
_SIZE = 50


@app.command()
def search(  # noqa: PLR0913 - what is asked by, each by name
    words: Annotated[list[str] | None, typer.Argument(help="词语，都要有；两个字也可以")] = None,
    account: Annotated[str | None, typer.Option("--as", help="按这个账号的数据范围")] = None,
    kind: Annotated[str, typer.Option(help="台账、名录的名称，或 documents（资料）")] = "",
    place: Annotated[str, typer.Option(help="地区，含下级，如 甘南州 或 623000")] = "",
    party: Annotated[str, typer.Option(help="单位，如全称")] = "",
    since: Annotated[str, typer.Option(help="自某日、某月或某年，如 2024-05")] = "",
    until: Annotated[str, typer.Option(help="至某日、某月或某年，如 2024")] = "",
    *,
    person: Annotated[
        bool, typer.Option("--person", help="另问姓名：姓名不写在命令行上，以免留下记录")
    ] = False,
    rebuild: Annotated[bool, typer.Option(help="重建检索索引后结束")] = False,
) -> None:
    """检索：在数据范围内按词语、人员、地区、单位、日期和种类查找，新的在前。"""
    open_book()
    if rebuild:
        _rebuild()
        return
    from jiedui.site.store import questions, searching

    viewer = viewer_named(account, "检索")
    typed = {"q": " ".join(words or ()), "kind": kind, "place": place, "party": party}
    typed |= {"since": since, "until": until}
    if person:
        typed["person"] = typer.prompt("姓名", err=True)
    asked = questions.read(typed, viewer)
    for fault in asked.faults:
        sys.stderr.write(f"{fault.title}：{fault.hint}\n")
    if asked.faults:
        raise typer.Exit(2)
    _print(searching.search_for(asked.question, viewer, size=_SIZE), viewer)


def _rebuild() -> None:
    from jiedui.site.store import indexing

    indexing.start_anew()

    def told(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} ")

    done = indexing.catch_up(told)
    typer.echo(f"检索索引已重建：{done} 条。")


def _print(found: Found, viewer: Viewer) -> None:
    for hit in found.hits:
        typer.echo(_line(hit))
    if found.behind:
        sys.stderr.write("索引还没有收完最近的入账，可能有记录没有列出；请运行 jiedui work。\n")
    more = "以上" if found.more else ""
    typer.echo(f"共 {found.total} 条{more}，列出 {len(found.hits)} 条（{viewer.office_name}）。")


def _line(hit: Hit) -> str:
    from jiedui import ledgers
    from jiedui.site.store import door

    if hit.entry is None:
        kind, label = "资料", hit.title
    else:
        ledger = ledgers.ledgers()[hit.kind]
        kind, label = ledger.title, door.label(ledger, hit.entry)
    return "\t".join((hit.day.isoformat() if hit.day else "", kind, label, hit.key))
