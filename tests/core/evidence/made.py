"""Documents for the tests, made from the sample text in every format that is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

SAMPLE = (Path(__file__).parents[2] / "corpus/documents/sample.txt").read_text("utf-8")
LINES = SAMPLE.rstrip("\n").split("\n")


def html(lines: list[str], head: str = "") -> str:
    body = "\n".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f"<!DOCTYPE html>\n<html><head><title>{lines[0]}</title>{head}</head>\n"
        f"<body><h1>{lines[0]}</h1>\n{body}</body></html>"
    )


def docx(lines: list[str]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = lines[0]
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(content: bytes, part: str, body: bytes) -> bytes:
    """The same zip with one part replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for entry in old.namelist():
            if entry != part:
                new.writestr(entry, old.read(entry))
        new.writestr(part, body)
    return file.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def pdf(lines: list[str], *, password: str = "", pages: int = 1) -> bytes:
    """The lines as set by a printer: indented paragraphs in columns of 32 characters."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def width(text: str) -> float:
        return pdfmetrics.stringWidth(text, "STSong-Light", 12)

    file = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(file, encrypt=lock)
    for _ in range(pages):
        canvas.setFont("STSong-Light", 12)
        y = 780
        for line in lines:
            x, left = 96, line
            while left:
                room = next(n for n in range(len(left), 0, -1) if width(left[:n]) <= 456 - x)
                canvas.drawString(x, y, left[:room])
                left, x, y = left[room:], 72, y - 18
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_of_pages(pages: int) -> bytes:
    """A PDF of many empty pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842).close()
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()
