"""The manifest: what an archive says of itself, and the reading of it without trust.

Not for judging whether a book can take the archive: that is `loading`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.migrations.loader import MigrationLoader

from jiedui.site.store.chain import Head

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
NAME = "manifest.json"
# More than any manifest has: a line a table, and the broken rows of a book that was not whole.
LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A table's file: how many rows and bytes, their SHA-256, and the last number handed out.

    `last` is the counter of a table that numbers its rows itself: a number is never given twice,
    also when the row that had it is gone.
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    size: int
    sha256: str
    last: int = 0

    @property
    def name(self) -> str:
        """The file's name in the archive."""
        return f"tables/{self.table}.jsonl"


@dataclass(slots=True)
class Originals:
    """The originals of documents: how many, how large together, and a hash over their names."""

    count: int = 0
    size: int = 0
    _names: Any = field(default_factory=hashlib.sha256)

    def add(self, sha256: str, size: int) -> None:
        """One more, in the order of their hashes."""
        self.count += 1
        self.size += size
        self._names.update(f"{sha256}\n".encode())

    def said(self) -> dict[str, str | int]:
        """As the manifest has it."""
        return {"count": self.count, "bytes": self.size, "sha256": self._names.hexdigest()}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds; `originals` is None when they were left where they are.

    `broken` are the rows that did not fit when the book was archived, as `verify` names them:
    table and key; `checked` is False when nobody looked.
    """

    at: str
    made_by: str
    demonstration: bool
    migrations: tuple[str, ...]
    head: Head
    tables: tuple[Member, ...]
    originals: dict[str, str | int] | None
    checked: bool
    broken: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(one.rows for one in self.tables)

    def as_json(self) -> bytes:
        """The manifest's file."""
        said = {
            "format": FORMAT,
            "what": "jiedui archive",
            "keys": "not in it: protected names are encrypted, and their key is kept elsewhere",
            "at": self.at,
            "made_by": self.made_by,
            "demonstration": self.demonstration,
            "migrations": list(self.migrations),
            "head": {"number": self.head.number, "digest": self.head.digest, "at": self.head.at},
            "tables": list(_members(self.tables)),
            "originals": self.originals,
            "checked": self.checked,
            "broken": [list(one) for one in self.broken],
        }
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _members(tables: tuple[Member, ...]) -> Iterator[dict[str, object]]:
    for one in tables:
        yield {
            "table": one.table,
            "file": one.name,
            "columns": [list(column) for column in one.columns],
            "rows": one.rows,
            "bytes": one.size,
            "sha256": one.sha256,
            "last": one.last,
        }


def migrations() -> tuple[str, ...]:
    """The names of the store's migrations that this version has, in order."""
    names = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return tuple(sorted(name for app, name in names if app == "store"))


def format_of(said: dict[str, Any]) -> int:
    """The version of the format; raises ValueError, KeyError or TypeError when it says none."""
    return _count(said["format"])


def read(said: dict[str, Any]) -> Manifest:
    """The manifest of format 1; raises ValueError, KeyError or TypeError when it is none."""
    head = said["head"]
    return Manifest(
        at=_text(said["at"]),
        made_by=_text(said["made_by"]),
        demonstration=_flag(said["demonstration"]),
        migrations=tuple(_text(one) for one in said["migrations"]),
        head=Head(_count(head["number"]), _text(head["digest"]), _text(head["at"])),
        tables=tuple(_member(one) for one in said["tables"]),
        originals=_originals(said["originals"]),
        checked=_flag(said["checked"]),
        broken=tuple((_text(table), _text(key)) for table, key in said["broken"]),
    )


def _member(said: dict[str, Any]) -> Member:
    return Member(
        table=_text(said["table"]),
        columns=tuple((_text(name), _text(kind)) for name, kind in said["columns"]),
        rows=_count(said["rows"]),
        size=_count(said["bytes"]),
        sha256=_text(said["sha256"]),
        last=_count(said["last"]),
    )


def _originals(said: dict[str, Any] | None) -> dict[str, str | int] | None:
    if said is None:
        return None
    return {
        "count": _count(said["count"]),
        "bytes": _count(said["bytes"]),
        "sha256": _text(said["sha256"]),
    }


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        msg = "not a count"
        raise ValueError(msg)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = "not text"
        raise TypeError(msg)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        msg = "not true or false"
        raise TypeError(msg)
    return value
