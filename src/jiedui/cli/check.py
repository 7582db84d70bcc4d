"""`jiedui check`: what is wrong with a workbook, cell by cell; nothing is written into a book."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from jiedui.cli import OPTIONS
from jiedui.cli.workbooks import (
    CountPersons,
    Given,
    Sheets,
    cells_of,
    given_cells,
    ledger_or_auto,
    named_sheets,
    new_file,
    read_file,
)

if TYPE_CHECKING:
    from jiedui.intake import Book, Judged
    from jiedui.ledgers import Ledger, Lookup
    from jiedui.problems import Problem

app = typer.Typer(**OPTIONS)


@app.command()
def check(
    ledger: Annotated[str, typer.Argument(help="台账，如 funds；auto 由各表的表头辨认")],
    file: Annotated[Path, typer.Argument(help="工作簿：xlsx、xls、et、ods、csv 等")],
    given: Given = None,
    sheet: Sheets = None,
    account: Annotated[
        str | None, typer.Option("--as", help="按这个账号所见的名录核对单位和结对")
    ] = None,
    annotated: Annotated[Path | None, typer.Option(help="把问题标在原表上，另存为这个文件")] = None,
    *,
    count_persons: CountPersons = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """检查工作簿。没有问题时返回 0，有问题时返回 1。"""
    kind = ledger_or_auto(ledger)
    content = read_file(file)
    from jiedui.problems import Problem
    from jiedui.site.sandbox_books import annotate_apart, open_book_apart

    book = open_book_apart(content)
    found = (
        [book]
        if isinstance(book, Problem)
        else _judged(book, _wanted(book, kind, given, sheet), account, count=count_persons)
    )
    judged = [one for one in found if not isinstance(one, Problem)]
    problems = tuple(
        told for one in found for told in ((one,) if isinstance(one, Problem) else one.problems)
    )
    if annotated is not None and judged:
        marked = annotate_apart(content, problems)
        if isinstance(marked, Problem):
            problems = (*problems, marked)
        else:
            with new_file(annotated) as opened:
                opened.write(marked)
    _print(judged, problems, as_json=as_json)
    if problems:
        raise typer.Exit(1)


def _wanted(
    book: Book,
    kind: type[Ledger] | None,
    given: list[str] | None,
    sheets: list[str] | None,
) -> list[tuple[type[Ledger], str, dict[str, str]]] | Problem:
    """The sheets to be judged: the ledger of each, its name, and what stands beside it."""
    from jiedui import intake
    from jiedui.problems import Problem

    if kind is not None and not sheets:
        return [(kind, "", given_cells(kind, given))]
    wanted = intake.wanted(book, kind, named_sheets(sheets))
    if isinstance(wanted, Problem):
        return wanted
    cells, (found, _unknown) = cells_of(kind, given), wanted
    return [(ledger, sheet, cells(ledger)) for sheet, ledger in found]


def _judged(
    book: Book,
    wanted: list[tuple[type[Ledger], str, dict[str, str]]] | Problem,
    account: str | None,
    *,
    count: bool,
) -> list[Judged | Problem]:
    """The workbook judged as of a ledger, or each of its sheets as of the one it is of."""
    from jiedui import intake
    from jiedui.problems import Problem

    if isinstance(wanted, Problem):
        return [wanted]
    lookup = _lookup(account)
    found: list[Judged | Problem] = []
    for ledger, sheet, cells in wanted:
        taken = intake.read_entries(book, ledger, given=cells, sheet=sheet)
        if count and not isinstance(taken, Problem) and intake.asks_to_count(taken.layout):
            said = cells | {intake.count_of(ledger): intake.EACH}
            taken = intake.read_entries(book, ledger, given=said, sheet=sheet)
        found.append(taken if isinstance(taken, Problem) else intake.judge(taken, lookup))
    return found


def _lookup(account: str | None) -> Lookup:
    if account is None:
        from jiedui.cli.workbooks import AnyEntry

        return AnyEntry()
    from jiedui.cli.site import open_book, viewer_named

    open_book()
    from jiedui.site.store import door

    return door.lookup(viewer_named(account, "检查工作簿"))


def _print(judged: list[Judged], problems: tuple[Problem, ...], *, as_json: bool) -> None:
    rows = sum(len(one.taken.rows) for one in judged)
    good = sum(len(one.good) for one in judged)
    if as_json:
        said = {"rows": rows, "good": good, "problems": [_plain(one) for one in problems]}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    if len(judged) > 1:
        for each in judged:
            typer.echo(f"工作表“{each.taken.layout.sheet}”：{each.taken.ledger.title}")
    for one in problems:
        typer.echo(f"{one.at or '整份'}  {one.title}：{one.found}  {one.hint}")
    typer.echo(f"{rows} 行，{good} 行可用，{len(problems)} 处问题。")


def _plain(one: Problem) -> dict[str, str | int | None]:
    from jiedui.problems import Cell

    at = one.at if isinstance(one.at, Cell) else None
    return {
        "code": one.code,
        "sheet": at.sheet if at else None,
        "cell": f"{at.column}{at.row}" if at else None,
        "row": at.row if at else None,
        "column": at.column if at else None,
        "found": one.found,
        "hint": one.hint,
    }
