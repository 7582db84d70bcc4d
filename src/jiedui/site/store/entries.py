"""Entries as the door hands them out: frozen values, never rows or querysets."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from jiedui.access import No

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jiedui.ledgers import Value
    from jiedui.problems import Problem

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH = 13


def new_id() -> int:
    """A fresh entry id of 63 random bits: it tells nothing of how many there are."""
    return secrets.randbits(63) or 1


def key(entry: int) -> str:
    """The 13 letters under which an id stands in addresses (Crockford's base 32)."""
    return "".join(_LETTERS[entry >> (5 * i) & 31] for i in reversed(range(KEY_LENGTH)))


def entry_id(text: str) -> int | None:
    """The id behind a key, or None when the text is not one."""
    if len(text) != KEY_LENGTH or any(letter not in _LETTERS for letter in text):
        return None
    number = 0
    for letter in text:
        number = number << 5 | _LETTERS.index(letter)
    return number if number < 1 << 63 else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of an entry, with who wrote it when and why; `ended` is None while current."""

    ledger: str
    id: int
    version: int
    link: int
    ended: int | None
    at: datetime
    by: str
    why: str
    values: Mapping[str, Value]
    digest: bytes

    @property
    def key(self) -> str:
        """The entry's id as it stands in addresses."""
        return key(self.id)

    @property
    def owner(self) -> int:
        """The office whose entry it is; 0 when the house itself wrote it."""
        owner = self.values.get("owner")
        return owner if isinstance(owner, int) else 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and how many entries there are in all."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Written:
    """A write that was linked: the link's number and the entry as it stands now."""

    link: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Entered:
    """Several writes under one link: its number, and the version of each entry by its id."""

    link: int
    entries: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else wrote meanwhile: the entry as it stands now, or None when it was ended."""

    now: Entry | None


@dataclass(frozen=True, slots=True)
class Faults:
    """Nothing was written; these are the reasons."""

    problems: tuple[Problem, ...]


Outcome: TypeAlias = Written | Conflict | Faults | No
