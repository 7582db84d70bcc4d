"""The text of a PDF that has text, its lines joined to paragraphs again.

Not for scanned pages (that is OCR) and not for tables: cells come out as lines of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiedui.evidence.extracted import Media, Raw
from jiedui.problems import Problem, listed, problem, said

if TYPE_CHECKING:
    from jiedui.evidence.limits import Limits

__all__ = ["read_pdf"]

_LATIN_END = re.compile(r"[A-Za-z0-9,.;:]$")
_LATIN_START = re.compile(r"^[A-Za-z0-9]")
_SENTENCE_END = re.compile("[。！？：；”）]$")
_RAGGED = 6  # ems by which a broken line may stay short of the margin
_LISTED_PAGES = 10
_SIGN = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    height: float


def read_pdf(content: bytes, limits: Limits) -> Raw | Problem:
    """Read the text layer of every page; paragraphs are found by indents and short lines.

    Problems: `pdf-encrypted`, `file-damaged`, `too-many-pages`, `pdf-without-text`,
    `text-too-long`; single pages without text and glyphs without a character are remarks.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error) or "ecurity" in str(error)
        return problem("pdf-encrypted") if locked else problem("file-damaged", what="PDF")
    try:
        return _read(document, limits)
    except pypdfium2.PdfiumError:
        return problem("file-damaged", what="PDF")
    finally:
        document.close()


def _read(document: Any, limits: Limits) -> Raw | Problem:
    pages = len(document)
    if pages > limits.pages:
        return problem("too-many-pages", limit=limits.pages, pages=pages)
    lines: list[str] = []
    empty: list[int] = []
    length = 0
    for number in range(pages):
        found = _paragraphs(_lines(document[number]))
        if not any(line.strip() for line in found):
            empty.append(number + 1)
            continue
        length += sum(map(len, found))
        if length > limits.text:
            return problem("text-too-long", limit=limits.text)
        lines.extend(found)
    if len(empty) == pages:
        return problem("pdf-without-text", pages=pages)
    text = "\n".join(lines)
    title = document.get_metadata_value("Title") or ""
    return Raw(text, Media.PDF, title=title, pages=pages, remarks=_remarks(text, empty))


def _remarks(text: str, empty: list[int]) -> tuple[Problem, ...]:
    remarks = []
    if empty:
        pages: str = listed(map(str, empty[:_LISTED_PAGES]))
        if len(empty) > _LISTED_PAGES:
            pages = said("{pages} 等", pages=pages)
        remarks.append(problem("pages-without-text", pages=pages))
    if _SIGN in text:
        remarks.append(problem("signs-without-text", count=text.count(_SIGN)))
    return tuple(remarks)


def _lines(page: Any) -> list[_Line]:
    """Read the lines of a page with their edges in points; no edges where counts disagree."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    text = textpage.get_text_range() if count > 0 else ""
    # pdfium marks a hyphen at a line's end with U+FFFE or U+0002, and a glyph it cannot name 0.
    text = text.replace("\ufffe", "").replace("\x02", "").replace("\x00", _SIGN)
    exact = len(text) == count
    found = []
    for match in re.finditer("[^\r\n]+", text):
        line = match[0].strip(" ")
        if not line:
            continue
        edges = (0.0, 0.0, 0.0)
        if exact:
            start = match.start() + len(match[0]) - len(match[0].lstrip(" "))
            edges = _edges(textpage, start, start + len(line) - 1)
        found.append(_Line(line, *edges))
    textpage.close()
    page.close()
    return found


def _edges(textpage: Any, first: int, last: int) -> tuple[float, float, float]:
    left, bottom, _, top = textpage.get_charbox(first, loose=True)
    _, _, right, _ = textpage.get_charbox(last, loose=True)
    return left, right, top - bottom


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Join the lines that a page's width broke: full lines whose next one is not indented."""
    margin = max((line.right for line in lines), default=0.0)
    joined: list[str] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and _continues(before, line, margin):
            joined[-1] = _join(joined[-1], line.text)
        else:
            joined.append(line.text)
        before = line
    return joined


def _continues(before: _Line, line: _Line, margin: float) -> bool:
    em = before.height
    if em <= 0 or line.text.startswith("\u3000"):
        return False
    slack = 1.5 if _SENTENCE_END.search(before.text) else _RAGGED
    full = before.right > margin - slack * em
    indented = line.left > before.left + em
    alike = abs(line.height - em) < em / 3
    return full and alike and not indented


def _join(before: str, after: str) -> str:
    blank = " " if _LATIN_END.search(before) and _LATIN_START.search(after) else ""
    return before + blank + after
