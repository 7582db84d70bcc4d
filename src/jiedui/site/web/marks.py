"""Marked text: spans laid over plain text become lines of segments that a template escapes.

Nothing of a document is ever treated as HTML; this module cuts strings and attaches words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show: code points `start` to `end`, its classes, sign and words of explanation.

    `name` becomes the anchor of its first segment; `focus` says that the Tab key stops there.
    """

    start: int
    end: int
    name: str
    classes: str
    note: str = ""
    sign: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line under the same marks; plain when it has no classes."""

    text: str
    classes: str = ""
    note: str = ""
    sign: str = ""
    names: tuple[str, ...] = ()
    focus: bool = False


Line = tuple[Segment, ...]


def lines(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Line]:
    """Cut `text[start:end]` into lines and each line into segments.

    Marks may overlap and nest; a segment carries the classes of all marks over it, the sign of
    those that begin with it. Empty marks (a character was lost there) keep an empty segment.
    """
    end = len(text) if end is None else min(end, len(text))
    inside = sorted(
        (m for m in marks if start <= m.start <= m.end <= end), key=lambda m: (m.start, -m.end)
    )
    found: list[Line] = []
    at, first = start, 0
    for raw in text[start:end].split("\n"):
        stop = at + len(raw)
        while first < len(inside) and inside[first].end < at:
            first += 1
        found.append(_line(text, at, stop, inside[first:]))
        at = stop + 1
    return found


def _line(text: str, start: int, end: int, marks: Sequence[Mark]) -> Line:
    here = []
    for mark in marks:
        if mark.start > end:
            break
        if mark.end >= start and not (mark.end == start and mark.start < start):
            here.append(mark)
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    points = sorted(cuts)
    segments = (
        [_segment("", start, start, _empty_at(here, start))] if _empty_at(here, start) else []
    )
    for left, right in pairwise(points):
        over = [mark for mark in here if mark.start <= left and mark.end >= right]
        segments.append(_segment(text[left:right], left, right, over))
        if empty := [mark for mark in _empty_at(here, right) if right != start]:
            segments.append(_segment("", right, right, empty))
    return tuple(segments)


def _empty_at(marks: Sequence[Mark], at: int) -> list[Mark]:
    return [mark for mark in marks if mark.start == mark.end == at]


def _segment(text: str, left: int, right: int, over: Sequence[Mark]) -> Segment:
    if not over:
        return Segment(text)
    begins = [mark for mark in over if mark.start == left and (mark.end > left or left == right)]
    classes = dict.fromkeys(name for mark in over for name in mark.classes.split())
    return Segment(
        text,
        " ".join(classes),
        _("；").join(dict.fromkeys(mark.note for mark in over if mark.note)),
        "".join(mark.sign for mark in begins),
        tuple(mark.name for mark in begins if mark.name),
        any(mark.focus for mark in begins),
    )
