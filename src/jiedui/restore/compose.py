"""Findings of several stages, one after the other, as edits of the text that first arrived.

A stage sees what the stages before it made. Its changes are told here in positions of the
damaged text, and a change over an earlier one becomes one edit with it. Not for finding damage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from jiedui.problems import listed
from jiedui.restore.edits import Change, Edit, Restored, apply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Later", "compose"]

_MID_START, _MID_END = attrgetter("at_start"), attrgetter("at_end")


class _Part(NamedTuple):
    """An edit of either step, by its span in the text between the two."""

    low: int
    high: int
    edit: Edit
    is_later: bool


@dataclass(frozen=True, slots=True)
class Later:
    """What a stage made of a text, and how to find the changes that led there when asked for."""

    text: str
    changes: Callable[[], list[Change]]


def compose(damaged: str, earlier: Restored, changes: Sequence[Change] | Later) -> Restored:
    """Carry out the changes of one more stage on what earlier stages made of a damaged text.

    The changes are in order and do not overlap, in positions of `earlier.text`. Where none of
    them changes a character, the text stays the same object.
    """
    if not changes:
        return earlier
    is_first = earlier.text is damaged and not earlier.edits
    if isinstance(changes, Later):
        found = changes
        if is_first:
            return Restored(found.text, lambda: apply(damaged, found.changes()).edits)
        changes = found.changes()
    if is_first:
        return apply(damaged, changes)
    changes = [change for change in changes if not _is_known(change, earlier)]
    if not changes:
        return earlier
    later = apply(earlier.text, changes)
    return Restored(later.text, tuple(_merged(damaged, later.text, earlier.edits, later.edits)))


def _is_known(change: Change, earlier: Restored) -> bool:
    """Whether a mark stands on earlier marks, so that it says nothing new."""
    if change.sure:
        return False
    first = bisect_right(earlier.edits, change.start, key=_MID_END)
    last = bisect_left(earlier.edits, change.end, key=_MID_START)
    touched = earlier.edits[first:last]
    return bool(touched) and not any(edit.sure for edit in touched)


def _merged(
    damaged: str, text: str, first: Sequence[Edit], second: Sequence[Edit]
) -> Iterator[Edit]:
    """Both steps as one, in the order of the text."""
    back = forth = 0  # what to add to a place between the steps for its place in either text
    for group in _groups(first, second):
        low, high = group[0].low, max(part.high for part in group)
        start, at_start = low + back, low + forth
        for part in group:
            grown = len(part.edit.became) - len(part.edit.found)
            back, forth = (back, forth + grown) if part.is_later else (back - grown, forth)
        end, at_end = high + back, high + forth
        if len(group) == 1:
            # Whatever else it says, its candidates too, stays as its stage said it.
            one = group[0].edit
            yield one._replace(start=start, end=end, at_start=at_start, at_end=at_end)
            continue
        found, became = damaged[start:end], text[at_start:at_end]
        edits = [part.edit for part in group]
        sure = [edit for edit in edits if edit.sure]
        if sure and found == became:
            continue  # the later step took the earlier one back
        yield Edit(
            start=start,
            end=end,
            at_start=at_start,
            at_end=at_end,
            found=found,
            became=became,
            kind=(sure[-1] if sure else edits[0]).kind,
            reason=_reason(edits),
            confidence=min(edit.confidence for edit in edits),
            sure=bool(sure),
        )


def _groups(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[list[_Part]]:
    """What overlaps between the steps, together; what only touches stays apart."""
    parts = [_Part(edit.at_start, edit.at_end, edit, is_later=False) for edit in first]
    parts += [_Part(edit.start, edit.end, edit, is_later=True) for edit in second]
    parts.sort(key=lambda part: part[:2])
    group: list[_Part] = []
    high = -1
    for part in parts:
        if group and part.low >= high:
            yield group
            group = []
        high = max(high, part.high) if group else part.high
        group.append(part)
    if group:
        yield group


def _reason(edits: Sequence[Edit]) -> str:
    reasons = list(dict.fromkeys(edit.reason for edit in edits))
    return reasons[0] if len(reasons) == 1 else listed(reasons, "；")
