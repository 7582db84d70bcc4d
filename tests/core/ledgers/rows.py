"""What the tests of rows share: an invented register, ledgers made on the spot, the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiedui import ledgers
from jiedui.ledgers.declare import Ledger
from jiedui.ledgers.words import Date, Field, Many
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parent.parent.parent / "corpus/ledgers"
ENTRIES = {
    ("pairings", "天津市—甘肃省（示例）"): 101,
    ("parties", "天津示例办公室"): 201,
    ("parties", "甘肃示例办公室"): 202,
    ("exchanges", "2024-05-22 座谈会 示例座谈会"): 301,
}
TWICE = "同名示例"


class Registers:
    """A lookup over a few invented entries, found by id or label."""

    def find(self, ledger: str, text: str, /) -> int | Problem | None:
        if text == TWICE:
            return problem("entry-ambiguous", found=text, label=ledger, choices="甲、乙")
        ids = {str(number): number for (kind, _), number in ENTRIES.items() if kind == ledger}
        return ids.get(text) or ENTRIES.get((ledger, text))


def check(ledger: Any, *rows: Any) -> Any:
    """Check raw cells over those registers; untyped, so that tests may look into any value."""
    return ledgers.check(ledger, ledgers.frame(rows), Registers())


def declare(name: str = "plans", base: type[Ledger] = Ledger, /, **body: Any) -> Any:
    """Make a ledger as the file `kinds/<name>.py` would; `body` adds to the least there can be."""
    least = {
        "__module__": f"jiedui.ledgers.kinds.{name}",
        "__doc__": "Plans: a ledger that only tests know.",
        "title": "示例台账",
        "day": Date("日期"),
        "on": "day",
        "label": ("day",),
    }
    return type(name.title(), (base,), least | body)


def corpus(ledger: str) -> dict[str, Any]:
    """The good and bad rows of a ledger."""
    found: dict[str, Any] = json.loads((CORPUS / f"{ledger}.json").read_text("utf-8"))
    return found


def cells_of(book: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """The raw cells of a case: its own over the book's, child rows repeated when it says so."""
    cells = dict(book["base"] | case["cells"])
    for name, times in case.get("repeat", {}).items():
        cells[name] = cells[name] * times
    return cells


def every_field(ledger: type[Ledger]) -> Iterator[tuple[str, Field]]:
    """Every field that a person types, with its path; child rows as `name[].child`."""
    for name, field in ledger.fields.items():
        if field.typed:
            yield name, field
            if isinstance(field, Many):
                yield from ((f"{name}[].{child}", one) for child, one in field.fields.items())
