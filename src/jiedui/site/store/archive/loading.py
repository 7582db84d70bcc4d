"""Restoring an archive into an empty book: everything in one transaction, or nothing.

Before it ends, each table is read back and compared byte for byte, the book is verified, and the
head of its chain is compared with the archive's.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from jiedui.site.store import chain, files, indexing, setup, vault, verify
from jiedui.site.store.archive import counters, manifest, shape
from jiedui.site.store.archive.faults import ArchiveError, fault, one_line
from jiedui.site.store.archive.opening import Archive
from jiedui.site.store.archive.packing import lines
from jiedui.site.store.archive.rows import insert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jiedui.problems import Problem
    from jiedui.site.store.archive.manifest import Manifest, Member
    from jiedui.site.store.archive.shape import Table
    from jiedui.site.store.claims import Broken


@dataclass(frozen=True, slots=True)
class Restored:
    """A book that stands again: what the archive said, the verification, names left closed.

    `report.broken` are rows that did not fit in the archived book either; `closed` is how many
    protected names the vault key of this installation does not open.
    """

    manifest: Manifest
    report: verify.Report
    closed: int


def restore(path: Path) -> Restored | Problem:
    """Restore an archive into this installation's book, which must be empty.

    The tables are made when they are not there yet. On any fault the book is as it was.
    """
    try:
        with path.open("rb") as file:
            archive = Archive(file)
            _fits(archive.manifest)
            archive.check()
            _ready()
            return _restore(archive)
    except ArchiveError as found:
        return found.problem
    except DatabaseError as found:
        return fault("book-refuses", one_line(found)).problem
    except OSError as found:
        return fault("file-unreadable", why=one_line(found.strerror or found)).problem


def _fits(said: Manifest) -> None:
    """Whether this version of Jiedui, set up as it is, can take the archive."""
    have = manifest.migrations()
    if said.migrations != have:
        older = set(said.migrations) < set(have)
        raise fault("archive-older-book" if older else "archive-newer-book", said.made_by)
    if said.demonstration != settings.JIEDUI_DEMONSTRATION:
        raise fault("archive-demonstration" if said.demonstration else "archive-in-demonstration")
    wanted = {table.name: table.said() for table in shape.tables()}
    found = {one.table: [list(column) for column in one.columns] for one in said.tables}
    if wanted != found or len(found) != len(said.tables):
        raise fault("archive-newer-book", said.made_by)


def _ready() -> None:
    """Make the tables when they are not there, but never touch a book that holds something."""
    if setup.unmade():
        with connection.cursor() as cursor:
            there = set(connection.introspection.table_names(cursor))
        _must_be_empty([table for table in shape.tables() if table.name in there])
        setup.migrate()


def _must_be_empty(tables: list[Table]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table.name}" LIMIT 1')
            if cursor.fetchone():
                raise fault("book-not-empty", table.name)


def _restore(archive: Archive) -> Restored:
    said, tables = archive.manifest, {table.name: table for table in shape.tables()}
    with _new_originals() as kept, transaction.atomic():
        _keep_others_out(tables)
        _must_be_empty(list(tables.values()))
        for member in said.tables:
            insert(tables[member.table], archive.lines(member), member.name)
        for member in said.tables:
            if tables[member.table].numbered:
                counters.advance(tables[member.table], member.last)
        for sha256, content in archive.originals():
            if files.read(sha256) is None:
                kept.append(sha256)
                files.keep(content)
        for member in said.tables:
            _compare(tables[member.table], member)
        indexing.start_anew()
        return _judge(said)


@contextmanager
def _new_originals() -> Iterator[list[str]]:
    """The originals that the restore brought; taken away again when it comes to nothing."""
    kept: list[str] = []
    try:
        yield kept
    except BaseException:
        for sha256 in kept:
            files.forget(sha256)
        raise


def _keep_others_out(tables: dict[str, Table]) -> None:
    # SQLite's transactions begin with the only write lock.
    if connection.vendor == "postgresql":
        listed = ", ".join(f'"{name}"' for name in sorted(tables))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {listed} IN SHARE ROW EXCLUSIVE MODE")


def _compare(table: Table, member: Member) -> None:
    """What stands in the database is, byte for byte, what the archive has."""
    total = hashlib.sha256()
    for line in lines(table):
        total.update(line)
    if total.hexdigest() != member.sha256:
        raise fault("book-differs", member.name)


def _judge(said: Manifest) -> Restored:
    """Verify the book; what did not fit before is said, what did not fit only now is a fault."""
    report = verify.verify()
    closed = frozenset(vault.broken())
    known = set(said.broken)
    left = tuple(one for one in report.broken if not _closed(one, closed))
    new = [one for one in left if (one.table, one.row) not in known]
    if new:
        raise fault("book-broken", f"{new[0].table} {new[0].row} {new[0].what}", count=len(new))
    if (report.head.number, report.head.digest) != (said.head.number, said.head.digest):
        raise fault("head-differs", report.head.digest)
    stands = verify.Report(report.links, report.versions, report.documents, left, chain.head())
    return Restored(said, stands, len(closed))


def _closed(one: Broken, closed: frozenset[str]) -> bool:
    return one.table == "jd_vault" and one.row in closed
