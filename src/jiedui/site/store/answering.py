"""What a person answers where rows of a waiting workbook ask: the same entry, or a new one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiedui.access import No
from jiedui.problems import said
from jiedui.site.store import batches, jobs, previewing, staged
from jiedui.site.store.resembling import NEW, SAME
from jiedui.site.store.staged import DOES, ROW, Does

if TYPE_CHECKING:
    from collections.abc import Collection

    from jiedui.access import Viewer
    from jiedui.problems import Problem
    from jiedui.site.store.previewed import Preview

__all__ = ["ANSWERS", "NEW", "SAME", "answer"]

# What each answer is an answer to. A double is none of the entry that it is a double of.
ANSWERS = {SAME: (Does.ASKED,), NEW: (Does.ASKED, Does.DOUBLE)}


def answer(
    viewer: Viewer, batch: str, told: str, rows: Collection[int] | None = None, of: str = ""
) -> Preview | jobs.Job | Problem | No:
    """Answer `SAME` or `NEW` for rows that ask, by their numbers, or for all (`of` one kind).

    The workbook is read again with the answers.
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
    kinds = [one for one in ANSWERS.get(told, ()) if of in {"", one}]
    asking = kept.rows.filter(kept.rows[DOES].is_in(kinds))[ROW].to_list()
    if told and rows is not None and (others := set(rows) - set(asking)):
        return No(said("第 {row} 行没有问这个问题", row=min(others)))
    answers: dict[str, str] = json.loads(found.answers) if told else {}
    answers |= {str(row): told for row in (asking if rows is None else rows)} if told else {}
    found.answers = json.dumps(answers)
    found.save(update_fields=["answers"])
    return batches.read_again(viewer, batch)
