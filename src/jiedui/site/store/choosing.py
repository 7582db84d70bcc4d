"""What stood at a damaged place, chosen by a person of the document's office.

The choice becomes part of the document's reading: its text is changed there, its facts are read
again, and what it proposes too. What it said before stays as a former reading, since entries may
cite it. All of it is one link. Not for restoring: the candidates are `jiedui.restore`'s.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from jiedui import evidence
from jiedui.access import No, Verb, Viewer, may
from jiedui.evidence import Extracted, Media
from jiedui.problems import said
from jiedui.problems.said import pack, unpack
from jiedui.restore import LOST, Edit, Restored
from jiedui.restore import choose as chosen
from jiedui.site.store import chain, files, read_in
from jiedui.site.store.former import moved
from jiedui.site.store.stored import Json, StoredDocument, document_of, is_chosen, shown_as
from jiedui.site.store.tables import Document, Former, Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_HERE = No(said("没有这份资料，或者它不属于您的单位"))
_UNFIT = No(said("请照原件填写这一处的文字，不超过 80 字，不换行"))
LONGEST = 80
_CHANGED = No(said("这一处刚被改过，请看过现在的文字再选"))


def choose(
    viewer: Viewer, document: str, at: int, stands: str, pick: int | str | None
) -> StoredDocument | No:
    """Let a person say what stood at a damaged place, or that nobody knows after all.

    `at` is where the place begins in the damaged text, `stands` what `shown_as` gave for the edit
    that the page showed, and `pick` the number of its candidate, or what an original that
    the person has at hand says; None takes a choice back.
    """
    answer = may(viewer, Verb.DECIDE)
    if not answer:
        return answer
    if isinstance(pick, str) and not (pick.isprintable() and 0 < len(pick) <= LONGEST):
        return _UNFIT
    with transaction.atomic():
        # In the order in which deciding locks: proposals first, then the chain.
        rows = list(
            Proposal.objects.select_for_update(of=("self",))
            .filter(document=document, document__owner=viewer.office)
            .order_by("position")
        )
        with chain.linking(viewer, said("选定残损处的原文"), f"chosen:{document}") as draft:
            row = Document.objects.filter(key=document, owner=viewer.office).first()
            if row is None:
                return _NOT_HERE
            read = json.loads(row.reading)
            place = _place(read["edits"], at, stands, pick)
            if place is None:
                return _CHANGED
            reason = said("由 {who} 选定", who=viewer.name)
            if isinstance(pick, str):
                reason = said("由 {who} 照原件填写", who=viewer.name)
            former = _settle(row, read, rows, *place, reason)
            draft.documents |= {row.key: row.seal, former.key: former.seal}
    return document_of(Document.objects.get(key=document))


def _settle(
    row: Document, read: Json, rows: Sequence[Proposal], number: int, became: str, reason: str
) -> Former:
    """Put a choice into a document and its proposals; gives what it said before, kept too."""
    former = _former(row, read["edits"][number], became)
    told = _read_again(row, read["edits"], number, became, reason)
    now = _proposed_again(rows, read["proposals"], told["proposals"], former)
    row.reading = json.dumps(
        {"facts": told["facts"], "edits": told["edits"], "proposals": now}, ensure_ascii=False
    )
    row.seal, former.seal = files.seal(row), files.seal(former)
    row.save()
    former.save(force_insert=True)
    read_in.propose(row, range(len(read["proposals"]), len(now)))
    return former


def _place(
    edits: Sequence[Json], at: int, stands: str, pick: int | str | None
) -> tuple[int, str] | None:
    """Which edit is meant, when it still stands as it was shown, and what it becomes."""
    for number, edit in enumerate(edits):
        if edit["damaged_start"] == at and shown_as(edit) == stands:
            if edit["sure"] and not is_chosen(edit):
                return None
            became = edit["found"] if pick is None else pick
            if isinstance(became, int):
                became = next(iter(edit["candidates"][became : became + 1]), edit["became"])
            return None if became == edit["became"] or LOST in became else (number, became)
    return None


def _former(row: Document, edit: Json, became: str) -> Former:
    number = Former.objects.filter(document=row).count() + 1
    return Former(
        key=f"{row.key}.{number}",
        document=row,
        number=number,
        text=row.text,
        reading=row.reading,
        starts_at=edit["start"],
        ends_at=edit["end"],
        length=len(became),
    )


def _read_again(
    row: Document, edits: Sequence[Json], number: int, became: str, reason: str
) -> Json:
    """Put the choice into the text of a document, and give what that text says."""
    restored = chosen(_restored(row.text, edits), number, became, "")
    extracted = Extracted(row.damaged, Media(row.media), row.encoding, row.title, 0, row.sha256)
    document = evidence.understand(extracted, restored=restored)
    read_in.describe(row, document)
    told = document.as_json()
    for before, shown in zip(edits, told["edits"], strict=True):
        shown |= {name: before[name] for name in before.keys() - shown.keys()}
        shown["reason"] = before["reason"]
    _sign(told["edits"][number], reason)
    return told


def _restored(text: str, edits: Sequence[Json]) -> Restored:
    return Restored(
        text,
        tuple(
            Edit(
                one["damaged_start"], one["damaged_end"], one["start"], one["end"], one["found"],
                one["became"], "", unpack(one["reason"]), 0.0, one["sure"],
                tuple(one["candidates"]),
            )
            for one in edits
        ),
    )  # fmt: skip


def _sign(shown: Json, reason: str) -> None:
    """Say who chose; where it was taken back, the reason for which it had been asked."""
    if shown["sure"]:
        shown.setdefault("asked", shown["reason"])
        shown["reason"] = pack(reason)
    else:
        shown["reason"] = shown.pop("asked", shown["reason"])


def _proposed_again(
    rows: Sequence[Proposal], before: Sequence[Json], now: Sequence[Json], former: Former
) -> list[Json]:
    """What the document proposes: what was decided stays, what is open is as it reads now.

    An open one that the new text no longer proposes is gone. One that reads otherwise now, but was
    decided, is not proposed once more.
    """
    kept, fresh = list(before), list(now)
    for one in rows:
        old = before[one.position]
        again = max(fresh, key=partial(_alike, old), default=None)
        if again is not None and 2 * _alike(old, again) >= len(old["values"]):
            fresh.remove(again)
        else:
            again = None
        if one.state != "open":
            kept[one.position] = moved(old, former)
        elif again is None:
            one.delete()
        else:
            kept[one.position] = again
    return kept + fresh


def _alike(before: Json, now: Json) -> int:
    """How many values two proposals for one ledger share."""
    if before["ledger"] != now["ledger"]:
        return 0
    values = before["values"], now["values"]
    return sum(
        values[0][name]["value"] == values[1][name]["value"]
        for name in values[0].keys() & values[1]
    )
