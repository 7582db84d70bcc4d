"""What people type around a workbook, before it is stored in the clear: no numbers of persons.

Not for cells: those are judged by `ledgers.check`, and columns about persons are not read at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.personal import CARD, looks_personal, masked
from jiedui.ledgers.words import Ref
from jiedui.problems import Field as At
from jiedui.problems import problem
from jiedui.site.store.statement import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field
    from jiedui.problems import Problem

__all__ = ["given_fault", "headings", "label", "number_in"]


def label(name: str) -> str:
    """A file's name as it is kept: its beginning and its ending alone when it holds a number.

    >>> label("资金台账.xlsx"), label("甲示例13800000000.xlsx")
    ('资金台账.xlsx', '甲***.xlsx')
    """
    if not looks_personal(name):
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{masked(stem)}{dot}{ending}" if dot and not looks_personal(ending) else masked(name)


def given_fault(ledger: type[Ledger], given: Mapping[str, str]) -> Problem | None:
    """What may not be said for all rows at once: a person's name, or anything with a number."""
    for name, text in given.items():
        field = ledger.fields.get(name)
        if field is None:
            continue
        if field.person:
            return problem("person-for-all-rows", At(name), masked(text), label=field.label)
        if what := number_in(field, text):
            shown = masked(text)
            return problem("looks-personal", At(name), shown, label=field.label, what=what)
    return None


def number_in(field: Field | None, text: str) -> str:
    """What sort of a person's number stands in a cell, in words; empty when none does.

    An entry's own id has as many digits as a bank card, and every tenth would pass for one.
    """
    what = looks_personal(text)
    return "" if what == CARD and isinstance(field, Ref) and whole(text) else what


def headings(said: Mapping[str, str]) -> dict[str, str]:
    """Which heading is which field, without headings that are themselves a person's number."""
    return {heading: field for heading, field in said.items() if not looks_personal(heading)}
