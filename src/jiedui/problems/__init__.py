"""Every fault in people's data that a user can meet, as a value with a code and a place.

Not for mistakes of programmers: those are exceptions below `JieduiError`. Not for refusals:
those are `jiedui.access.No`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from jiedui.problems.code import Code
from jiedui.problems.codes import CODES
from jiedui.problems.said import cut, listed, named, pack, said, tell, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.problems.said import Word

__all__ = [
    "CODES",
    "At",
    "Cell",
    "Code",
    "Field",
    "JieduiError",
    "Problem",
    "Span",
    "Whole",
    "listed",
    "named",
    "packed",
    "problem",
    "said",
    "tell",
    "unpacked",
]

FOUND_LIMIT = 80


class JieduiError(Exception):
    """The base of every mistake of a programmer; a user's fault is a `Problem` instead."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole file or entry."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: `path` as in "attended[2].name", `row` counted from 0."""

    path: str
    row: int = 0

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a sheet: column letters and the row number as the sheet shows them."""

    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` to `end` (exclusive) of a text."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}:{self.end}"


At: TypeAlias = Whole | Field | Cell | Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its code, where it is, what was found there, and what to do about it."""

    code: str
    at: At
    found: str
    hint: str

    @property
    def title(self) -> str:
        """The fault in a few words, the same for every occurrence of the code."""
        return CODES[self.code].title

    def moved(self, at: At) -> Problem:
        """The same fault at another place."""
        return replace(self, at=at)

    def as_json(self) -> dict[str, str | int | None]:
        """The shape that commands and the API print; absent parts of a place are null."""
        at = self.at
        return {
            "code": self.code,
            "field": at.path if isinstance(at, Field) else None,
            "row": at.row if isinstance(at, Field | Cell) else None,
            "sheet": at.sheet if isinstance(at, Cell) else None,
            "cell": f"{at.column}{at.row}" if isinstance(at, Cell) else None,
            "start": at.start if isinstance(at, Span) else None,
            "end": at.end if isinstance(at, Span) else None,
            "found": self.found,
            "hint": self.hint,
        }


def problem(code: str, at: At | None = None, found: str = "", **words: Word) -> Problem:
    """Make a problem of a declared code; `words` fill the blanks of its hint.

    What was found is cut to 80 characters, so that a page never drowns in it.
    Raises KeyError when the code, or a blank of its hint, is not known.
    """
    hint = said(CODES[code].hint, **words)
    return Problem(code, at or Whole(), cut(found, FOUND_LIMIT), hint)


def packed(found: Problem) -> dict[str, object]:
    """A problem as JSON that can be told in every language; its place is for the caller to add."""
    return {"code": found.code, "found": pack(found.found), "hint": pack(found.hint)}


def unpacked(found: Mapping[str, Any], at: At | None = None) -> Problem:
    """Make the problem of what `packed` gave; raises KeyError or TypeError for anything else."""
    shown = cut(unpack(found["found"]), FOUND_LIMIT)
    return Problem(found["code"], at or Whole(), shown, unpack(found["hint"]))
