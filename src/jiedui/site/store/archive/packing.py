"""Writing an archive: every table as of one moment, then the originals, then the manifest.

Rows and bytes go straight into the zip, so memory does not grow with the book. The file bears
another name until it has been read back; a file that is there is never written over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

import jiedui
from jiedui.site.store import chain, files, verify
from jiedui.site.store.archive import counters, manifest, shape
from jiedui.site.store.archive.faults import ArchiveError, fault, one_line
from jiedui.site.store.archive.manifest import Manifest, Member, Originals
from jiedui.site.store.archive.moment import one_moment
from jiedui.site.store.archive.opening import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jiedui.problems import Problem
    from jiedui.site.store.archive.shape import Table

_BATCH = 1000
_DAY_ONE = (1980, 1, 1, 0, 0, 0)
_MOST_BROKEN = 10_000
_HASH_LENGTH = 64
# The columns that name a file by its SHA-256.
_OF_FILES = {"sha256", "stripped"}


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was written and read back: what is in it, its bytes and their SHA-256."""

    manifest: Manifest
    size: int
    sha256: str


def write(path: Path, *, check: bool = True, originals: bool = True) -> Packed | Problem:
    """Write the book into a new file, readable by its owner alone; on any fault there is none.

    `check` verifies the book in the same moment and notes what does not fit; without `originals`
    the archive is only for a book over the same data folder.
    """
    try:
        with _new_file(path) as file:
            with one_moment(), ZipFile(file, "w", ZIP_DEFLATED) as archive:
                _pack(archive, check=check, originals=originals)
            file.flush()
            os.fsync(file.fileno())
            return _read_back(file)
    except ArchiveError as found:
        return found.problem
    except DatabaseError as found:
        return fault("book-unreadable", one_line(found)).problem
    except OSError as found:
        return fault("archive-unwritten", why=one_line(found.strerror or found)).problem


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file under a passing name, which gets its own name when all went well."""
    if path.exists() or path.is_symlink():
        raise fault("archive-exists", str(path))
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    opened = os.open(passing, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w+b") as file:
            yield file
        try:
            # Unlike a renaming, a link never takes the place of a file made meanwhile.
            path.hardlink_to(passing)
        except FileExistsError:
            raise fault("archive-exists", str(path)) from None
        except OSError:
            # A file system without links.
            passing.rename(path)
    finally:
        passing.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _pack(archive: ZipFile, *, check: bool, originals: bool) -> None:
    report = verify.verify() if check else None
    broken = report.broken[:_MOST_BROKEN] if report else ()
    said = Manifest(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=jiedui.__version__,
        demonstration=settings.JIEDUI_DEMONSTRATION,
        migrations=manifest.migrations(),
        head=chain.head(),
        tables=tuple(_table(archive, table) for table in shape.tables()),
        originals=_originals(archive).said() if originals else None,
        checked=check,
        broken=tuple(dict.fromkeys((one.table, one.row) for one in broken)),
    )
    with archive.open(_entry(manifest.NAME), "w") as file:
        file.write(said.as_json())


def _entry(name: str) -> ZipInfo:
    made = ZipInfo(name, _DAY_ONE)
    made.compress_type = ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made


def _table(archive: ZipFile, table: Table) -> Member:
    columns = tuple((one.name, one.kind) for one in table.columns)
    total, size, count = hashlib.sha256(), 0, 0
    name = Member(table.name, columns, 0, 0, "").name
    with archive.open(_entry(name), "w", force_zip64=True) as file:
        for line in lines(table):
            file.write(line)
            total.update(line)
            size += len(line)
            count += 1
    return Member(table.name, columns, count, size, total.hexdigest(), counters.last(table))


def lines(table: Table) -> Iterator[bytes]:
    """Every row of a table as its line, in the order of keys, not all in memory at once.

    Raises `ArchiveError` for a row that cannot be what its columns say.
    """
    names = [one.field.attname for one in table.columns]
    key = names.index(table.key.field.attname)
    rows: QuerySet[Any, Any] = QuerySet(table.model)
    for row in rows.order_by(_order(table)).values_list(*names).iterator(_BATCH):
        try:
            yield shape.line(row, table.columns)
        except (ValueError, TypeError):
            raise fault("row-unwritable", f"{table.name} {row[key]}") from None


def _order(table: Table) -> Collate | F:
    """By key, texts by their bytes: the same order on every database."""
    key = table.key
    if key.kind == "text" and connection.vendor == "postgresql":
        return Collate(F(key.field.attname), "C")
    return F(key.field.attname)


def _originals(archive: ZipFile) -> Originals:
    """Put the original of every hash in the book into the archive; one that is gone stays out."""
    put = Originals()
    for sha256 in _hashes():
        content = files.read(sha256)
        if content is not None:
            with archive.open(_entry(f"originals/{sha256}"), "w", force_zip64=True) as file:
                file.write(content)
            put.add(sha256, len(content))
    return put


def _hashes() -> Iterator[str]:
    """Every SHA-256 that a column of files holds, in order and once."""
    parts = [
        f'SELECT "{column.name}" AS sha256 FROM "{table.name}"'
        for table in shape.tables()
        for column in table.columns
        if column.name in _OF_FILES
    ]
    collate = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    text = (
        f"SELECT DISTINCT sha256{collate} FROM ({' UNION ALL '.join(parts)}) AS named "
        f"WHERE sha256{collate} > %s ORDER BY 1 LIMIT {_BATCH}"
    )
    last = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(text, [last])
            found = [str(row[0]) for row in cursor.fetchall()]
        yield from (one for one in found if len(one) == _HASH_LENGTH)
        if len(found) < _BATCH:
            return
        last = found[-1]


def _read_back(file: BinaryIO) -> Packed:
    """Read what was written as a restore would, and every byte once more for the file's hash."""
    archive = Archive(file)
    archive.check()
    file.seek(0)
    total, size = hashlib.sha256(), 0
    while part := file.read(1 << 20):
        total.update(part)
        size += len(part)
    return Packed(archive.manifest, size, total.hexdigest())
