"""The words a ledger is declared with: one class a type of field, and the words around them.

A field says what a value is and how it is headed; reading raw cells is `check`, showing values
is `show`, writing their canonical bytes is `canon`.
"""

from __future__ import annotations

import re
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, ClassVar

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Words that a database engine keeps for itself, that the version tables use, or that say what a
# ledger is. Child rows are not columns and may use them.
RESERVED = frozenset(
    {
        *("version", "entry", "link", "ended", "digest", "declaration", "id"),
        *("user", "order", "group", "table", "select", "from", "where", "values", "end", "start"),
        *("desc", "asc", "primary", "references", "check", "default", "limit", "offset", "column"),
        *("name", "title", "register", "shared", "on", "label", "listed", "filters", "identity"),
        *("rules", "indicators", "cues", "fields", "compiled"),
    }
)


class DeclarationError(JieduiError):
    """A ledger's file contradicts itself; names the file, the ledger and the field."""


class Unit(StrEnum):
    """What a number counts. Persons and person-times are never added to each other."""

    NONE = ""
    PERSONS = "人"
    PERSON_TIMES = "人次"
    TIMES = "次"
    BATCHES = "批次"
    ITEMS = "个"
    PAIRS = "对"
    FEN = "分"


class Choices(Enum):
    """A closed list of options: `NAME = "code", "label"`; the code is stored, the label shown."""

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


class Field:
    """One field of a ledger or of its child rows.

    `also` are other headings under which workbooks bring it; `person` marks a natural person's
    identity (True, or an expression over the row that says when it is one).
    """

    kind: ClassVar[str]
    name: str = ""

    def __init__(
        self,
        label: str,
        *,
        also: tuple[str, ...] = (),
        required: bool = False,
        person: bool | str = False,
        note: str = "",
        typed: bool = True,
    ) -> None:
        self.label = label
        self.also = also
        self.required = required
        self.person = person
        self.note = note
        self.typed = typed

    def __set_name__(self, owner: type, name: str) -> None:
        if not _NAME.fullmatch(name):
            msg = f"{owner.__module__}: {owner.__name__}.{name} is not a usable field name"
            raise DeclarationError(msg)
        self.name = name

    def headings(self) -> tuple[str, ...]:
        """Every heading that means this field: the label first."""
        return (self.label, *self.also)


class Text(Field):
    """Words, at most `limit` code points; `lines` when they may run over several lines."""

    kind = "text"

    def __init__(
        self,
        label: str,
        *,
        also: tuple[str, ...] = (),
        required: bool = False,
        person: bool | str = False,
        note: str = "",
        typed: bool = True,
        limit: int = 200,
        lines: bool = False,
    ) -> None:
        super().__init__(label, also=also, required=required, person=person, note=note, typed=typed)
        self.limit = limit
        self.lines = lines


class Count(Field):
    """A whole number of `unit`, from `low` to `high`."""

    kind = "whole"

    def __init__(
        self,
        label: str,
        *,
        unit: Unit = Unit.NONE,
        low: int = 0,
        high: int = 1_000_000_000,
        also: tuple[str, ...] = (),
        required: bool = False,
        note: str = "",
        typed: bool = True,
    ) -> None:
        super().__init__(label, also=also, required=required, note=note, typed=typed)
        self.unit = unit
        self.low = low
        self.high = high


class Money(Field):
    """An amount in whole fen; the cell or heading brings its unit (元, 万元, 亿元)."""

    kind = "money"
    high: ClassVar[int] = 10**16


class Date(Field):
    """A calendar day."""

    kind = "date"


class Flag(Field):
    """Yes or no; empty is neither."""

    kind = "flag"


class Place(Field):
    """An administrative division by its six-digit code (GB/T 2260), valid on the entry's day."""

    kind = "place"


class Choice(Field):
    """One of a closed list of options."""

    kind = "choice"

    def __init__(
        self,
        label: str,
        options: type[Choices],
        *,
        also: tuple[str, ...] = (),
        required: bool = False,
        note: str = "",
        typed: bool = True,
    ) -> None:
        super().__init__(label, also=also, required=required, note=note, typed=typed)
        self.options = options

    @property
    def choices(self) -> dict[str, str]:
        """Code to label, in the order of declaration."""
        return {option.code: option.label for option in self.options}


class Ref(Field):
    """Another entry, of the ledger or register named `to`."""

    kind = "ref"

    def __init__(
        self,
        label: str,
        to: str,
        *,
        also: tuple[str, ...] = (),
        required: bool = False,
        note: str = "",
        typed: bool = True,
    ) -> None:
        super().__init__(label, also=also, required=required, note=note, typed=typed)
        self.to = to


class Row:
    """Child rows of an entry: subclass it and give it fields, as a ledger has them."""

    fields: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        cls.fields = declared_fields(cls)
        for field in cls.fields.values():
            if isinstance(field, Many):
                msg = (
                    f"{cls.__module__}: {cls.__name__}.{field.name}: child rows hold no child rows"
                )
                raise DeclarationError(msg)


class Many(Field):
    """Child rows: of a `Row` class, or of one field, whose rows then hold `value` alone."""

    kind = "rows"

    def __init__(
        self,
        of: type[Row] | Field,
        label: str = "",
        *,
        also: tuple[str, ...] = (),
        required: bool = False,
        note: str = "",
        typed: bool = True,
        limit: int = 500,
    ) -> None:
        if isinstance(of, Field):
            of.name = "value"
            self.fields: Mapping[str, Field] = {"value": of}
            label = label or of.label
        else:
            self.fields = of.fields
        self.single = isinstance(of, Field)
        self.limit = limit
        super().__init__(label, also=also, required=required, note=note, typed=typed)


def declared_fields(cls: type) -> dict[str, Field]:
    """The fields of a class and its bases, bases first, in the order they stand."""
    found: dict[str, Field] = {}
    for base in reversed(cls.__mro__):
        found |= {name: value for name, value in vars(base).items() if isinstance(value, Field)}
    return found
