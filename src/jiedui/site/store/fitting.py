"""Whether the rows of a workbook fit the book: what the values alone cannot tell, many at once.

The rules are those of `judging`, which asks them of one entry inside the lock.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from jiedui.access import No, Verb, Viewer
from jiedui.ledgers.words import Many
from jiedui.problems import Field, Problem, problem, said
from jiedui.site.store import columnar, reading, rows, select
from jiedui.site.store.entries import entry_id, key
from jiedui.site.store.judging import may_write, term_of
from jiedui.site.store.staged import DOES, ROW, WRITTEN, Does

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field as Declared

# A reference where it stands alone, or in child rows as JSON.
REFERENCE = r'(?:^|"vault":")([0-9a-f]{32})(?:$|")'

__all__ = ["faults", "refused"]

_CHUNK = 500


def faults(viewer: Viewer, judged: Judged, brought: pl.DataFrame) -> list[Problem]:
    """What keeps rows without a fault of their own from the book, each at its field and entry.

    `brought` is what was checked, as stored columns.
    """
    import polars as pl

    ledger = judged.taken.ledger
    good = brought.select(_asked(ledger)).with_row_index("n")
    if len(judged.good) < good.height:
        good = good[list(judged.good)]
    found = [*_marks(ledger, good, judged.taken.ids), *_others(ledger, viewer, judged)]
    if ledger.shared:
        registers = brought.with_row_index("n")[list(judged.good)]
        found += _registered(ledger, viewer, registers, judged.taken.ids)
    if "pairing" in ledger.fields and ledger.on:
        terms = good.select("n", "pairing", pl.col(ledger.on).alias("day"))
        found += _out_of_term(ledger, viewer, terms)
    return found


def _asked(ledger: type[Ledger]) -> list[str]:
    """The stored columns that `faults` looks at."""
    marked = [_marked(name, f) for name, f in ledger.fields.items() if _may_mark(f)]
    return marked + [name for name in ("pairing", ledger.on) if name in ledger.fields]


def _may_mark(field: Declared) -> bool:
    return bool(field.person) or isinstance(field, Many)


def _marked(name: str, field: Declared) -> str:
    return f"{name}_vault" if field.person else name


def _marks(
    ledger: type[Ledger], good: pl.DataFrame, ids: Sequence[str | None]
) -> Iterator[Problem]:
    """Marks that stand for protected names which the entry of that row does not hold."""
    for name, field in ledger.fields.items():
        if not _may_mark(field):
            continue
        column = _marked(name, field)
        marked = good.filter(good[column].str.contains(REFERENCE))
        for n, text in marked.select("n", column).iter_rows():
            if not set(re.findall(REFERENCE, text)) <= _held(ledger, ids[n]):
                yield problem("no-such-entry", Field(name, n), label=field.label)


def _others(ledger: type[Ledger], viewer: Viewer, judged: Judged) -> Iterator[Problem]:
    """Rows that bear the id of an entry which stands and is another office's: not to be written.

    An id that does not stand any more, its entry undone or withdrawn, is no such row.
    """
    by_id = {number: n for n in judged.good if (number := entry_id(judged.taken.ids[n] or ""))}
    numbers = list(by_id)
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        condition = select.Where()
        marks = ", ".join(["%s"] * len(part))
        condition.add(f'"ended" IS NULL AND "entry" IN ({marks})', *part)
        condition.add('"owner" IS NULL OR "owner" <> %s', viewer.office)
        for number in columnar.standing(ledger, condition)["entry"]:
            yield problem("entry-of-another", Field(ledger.identity[0], by_id[number]))


def _registered(
    ledger: type[Ledger], viewer: Viewer, good: pl.DataFrame, ids: Sequence[str | None]
) -> Iterator[Problem]:
    """Rows that another office has in a register that all share, where they would stand twice.

    A row that bears the very id of such an entry is told by `_others`.
    """
    by_identity: dict[bytes, list[int]] = {}
    for n, identity in zip(good["n"], columnar.identities(ledger, good), strict=True):
        by_identity.setdefault(identity, []).append(n)
    hashes = list(by_identity)
    for start in range(0, len(hashes), _CHUNK):
        part = hashes[start : start + _CHUNK]
        condition = select.Where()
        marks = ", ".join(["%s"] * len(part))
        condition.add(f'"ended" IS NULL AND "identity" IN ({marks})', *part)
        condition.add('"owner" IS NULL OR "owner" <> %s', viewer.office)
        stand = columnar.standing(ledger, condition).select("entry", "identity")
        for entry, identity in stand.iter_rows():
            for n in by_identity[bytes(identity)]:
                if entry_id(ids[n] or "") == entry:
                    continue
                place = Field(ledger.identity[0], n)
                yield problem("registered-already", place, found=key(entry), entry=key(entry))


def _held(ledger: type[Ledger], bears: str | None) -> set[str]:
    """The references of protected names that an entry holds."""
    number = entry_id(bears or "")
    stands = reading.current(ledger, number) if number else None
    return set(rows.sealed_refs(stands.values)) if stands else set()


def _out_of_term(ledger: type[Ledger], viewer: Viewer, terms: pl.DataFrame) -> Iterator[Problem]:
    for pairing in terms["pairing"].drop_nulls().unique().sort():
        mine = terms.filter(terms["pairing"] == pairing)
        term = term_of(ledger, viewer, pairing)
        if isinstance(term, Problem):
            yield from (term.moved(Field("pairing", n)) for n in mine["n"])
            continue
        for day in mine["day"].drop_nulls().unique().sort():
            if fault := term.fault(date.fromisoformat(day)):
                days = mine.filter(mine["day"] == day)
                yield from (fault.moved(Field("pairing", n)) for n in days["n"])


def refused(viewer: Viewer, ledger: type[Ledger], planned: pl.DataFrame) -> No | None:
    """Why rows that would be written may not be, by this viewer; the first of them is named."""
    import polars as pl

    names = [name for name in ("programme", "place") if name in ledger.fields]
    by = [*names, DOES]
    writes = planned.select(ROW, *by).filter(pl.col(DOES).is_in(WRITTEN))
    for one in writes.unique(by, keep="first", maintain_order=True).iter_rows(named=True):
        verb = Verb.AMEND if one[DOES] == Does.CHANGED else Verb.ENTER
        answer = may_write(ledger, viewer, verb, {name: one[name] for name in names})
        if isinstance(answer, No):
            return No(said("第 {row} 行：{reason}", row=one[ROW], reason=answer.reason))
    return None
