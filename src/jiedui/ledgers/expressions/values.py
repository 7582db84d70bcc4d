"""Reads the parts of an expression that are values: fields, literals, brackets.

Not what is made of them: see `flags` and `functions`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions import tree, words
from jiedui.ledgers.expressions.sorts import Sorted
from jiedui.ledgers.expressions.vocabulary import LARGEST, ExpressionError, Kind, not_part

if TYPE_CHECKING:
    from sqlglot import exp

    from jiedui.ledgers.expressions.reader import Reader


def bracket(reader: Reader, node: exp.Expr) -> Sorted:
    """Brackets change nothing but the grouping."""
    return reader.node(reader.arguments(node, "this")[0])


def name(reader: Reader, node: exp.Expr) -> Sorted:
    """A field, or the number of its rows."""
    if node.args.get("table"):
        last, field = (part.name for part in reader.arguments(node, "this", "table"))
    else:
        last, field = "", reader.arguments(node, "this")[0].name
    if field not in reader.names:
        near = difflib.get_close_matches(field, reader.names, 3, 0.5)
        hint = f"; is it {' or '.join(near)}?" if near else ""
        raise ExpressionError(reader.where, f"there is no field '{field}'{hint}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", field):
        raise ExpressionError(reader.where, f"'{field}' is not usable as a field's name")
    if reader.aggregate and not reader.inside:
        message = f"'{field}' stands outside an aggregate; write sum, min or max round it"
        raise ExpressionError(reader.where, message)
    return declared(reader, field, last)


def declared(reader: Reader, field: str, last: str) -> Sorted:
    """What is declared of a field; rows can only be counted."""
    found = reader.names[field]
    kind = found if isinstance(found, Kind) else Kind(found.kind)
    if (kind is Kind.ROWS) != (last == "count") or (last and last != "count"):
        hint = f"write {field}.count" if kind is Kind.ROWS else f"write {field}"
        raise not_part(reader.where, f"{field}.{last}" if last else field, hint)
    column = f"{field}_count" if kind is Kind.ROWS else field
    reader.used[field] = column
    choices = getattr(found, "choices", None) if kind is Kind.CHOICE else None
    codes = None if choices is None else frozenset(choices)
    shown = Kind.WHOLE if kind is Kind.ROWS else kind
    return Sorted(tree.Name(field, column), shown, codes=codes)


def literal(reader: Reader, node: exp.Expr) -> Sorted:
    """A whole number or a text."""
    text = node.name
    if node.args.get("is_string"):
        if unicodedata.normalize("NFC", text) != text:
            message = f"'{text}' is not in NFC, in which texts are stored"
            raise ExpressionError(reader.where, message)
        return Sorted(tree.Words(text), Kind.TEXT, literal=True)
    if not re.fullmatch(r"[0-9]+", text):
        raise not_part(reader.where, text, "write whole numbers, amounts in fen")
    if int(text) > LARGEST:
        raise ExpressionError(reader.where, f"{text} is larger than {LARGEST}")
    return Sorted(tree.Number(int(text)), Kind.WHOLE, literal=True, bound=int(text))


def truth(reader: Reader, node: exp.Expr) -> Sorted:
    """True or false."""
    reader.arguments(node, ignore=("this",))
    return Sorted(tree.Truth(value=bool(node.this)), Kind.FLAG, literal=True)


def day(reader: Reader, node: exp.Expr) -> Sorted:
    """A date literal, which sqlglot reads as a cast; `words` has refused every other cast."""
    text, kind = reader.arguments(node, "this", "to")
    if kind.sql() != "DATE" or not text.args.get("is_string"):
        raise not_part(reader.where, node.sql(), words.NO_CAST)
    value = calendar_day(text.name)
    if value is None:
        message = f"'{text.name}' is not a date; write date '2024-02-29'"
        raise ExpressionError(reader.where, message)
    return Sorted(tree.Day(value), Kind.DATE, literal=True)


def calendar_day(text: str) -> date | None:
    """The date of an ISO text with all its digits, if the calendar has it."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


READERS: Final = {
    "Paren": bracket,
    "Column": name,
    "Literal": literal,
    "Boolean": truth,
    "Cast": day,
}
"""The reader of each of sqlglot's nodes that is a field or a literal."""
