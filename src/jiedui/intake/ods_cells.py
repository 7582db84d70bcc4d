"""What a cell of an OpenDocument spreadsheet holds, as text in the words of `xlsx`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.intake.exact import shortest

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["OFFICE", "text_of"]

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TIME = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def text_of(cell: _Element) -> str:
    """What a cell holds: its value where it has one, else its paragraphs, a line each."""
    sort = cell.get(f"{OFFICE}value-type")
    if sort in {"float", "percentage", "currency"}:
        return shortest(float(cell.get(f"{OFFICE}value", "0")))
    if sort == "date":
        day = cell.get(f"{OFFICE}date-value", "").replace("T", " ")
        return day.partition(".")[0].removesuffix(" 00:00:00")
    if sort == "time":
        return _time(cell.get(f"{OFFICE}time-value", ""))
    if sort == "boolean":
        return cell.get(f"{OFFICE}boolean-value", "")
    return "\n".join(_words(one) for one in cell if one.tag == f"{_TEXT}p")


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _words(one: _Element) -> str:
    """The words of a paragraph, with the spaces that the format writes as elements."""
    found = [one.text or ""]
    for inner in one:
        if inner.tag == f"{_TEXT}s":
            found.append(" " * min(int(inner.get(f"{_TEXT}c", "1")), 1_000))
        elif inner.tag == f"{_TEXT}tab":
            found.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            found.append("\n")
        elif inner.tag in {f"{_TEXT}span", f"{_TEXT}a"}:
            found.append(_words(inner))
        found.append(inner.tail or "")
    return "".join(found)
