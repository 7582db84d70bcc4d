"""How well `jiedui.restore` undoes made damage: `make score` prints the tables.

Pages of text that the model was not made from are converted to traditional script, damaged by the
model of the damage with lists of several lengths, in any order, cut at several marks, and restored
as whole pages. A line is exact when every character of it is; it is answered when nothing torn in
it is only marked. “Always” takes the first candidate of every mark.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from jiedui.restore import gbk, restore
from jiedui.restore.damage import corrupt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.restore import Edit

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared/corpus/articles"
OWN = ROOT / "tests/corpus/articles"
SHORT = "發協業區續鄉醫聯關網務領"
SEED = (
    "訓數驅點團協學習發實經濟關進強責堅鄉質當礎續產業農"
    "態環優醫項聯機準獻節補創領現戰設運災區隊務轉鎮術護導"
)
LONG = SEED + "國會動長開報書測來過門個時網東車風馬見問間題對應結構組織線體變權"
LISTS = {"short": SHORT, "seed-like": SEED, "long": LONG}
CUTS: tuple[tuple[str, ...], ...] = ((), ("，",), ("，", "！"), ("。",), ("！",))
LINES = 40
STEPS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(slots=True)
class Score:
    """Counts of lines, and of the places of lines with one: confidence and whether it was right."""

    annotated: Counter[str] = field(default_factory=Counter)
    torn: Counter[str] = field(default_factory=Counter)
    places: list[tuple[float, bool]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def paragraphs() -> list[str]:
    """The text to damage, a paragraph a line: `JIEDUI_SCORE_TEXT`, the shared articles, or ours."""
    named = os.environ.get("JIEDUI_SCORE_TEXT")
    folder = SHARED if SHARED.exists() else OWN
    paths = [Path(named)] if named else sorted(folder.glob("*.txt"))
    lines = [
        line.strip()
        for path in paths
        if "damaged" not in path.name
        for line in path.read_text("utf-8").split("\n")
    ]
    return [line for line in dict.fromkeys(lines) if len(line) > 1]


def pages(lines: list[str]) -> Iterator[str]:
    """Pages in traditional script, of nothing that GBK lacks."""
    traditional = opencc.OpenCC("s2t")
    for start in range(0, len(lines), LINES):
        text = traditional.convert("\n".join(lines[start : start + LINES]))
        yield "\n".join(
            line for line in text.split("\n") if all(one.isascii() or gbk.pair(one) for one in line)
        )


def score(text: str, annotated: str, cuts: tuple[str, ...], told: Score) -> None:
    """Damage and restore a page, and count its lines."""
    damaged = corrupt(text, annotated, cuts)
    began = time.process_time()
    restored = restore(damaged)
    spent = time.process_time() - began
    edits: dict[int, list[Edit]] = {}
    for edit in restored.edits:
        if edit.kind != "number":
            edits.setdefault(restored.text.count("\n", 0, edit.at_start), []).append(edit)
    starts = [0]
    for line in restored.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    intact = gbk.narrow(text).split("\n")
    places = 0
    for number, line in enumerate(damaged.split("\n")):
        if line == intact[number]:
            continue
        found = restored.text[starts[number] : starts[number + 1] - 1]
        torn = [edit for edit in edits.get(number, ()) if edit.kind == "torn"]
        places += len(torn)
        always = _always(found, torn, starts[number])
        _count(told, intact[number], found, always, torn)
    if places:
        told.seconds.append(spent / places)


def _always(found: str, torn: list[Edit], start: int) -> str:
    """The line with the first candidate of every mark."""
    for edit in reversed(torn):
        if edit.candidates:
            first, last = edit.at_start - start, edit.at_end - start
            found = found[:first] + edit.candidates[0] + found[last:]
    return found


def _count(told: Score, intact: str, found: str, always: str, torn: list[Edit]) -> None:
    # A line without a mark that is not exact was torn without our seeing it.
    if not torn and found == intact:
        told.annotated["exact"] += 1
        return
    told.torn["lines"] += 1
    told.torn["always"] += always == intact
    answered = all(edit.sure for edit in torn)
    told.torn["answered"] += answered
    told.torn["exact"] += answered and found == intact
    if len(torn) == 1 and (torn[0].sure or torn[0].candidates):
        told.places.append((torn[0].confidence, always == intact))


def main() -> None:
    """Print a row for each list and cut, then how well the confidence is calibrated."""
    draw = random.Random(20241121)
    lines = paragraphs()
    most = int(os.environ.get("JIEDUI_SCORE_LINES", "1200"))
    if len(lines) > most:
        lines = draw.sample(lines, most)
    whole = Score()
    told = sys.stdout.write
    told(f"{'list':10} {'cuts':6} {'annotated only':>15} {'torn lines':>10} {'always':>7} ")
    told(f"{'answered':>9} {'of these exact':>15}\n")
    for name, characters in LISTS.items():
        for cuts in CUTS:
            part = Score()
            for page in pages(lines):
                order = "".join(draw.sample(characters, len(characters)))
                score(page, order, cuts, part)
            told(_row(name, "".join(cuts) or "none", part))
            _add(whole, part)
    told(_row("all", "", whole))
    told(_calibration(whole))


def _add(whole: Score, part: Score) -> None:
    whole.annotated.update(part.annotated)
    whole.torn.update(part.torn)
    whole.places += part.places
    whole.seconds += part.seconds


def _row(name: str, cuts: str, of: Score) -> str:
    torn = of.torn
    lines, answered = torn["lines"] or 1, torn["answered"] or 1
    spent = 1000 * statistics.median(of.seconds or [0.0])
    return (
        f"{name:10} {cuts:6} {of.annotated['exact']:>15} {torn['lines']:>10} "
        f"{torn['always'] / lines:>7.1%} {torn['answered'] / lines:>9.1%} "
        f"{torn['exact'] / answered:>15.1%}   {spent:.0f} ms a place (median)\n"
    )


def _calibration(of: Score) -> str:
    text = "confidence      places   right\n"
    low = 0.0
    for high in STEPS:
        found = [right for chance, right in of.places if low <= chance < high]
        if found:
            text += (
                f"{low:.2f} - {min(high, 1):.2f} {len(found):>10} {sum(found) / len(found):>7.1%}\n"
            )
        low = high
    return text


if __name__ == "__main__":
    main()
