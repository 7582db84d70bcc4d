"""Who wrote an article: the names behind 记者 in the head and in brackets.

Not for correspondents and photographers, and not for persons of the text: `people.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.facts.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.model import Span

__all__ = ["reporters"]

_BRACKET = re.compile(r"\(([^()\n]{0,24}记者[^()\n]{1,60})\)")
_BYLINE = re.compile(
    r"(?:^|\n) *(?:■|□|●|本报|[\u4e00-\u9fff·]{2,10})?(?:首席|见习)?记者[: /]+"
    r"([^\n,。]{2,40})(?=\n|$)"
)
_ROLE = re.compile(
    r"(?:首席|见习|实习|特约|全媒体)?记者[:/ ]*|通讯员[:/ ]*|摄影[:/ ]*|文/图|报道|摄(?= |$)"
)
_WORD = re.compile(r"[\u4e00-\u9fff·]+")


def reporters(text: str, writers: Sequence[Span], body: int) -> dict[str, Span]:
    """The reporters in the order of the text, each once; `writers` are spans of the head."""
    spans = list(writers)
    spans += [hit.span(1) for hit in _BRACKET.finditer(text)]
    spans += [hit.span(1) for hit in _BYLINE.finditer(text, body)]
    names: dict[str, Span] = {}
    for start, end in sorted(spans):
        for name, span in _names_in(text, start, end):
            names.setdefault(name, span)
    return names


def _names_in(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Names between the word 记者 and the next role; correspondents are not reporters."""
    begins = list(_ROLE.finditer(text, start, end))
    edges = [*(hit.start() for hit in begins), end]
    parts = [(start, edges[0], True)] if not begins else []
    parts += [
        (hit.end(), stop, "记者" in hit.group())
        for hit, stop in zip(begins, edges[1:], strict=True)
    ]
    for at, stop, wanted in parts:
        if wanted:
            yield from _split(text, at, stop)


def _split(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    words = [hit.span() for hit in _WORD.finditer(text, start, end)]
    index = 0
    while index < len(words):
        at, stop = words[index]
        index += 1
        if stop - at == 1 and index < len(words) and words[index][1] - words[index][0] == 1:
            # A name of two characters, padded to the width of three.
            stop = words[index][1]
            index += 1
        name = text[at:stop].replace(" ", "")
        if listed(name, 0, len(name)) or (2 <= len(name) <= 4 and text[stop : stop + 1] == ")"):
            yield name, (at, stop)
