"""Opening an archive that anybody may have made: nothing in it is believed before it is checked.

No name in the zip becomes a path, and no size in it is believed; a file is read as a stream.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from jiedui.site.store.archive import manifest
from jiedui.site.store.archive.faults import fault
from jiedui.site.store.archive.manifest import Manifest, Originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.site.store.archive.faults import ArchiveError
    from jiedui.site.store.archive.manifest import Member

_PREFIX = "originals/"
_ORIGINAL = re.compile(r"originals/[0-9a-f]{64}")
# Longer than any row: a document's text and its reading, or the ids that one link ended.
_LONGEST = 256 * 1024 * 1024
_LARGEST_ORIGINAL = 512 * 1024 * 1024
# What deflate makes of rows with hashes in them stays far below; what is small is no bomb.
_RATIO, _SMALL = 200, 64 * 1024 * 1024
_SIGNATURE = b"PK\x03\x04"
_BAD_ZIP = (
    BadZipFile, LargeZipFile, NotImplementedError, EOFError, OverflowError, ValueError,
    IndexError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip


class Archive:
    """An archive whose list of files and manifest have been read and fit each other.

    Raises `ArchiveError` for everything that does not.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = _directory(file)
        self._files = _files(self._zip, file)
        self.manifest = self._manifest()
        _fits(self._files, self.manifest)

    def check(self) -> None:
        """Read every byte and compare it with the manifest."""
        for member in self.manifest.tables:
            for _ in self.lines(member):
                pass
        for _ in self.originals():
            pass

    def lines(self, member: Member) -> Iterator[bytes]:
        """The rows of a table as they stand; the end is reached only when all were right."""
        total, size, count = hashlib.sha256(), 0, 0
        with self._stream(member.name) as stream:
            while line := stream.readline(_LONGEST):
                size, count = size + len(line), count + 1
                if size > member.size or not line.endswith(b"\n"):
                    raise fault("archive-changed", member.name)
                total.update(line)
                yield line
        if (size, count, total.hexdigest()) != (member.size, member.rows, member.sha256):
            raise fault("archive-changed", member.name)

    def originals(self) -> Iterator[tuple[str, bytes]]:
        """The originals with their hashes, each checked against its own."""
        found = Originals()
        for name in sorted(name for name in self._files if name.startswith(_PREFIX)):
            with self._stream(name) as stream:
                content = stream.read(_LARGEST_ORIGINAL)
            sha256 = hashlib.sha256(content).hexdigest()
            if name != _PREFIX + sha256:
                raise fault("archive-changed", name)
            found.add(sha256, len(content))
            yield sha256, content
        if found.said() != (self.manifest.originals or Originals().said()):
            raise fault("archive-changed", _PREFIX)

    @contextmanager
    def _stream(self, name: str) -> Iterator[io.BufferedReader[io.RawIOBase]]:
        with (
            _changed(name),
            self._zip.open(self._files[name]) as opened,
            # It reads as a raw file does, though it is not declared as one.
            io.BufferedReader(cast("io.RawIOBase", opened), 1 << 18) as stream,
        ):
            yield stream

    def _manifest(self) -> Manifest:
        if manifest.NAME not in self._files:
            raise fault("not-an-archive")
        with self._stream(manifest.NAME) as stream:
            content = stream.read(manifest.LIMIT)
        try:
            said = json.loads(content)
            made_for = manifest.format_of(said)
            if made_for > manifest.FORMAT:
                raise fault("archive-newer", found=str(made_for), format=manifest.FORMAT)
            return manifest.read(said)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise fault("archive-changed", manifest.NAME) from None


@contextmanager
def _changed(name: str) -> Iterator[None]:
    try:
        yield
    except _BAD_ZIP:
        raise fault("archive-changed", name) from None


def _directory(file: BinaryIO) -> ZipFile:
    file.seek(0)
    begin = file.read(len(_SIGNATURE))
    try:
        return ZipFile(file)
    except _BAD_ZIP:
        raise fault("archive-cut" if begin == _SIGNATURE else "not-an-archive") from None


def _files(archive: ZipFile, file: BinaryIO) -> dict[str, ZipInfo]:
    """The files by name, each once, none larger than its share of the archive allows."""
    length, total = file.seek(0, io.SEEK_END), 0
    found: dict[str, ZipInfo] = {}
    for one in archive.infolist():
        if one.filename in found or not _known(one.filename):
            raise fault("archive-stranger", one.filename)
        if one.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or one.flag_bits & 0x1:
            raise fault("archive-changed", one.filename)
        total += one.file_size
        if one.file_size > max(_SMALL, _RATIO * one.compress_size):
            raise _inflated(one.file_size)
        found[one.filename] = one
    # Together too: files may lie over each other in a zip.
    if total > max(_SMALL, _RATIO * length):
        raise _inflated(total)
    return found


def _inflated(size: int) -> ArchiveError:
    return fault("archive-inflated", found=f"{size >> 20} MB")


def _known(name: str) -> bool:
    if name == manifest.NAME or _ORIGINAL.fullmatch(name):
        return True
    return re.fullmatch(r"tables/[a-z0-9_]{1,63}\.jsonl", name) is not None


def _fits(files: dict[str, ZipInfo], said: Manifest) -> None:
    """Every table of the manifest is there with its size, and nothing besides."""
    for member in said.tables:
        if member.name not in files or files[member.name].file_size != member.size:
            raise fault("archive-changed", member.name)
    wanted = {manifest.NAME, *(member.name for member in said.tables)}
    for name in files.keys() - wanted:
        if not name.startswith(_PREFIX) or said.originals is None:
            raise fault("archive-stranger", name)
