"""PDFs with text give paragraphs; those without, locked, huge or broken say so."""

from __future__ import annotations

import io

import pytest

from jiedui.evidence import Extracted, extract
from jiedui.evidence.pdf import _Line, _paragraphs
from jiedui.problems import Problem
from tests.core.evidence import made
from tests.core.evidence.made import LINES


def refused(content: bytes) -> Problem:
    found = extract(content)
    assert isinstance(found, Problem), found
    return found


def test_lines_broken_by_the_page_are_joined_and_paragraphs_kept():
    found = extract(made.pdf(LINES * 2))
    assert isinstance(found, Extracted)
    assert found.text.split("\n") == LINES * 2


def test_latin_words_do_not_run_together_where_a_line_was_broken():
    lines = [("参观 Sample Training", 96, 456), ("Centre 并座谈交流对接", 72, 456), ("。", 72, 84)]
    assert _paragraphs([_Line(text, left, right, 12) for text, left, right in lines]) == [
        "参观 Sample Training Centre 并座谈交流对接。"
    ]


def test_a_pdf_without_text():
    found = refused(made.pdf_of_pages(2))
    assert found.code == "pdf-without-text"
    assert "2 页" in found.hint


def test_a_page_without_text_among_others_is_remarked():
    import pypdfium2

    document = pypdfium2.PdfDocument(made.pdf(LINES))
    document.new_page(595, 842).close()
    file = io.BytesIO()
    document.save(file)
    document.close()
    found = extract(file.getvalue())
    assert isinstance(found, Extracted)
    assert [remark.code for remark in found.remarks] == ["pages-without-text"]
    assert "第 2 页" in found.remarks[0].hint


def test_an_encrypted_pdf():
    assert refused(made.pdf(LINES, password="甲乙")).code == "pdf-encrypted"


def test_a_pdf_of_10000_pages():
    found = refused(made.pdf_of_pages(10_000))
    assert found.code == "too-many-pages"
    assert "10000" in found.hint


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 999])
def test_a_broken_pdf(content):
    assert refused(content).code == "file-damaged"
