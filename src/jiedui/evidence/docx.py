"""The text of a Word document, from a zip that is looked at before anything is inflated.

Not for layout, pictures, headers, footnotes or numbers that Word computes. Own walk rather than
python-docx's: that leaves out tracked insertions, text boxes and content controls without a word.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.evidence.extracted import Media, Raw
from jiedui.problems import Problem, problem, said

if TYPE_CHECKING:
    from lxml.etree import _Element

    from jiedui.evidence.limits import Limits

__all__ = ["read_docx"]

_BODY = "word/document.xml"
_CORE = "docProps/core.xml"
_MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1

# Not part of what a reader sees: removed and moved text, field codes, formatting, doubles.
_UNSEEN_NAMES = "del moveFrom delText instrText Fallback rPr pPr tblPr trPr tcPr sectPr sdtPr rt"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "\ufffd"}


@dataclass(slots=True)
class _Pages:
    """What has been walked: texts of open paragraphs, and lines, cells and rows that hold them."""

    open: list[list[str]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=lambda: [[]])
    rows: list[list[list[str]]] = field(default_factory=list)


def read_docx(content: bytes, limits: Limits) -> Raw | Problem:
    """Read paragraphs and tables in their order; a row of short cells is one line with tabs.

    Problems: `file-damaged`, `not-a-docx`, `zip-inflated`, `xml-with-dtd`, `text-too-long`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            wrong = _check(archive, len(content), limits)
            if wrong:
                return wrong
            body = _parse(archive, _BODY)
            if isinstance(body, Problem):
                return body
            text = _text(body)
            if len(text) > limits.text:
                return problem("text-too-long", limit=limits.text)
            return Raw(text, Media.DOCX, title=_title(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        return problem("file-damaged", what=said("压缩包"))


def _check(archive: zipfile.ZipFile, size: int, limits: Limits) -> Problem | None:
    """Judge the zip by its table of contents; zipfile never inflates more than that declares."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries:
        return problem("zip-inflated", what=said("{count} 个文件", count=len(entries)))
    if total > limits.inflated:
        return problem("zip-inflated", what=f"{total // _MEGABYTE} MB")
    if total > _MEGABYTE and total > size * limits.ratio:
        return problem("zip-inflated", what=said("压缩比 {ratio}", ratio=total // size))
    by_name = {entry.filename: entry for entry in entries}
    if _BODY not in by_name:
        return problem("not-a-docx", found="、".join(list(by_name)[:5]))
    if by_name[_BODY].flag_bits & _ENCRYPTED:
        return problem("file-damaged", what=said("加密的压缩包"))
    return None


def _parse(archive: zipfile.ZipFile, part: str) -> _Element | Problem:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(archive.read(part), parser)
    except etree.LxmlError:
        return problem("file-damaged", what=said("Word 文档中的 {part} ", part=part))
    if root.getroottree().docinfo.internalDTD is not None:
        return problem("xml-with-dtd", part=part)
    return root


def _title(archive: zipfile.ZipFile) -> str:
    if _CORE not in archive.namelist():
        return ""
    root = _parse(archive, _CORE)
    if isinstance(root, Problem):
        return ""
    return next((element.text or "" for element in root if _name(element) == "title"), "")


def _name(element: _Element) -> str:
    """The local name: transitional and strict documents differ in their namespaces only."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(body: _Element) -> str:
    from lxml import etree

    pages = _Pages()
    walker = etree.iterwalk(body, events=("start", "end"))
    skipped: _Element | None = None
    for event, element in walker:
        name = _name(element)
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                _leave(pages, name)
        elif not name or name in _UNSEEN or (name == "r" and _is_hidden(element)):
            walker.skip_subtree()
            skipped = element
        else:
            _enter(pages, name, element)
    return "\n".join(pages.lines[0])


def _is_hidden(run: _Element) -> bool:
    for properties in run:
        if _name(properties) == "rPr":
            return any(_name(one) == "vanish" for one in properties)
    return False


def _enter(pages: _Pages, name: str, element: _Element) -> None:
    if name == "p":
        pages.open.append([])
    elif name == "tr":
        pages.rows.append([])
    elif name == "tc":
        pages.lines.append([])
    elif pages.open and name == "t":
        pages.open[-1].append(element.text or "")
    elif pages.open and name in _SIGNS:
        pages.open[-1].append(_SIGNS[name])


def _leave(pages: _Pages, name: str) -> None:
    """Close a paragraph into its cell or body, a cell into its row, a row into its lines."""
    if name == "p" and pages.open:
        pages.lines[-1].append("".join(pages.open.pop()))
    elif name == "tc" and len(pages.lines) > 1:
        cell = pages.lines.pop()
        if pages.rows:
            pages.rows[-1].append(cell)
    elif name == "tr" and pages.rows:
        cells = pages.rows.pop()
        if all(len(cell) <= 1 for cell in cells):
            pages.lines[-1].append("\t".join(line for cell in cells for line in cell))
        else:
            pages.lines[-1].extend(line for cell in cells for line in cell)
