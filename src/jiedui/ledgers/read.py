"""One raw cell into one value or one problem, a function a type of field.

Nothing is dropped on the way: a cell that is not wholly understood is a problem. Full-width
digits and signs are read as the ordinary ones that they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from jiedui.ledgers import amounts, days
from jiedui.ledgers.amounts import fault as _fault
from jiedui.ledgers.personal import is_credit_code, looks_personal, masked
from jiedui.ledgers.show import sealed_ref
from jiedui.ledgers.values import Sealed
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Choice, Count, Date, Field, Flag, Moment, Money, Place, Ref, Text
from jiedui.problems import Problem, listed, named, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jiedui.ledgers.values import Value
    from jiedui.places import Place as Division


class Lookup(Protocol):
    """What `check` asks of the registers; the store answers for one viewer."""

    def find(self, ledger: str, text: str, /) -> int | Problem | None:
        """The entry of that id or label, a problem when several bear it, None when none does."""


class NoRegisters:
    """A lookup for checks without a store: a reference is taken when it is an id."""

    def find(self, _ledger: str, text: str, /) -> int | Problem | None:
        """The id in `text` (63 bits), or None."""
        if not (text.isascii() and text.isdigit() and len(text) <= 19):
            return None
        return number if (number := int(text)) < 2**63 else None


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell's reading may depend on: the entry's day, its place, and the registers."""

    on: date | None
    near: str | None
    lookup: Lookup


# As much of a faulty cell as a problem may show is looked at for personal numbers.
_FOUND_READ = 200
_YES = frozenset({"是", "有", "true", "1", "yes", "√"})
_NO = frozenset({"否", "无", "false", "0", "no", "×"})
# What nobody sees and a database, a sheet or a reader's eye stumbles over: control characters,
# directions, soft breaks, what stands for a lost character. Not the joiners of Uyghur and Tibetan.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
_UNSEEN_BUT_LINES = re.compile(rf"(?![\n\t]){_UNSEEN.pattern}")


def read(field: Field, raw: str, around: Around) -> Value | Problem:
    """The value of a cell that is not empty, or what is wrong with it.

    A `Problem` comes without its place; the caller knows the row and the path. What it found is
    masked when it is a person's name or holds a personal number.
    """
    raw = raw.strip()
    value = _READERS[type(field)](field, raw, around)
    if isinstance(value, Problem) and (field.person or looks_personal(raw[:_FOUND_READ])):
        return replace(value, found=masked(raw))
    return value


def _text(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Text)
    if field.person and (ref := sealed_ref(raw)) is not None:
        return Sealed(ref)
    value = unicodedata.normalize("NFC", raw.replace("\r\n", "\n"))
    if field.credit:
        # Printed in groups, in full width or in small letters it is the same code.
        value = narrow(value).replace(" ", "").upper()
    if len(value) > field.limit:
        return _fault("too-long", field, value, limit=field.limit, length=len(value))
    if (_UNSEEN_BUT_LINES if field.lines else _UNSEEN).search(value):
        # As Python writes it: what nobody sees stands there as \x00 or \u200b.
        return _fault("control-character", field, repr(value)[1:-1])
    if what := looks_personal(value):
        return _fault("looks-personal", field, value, what=what)
    if field.credit and not is_credit_code(value):
        return _fault("not-a-credit-code", field, value)
    return value


def _date(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Date)
    plain = narrow(raw).removeprefix("'")
    if field.month:
        return days.month(plain) or _fault("not-a-month", field, raw)
    found = days.day(plain)
    if found:
        return found
    if days.lacks_year(plain):
        return _fault("no-year", field, raw)
    fault = _fault("not-a-date", field, raw)
    hint = _why_no_day(field, plain)
    return replace(fault, hint=hint) if hint else fault


def _why_no_day(field: Field, plain: str) -> str:
    """What is said of a text that means days, but not one."""
    if span := days.span(plain):
        return said(
            "“{label}”写的是一段日期（{first} 至 {last}）。这里只填一天，另一天请填在另一栏。",
            label=field.label, first=span[0].isoformat(), last=span[1].isoformat(),
        )  # fmt: skip
    if days.month(plain):
        return said("“{label}”只写到月，请补上日，如 2024年5月21日。", label=field.label)
    if days.ambiguous(plain):
        return said(
            "“{label}”看不出哪个是年、哪个是日，请把年份写成四位并放在最前，如 2024-05-21。",
            label=field.label,
        )
    return ""


def _moment(field: Field, raw: str, _around: Around) -> Value | Problem:
    return days.moment(narrow(raw).removeprefix("'")) or _fault("not-a-moment", field, raw)


def _count(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Count)
    return amounts.count(field, raw)


def _money(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Money)
    return amounts.amount(field, raw)


def _choice(field: Field, raw: str, _around: Around) -> Value | Problem:
    assert isinstance(field, Choice)
    if raw in field.words:
        return field.words[raw]
    return _fault("not-a-choice", field, raw, choices=listed(map(said, field.choices.values())))


def _flag(field: Field, raw: str, _around: Around) -> Value | Problem:
    answer = affirmed(raw)
    return _fault("not-yes-or-no", field, raw) if answer is None else answer


def affirmed(raw: str) -> bool | None:
    """Whether a cell says yes or no; None where it says neither.

    >>> affirmed("√"), affirmed("否"), affirmed("三个月")
    (True, False, None)
    """
    word = narrow(raw).strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def _place(field: Field, raw: str, around: Around) -> Value | Problem:
    from jiedui import places

    assert isinstance(field, Place)
    found = _division(raw, around)
    if isinstance(found, Problem):
        return found
    if found.level is places.Level.TOWN and not field.towns:
        return too_deep(field, found, raw)
    return found.code


def too_deep(field: Field, town: Division, raw: str) -> Problem:
    """What is said of a town in a field that goes down to the counties; names the county."""
    from jiedui import places

    county = places.ancestors(town.code)[-1]
    full = named("place", county, places.full_name(county))
    above = said("{place}（{code}）", place=full, code=county)
    name = named("name", town.code, town.name)
    return _fault("place-too-deep", field, raw, name=name, above=above)


def _division(raw: str, around: Around) -> Division | Problem:
    from jiedui import places

    code = places.PlaceCode(narrow(raw))
    there = places.get(code, around.on)
    if there and (around.on or there.until is None):
        return there
    # A code that is not valid on that day is asked for by its name, which says what became of it;
    # without a day the current list holds, as it does for names.
    name = places.full_name(code) if places.get(code) else raw
    near = places.PlaceCode(around.near) if around.near else None
    return places.find(name, near=near, on=around.on)


def _ref(field: Field, raw: str, around: Around) -> Value | Problem:
    assert isinstance(field, Ref)
    found = around.lookup.find(field.to, raw)
    if found is None:
        return _fault("no-such-entry", field, raw)
    return found


_READERS: dict[type[Field], Callable[[Field, str, Around], Value | Problem]] = {
    Text: _text,
    Date: _date,
    Moment: _moment,
    Count: _count,
    Money: _money,
    Choice: _choice,
    Flag: _flag,
    Place: _place,
    Ref: _ref,
}
