"""A document as a page shows it: marks for edits, facts and a cited place; words for each.

Everything here is plain strings and numbers; templates escape them. The spans come from
`restore` and `facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from jiedui.problems import listed, said
from jiedui.problems.said import unpack
from jiedui.restore import LOST
from jiedui.site.store.stored import is_chosen, shown_as
from jiedui.site.web import tongue
from jiedui.site.web.marks import Line, Mark, lines
from jiedui.site.web.meanings import SIGNS, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.site.store.documents import StoredDocument
    from jiedui.site.web.meanings import Json

PART = 40_000
ENDS = "。！？\n!?"


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact in the list: its sign, what was quoted, and what it means."""

    name: str
    kind: str
    sign: str
    quote: str
    meaning: str


@dataclass(frozen=True, slots=True)
class EditShown:
    """An edit in the list; `at` and `stands` say which one a person chooses for.

    `picks` are the candidates that may be chosen, counted from 1; `is_chosen` says that a person
    did.
    """

    name: str
    number: int
    found: str
    became: str
    reason: str
    sure: bool
    candidates: tuple[str, ...]
    at: int
    stands: str
    picks: tuple[tuple[int, str], ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A document laid out: pairs of lines where both texts run side by side, lists beside them."""

    pairs: tuple[tuple[Line, Line], ...]
    facts: tuple[FactShown, ...]
    edits: tuple[EditShown, ...]
    unsure: int
    part: int
    parts: int


def lay_out(
    document: StoredDocument, view: str, at: Sequence[tuple[int, int]], part: int
) -> Reading:
    """Lines and lists of one part of a document; the first cited place decides which part is shown.

    `view` is "both", "restored" or "damaged"; a text that needed no repair has one column.
    """
    parts = max(1, -(-len(document.text) // PART))
    part = min(at[0][0] // PART + 1 if at else part, parts)
    start = (part - 1) * PART
    end = start + PART
    marks = [*_fact_marks(document.facts), *_edit_marks(document.edits, damaged=False)]
    marks += _cited(document.text, at)
    restored = lines(document.text, marks, start, end)
    damaged: list[Line] = []
    if document.edits:
        first, last = _damaged(document, start), _damaged(document, min(end, len(document.text)))
        damaged = lines(document.damaged, _edit_marks(document.edits, damaged=True), first, last)
    return Reading(
        tuple(_pairs(damaged, restored, view)),
        tuple(_shown_facts(document.facts)),
        tuple(_shown_edits(document.edits)),
        sum(not edit["sure"] for edit in document.edits),
        part,
        parts,
    )


def _cited(text: str, at: Sequence[tuple[int, int]]) -> Iterable[Mark]:
    """The cited words, and softly the sentences in which they stand."""
    for start, end in dict.fromkeys(_sentence(text, *one) for one in at):
        yield Mark(start, end, "", "sentence")
    for number, (start, end) in enumerate(at):
        yield Mark(start, end, "" if number else "at", "cited", _("被引用的原文"))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((text.rfind(mark, 0, start) for mark in ENDS), default=-1) + 1
    # Words that end with their sentence are not followed by the next one.
    stops = [stop for mark in ENDS if (stop := text.find(mark, max(end - 1, start))) >= 0]
    stop = min(stops, default=len(text))
    if text[stop : stop + 1] not in {"", "\n"}:
        stop += 1
    return first, max(end, stop)


def _pairs(damaged: list[Line], restored: list[Line], view: str) -> list[tuple[Line, Line]]:
    """Lines side by side when both texts have the same number of them, else as they come."""
    if view == "damaged" and damaged:
        return [(line, ()) for line in damaged if line]
    if view == "restored" or not damaged:
        return [((), line) for line in restored if line]
    longest = max(len(damaged), len(restored))
    damaged = damaged + [()] * (longest - len(damaged))
    restored = restored + [()] * (longest - len(restored))
    return [pair for pair in zip(damaged, restored, strict=True) if pair[0] or pair[1]]


def _damaged(document: StoredDocument, at: int) -> int:
    """The position in the damaged text of a position in the restored one."""
    shift = 0
    for edit in document.edits:
        start, end = _span(edit, damaged=False)
        if start > at or (start == at and end > at):
            break
        if end <= at:
            shift = _span(edit, damaged=True)[1] - end
    return min(at + shift, len(document.damaged))


def _span(edit: Json, *, damaged: bool) -> tuple[int, int]:
    names = ("damaged_start", "damaged_end") if damaged else ("start", "end")
    return int(str(edit[names[0]])), int(str(edit[names[1]]))


def _edit_marks(edits: Iterable[Json], *, damaged: bool) -> Iterable[Mark]:
    for number, edit in enumerate(edits):
        start, end = _span(edit, damaged=damaged)
        sure = bool(edit["sure"])
        yield Mark(
            start,
            end,
            f"{'d' if damaged else 'r'}-{number}",
            "edit" if sure else "edit unsure",
            _edit_note(edit),
            "" if sure else _("？"),
            focus=not damaged,
        )


def _edit_note(edit: Json) -> str:
    reason = tongue.plain(unpack(edit["reason"]))
    if edit["sure"]:
        became = str(edit["became"]) or _("（删去）")
        return _("“%(found)s”改为“%(became)s”：%(reason)s") % {
            "found": edit["found"],
            "became": became,
            "reason": reason,
        }
    candidates = tongue.plain(listed(str(one) for one in edit["candidates"] or ()))
    return _("未改，待人工判断：%(reason)s可能是：%(candidates)s") % {
        "reason": reason + _("。") if reason else "",
        "candidates": candidates or _("（无候选）"),
    }


def _fact_marks(facts: Sequence[Json]) -> Iterable[Mark]:
    for number, fact in enumerate(facts):
        kind = str(fact["kind"])
        yield Mark(
            int(str(fact["start"])),
            int(str(fact["end"])),
            f"f-{number}",
            f"fact fact-{kind}",
            tongue.plain(
                said("{sign}：{meaning}", sign=str(SIGNS.get(kind, "")), meaning=meaning(fact))
            ),
            str(SIGNS.get(kind, "")),
        )


def _shown_facts(facts: Sequence[Json]) -> Iterable[FactShown]:
    for number, fact in enumerate(facts):
        kind = str(fact["kind"])
        yield FactShown(
            f"f-{number}", kind, str(SIGNS.get(kind, _("？"))), str(fact["quote"]), meaning(fact)
        )


def _shown_edits(edits: Sequence[Json]) -> Iterable[EditShown]:
    for number, edit in enumerate(edits):
        candidates = tuple(str(one) for one in edit["candidates"] or ())
        yield EditShown(
            f"r-{number}",
            number,
            str(edit["found"]),
            str(edit["became"]),
            unpack(edit["reason"]),
            bool(edit["sure"]),
            candidates,
            int(str(edit["damaged_start"])),
            shown_as(edit),
            tuple((at, one) for at, one in enumerate(candidates, 1) if LOST not in one),
            is_chosen(edit),
        )
