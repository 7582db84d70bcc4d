"""Who is heard where: the stretches of a text in which one named person is reported to speak.

A stretch ends with its paragraph, or where another person speaks. Not for what is said:
`commitments.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.groups import Group
    from jiedui.facts.view import View

__all__ = ["Speech", "speeches"]

_SAYS = r"(?:说|表示|强调|指出|提出|谈到|要求|建议)"
# 某某说, 某某在讲话时强调, 某某代表省委表示欢迎: said with a comma, a colon, or what is wished.
_SPOKE = re.compile(
    rf"[^,。;!\n]{{0,40}}?(?<!听)(?:,)?[^,。;!\n]{{0,16}}?{_SAYS}(?:道)?(?=[,: “]|希望|将|愿)"
)
_AGAIN = re.compile(rf"(?:他|她|其)(?:还|同时|进一步)?{_SAYS}(?:道)?(?=[,: “]|希望|将|愿|$)")


@dataclass(frozen=True, slots=True)
class Speech:
    """One stretch of reported speech, behind the verb, and whose it is."""

    group: Group
    start: int
    end: int


def speeches(seen: View, found: Sequence[Group]) -> Iterator[Speech]:
    """The stretches in the order of the text."""
    opened: Speech | None = None
    for start, who, verb, subject in _sentences(seen, found):
        if opened and (verb or start >= opened.end or (subject and who is not opened.group)):
            yield Speech(opened.group, opened.start, min(start, opened.end))
            opened = None
        if verb and who:
            opened = Speech(who, verb, seen.paragraph(verb)[1])
    if opened:
        yield opened


def _sentences(seen: View, found: Sequence[Group]) -> Iterator[tuple[int, Group | None, int, bool]]:
    """Each sentence: its start, who it is about, where speech begins in it (0: nowhere).

    Last comes whether that person opens it; 他说 is of who opened a sentence before it in the
    paragraph.
    """
    groups = [one for one in found if not one.cited]
    heard: Group | None = None
    index, at = 0, 0
    for stop in (*seen.breaks, len(seen.text)):
        start, at = at, stop + 1
        last: Group | None = None
        while index < len(groups) and groups[index].start < stop:
            last, index = groups[index], index + 1
        subject = last is not None and _subject(seen, start, last)
        heard = last if subject else heard
        again = _AGAIN.match(seen.text, start, stop)
        if again:
            yield start, heard, again.end(), False
        elif last is not None and subject:
            yield start, last, _verb(seen, last, stop), True
        else:
            yield start, last, 0, False
        if seen.text[stop : stop + 1] == "\n":
            heard = None


def _verb(seen: View, group: Group, stop: int) -> int:
    """Where reported speech begins behind a person; 0 where it does not, or several are named."""
    spoke = _SPOKE.match(seen.text, group.end, stop) if len(group.names) == 1 else None
    return spoke.end() if spoke else 0


def _subject(seen: View, start: int, group: Group) -> bool:
    """Whether a person opens the sentence, or only words of time and place stand before."""
    before = seen.text[start : group.start].strip(" ”)")
    return not before or bool(
        re.fullmatch(r"[^,。]{0,14},|(?:会上|座谈中|随后|期间|当天),?", before)
    )
