"""How fast `jiedui.restore` is: `python -m benchmarks.restore` prints a table, and checks nothing.

Clean text, annotated text and torn places, made from the article in `tests/corpus`; megabytes are
of UTF-8, seconds are of the processor. ftfy runs over the same texts, though it repairs none of
this damage.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy

from jiedui.restore import restore, simplified
from jiedui.restore.damage import corrupt
from jiedui.restore.language import model

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = Path(__file__).parent.parent / "tests/corpus/articles/visit-intact.txt"
DAMAGED = ARTICLE.with_name("visit-damaged.txt")
# Without 訓 and 數 these annotate only: nothing of the article is torn.
ANNOTATED = "學習發實經濟業協農鄉"
COPIES, ROUNDS = 400, 5


def seconds(run: Callable[[], object]) -> float:
    """Give the median processor time of some runs."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def rows() -> list[tuple[str, str]]:
    """Measure each thing once the tables are loaded; gives what and how fast."""
    clean = ARTICLE.read_text("utf-8") * COPIES
    annotated = corrupt(clean, ANNOTATED)
    megabytes = len(clean.encode()) / 1e6, len(annotated.encode()) / 1e6
    restore(annotated)
    began = time.process_time()
    model()
    found = [("model loaded", f"{time.process_time() - began:.2f} s")]
    found += [
        ("clean text", f"{megabytes[0] / seconds(lambda: restore(clean)):.0f} MB/s"),
        ("simplified view", f"{megabytes[0] / seconds(lambda: simplified(clean)):.0f} MB/s"),
    ]
    spent = seconds(lambda: restore(annotated))
    peer = seconds(lambda: ftfy.fix_text(annotated))
    found += [
        ("annotated text", f"{megabytes[1] / spent:.1f} MB/s, {peer / spent:.0f} times ftfy"),
        (
            "  with its edits",
            f"{megabytes[1] / seconds(lambda: restore(annotated).edits):.1f} MB/s",
        ),
    ]
    page = corrupt(ARTICLE.read_text("utf-8"), ANNOTATED)
    spent = seconds(lambda: [restore(page) for _ in range(COPIES)])
    found.append(("  page by page", f"{COPIES * len(page.encode()) / 1e6 / spent:.1f} MB/s"))
    misread = (clean.encode()[: 3 << 20]).decode("gb18030", "replace")
    copied = "".join(f"<p>{line}&nbsp;</p>" for line in clean.split("\n"))
    marked = clean + "２0"
    for what, text in (("UTF-8 read as GBK", misread), ("tags and entities", copied)):
        spent = seconds(partial(restore, text))
        found.append((what, f"{len(text.encode()) / 1e6 / spent:.1f} MB/s"))
    spent = seconds(lambda: restore(marked))
    found.append(("clean but for one number", f"{len(marked.encode()) / 1e6 / spent:.0f} MB/s"))
    page = DAMAGED.read_text("utf-8")
    edits = restore(page).edits
    places = sum(edit.kind == "torn" for edit in edits)
    spent = 1000 * seconds(lambda: restore(page))
    found.append((f"page of {len(edits)} edits, {places} torn", f"{spent:.0f} ms"))
    return found


if __name__ == "__main__":
    for what, measured in rows():
        sys.stdout.write(f"{what:28} {measured}\n")
