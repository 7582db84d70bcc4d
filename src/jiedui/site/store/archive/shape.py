"""Which tables an archive has, and each column's form in it, the same on every database.

A row is a JSON array in the order of the columns: whole numbers as such, days and moments as ISO
text (moments in UTC), bytes in hex. Nothing here opens a file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import router
from django.db.models import ForeignKey

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Field, Model

Plain: TypeAlias = "str | int | bool | None"

# Django's names of column types, and the archive's.
KINDS = {
    "AutoField": "integer", "BigAutoField": "integer", "IntegerField": "integer",
    "BigIntegerField": "integer", "SmallIntegerField": "integer",
    "PositiveIntegerField": "integer", "PositiveBigIntegerField": "integer",
    "PositiveSmallIntegerField": "integer", "CharField": "text", "TextField": "text",
    "EmailField": "text", "BooleanField": "flag", "DateField": "day", "DateTimeField": "moment",
    "BinaryField": "bytes",
}  # fmt: skip
_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1


class NoFormError(JieduiError):
    """A column of a type that the archive has no form for: give it one in `KINDS`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the database, its form, and the declaration behind it."""

    name: str
    kind: str
    field: Field[Any, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the columns in their order, and whether it numbers its rows itself."""

    name: str
    model: type[Model]
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        """The primary key, by which rows are ordered."""
        return next(one for one in self.columns if one.field.primary_key)

    @property
    def numbered(self) -> bool:
        """Whether the database hands the keys out by a counter."""
        return self.model._meta.auto_field is not None

    def said(self) -> list[list[str]]:
        """The columns as the manifest names them."""
        return [[one.name, one.kind] for one in self.columns]


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the book, accounts first; what lives in the work database is passing.

    What is derived from the others (`DERIVED`) is made again from them and stands in no archive.

    Raises `NoFormError` for a column without a form.
    """
    found = [get_user_model(), *apps.get_app_config("store").get_models()]
    kept = [
        model
        for model in found
        if router.db_for_read(model) == "default" and not getattr(model, "DERIVED", False)
    ]
    first, *rest = [_table(model) for model in kept]
    return (first, *sorted(rest, key=lambda one: one.name))


def _table(model: type[Model]) -> Table:
    columns = tuple(_column(field) for field in model._meta.concrete_fields)
    return Table(model._meta.db_table, model, columns)


def _column(field: Field[Any, Any]) -> Column:
    typed = field
    while isinstance(typed, ForeignKey):
        typed = typed.target_field
    kind = KINDS.get(typed.get_internal_type())
    if kind is None:
        msg = f"{field.model.__name__}.{field.name} is a {typed.get_internal_type()}"
        raise NoFormError(msg)
    return Column(str(field.column), kind, field)


def line(values: Sequence[object], columns: Sequence[Column]) -> bytes:
    """A row as its line; raises ValueError or TypeError for a value its column cannot have."""
    row = [
        None if value is None else _TO[column.kind](value)
        for value, column in zip(values, columns, strict=True)
    ]
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def row(stored: bytes, columns: Sequence[Column]) -> list[object]:
    """A line's values; raises ValueError, TypeError or RecursionError when it is none."""
    found = json.loads(stored)
    if not isinstance(found, list) or len(found) != len(columns):
        msg = "a line is an array of as many values as there are columns"
        raise ValueError(msg)
    return [
        None if value is None else _FROM[column.kind](value)
        for value, column in zip(found, columns, strict=True)
    ]


def _integer(value: object) -> int:
    if type(value) is not int or not _LOWEST <= value <= _HIGHEST:
        msg = "not a whole number of 64 bits"
        raise ValueError(msg)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = "not text"
        raise TypeError(msg)
    value.encode()
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        msg = "not true or false"
        raise TypeError(msg)
    return value


def _day_text(value: object) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        msg = "not a day"
        raise TypeError(msg)
    return value.isoformat()


def _moment_text(value: object) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        msg = "not a moment with its zone"
        raise TypeError(msg)
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        msg = "a moment without its zone"
        raise ValueError(msg)
    return moment


def _hex(value: object) -> str:
    if not isinstance(value, bytes | bytearray | memoryview):
        msg = "not bytes"
        raise TypeError(msg)
    return bytes(value).hex()


_TO: dict[str, Callable[[object], Plain]] = {
    "integer": _integer, "text": _text, "flag": _flag, "day": _day_text, "moment": _moment_text,
    "bytes": _hex,
}  # fmt: skip
_FROM: dict[str, Callable[[object], object]] = {
    "integer": _integer, "text": _text, "flag": _flag,
    "day": lambda value: date.fromisoformat(_text(value)), "moment": _moment,
    "bytes": lambda value: bytes.fromhex(_text(value)),
}  # fmt: skip
