"""Values as people read them, and as raw cells that read back to the same value."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from jiedui.ledgers.values import Sealed, child_rows
from jiedui.ledgers.words import Choice, Date, Field, Flag, Many, Moment, Money, Place, Ref
from jiedui.problems import listed, named, said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw, Value, Values

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000


def money(fen: int) -> str:
    """An amount in 万元 when it is one, else in 元, with no digit lost.

    >>> money(12_500_000), money(-5), money(100)
    ('12.5万元', '-0.05元', '1元')
    """
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    unit, size = ("万元", FEN_PER_WAN) if fen >= FEN_PER_WAN else ("元", FEN_PER_YUAN)
    whole, rest = divmod(fen, size)
    digits = str(rest).rjust(len(str(size)) - 1, "0").rstrip("0")
    return f"{sign}{whole:,}{'.' + digits if digits else ''}{unit}"


def show(field: Field, value: Value, label: Callable[[str, int], str] | None = None) -> str:
    """The text of a value; `label` names the entry a `Ref` points to.

    Child rows come as their parts joined: "甲示例 副市长；乙样本". What is no person's word is
    said (`problems.said`), so that it can be told in another language.
    """
    if value is None:
        return ""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(field, Many):
        return _show_rows(field, value, label)
    if isinstance(field, Ref) and isinstance(value, int):
        return label(field.to, value) if label else str(value)
    return _show_plain(field, value)


def labels(ledger: type[Ledger], path: str) -> tuple[str, ...]:
    """The labels on the way to a field: of a cell in child rows, "goods.worth", there are two."""
    name, _, child = path.partition(".")
    field = ledger.fields[name]
    if child and isinstance(field, Many):
        return field.label, field.fields[child].label
    return (field.label,)


def _show_plain(field: Field, value: Value) -> str:
    if isinstance(field, Choice):
        return said(field.choices.get(str(value), str(value)))
    if isinstance(field, Place):
        from jiedui import places

        code = places.PlaceCode(str(value))
        return named("place", code, places.full_name(code))
    if isinstance(field, Flag):
        return said("是") if value else said("否")
    return _show_named(field, value)


def _show_named(field: Field, value: Value) -> str:
    """The text of a value that every language writes in its own way, or all alike."""
    if isinstance(field, Money) and isinstance(value, int):
        return named("fen", str(value), money(value))
    if isinstance(field, Moment):
        return named("moment", str(value), moment(str(value)))
    if isinstance(value, date):
        text = _day(field, value)
        return named("month" if is_month(field) else "day", text, text)
    return str(value)


def is_month(field: Field) -> bool:
    """Whether a field holds months and not days."""
    return isinstance(field, Date) and field.month


def _day(field: Field, value: date) -> str:
    text = value.isoformat()
    return text[: len("2024-05")] if is_month(field) else text


def moment(text: str) -> str:
    """A moment as people read it, and as its cell is read again.

    >>> moment("2023-12-18T23:59")
    '2023-12-18 23:59'
    """
    return text.replace("T", " ")


def _show_rows(field: Many, value: Value, label: Callable[[str, int], str] | None) -> str:
    rows = (
        listed(
            (
                text
                for name, inner in field.fields.items()
                if (text := show(inner, row.get(name), label))
            ),
            " ",
        )
        for row in child_rows(value)
    )
    return listed(rows, "；")


def cells(ledger: type[Ledger], values: Values) -> dict[str, Raw]:
    """The raw cells that `check` reads back to these values, for forms and exports.

    A protected name that may not be seen comes back as its reference mark, which the door
    reads as "unchanged".
    """
    return {
        name: _cell(field, values.get(name)) for name, field in ledger.fields.items() if field.typed
    }


def _cell(field: Field, value: Value) -> Raw:
    if isinstance(field, Many):
        return [_cell_row(field.fields, row) for row in child_rows(value)]
    return None if value is None else cell(field, value)


def _cell_row(fields: Mapping[str, Field], row: Mapping[str, Value]) -> dict[str, str | None]:
    return {
        name: None if row.get(name) is None else cell(field, row[name])
        for name, field in fields.items()
    }


def cell(field: Field, value: Value) -> str:
    """One value as the text of its cell; child rows are not one cell."""
    if isinstance(value, Sealed):
        return value.text if value.text is not None else sealed_mark(value.ref)
    if isinstance(field, Flag):
        return "是" if value else "否"
    if isinstance(field, Money) and isinstance(value, int):
        return money(value).replace(",", "")
    if isinstance(field, Moment):
        return moment(str(value))
    return _day(field, value) if isinstance(value, date) else str(value)


_MARK = "\N{LOCK}"
_SEALED = re.compile(rf"{_MARK}([0-9a-f]{{32}})")


def sealed_mark(ref: str) -> str:
    """The text that stands in a form for a protected name that may not be seen there."""
    return f"{_MARK}{ref}"


def sealed_ref(text: str) -> str | None:
    """The reference (32 hex digits) in such a mark, or None when the text is not one."""
    match = _SEALED.fullmatch(text)
    return match[1] if match else None
