"""What was changed in a text, so that every change can be shown, replayed and followed both ways.

Not for finding damage: each kind has a module that does, and hands over what it found.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "Change", "Edit", "NotThisTextError", "Restored", "apply", "choose", "in_order", "replay",
]  # fmt: skip


class NotThisTextError(JieduiError):
    """Edits were replayed on a text other than the one they were made for."""


class Change(NamedTuple):
    """One finding in a damaged text, before its place in the restored text is known.

    `start` and `end` are code points; not sure means that `became` equals `found`.
    """

    start: int
    end: int
    found: str
    became: str
    kind: str
    reason: str
    confidence: float
    sure: bool = True
    candidates: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()


class Edit(NamedTuple):
    """One change with its span in the damaged text and in the restored text.

    `kind` is "annotation" (a reading inserted after a character), "torn" (characters whose bytes
    were torn apart), "number" (digits beside a torn place, of which one may be gone), "mojibake"
    (text read in the wrong encoding), "lost" (characters that went with it), "entity" or "tag"
    (markup of a web page), "invisible", "control", "line-end", "private-use", "width" (half- and
    full-width mixed), and with a layout "running-head", "page-number" or "broken-line".
    An edit that is not sure changed nothing: `became == found`, and `candidates` holds at most
    three readings of the same span, best first, `chances` the probability of each. `confidence` is
    that of the change, or of the first candidate.
    """

    start: int
    end: int
    at_start: int
    at_end: int
    found: str
    became: str
    kind: str
    reason: str
    confidence: float
    sure: bool
    candidates: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()


_START = attrgetter("start")
_AT_START = attrgetter("at_start")


class Restored:
    """A restored text and its edits in the order of the text; without edits the very input.

    Where only readings were taken out, the edits are made when they are first asked for: who
    wants but the text does not wait for them.
    """

    __slots__ = ("_edits", "text")

    def __init__(
        self, text: str, edits: tuple[Edit, ...] | Callable[[], tuple[Edit, ...]] = ()
    ) -> None:
        self.text = text
        self._edits = edits

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits in the order of the text, none over another."""
        if not isinstance(self._edits, tuple):
            self._edits = self._edits()
        return self._edits

    def __repr__(self) -> str:
        return f"Restored(text={self.text!r}, edits={self.edits!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Restored):
            return NotImplemented
        return self.text == other.text and self.edits == other.edits

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[type[Restored], tuple[str, tuple[Edit, ...]]]:
        return Restored, (self.text, self.edits)

    def to_restored(self, pos: int) -> int:
        """The position in the restored text of a position in the damaged one (code points)."""
        index = bisect_right(self.edits, pos, key=_START) - 1
        if index < 0:
            return pos
        edit = self.edits[index]
        if pos >= edit.end:
            return edit.at_end + pos - edit.end
        return min(edit.at_start + pos - edit.start, edit.at_end)

    def to_damaged(self, pos: int) -> int:
        """The position in the damaged text of a position in the restored one (code points)."""
        index = bisect_right(self.edits, pos, key=_AT_START) - 1
        if index < 0:
            return pos
        edit = self.edits[index]
        if pos >= edit.at_end:
            return edit.end + pos - edit.at_end
        return min(edit.start + pos - edit.at_start, edit.end)


def choose(restored: Restored, number: int, became: str, reason: str) -> Restored:
    """What a person settles: one edit is what was chosen for it, and sure.

    What was found may be chosen too: then the edit changes nothing, and is not sure again. Its
    candidates stay, so that another may be chosen. Raises IndexError when there is no such edit.
    """
    edit = restored.edits[number]
    grown = len(became) - len(edit.became)
    sure = became != edit.found
    chosen = edit._replace(
        at_end=edit.at_end + grown,
        became=became,
        reason=reason,
        confidence=1.0 if sure else edit.confidence,
        sure=sure,
    )
    behind = (
        one._replace(at_start=one.at_start + grown, at_end=one.at_end + grown)
        for one in restored.edits[number + 1 :]
    )
    text = restored.text[: edit.at_start] + became + restored.text[edit.at_end :]
    return Restored(text, (*restored.edits[:number], chosen, *behind))


def apply(damaged: str, changes: Sequence[Change]) -> Restored:
    """Carry out changes that are in order and do not overlap; without any, the input comes back."""
    if not changes:
        return Restored(damaged)
    edits: list[Edit] = []
    pieces: list[str] = []
    done, length = 0, 0
    for change in changes:
        start, end, found, became, kind, reason, confidence, sure, candidates, chances = change
        at_start = length + start - done
        length = at_start + len(became)
        pieces += (damaged[done:start], became)
        done = end
        edits.append(
            Edit(start, end, at_start, length, found, became, kind, reason, confidence, sure,
                 candidates, chances)
        )  # fmt: skip
    pieces.append(damaged[done:])
    text = "".join(pieces)
    # Where everything is only marked, the very input comes back too.
    return Restored(damaged if text == damaged else text, tuple(edits))


def in_order(small: Sequence[Change], large: Sequence[Change]) -> list[Change]:
    """Both in the order of the text, without the small changes that a large one covers."""
    kept: list[Change] = []
    at = 0
    for change in small:
        while at < len(large) and large[at].end <= change.start:
            at += 1
        if at == len(large) or change.end <= large[at].start:
            kept.append(change)
    return sorted([*kept, *large], key=_START)


def replay(damaged: str, edits: Iterable[Edit]) -> str:
    """Make the restored text again from the damaged text and its edits.

    Raises `NotThisTextError` when the damaged text does not hold what an edit found.
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or damaged[edit.start : edit.end] != edit.found:
            raise NotThisTextError(f"at {edit.start} expected {edit.found!r}")
        pieces += (damaged[done : edit.start], edit.became)
        done = edit.end
    pieces.append(damaged[done:])
    return "".join(pieces)
