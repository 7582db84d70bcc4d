"""Schemas and JSON of entries, made from a ledger's declaration.

Not for rules about values: those are `ledgers.check`. A schema says what a reader will find.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import BaseModel, Field, create_model

from jiedui import ledgers
from jiedui.ledgers.words import Choice, Count, Date, Flag, Many, Moment, Money, Ref
from jiedui.site.api.answers import Strict
from jiedui.site.store import door

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field as Declared

PLAIN: dict[type, type] = {Count: int, Money: int, Date: date, Flag: bool, Ref: str}
UNITS: dict[type, str] = {
    Money: "单位：分",
    Ref: "记录号",
    Moment: "当地时间，写作 YYYY-MM-DDTHH:MM",
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a ledger's entries as this interface gives them."""
    return model(name).model_json_schema()


@cache
def model(name: str) -> type[BaseModel]:
    """The model of an entry: what every entry has, and the ledger's own fields as `values`."""
    ledger = ledgers.ledgers()[name]
    values = _fields(f"{ledger.__name__}Values", ledger.fields)
    return create_model(
        ledger.__name__,
        __base__=Strict,
        __doc__=ledger.title,
        ledger=(_only(name), Field(description=ledger.title)),
        key=(str, Field(description="记录号")),
        version=(int, Field(description="版本")),
        link=(int, Field(description="入账序号")),
        at=(datetime, Field(description="入账时间")),
        digest=(str, Field(description="摘要")),
        demonstration=(bool, Field(description="演示数据")),
        values=(values, ...),
    )


@cache
def version(name: str) -> type[BaseModel]:
    """The model of a version: an entry with who wrote it and why, and which link ended it."""
    ledger = ledgers.ledgers()[name]
    return create_model(
        f"{ledger.__name__}Version",
        __base__=model(name),
        __doc__=f"{ledger.title}：版本",
        ended=(int | None, Field(description="终止它的入账序号")),
        by=(str, Field(description="谁")),
        why=(str, Field(description="原因")),
    )


def any_of(made: Callable[[str], type[BaseModel]]) -> Any:
    """One of the models of all ledgers, told apart by `ledger`."""
    models = tuple(made(name) for name in ledgers.ledgers())
    return Annotated[Union[models], Field(discriminator="ledger")]  # noqa: UP007 - of a tuple


def version_json(ledger: type[Ledger], entry: door.Entry, *, demonstration: bool) -> dict[str, Any]:
    """A version as its schema describes it."""
    said = {"ended": entry.ended, "by": entry.by, "why": entry.why}
    return entry_json(ledger, entry, demonstration=demonstration) | said


def entry_json(ledger: type[Ledger], entry: door.Entry, *, demonstration: bool) -> dict[str, Any]:
    """An entry as its schema describes it; protected names stay as the door gave them."""
    return {
        "ledger": ledger.name,
        "key": entry.key,
        "version": entry.version,
        "link": entry.link,
        "at": entry.at.isoformat(),
        "digest": entry.digest.hex(),
        "demonstration": demonstration,
        "values": {
            name: plain_value(one, entry.values.get(name)) for name, one in ledger.fields.items()
        },
    }


def _fields(name: str, fields: Mapping[str, Declared]) -> type[BaseModel]:
    made: dict[str, Any] = {
        key: (_type(f"{name}_{key}", one), Field(description=_description(one)))
        for key, one in fields.items()
    }
    return create_model(name, __base__=Strict, **made)


def _type(name: str, one: Declared) -> Any:
    if isinstance(one, Many):
        of = _type(name, one.fields["value"]) if one.single else _fields(name, one.fields)
        return GenericAlias(list, (of,))
    if isinstance(one, Choice):
        return Literal[tuple(one.choices)] | None
    return PLAIN.get(type(one), str) | None


def _only(name: str) -> Any:
    return Literal[name]


def _description(one: Declared) -> str:
    parts = [one.label, UNITS.get(type(one), ""), one.note]
    if isinstance(one, Count) and one.unit:
        parts.append(f"单位：{one.unit}")
    if isinstance(one, Choice):
        parts.append("、".join(f"{code} {label}" for code, label in one.choices.items()))
    return "；".join(part for part in parts if part)


def plain_value(one: Declared, value: object) -> Any:
    """A value of a field as JSON has it: whole fen, ISO days, the keys of entries."""
    if isinstance(one, Many):
        rows = value if isinstance(value, tuple) else ()
        if one.single:
            return [plain_value(one.fields["value"], row.get("value")) for row in rows]
        return [
            {name: plain_value(inner, row.get(name)) for name, inner in one.fields.items()}
            for row in rows
        ]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(one, Ref) and isinstance(value, int):
        return door.key(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
