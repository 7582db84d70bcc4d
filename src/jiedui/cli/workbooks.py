"""What the commands about workbooks share; not a command itself."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

Given = Annotated[
    list[str] | None,
    typer.Option(help="表中没有的栏，各行相同：栏名=值，如 所属地区=甘肃省；可多次"),
]
CountPersons = Annotated[
    bool, typer.Option("--count-persons", help="一行一个人的表，按人数汇总；姓名不入账")
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--sheet", help="只读这张工作表，可多次；all 为这本台账的各张表。每张各成一批"),
]
# What is said for every sheet of the ledger.
EVERY = "all"
_LARGEST = 50 * 1024 * 1024


# The word for a workbook whose sheets say themselves which ledger they are of.
AUTO = "auto"


class AnyEntry:
    """A lookup for checks without a book: what a register would say is not asked."""

    def find(self, _ledger: str, _text: str, /) -> int | Problem | None:
        """An entry, whatever the text."""
        return 1


def ledger_or_auto(name: str) -> type[Ledger] | None:
    """The ledger of that name, or None for `auto`."""
    return None if name == AUTO else ledger_named(name)


def ledger_named(name: str) -> type[Ledger]:
    """The ledger of that name; says which there are when it is none."""
    from jiedui import ledgers

    found = ledgers.get(name)
    if found is None:
        known = "、".join(f"{key}（{kind.title}）" for key, kind in ledgers.ledgers().items())
        sys.stderr.write(f"没有台账 {name}；可用：{known}\n")
        raise typer.Exit(2)
    return found


def given_cells(ledger: type[Ledger], words: list[str] | None) -> dict[str, str]:
    """`栏名=值` as raw cells by field name; a name or a heading will do."""
    cells: dict[str, str] = {}
    for word in words or []:
        named, value = _field_of(ledger, word)
        if not named:
            sys.stderr.write(f"{word} 应写作 栏名=值，且是{ledger.title}的一栏\n")
            raise typer.Exit(2)
        cells[named] = value
    return cells


def named_sheets(words: list[str] | None) -> tuple[str, ...]:
    """The sheets that are meant by their names; none where all are."""
    return () if EVERY in (words or ()) else tuple(words or ())


def given_by_ledger(words: list[str] | None) -> Callable[[type[Ledger]], dict[str, str]]:
    """The same for each of several ledgers: those of the words that it has a field for.

    A word for which no ledger has one stops here.
    """
    from jiedui import ledgers

    said = words or []
    for word in said:
        if not any(_field_of(ledger, word)[0] for ledger in ledgers.ledgers().values()):
            sys.stderr.write(f"{word} 应写作 栏名=值，且是某一本台账的一栏\n")
            raise typer.Exit(2)

    def cells(ledger: type[Ledger]) -> dict[str, str]:
        found = dict(_field_of(ledger, word) for word in said)
        return {name: value for name, value in found.items() if name}

    return cells


def cells_of(
    kind: type[Ledger] | None, words: list[str] | None
) -> Callable[[type[Ledger]], dict[str, str]]:
    """The same, where every word must be a field of the ledger that is named."""
    if kind is None:
        return given_by_ledger(words)
    cells = given_cells(kind, words)
    return lambda _: cells


def _field_of(ledger: type[Ledger], word: str) -> tuple[str, str]:
    """The name of the field that `栏名=值` is for, empty where there is none, and the value."""
    heading, equals, value = word.partition("=")
    named = [
        name
        for name, field in ledger.fields.items()
        if field.typed and heading.strip() in (name, *field.headings())
    ]
    return (named[0] if equals and named else ""), value.strip()


def read_file(path: Path) -> bytes:
    """The bytes of a file that is there and not larger than a workbook may be."""
    try:
        if path.stat().st_size > _LARGEST:
            sys.stderr.write(f"{path} 大于 50 MB，请分成几份\n")
            raise typer.Exit(2)
        return path.read_bytes()
    except OSError as fault:
        sys.stderr.write(f"打不开 {path}：{fault.strerror}\n")
        raise typer.Exit(2) from None


@contextmanager
def new_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file that was not there before, and is not there after a failure.

    A `private` one is readable by whoever runs the command alone.
    """
    mode = 0o600 if private else 0o666
    try:
        file = open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115 - pathlib sets no mode; closed below
    except FileExistsError:
        sys.stderr.write(f"{path} 已存在，没有覆盖\n")
        raise typer.Exit(2) from None
    except OSError as fault:
        sys.stderr.write(f"写不了 {path}：{fault.strerror}\n")
        raise typer.Exit(2) from None
    try:
        with file:
            yield cast("BinaryIO", file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
