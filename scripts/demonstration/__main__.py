"""Make the demonstration's `year/` of the county pairings, and its `samples/` to hand in.

    python -m scripts.demonstration            # writes the files anew
    python -m scripts.demonstration --check    # says whether they are as this makes them

Who is paired with whom is in `pairs.tsv` with its sources; all else is invented, sized like what
is published of a year: money, projects, postings and visits of a county. The result depends on
nothing but what stands in this folder.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path

from scripts.demonstration import deals, files, money, people, relief, society, work, works
from scripts.demonstration.words import DEMONSTRATION, Pair, draw

PAIRS = Path(__file__).with_name("pairs.tsv")
TARGET = Path(__file__).resolve().parents[2] / "src/jiedui/site/demonstration"
PARTIES = ("full_name", "short_name", "sort", "place")
PAIRINGS = ("called", "programme", "sort", "east", "west", "since", "origin")
AGREEMENTS = ("called", "pairing", "of_year", "signed", "targets")


def pairs() -> list[Pair]:
    """Read the table of pairs."""
    lines = [one for one in PAIRS.read_text("utf-8").splitlines() if not one.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    return [Pair(number, **row) for number, row in enumerate(rows)]


def parties(found: list[Pair]) -> list[dict[str, str]]:
    """Give the offices of both sides, each once; a zone is a party of its own."""
    offices: dict[str, dict[str, str]] = {}
    for one in found:
        for name, place, short in (
            (one.east_office, one.east, one.district),
            (one.west_office, one.west, one.county),
        ):
            sort = "zone" if "保税区" in name else "government"
            row = {"full_name": name, "short_name": short, "sort": sort, "place": place}
            offices.setdefault(name, row)
    return list(offices.values())


def pairings(found: list[Pair]) -> list[dict[str, str]]:
    """Give the pairings with where they are from and what is doubtful."""
    return [
        {
            "called": one.called,
            "programme": "east-west",
            "sort": "county",
            "east": one.east_office,
            "west": one.west_office,
            "since": "2021-01-01",
            "origin": f"公开报道（{one.checked}年）{one.source}"
            + (f"；{one.doubt}，之后可能有变" if one.doubt else "")
            + "；起始日期为演示所设",
        }
        for one in found
    ]


def agreements(found: list[Pair]) -> list[dict[str, str]]:
    """Give each pairing's promises of the year."""
    made = []
    for one in found:
        promised = {
            "F01": money.promised(one) * 1_000_000,
            "T01": 4,
            "T02N": max(24, people.professionals(one)) + draw(one, "T02N", 0, 3),
            "H02": people.TRIPS - draw(one, "H02", 0, 4),
            "H02P": 12 * people.TRIPS,
            "H03": people.MEETINGS,
            "K01": 7,
            "K02": 120_000 * 1_000_000,
            "P01": 18 + draw(one, "P01", 0, 3),
            "T04": 380,
            "I01": 5,
            "I02": 7_000 * 1_000_000,
            "J00": 2_600 + 100 * draw(one, "J00", 0, 5),
            "C01": 17_000 * 1_000_000,
            "D01": 100 * 1_000_000,
        }
        targets = ", ".join(
            f'{{"indicator": "{code}", "amount": "{amount}", "basis": "演示"}}'
            for code, amount in promised.items()
        )
        made.append(
            {
                "called": f"2024年度{one.district}—{one.short}协作协议{DEMONSTRATION}",
                "pairing": one.called,
                "of_year": "2024",
                "signed": f"2024-01-{draw(one, 'signed', 15, 31):02}",
                "targets": f"[{targets}]",
            }
        )
    return made


def tabbed(names: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    """Write rows as tab-separated values."""
    return "".join("\t".join(row) + "\n" for row in [names, *[[r[n] for n in names] for r in rows]])


def workbook(rows: list[dict[str, str]]) -> str:
    """Write rows as an office's csv, with its headings."""
    written = io.StringIO(newline="")
    pen = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    pen.writeheader()
    pen.writerows(rows)
    return written.getvalue()


def made() -> dict[str, bytes]:
    """Give every file by its path below the demonstration."""
    found = pairs()
    funds = money.rows(found)
    built = works.works(found, funds)
    year = {
        "parties.tsv": tabbed(PARTIES, parties(found)),
        "pairings.tsv": tabbed(PAIRINGS, pairings(found)),
        "agreements.tsv": tabbed(AGREEMENTS, agreements(found)),
        "funds.csv": workbook(funds),
        "talent.csv": workbook(people.talent(found)),
        "exchanges.csv": workbook(people.exchanges(found)),
        "deals.csv": workbook(deals.rows(found)),
        "relief.tsv": tabbed(relief.COLUMNS, relief.rows(found)),
        "team.csv": workbook(people.team(found)),
        "projects.csv": workbook(works.projects(built)),
        "assets.csv": workbook(works.assets(built)),
        "villages.csv": workbook(works.villages(found)),
        "twinnings.csv": workbook(society.twinnings(found)),
        "sales.csv": workbook(society.sales(found)),
        "donations.csv": workbook(society.donations(found)),
        "trainings.csv": workbook(work.trainings(found)),
        "enterprises.csv": workbook(work.enterprises(found)),
        "parks.csv": workbook(work.parks(found)),
        "workshops.csv": workbook(work.workshops(found)),
        "labour.csv": workbook(work.labour(found)),
    }
    samples = {f"samples/{name}": content for name, content in files.made().items()}
    return {f"year/{name}": text.encode() for name, text in year.items()} | samples


def same(one: bytes, other: bytes) -> bool:
    """Say whether files are the same; packed ones when their parts are, however tightly packed."""
    return one == other or _parts(one) == _parts(other) != {}


def _parts(content: bytes) -> dict[str, bytes]:
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main() -> None:
    """Write the files, or say which differ."""
    found = made()
    if "--check" in sys.argv:
        differ = [
            name
            for name, content in found.items()
            if not (TARGET / name).is_file() or not same((TARGET / name).read_bytes(), content)
        ]
        if differ:
            sys.exit(f"not as made: {', '.join(differ)}; run python -m scripts.demonstration")
        return
    for name, content in found.items():
        (TARGET / name).parent.mkdir(exist_ok=True)
        (TARGET / name).write_bytes(content)
        print(f"{name}: {content.count(10)} lines, {len(content)} bytes")


if __name__ == "__main__":
    main()
