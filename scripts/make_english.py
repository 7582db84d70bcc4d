"""Make `src/jiedui/places/english.tsv`: every place down to the counties in Latin letters.

    python -m scripts.make_english

By the rules of `jiedui.places.english` over `places.tsv`, with the exceptions beside this file. Not
for use at run time, and not for towns, which have no table.
"""

from __future__ import annotations

import sys
from pathlib import Path

from jiedui.places.atlas import every
from jiedui.places.english import romanised
from jiedui.places.forms import Kind, forms
from jiedui.places.place import Level

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = Path(__file__).with_suffix(".exceptions.tsv")
TARGET = ROOT / "src/jiedui/places/english.tsv"
HEADER = """\
# Places down to the counties in Latin letters: code, Chinese name, English name.
# Made by scripts/make_english.py; do not edit by hand.
"""


def exceptions() -> dict[str, dict[str, str]]:
    """Read the exceptions: the first digits of codes, each with stems and how they are written."""
    found: dict[str, dict[str, str]] = {}
    for line in EXCEPTIONS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            digits, stem, english = line.split("\t")
            found.setdefault(digits, {})[stem] = english
    return found


def made() -> str:
    """Give the table, the same for the same sources."""
    known = exceptions()
    lines = {}
    for place in every():
        stems = known.get("", {}) | known.get(place.code[:2], {}) | known.get(place.code, {})
        if place.level is Level.PROVINCE:
            # A province stands last and without its kind: Gansu, Inner Mongolia.
            short = next(form for form, kind in forms(place) if kind is Kind.SHORT
                         and len(form) > 1 and form != "内蒙")  # fmt: skip
            english = stems.get(short) or romanised(short)
        else:
            english = romanised(place.name, stems)
        lines[place.code, place.name] = english
    return HEADER + "".join(f"{code}\t{name}\t{lines[code, name]}\n" for code, name in lines)


def main() -> int:
    """Write the table."""
    TARGET.write_text(made(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
