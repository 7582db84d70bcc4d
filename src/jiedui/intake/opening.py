"""Opens a workbook, deciding by its content what it is; the name has no say.

Runs in the sandbox's child in production (`intake.child`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jiedui.intake.archive import OLE, foreign, media_type
from jiedui.intake.book import Book, Media
from jiedui.intake.delimited import read_csv
from jiedui.intake.limits import LIMITS, Limits
from jiedui.intake.ods import MEDIA, read_ods
from jiedui.intake.xls import read_xls
from jiedui.intake.xlsx import read_xlsx
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from jiedui.intake.book import Sheet

__all__ = ["open_book", "refuse"]

_MEGABYTE = 1024 * 1024


def refuse(content: bytes, limits: Limits = LIMITS) -> Problem | None:
    """What can be said of the bytes without parsing them: nothing there, or too much."""
    if not content.strip():
        return problem("file-empty")
    if len(content) > limits.content:
        size, limit = -(-len(content) // _MEGABYTE), limits.content // _MEGABYTE
        return problem("file-too-large", limit=limit, size=size)
    return None


def open_book(content: bytes, limits: Limits = LIMITS) -> Book | Problem:
    """Read a workbook whole; a file that cannot be read is a problem, never an exception.

    Those are .xlsx and .xlsm, .xls and WPS's .et, .ods, and delimited text (.csv, .tsv).
    Problems: `file-empty`, `file-too-large`, `workbook-password`, `book-unknown`, `zip-inflated`,
    `workbook-with-dtd`, `file-damaged`, `sheet-too-large`, `encoding-unknown`.
    """
    refused = refuse(content, limits) or foreign(content)
    if refused:
        return refused
    sheets: tuple[Sheet, ...] | Problem
    if content.startswith(b"PK") and media_type(content).startswith(MEDIA):
        media, sheets = Media.ODS, read_ods(content, limits)
    elif content.startswith(b"PK"):
        media, sheets = Media.XLSX, read_xlsx(content, limits)
    elif content.startswith(OLE):
        media, sheets = Media.XLS, read_xls(content, limits)
    else:
        media, one = Media.CSV, read_csv(content)
        sheets = one if isinstance(one, Problem) else (one,)
    if isinstance(sheets, Problem):
        return sheets
    return Book(sheets, media, hashlib.sha256(content).hexdigest())
