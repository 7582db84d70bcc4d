"""One raw cell into one value or one problem, a function a type of field.

Nothing is dropped on the way: a cell that is not wholly understood is a problem.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Protocol, TypeAlias

from jiedui.ledgers.personal import looks_personal, masked
from jiedui.ledgers.show import sealed_ref
from jiedui.ledgers.values import Sealed
from jiedui.ledgers.words import Choice, Count, Date, Field, Flag, Money, Place, Ref, Text
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiedui.ledgers.values import Value

Fault: TypeAlias = Problem


class Lookup(Protocol):
    """What `check` asks of the registers; the store answers for one viewer."""

    def find(self, ledger: str, text: str, /) -> int | Problem | None:
        """The entry of that id or label, a problem when several bear it, None when none does."""


class NoRegisters:
    """A lookup for checks without a store: a reference is taken when it is an id."""

    def find(self, _ledger: str, text: str, /) -> int | Problem | None:
        """The id in `text`, or None."""
        return int(text) if text.isdigit() else None


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell's reading may depend on: the entry's day, its place, and the registers."""

    on: date | None
    near: str | None
    lookup: Lookup


_DAY = re.compile(
    r"(?P<y>\d{4})\s*(?:[-/.]|年)\s*(?P<m>\d{1,2})\s*(?:[-/.]|月)\s*(?P<d>\d{1,2})\s*日?"
    r"|(?P<y8>\d{4})(?P<m8>\d{2})(?P<d8>\d{2})"
)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)")
_AMOUNT = re.compile(r"(?P<n>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<u>亿元|万元|元)")
_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_YES = frozenset({"是", "有", "true", "1", "yes", "√"})
_NO = frozenset({"否", "无", "false", "0", "no", "×"})
_LINES = frozenset("\n\t")


def read(field: Field, raw: str, around: Around) -> Value | Problem:
    """The value of a cell that is not empty, or what is wrong with it.

    A `Problem` comes without its place; the caller knows the row and the path.
    """
    return _READERS[type(field)](field, raw.strip(), around)


def _fault(code: str, field: Field, found: str, **words: str | int) -> Problem:
    shown = masked(found) if field.person else found
    return problem(code, None, shown, label=field.label, **words)


def _text(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Text)
    if field.person and (ref := sealed_ref(raw)) is not None:
        return Sealed(ref)
    if what := looks_personal(raw):
        return problem("looks-personal", found=masked(raw), label=field.label, what=what)
    value = unicodedata.normalize("NFC", raw.replace("\r\n", "\n"))
    allowed = _LINES if field.lines else frozenset()
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in value):
        return _fault("control-character", field, repr(value))
    if len(value) > field.limit:
        return _fault("too-long", field, value, limit=field.limit, length=len(value))
    return value


def _date(field: Field, raw: str, _around: Around) -> Value | Problem:
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", raw))
    if match:
        parts = [match[a] or match[b] for a, b in (("y", "y8"), ("m", "m8"), ("d", "d8"))]
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            pass
    return _fault("not-a-date", field, raw)


def _count(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Count)
    plain = unicodedata.normalize("NFKC", raw)
    if field.unit and plain.endswith(field.unit):
        plain = plain[: -len(field.unit)].rstrip()
    if not _NUMBER.fullmatch(plain) or len(plain) > 25:
        return _fault("not-a-number", field, raw)
    value = int(plain.replace(",", ""))
    if not field.low <= value <= field.high:
        return _fault("number-out-of-range", field, raw, low=field.low, high=field.high)
    return value


def _money(field: Field, raw: str, _around: Around) -> Value | Problem:
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", raw))
    if not match:
        return _fault("not-an-amount", field, raw)
    try:
        fen = Decimal(match["n"].replace(",", "")) * _FEN[match["u"]]
    except InvalidOperation:
        return _fault("not-an-amount", field, raw)
    if fen != fen.to_integral_value() or abs(fen) > Money.high:
        return _fault("not-an-amount", field, raw)
    return int(fen)


def _choice(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Choice)
    for code, label in field.choices.items():
        if raw in (code, label):
            return code
    return _fault("not-a-choice", field, raw, choices="、".join(field.choices.values()))


def _flag(field: Field, raw: str, _around: Around) -> Value | Problem:
    word = raw.lower()
    if word in _YES:
        return True
    return False if word in _NO else _fault("not-yes-or-no", field, raw)


def _place(_field: Field, raw: str, around: Around) -> Value | Problem:
    from jiedui import places

    code = places.PlaceCode(raw)
    if raw.isascii() and raw.isdigit():
        if places.get(code, around.on):
            return raw
        known = places.get(code)
        raw = places.full_name(code) if known else raw
    near = places.PlaceCode(around.near) if around.near else None
    found = places.find(raw, near=near, on=around.on)
    return found if isinstance(found, Problem) else found.code


def _ref(field: Field, raw: str, around: Around) -> Value | Problem:
    assert isinstance(field, Ref)
    found = around.lookup.find(field.to, raw)
    if found is None:
        return _fault("no-such-entry", field, raw)
    return found


_READERS: dict[type[Field], Callable[[Field, str, Around], Value | Problem]] = {
    Text: _text,
    Date: _date,
    Count: _count,
    Money: _money,
    Choice: _choice,
    Flag: _flag,
    Place: _place,
    Ref: _ref,
}
