"""Looks at a zipped workbook before anything parses it: its size inflated, its parts, its XML.

Not for cells. A document type definition is refused, not ignored: no office program writes one.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.problems import Problem, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from jiedui.intake.limits import Limits

__all__ = [
    "BROKEN", "OLE", "Part", "Parts", "Refused", "foreign", "measured_parts", "media_type",
    "open_parts",
]  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)
_MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1
_PROLOG = 4096
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet of the workbook: its name, where it lies in the zip, whether it is hidden."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The worksheets in the order of the book, and whether its days are counted from 1904."""

    content: bytes
    sheets: tuple[Part, ...]
    from_1904: bool = False

    def pieces(self, part: Part, size: int) -> Iterator[bytes]:
        """The XML of a worksheet in pieces of about `size` bytes; nothing where it has none.

        Raises `Refused` with `file-damaged` or `workbook-with-dtd`.
        """
        try:
            with zipfile.ZipFile(BytesIO(self.content)) as archive, archive.open(part.path) as xml:
                if piece := _without_dtd(xml.read(size), part.path):
                    yield piece
                while piece := xml.read(size):
                    yield piece
        except KeyError:
            return
        except BROKEN:
            raise Refused(problem("file-damaged", what=said("工作簿"))) from None


def foreign(content: bytes) -> Problem | None:
    """What is wrong with bytes that are no zip and no text: a password, or another program's."""
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return problem("workbook-password")
    if content.startswith(b"%PDF-"):
        return problem("book-unknown", what="PDF")
    if content[:1024].lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return problem("book-unknown", what=said("网页或 XML"))
    return None


def media_type(content: bytes) -> bytes:
    """What a zipped document says that it is, as OpenDocument does; of others nothing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("mimetype") as part:
            return part.read(200).strip()
    except (KeyError, *BROKEN):
        return b""


def measured_parts(
    content: bytes, limits: Limits, names: Sequence[str]
) -> dict[str, bytes] | Problem:
    """Parts of a zipped document, those that it has, once the zip is known to be of a measure.

    Problems: `file-damaged`, `zip-inflated`, `workbook-password`, `workbook-with-dtd`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if refused := _measured(archive, limits):
                return refused
            there = set(archive.namelist())
            return {name: _without_dtd(archive.read(name), name) for name in names if name in there}
    except Refused as refused:
        return refused.problem
    except BROKEN:
        return problem("file-damaged", what=said("工作簿"))


def open_parts(content: bytes, limits: Limits) -> Parts | Problem:
    """Where the worksheets of an .xlsx lie, once the zip is known to be of a measure.

    Problems: `file-damaged`, `zip-inflated`, `book-unknown`, `workbook-password`,
    `workbook-with-dtd`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _measured(archive, limits) or _parts(archive, content, limits)
    except Refused as refused:
        return refused.problem
    except BROKEN:
        return problem("file-damaged", what=said("工作簿"))


class Refused(Exception):  # noqa: N818 - carries a Problem, is not an error
    """Carries the problem for which a workbook is not read out of the depths of a parser."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def _measured(archive: zipfile.ZipFile, limits: Limits) -> Problem | None:
    """Judge the zip by its table of contents; zipfile never inflates more than that declares."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        return problem("zip-inflated", what=said("{count} 个文件", count=len(entries)))
    total = sum(entry.file_size for entry in entries)
    if total > limits.inflated:
        return problem("zip-inflated", what=f"{total // _MEGABYTE} MB")
    for entry in entries:
        if entry.file_size > max(_MEGABYTE, entry.compress_size * limits.ratio):
            packed = max(entry.compress_size, 1)
            return problem(
                "zip-inflated", what=said("压缩比 {ratio}", ratio=entry.file_size // packed)
            )
        if entry.flag_bits & _ENCRYPTED:
            return problem("workbook-password")
    return None


def _parts(archive: zipfile.ZipFile, content: bytes, limits: Limits) -> Parts | Problem:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        return problem("book-unknown", what=_other(names))
    book = _xml(archive, "xl/workbook.xml")
    targets = {
        one.get("Id", ""): (one.get("Type", ""), one.get("Target", ""))
        for one in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    for name in names:
        if name.endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                _without_dtd(part.read(_PROLOG), name)
    if _STRINGS in names:
        archive.read(_STRINGS)  # a part that is larger than it says is found here, not later
    sheets: list[Part] = []
    counts = (one.get("date1904", "") for one in _named(book, "workbookPr"))
    from_1904 = any(one in {"1", "true", "on"} for one in counts)
    for one in _named(book, "sheet"):
        rel = next((value for key, value in one.items() if key.endswith("}id")), "")
        sort, target = targets.get(str(rel), ("", ""))
        if not sort.endswith("/worksheet"):
            continue
        path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        hidden = one.get("state") not in {None, "visible"}
        sheets.append(Part(str(one.get("name", "")), path, hidden))
    if len(sheets) > limits.sheets:
        return problem("zip-inflated", what=said("{count} 张工作表", count=len(sheets)))
    return Parts(content, tuple(sheets), from_1904)


def _other(names: set[str]) -> str:
    if "word/document.xml" in names:
        return said("Word 文档")
    if "xl/workbook.bin" in names:
        return said("二进制工作簿（.xlsb）")
    return said("OpenDocument 文字文档（如 .odt）") if "mimetype" in names else said("压缩包")


def _without_dtd(xml: bytes, part: str) -> bytes:
    """The same bytes, once their prolog is known to declare nothing.

    A definition can only stand before the root; XML in another encoding could hide one.
    """
    if xml[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in xml[:4]:
        raise Refused(problem("workbook-with-dtd", part=part))
    prolog = xml[:_PROLOG]
    position = 0
    while (position := prolog.find(b"<", position)) >= 0:
        if prolog.startswith(b"<?", position):
            position = prolog.find(b"?>", position)
        elif prolog.startswith(b"<!--", position):
            position = prolog.find(b"-->", position)
        else:
            break
        if position < 0:
            break
        position += 1
    if position < 0 or prolog.startswith(b"<!", position):
        raise Refused(problem("workbook-with-dtd", part=part))
    return xml


def _xml(archive: zipfile.ZipFile, part: str) -> _Element:
    from lxml import etree

    try:
        content = _without_dtd(archive.read(part), part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(content, parser)
    except (KeyError, etree.LxmlError):
        raise Refused(problem("file-damaged", what=said("工作簿中的 {part} ", part=part))) from None


def _named(root: _Element, name: str) -> list[_Element]:
    """Elements of a local name: transitional and strict workbooks differ in namespaces only."""
    return list(root.iter("{*}" + name))
