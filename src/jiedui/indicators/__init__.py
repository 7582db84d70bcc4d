"""Figures, declared once in their ledger's file and computed by any engine to the same number.

Not a store: a query runs over a relation that somebody else has scoped, and comes back as figures
with their definition, their date and what is missing.
"""

from __future__ import annotations

from jiedui.indicators.catalogue import Declared, IndicatorError, declared, ratios
from jiedui.indicators.figure import AsOf, Figure, cut_words, figures
from jiedui.indicators.plain import NoPlainWordsError, plain
from jiedui.indicators.quotient import Quotient, quotients
from jiedui.indicators.rounding import ratio, rounded
from jiedui.indicators.snapshot import figures_in_duckdb
from jiedui.indicators.statement import PARTS, query, statements, until

__all__ = [
    "PARTS",
    "AsOf",
    "Declared",
    "Figure",
    "IndicatorError",
    "NoPlainWordsError",
    "Quotient",
    "cut_words",
    "declared",
    "figures",
    "figures_in_duckdb",
    "plain",
    "query",
    "quotients",
    "ratio",
    "ratios",
    "rounded",
    "statements",
    "until",
]
