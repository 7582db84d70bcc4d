"""What a ledger is: its fields, the rules its entries keep, and the indicators it feeds.

Everything is checked when the class is made, so that a renamed field fails where it is
declared and not in a page. Finding the files is `registry`; the fields are `words`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from jiedui.ledgers import expressions
from jiedui.ledgers.common import AFTER, ALWAYS, BEFORE
from jiedui.ledgers.words import (
    RESERVED,
    Choice,
    DeclarationError,
    Field,
    Many,
    Row,
    Unit,
    declared_fields,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Unknown(StrEnum):
    """What a rule means when it comes out as NULL."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a rule that passes, no password


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression over one entry that must be TRUE; `text` says in words what is wrong."""

    name: str
    expression: str
    text: str
    unknown: Unknown = Unknown.FAIL


class Kind(StrEnum):
    """Whether an indicator counts what is there at a date or what happened in a period."""

    STOCK = "stock"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that people report: a measure over a ledger, declared once.

    `on` is the date field that `until` filters; `by` are the fields it may be cut by, of which
    "month" stands for the month of `on`; `where` restricts the rows; `needs` are the fields
    without which a row cannot be counted and is reported as missing.
    """

    code: str
    title: str
    measure: str
    unit: Unit
    on: str
    kind: Kind = Kind.FLOW
    where: str = ""
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    note: str = ""


class Ledger:
    """A ledger (台账): subclass it in one file of `kinds/` and declare fields on it."""

    title: ClassVar[str] = ""
    name: ClassVar[str] = ""
    register: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    on: ClassVar[str] = ""
    label: ClassVar[tuple[str, ...]] = ()
    listed: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    identity: ClassVar[tuple[str, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    indicators: ClassVar[tuple[Indicator, ...]] = ()
    cues: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[dict[str, Field]] = {}
    compiled: ClassVar[dict[str, expressions.Expression]] = {}
    declaration: ClassVar[str] = ""

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        if abstract:
            return
        cls.name = cls.__module__.rpartition(".")[2]
        own = declared_fields(cls)
        cls.fields = own | ALWAYS if cls.register else BEFORE | own | AFTER | ALWAYS
        _check_names(cls)
        cls.declaration = _declaration(cls)
        # Expressions are parsed at first use (`Ledger.expression`): sqlglot takes longer to
        # import than a command may take to start. A test parses every one of them.
        cls.compiled = {}

    @classmethod
    def expression(cls, text: str, *, aggregate: bool, where: str) -> expressions.Expression:
        """Parse an expression over this ledger's fields, once.

        Raises `ExpressionError` naming the file, the ledger and what is not part of the subset.
        """
        key = f"{aggregate}:{text}"
        if key not in cls.compiled:
            cls.compiled[key] = expressions.parse(
                text, cls.fields, aggregate=aggregate, where=f"kinds/{cls.name}.py: {where}"
            )
        return cls.compiled[key]

    @classmethod
    def prove(cls) -> None:
        """Parse every rule, measure, filter and person condition of this ledger.

        Raises `ExpressionError` for the first that is not part of the subset.
        """
        for rule in cls.rules:
            cls.expression(rule.expression, aggregate=False, where=f"rule {rule.name!r}")
        for indicator in cls.indicators:
            where = f"indicator {indicator.code!r}"
            cls.expression(indicator.measure, aggregate=True, where=where)
            if indicator.where:
                cls.expression(indicator.where, aggregate=False, where=where)
        for field in cls.fields.values():
            inner = field.fields if isinstance(field, Many) else {}
            for child in inner.values():
                if isinstance(child.person, str):
                    expressions.parse(
                        child.person,
                        inner,
                        aggregate=False,
                        where=f"kinds/{cls.name}.py: {field.name}.{child.name}: person",
                    )


class Register(Ledger, abstract=True):
    """A register (名录): declared as a ledger is, versioned like one, and what others point to."""

    register = True


def typed_fields(ledger: type[Ledger]) -> dict[str, Field]:
    """The fields that a person types; the rest are set by the store or derived."""
    return {name: field for name, field in ledger.fields.items() if field.typed}


def choices_of(fields: Mapping[str, Field]) -> dict[str, dict[str, str]]:
    """For each field of options, its codes and labels."""
    return {name: field.choices for name, field in fields.items() if isinstance(field, Choice)}


def _check_names(cls: type[Ledger]) -> None:
    where = f"kinds/{cls.name}.py: {cls.__name__}"
    if not cls.title or not (cls.__doc__ or "").strip() or not cls.label:
        msg = f"{where} needs a title, a docstring, and a label: the fields that name an entry"
        raise DeclarationError(msg)
    for reserved in sorted(RESERVED & cls.fields.keys()):
        msg = f"{where}.{reserved}: the name is taken; call the field otherwise"
        raise DeclarationError(msg)
    for what, name in _named(cls):
        if name not in cls.fields:
            msg = f"{where}.{what} names {name!r}, which is no field of it"
            raise DeclarationError(msg)


def _named(cls: type[Ledger]) -> Iterator[tuple[str, str]]:
    """Every field name that the declaration uses, with where it does."""
    if cls.on:
        yield "on", cls.on
    for what in ("label", "listed", "filters", "identity"):
        yield from ((what, name) for name in getattr(cls, what))
    for indicator in cls.indicators:
        where = f"indicators[{indicator.code}]"
        yield from ((where, name) for name in (indicator.on, *indicator.needs))
        yield from ((f"{where}.by", name) for name in indicator.by if name != "month")


def _declaration(cls: type[Ledger]) -> str:
    """Sixteen hex digits that change when a field's name or type does."""
    parts = [f"{name}:{field.kind}" for name, field in sorted(cls.fields.items())]
    for name, field in sorted(cls.fields.items()):
        if isinstance(field, Many):
            parts += [f"{name}.{child}:{inner.kind}" for child, inner in field.fields.items()]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


__all__ = [
    "Indicator",
    "Kind",
    "Ledger",
    "Register",
    "Row",
    "Rule",
    "Unknown",
    "choices_of",
    "typed_fields",
]
