"""Intake: an office's workbook as raw cells for `ledgers.check`, and back with faults marked.

Not for judging cells (that is `ledgers`), nor for keeping files or mappings (the store).
"""

from __future__ import annotations

from jiedui.intake.annotating import annotate
from jiedui.intake.beside import SAME_LEDGER
from jiedui.intake.book import Book, Media, Sheet
from jiedui.intake.judging import Judged, judge, judge_further, problems_at_cells
from jiedui.intake.laying import lay_out, recognise
from jiedui.intake.layout import DEMONSTRATION, Column, Layout
from jiedui.intake.limits import LIMITS, Limits
from jiedui.intake.lines import lines
from jiedui.intake.opening import open_book, refuse
from jiedui.intake.pen import SheetFullError
from jiedui.intake.persons import EACH, asks_to_count, count_of
from jiedui.intake.reading import lay_out_book, read_entries, take_entries
from jiedui.intake.recognising import Recognised, recognise_book, wanted
from jiedui.intake.stripped import Stripped, read_stripped, strip
from jiedui.intake.take import Taken, Total, take
from jiedui.intake.writing import blank, write, write_into

__all__ = [
    "DEMONSTRATION",
    "EACH",
    "LIMITS",
    "SAME_LEDGER",
    "Book",
    "Column",
    "Judged",
    "Layout",
    "Limits",
    "Media",
    "Recognised",
    "Sheet",
    "SheetFullError",
    "Stripped",
    "Taken",
    "Total",
    "annotate",
    "asks_to_count",
    "blank",
    "count_of",
    "judge",
    "judge_further",
    "lay_out",
    "lay_out_book",
    "lines",
    "open_book",
    "problems_at_cells",
    "read_entries",
    "read_stripped",
    "recognise",
    "recognise_book",
    "refuse",
    "strip",
    "take",
    "take_entries",
    "wanted",
    "write",
    "write_into",
]
