"""How fast `jiedui.restore` is: `python -m benchmarks restore`.

Clean text, annotated text and torn places, made from the articles in `tests/corpus`; megabytes are
of UTF-8, seconds are of the processor. ftfy runs over the same texts, though it repairs none of
this damage.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy

from benchmarks import score
from benchmarks.result import Found
from jiedui.restore import restore, search, simplified, torn
from jiedui.restore.damage import corrupt
from jiedui.restore.language import model

if TYPE_CHECKING:
    from collections.abc import Callable


ARTICLE = Path(__file__).parent.parent / "tests/corpus/articles/visit-intact.txt"
# Without 訓 and 數 these annotate only: nothing of the article is torn.
ANNOTATED = "學習發實經濟業協農鄉"
COPIES, ROUNDS = 400, 5
CLEAN, READ_OUT, PEER, MEDIAN, WORST, LOADED = 200.0, 40.0, 10.0, 15.0, 60.0, 0.3

METHOD = f"""## How restoring is measured

`.venv/bin/python -m benchmarks restore` runs this part alone. Texts are {COPIES} copies of an
article of `tests/corpus`, clean and with readings inserted; the processor time is the median of
{ROUNDS} runs on one core. The torn places are those of the articles of `../shared`, or ours where
it is absent, damaged with a long list in several orders and cut at several marks, each looked for
once.
"""


def seconds(run: Callable[[], object]) -> float:
    """Give the median processor time of some runs."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def measure() -> list[Found]:
    """Measure each thing once the tables are loaded."""
    began = time.process_time()
    model()
    loaded = time.process_time() - began
    clean = ARTICLE.read_text("utf-8") * COPIES
    annotated = corrupt(clean, ANNOTATED)
    sizes = len(clean.encode()) / 1e6, len(annotated.encode()) / 1e6
    restore(annotated)
    of_clean = sizes[0] / seconds(lambda: restore(clean))
    spent = seconds(lambda: restore(annotated))
    ratio = seconds(lambda: ftfy.fix_text(annotated)) / spent
    page = corrupt(ARTICLE.read_text("utf-8"), ANNOTATED)
    paged = COPIES * len(page.encode()) / 1e6 / seconds(lambda: list(map(restore, [page] * COPIES)))
    edited = sizes[1] / seconds(lambda: restore(annotated).edits)
    places = places_in_milliseconds()
    median, worst = statistics.median(places), max(places)
    viewed = sizes[0] / seconds(lambda: simplified(clean))
    return [
        _row("model loaded", loaded, LOADED, "s", most=True),
        _row("clean text", of_clean, CLEAN, "MB/s"),
        _row("annotated text", sizes[1] / spent, READ_OUT, "MB/s"),
        _row("annotated text against ftfy", ratio, PEER, "×"),
        _row("annotated text with its edits", edited, 0, "MB/s"),
        _row("annotated text, page by page", paged, 0, "MB/s"),
        _row(f"a torn place ({len(places)}), median", median, MEDIAN, "ms", most=True),
        _row("a torn place, worst", worst, WORST, "ms", most=True),
        _row("simplified view", viewed, 0, "MB/s"),
    ]


def _row(what: str, taken: float, promised: float, unit: str, *, most: bool = False) -> Found:
    kept = not promised or (taken <= promised if most else taken >= promised)
    said = f"{'≤' if most else '≥'} {promised:g} {unit}" if promised else ""
    shown = f"{taken:.0f}" if taken >= 20 else f"{taken:.2g}"
    return Found(f"restore: {what}", f"{shown} {unit}", said, kept=kept)


def places_in_milliseconds() -> list[float]:
    """How long each torn place takes that the damaged articles have."""
    taken: list[float] = []
    plain = search.search

    def timed(
        line: str, start: int, annotated: frozenset[str], *, ends: bool = False
    ) -> search.Found:
        began = time.process_time()
        found = plain(line, start, annotated, ends=ends)
        taken.append(1000 * (time.process_time() - began))
        return found

    vars(torn)["search"] = timed
    try:
        for page in score.pages(score.paragraphs()):
            for turn, cuts in enumerate(score.CUTS):
                shift = turn * len(score.LONG) // len(score.CUTS)
                restore(corrupt(page, score.LONG[shift:] + score.LONG[:shift], cuts))
    finally:
        vars(torn)["search"] = plain
    return taken
