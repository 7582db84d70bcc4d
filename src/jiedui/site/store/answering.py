"""What a person answers where a waiting workbook asks.

Of its rows, whether each is the same entry or a new one; of a sheet that lists persons by name,
that they are to be counted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import said
from jiedui.site.store import batches, jobs, previewing, staged
from jiedui.site.store.resembling import AGAIN, NEW, SAME
from jiedui.site.store.staged import DOES, ROW, Does

if TYPE_CHECKING:
    from collections.abc import Collection

    from jiedui.access import Viewer
    from jiedui.problems import Problem
    from jiedui.site.store.previewed import Preview
    from jiedui.site.store.staged import Said
    from jiedui.site.store.tables import Batch

__all__ = ["ANSWERS", "COUNT", "NEW", "SAME", "answer"]

COUNT = "count"

# What each answer is an answer to. A double is none of the entry that it is a double of.
ANSWERS = {SAME: (Does.ASKED,), NEW: (Does.ASKED, Does.DOUBLE)}


def answer(
    viewer: Viewer, batch: str, told: str, rows: Collection[int] | None = None, of: str = ""
) -> Preview | jobs.Job | Problem | No:
    """Answer `SAME` or `NEW` for rows that ask, by their numbers, or for all (`of` one kind).

    `COUNT` is said of the whole sheet, with no rows. The workbook is read again with the answers.
    With nothing `told` all answers are taken back, and the rows ask again.
    """
    found = previewing.find(viewer, batch)
    if isinstance(found, No):
        return found
    if (now := jobs.of(viewer, batch)) and now.live:
        return now
    head = staged.said(batch)
    kept = staged.rows(batch, head) if head else None
    if kept is None:
        return No(said("这份工作簿还没有读完，请再读一次"))
    if told == COUNT:
        return _count(viewer, found, kept.said)
    kinds = [one for one in ANSWERS.get(told, ()) if of in {"", one}]
    asking = kept.rows.filter(kept.rows[DOES].is_in(kinds))[ROW].to_list()
    if told and rows is not None and (others := set(rows) - set(asking)):
        return No(said("第 {row} 行没有问这个问题", row=min(others)))
    answers: dict[str, str] = json.loads(found.answers) if told else {str(AGAIN): ""}
    answers |= {str(row): told for row in (asking if rows is None else rows)} if told else {}
    found.answers = json.dumps(answers)
    found.save(update_fields=["answers"])
    return batches.read_again(viewer, batch)


def _count(viewer: Viewer, batch: Batch, said_of: Said) -> Preview | jobs.Job | Problem | No:
    if not intake.asks_to_count(said_of.layout):
        return No(said("这张表不是一行一个人"))
    count = intake.count_of(ledgers.ledgers()[batch.ledger])
    batch.given = json.dumps(json.loads(batch.given) | {count: intake.EACH}, ensure_ascii=False)
    batch.save(update_fields=["given"])
    return batches.read_again(viewer, batch.key)
