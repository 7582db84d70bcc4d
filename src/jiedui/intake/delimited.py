"""The one sheet of a .csv: which encoding, which delimiter, and the cells as they stand.

Not for what our own export adds to a cell: `take` takes that away, once it knows the file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice, zip_longest

from jiedui.intake.book import Sheet, letters
from jiedui.intake.layout import QUOTED_ID
from jiedui.problems import Problem, problem, said

__all__ = ["NAME", "read_csv", "rows_of"]

NAME = "csv"
_DELIMITERS = ",;\t"
_LOOKED_AT = 30
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What a text file has no reason to hold; enough of it, and the file is something else.
_BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def read_csv(content: bytes) -> Sheet | Problem:
    """The sheet; problems: `encoding-unknown`, `book-unknown`, `file-damaged`."""
    import polars as pl

    rows = rows_of(content)
    if isinstance(rows, Problem):
        return rows
    columns = list(zip_longest(*rows))
    cells = {
        letters(i): pl.Series([cell or None for cell in column], dtype=pl.String)
        for i, column in enumerate(columns, 1)
    }
    return Sheet(NAME, pl.DataFrame(cells))


def rows_of(content: bytes) -> list[list[str]] | Problem:
    """The rows of a delimited text, each as long as it was written."""
    if content[:2] not in _BOMS and content[:65536].translate(None, _BINARY) != content[:65536]:
        return problem("book-unknown", what=said("无法辨认的文件"))
    text = _decoded(content)
    if isinstance(text, Problem):
        return text
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        return list(lines)
    except csv.Error:
        return problem("file-damaged", what="CSV ")


def _decoded(content: bytes) -> str | Problem:
    """UTF-8 with or without a mark, UTF-16 with one, else GB18030, which holds GBK and GB2312."""
    encoding = _BOMS.get(content[:2])
    try:
        return content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as failed:
        offset = failed.start
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as failed:
        return problem("encoding-unknown", offset=max(offset, failed.start))


def _delimiter(text: str) -> str:
    """The delimiter under which most rows have the same number of cells, and more than one.

    Our own csv says it: it stands behind the first heading, whatever else the cells hold.
    """
    if text.startswith(QUOTED_ID) and (said := text[len(QUOTED_ID) :][:1]) in tuple(_DELIMITERS):
        return said

    def score(delimiter: str) -> int:
        lines = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(lines, _LOOKED_AT) if row)
        except csv.Error:
            return 0
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=score)
