"""The child process that reads workbooks: it finds what the room finds, tied and in time."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import pytest
from polars.testing import assert_frame_equal

from jiedui import intake
from jiedui.problems import Cell, Problem, problem
from jiedui.site.sandbox_books import BOOKS, annotate_apart, open_book_apart
from tests.core.intake import made

ROWS = [made.HEADINGS, made.ROW, ["=1+1", None, None, "#DIV/0!"]]
BOOK = made.by_openpyxl(ROWS, [], titles=("资金", "藏"))
CSV = "文号,金额（万元）\n甲1号,12.5\n".encode("gb18030")


FORMATS = made.CORPUS / "formats"
XLS, ODS = ((FORMATS / f"funds.{name}").read_bytes() for name in ("xls", "ods"))


@pytest.mark.parametrize("content", [BOOK, CSV, XLS, ODS], ids=["xlsx", "csv", "xls", "ods"])
def test_the_child_finds_what_the_room_finds(content):
    apart, here = open_book_apart(content), intake.open_book(content)
    assert isinstance(apart, intake.Book)
    assert isinstance(here, intake.Book)
    assert (apart.digest, apart.media) == (here.digest, here.media)
    for one, other in zip(apart.sheets, here.sheets, strict=True):
        assert_frame_equal(one.cells, other.cells)
        assert replace(one, cells=other.cells) == replace(other, cells=other.cells)


def test_a_refusal_comes_through():
    found = open_book_apart(made.rewritten(BOOK, "xl/workbook.xml", lambda _: b"<!DOCTYPE a><a/>"))
    assert isinstance(found, Problem)
    assert found.code == "workbook-with-dtd"


def test_a_workbook_is_annotated_apart():
    faults = [problem("required", Cell("资金", "B", 3), label="资金性质")]
    found = annotate_apart(BOOK, faults)
    assert isinstance(found, bytes)
    assert "问题清单" in [sheet.name for sheet in made.book_of(found).sheets]


def test_a_file_over_the_limit_starts_no_child(monkeypatch):
    monkeypatch.setattr("jiedui.site.sandbox.subprocess.Popen", None)
    found = open_book_apart(b"x" * (300 << 20))
    assert isinstance(found, Problem)
    assert found.code == "file-too-large"


def test_a_child_is_there_soon():
    begun = time.perf_counter()
    open_book_apart(CSV)
    assert time.perf_counter() - begun < 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_a_child_without_memory_is_a_problem():
    found = open_book_apart(BOOK, replace(BOOKS, memory=200 << 20))
    assert isinstance(found, Problem)
    assert found.code == "parser-stopped"


def test_a_child_that_answers_nonsense_is_a_problem():
    found = open_book_apart(BOOK, replace(BOOKS, module="this"))
    assert isinstance(found, Problem)
    assert found.code == "parser-stopped"
