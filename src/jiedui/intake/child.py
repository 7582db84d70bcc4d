"""The inside of the sandbox for workbooks: bytes on stdin, cells as Arrow on stdout.

Not for calling: `jiedui.site.sandbox_books` starts it, in a process of its own. It ties its own
hands (`tied`) before it looks at a byte.
"""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from jiedui.intake.annotating import annotate
from jiedui.intake.archive import OLE
from jiedui.intake.book import Book, Media, Merged, Sheet
from jiedui.intake.ods import MEDIA
from jiedui.intake.opening import open_book
from jiedui.problems import Cell, Problem, Whole, packed, unpacked
from jiedui.tied import answer_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

__all__ = [
    "ANNOTATE", "READ", "asked", "book_from_wire", "bytes_from_wire", "prepare",
    "problem_from_wire", "problem_to_wire", "to_wire",
]  # fmt: skip

READ = "read"
ANNOTATE = "annotate"


def to_wire(found: Book | bytes | Problem) -> bytes:
    """A line of JSON, then the sheets' cells as Arrow streams, or the bytes of a workbook."""
    if isinstance(found, bytes):
        return _line({}) + found
    if isinstance(found, Problem):
        return _line({"problem": problem_to_wire(found)})
    streams = [_stream(sheet.cells) for sheet in found.sheets]
    sheets = [
        {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "hidden_rows": sheet.hidden_rows,
            "merged": [[one.top, one.left, one.bottom, one.right] for one in sheet.merged],
            "faults": [problem_to_wire(one) for one in sheet.faults],
            "epoch": sheet.epoch.isoformat(),
            "size": len(stream),
        }
        for sheet, stream in zip(found.sheets, streams, strict=True)
    ]
    head = {"media": found.media, "digest": found.digest, "sheets": sheets}
    return b"".join([_line(head), *streams])


def book_from_wire(answer: bytes) -> Book | Problem:
    """Read what `to_wire` wrote of a book; raises ValueError, KeyError or TypeError else."""
    head, at = _head(answer)
    if "problem" in head:
        return problem_from_wire(head["problem"])
    sheets = []
    for one in head["sheets"]:
        cells = _cells(answer[at : at + one["size"]])
        at += one["size"]
        sheets.append(
            Sheet(
                one["name"],
                cells,
                one["hidden"],
                tuple(one["hidden_rows"]),
                tuple(Merged(*corners) for corners in one["merged"]),
                tuple(problem_from_wire(fault) for fault in one["faults"]),
                date.fromisoformat(one["epoch"]),
            )
        )
    return Book(tuple(sheets), Media(head["media"]), head["digest"])


def bytes_from_wire(answer: bytes) -> bytes | Problem:
    """Read what `to_wire` wrote of a workbook's bytes."""
    head, at = _head(answer)
    return problem_from_wire(head["problem"]) if "problem" in head else answer[at:]


def asked(content: bytes, problems: Sequence[Problem], *, demonstration: bool = False) -> bytes:
    """What the child is asked with, to annotate a workbook."""
    told = [problem_to_wire(one) for one in problems]
    return _line({"problems": told, "demonstration": demonstration}) + content


def _line(head: object) -> bytes:
    return json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _head(answer: bytes) -> tuple[dict[str, Any], int]:
    at = answer.index(b"\n") + 1
    head: dict[str, Any] = json.loads(answer[:at].decode("utf-8", "surrogatepass"))
    return head, at


def _stream(cells: pl.DataFrame) -> bytes:
    # Packed they are a tenth, and sooner here and there; what they unpack to was within the memory
    # that this process may have.
    written = BytesIO()
    if cells.width:
        cells.write_ipc_stream(written, compression="zstd")
    return written.getvalue()


def _cells(stream: bytes) -> pl.DataFrame:
    import polars as pl

    return pl.read_ipc_stream(BytesIO(stream)) if stream else pl.DataFrame()


def problem_to_wire(found: Problem) -> dict[str, Any]:
    """A problem of a workbook as plain JSON; its place is a cell, or the whole."""
    at = found.at
    place = [at.sheet, at.column, at.row] if isinstance(at, Cell) else None
    return {"at": place, **packed(found)}


def problem_from_wire(found: dict[str, Any]) -> Problem:
    """Read what `problem_to_wire` wrote."""
    at = Cell(*found["at"]) if found["at"] else Whole()
    return unpacked(found, at)


def prepare() -> None:
    """Import what children need, before they are forked.

    Nothing may be read here: the threads that Polars starts at its first work do not live through
    a fork.
    """
    for library in ("fastexcel", "lxml.etree", "polars", "xlrd"):
        import_module(library)


def _load(_content: bytes, action: str) -> None:
    """Use once what reading needs, because afterwards no file can be opened."""
    for codec in (
        "gb18030",
        "gbk",
        "utf-16",
        "utf-16-le",
        "utf-8-sig",
        "cp437",
        "cp1252",
        "latin-1",
    ):
        "".encode(codec)
    if action == ANNOTATE:
        annotate("甲,乙\n".encode(), [])
        return
    open_book(OLE + bytes(512))  # a book of that sort is no longer than one that is none
    for content in ("甲,乙\n".encode(), _zipped(_PARTS), _zipped(_DOCUMENT)):
        book = open_book(content)
        assert isinstance(book, Book)
        book_from_wire(to_wire(book))


def _zipped(parts: Mapping[str, str]) -> bytes:
    """A workbook of a cell or two, with more decimals than the reader prints."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return written.getvalue()


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
    f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_REL}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
    f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData><row r="1">'
    '<c r="A1"><v>0.12345678901</v></c><c r="B1" t="inlineStr"><is><t>a</t></is></c></row>'
    "</sheetData></worksheet>",
}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_DOCUMENT = {
    "mimetype": MEDIA.decode(),
    "content.xml": f'<o:document xmlns:o="{_OASIS}:office:1.0" xmlns:t="{_OASIS}:table:1.0">'
    '<t:table t:name="a"><t:table-row><t:table-cell o:value-type="float" o:value="0.5"/>'
    "</t:table-row></t:table></o:document>",
}


def _answer(content: bytes, action: str) -> bytes:
    if action != ANNOTATE:
        return to_wire(open_book(content))
    at = content.index(b"\n") + 1
    said = json.loads(content[:at])
    problems = [problem_from_wire(one) for one in said["problems"]]
    return to_wire(annotate(content[at:], problems, demonstration=said["demonstration"]))


def main() -> None:
    """Answer one workbook, as it is asked (`READ`, `ANNOTATE`)."""
    answer_once(_load, _answer)


if __name__ == "__main__":
    main()
