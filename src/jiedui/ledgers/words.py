"""The words a ledger is declared with: one class a type of field, and the words around them.

A field says what a value is and how it is headed; reading raw cells is `check`, showing values
is `show`, writing their canonical bytes is `canon`.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

from jiedui.ledgers.units import Unit
from jiedui.problems import JieduiError, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers.clauses import Rule

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class DeclarationError(JieduiError):
    """A ledger's file contradicts itself; names the file, the ledger and the field."""


class Choices(Enum):
    """A closed list of options: `NAME = "code", "label"`; the code is stored, the label shown.

    Behind the label other words may follow that workbooks have for the option.
    """

    def __init__(self, code: str, label: str, *also: str) -> None:
        self.code, self.label, self.also = code, label, also


class Heading(TypedDict, total=False):
    """What every field may say beside its label.

    `also` are other headings under which workbooks bring it; `typed` is False for what a person
    never types: the store sets it, or it follows from other fields. `total_of` is a number in
    child rows ("goods.value") whose sum this is; rows without that number are left out of it.
    `spans` says that a cell merged over several rows of a workbook is this value of each of them;
    `wide` that its months or options may be headings, each over the numbers that are of it.
    """

    also: tuple[str, ...]
    required: bool
    note: str
    typed: bool
    total_of: str
    spans: bool
    wide: bool


class Field:
    """One field of a ledger or of its child rows.

    `person` marks a natural person's name, which only a `Text` can hold: True, or an expression
    over the row that says when it is one.
    """

    kind: ClassVar[str]
    name: str = ""
    person: bool | str = False

    def __init__(self, label: str, **heading: Unpack[Heading]) -> None:
        self.label = said(label)
        self.also = heading.get("also", ())
        self.required = heading.get("required", False)
        self.note = said(heading.get("note", ""))
        self.total_of = heading.get("total_of", "")
        self.spans, self.wide = heading.get("spans", False), heading.get("wide", False)
        self.typed = heading.get("typed", not self.total_of)

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    def headings(self) -> tuple[str, ...]:
        """Every heading that means this field: the label first."""
        return (self.label, *self.also)


class Text(Field):
    """Words, at most `limit` code points; `lines` when they may run over several lines.

    `credit` marks an organisation's credit code (GB 32100-2015), whose check digit must be right.
    """

    kind = "text"

    def __init__(
        self,
        label: str,
        *,
        limit: int = 200,
        lines: bool = False,
        person: bool | str = False,
        credit: bool = False,
        **heading: Unpack[Heading],
    ) -> None:
        super().__init__(label, **heading)
        self.limit = 18 if credit else limit
        self.lines = lines
        self.person = person
        self.credit = credit


class Count(Field):
    """A whole number of `unit`, from `low` to `high`; `each` counts persons listed by name."""

    kind = "whole"

    def __init__(self, label: str, *, unit: Unit = Unit.NONE, low: int = 0,
                 high: int = 1_000_000_000, each: bool = False,
                 **heading: Unpack[Heading]) -> None:  # fmt: skip
        super().__init__(label, **heading)
        self.unit, self.low, self.high, self.each = unit, low, high, each


class Money(Field):
    """An amount in whole fen, either sign; the cell brings its unit (元, 万元, 亿元)."""

    kind = "money"
    high: ClassVar[int] = 10**16


class Date(Field):
    """A calendar day; with `month` a whole month, by its first day. `until` has the last day."""

    kind = "date"

    def __init__(self, label: str, *, month: bool = False, until: str = "",
                 **heading: Unpack[Heading]) -> None:  # fmt: skip
        super().__init__(label, **heading)
        self.month, self.until = month, until


class Moment(Field):
    """A day and a time of it to the minute, by the clock of the place: no zone, no seconds.

    Its value is the text `YYYY-MM-DDTHH:MM`, whose order is that of time. A day of which the time
    is not known is no moment, and stands in a `Date`.
    """

    kind = "moment"


class Flag(Field):
    """Yes or no; empty is neither."""

    kind = "flag"


class Place(Field):
    """An administrative division by its code, valid on the entry's day.

    Six digits (GB/T 2260), down to the county: what figures are cut by and viewers are granted.
    With `towns` also the nine digits of a town or street, where a site is told.
    """

    kind = "place"

    def __init__(self, label: str, *, towns: bool = False, **heading: Unpack[Heading]) -> None:
        super().__init__(label, **heading)
        self.towns = towns


class Choice(Field):
    """One of a closed list of options: `choices` code to label as declared, `words` any to code."""

    kind = "choice"

    def __init__(self, label: str, options: type[Choices], **heading: Unpack[Heading]) -> None:
        super().__init__(label, **heading)
        self.options = options
        self.choices = {option.code: option.label for option in options}
        words = [(word, one.code) for one in options for word in (one.label, *one.also, one.code)]
        self.words = dict(reversed(words))


class Ref(Field):
    """Another entry, of the ledger or register named `to`."""

    kind = "ref"

    def __init__(self, label: str, to: str, **heading: Unpack[Heading]) -> None:
        super().__init__(label, **heading)
        self.to = to


class Row:
    """Child rows of an entry: subclass it and give it fields and rules, as a ledger has them."""

    fields: ClassVar[dict[str, Field]] = {}
    rules: ClassVar[tuple[Rule, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields = declared_fields(cls)
        where = f"{cls.__module__}: {cls.__name__}"
        if not cls.fields:
            raise DeclarationError(f"{where} has no fields")
        for name, field in cls.fields.items():
            if isinstance(field, Many):
                raise DeclarationError(f"{where}.{name}: child rows hold no child rows")
            if name in {"fields", "rules"}:
                raise DeclarationError(f"{where}.{name}: the name is taken")


class Many(Field):
    """Child rows, at most `limit`: of a `Row` class, or of one field, `value` in each row."""

    kind = "rows"

    def __init__(
        self,
        of: type[Row] | Field,
        label: str = "",
        *,
        limit: int = 500,
        **heading: Unpack[Heading],
    ) -> None:
        self.single = isinstance(of, Field)
        if isinstance(of, Many):
            raise DeclarationError(f"{of.label}: child rows hold no child rows")
        if isinstance(of, Field):
            of.name, label = "value", label or of.label
            heading.setdefault("also", of.also)
        self.fields: Mapping[str, Field] = {"value": of} if isinstance(of, Field) else of.fields
        self.rules = () if isinstance(of, Field) else of.rules
        self.limit = limit
        super().__init__(label, **heading)


def declared_fields(cls: type) -> dict[str, Field]:
    """The fields of a class and its bases, bases first, in the order they stand.

    Raises `DeclarationError` for a name that cannot be a column's on every database.
    """
    found: dict[str, Field] = {}
    for base in reversed(cls.__mro__):
        found |= {name: value for name, value in vars(base).items() if isinstance(value, Field)}
    for name in found:
        if not _NAME.fullmatch(name):
            message = f"{cls.__module__}: {cls.__name__}.{name} is not usable as a field's name"
            raise DeclarationError(message)
    return found
