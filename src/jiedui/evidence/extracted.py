"""The text of a document as every reader of a format returns it, and what all of them settle.

Not for finding anything in the text: that begins with `jiedui.evidence.understand`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import category

from jiedui.problems import Problem, Span, problem, said

if TYPE_CHECKING:
    from jiedui.evidence.limits import Limits

__all__ = ["Extracted", "Media", "Raw", "settle"]

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


class Media(StrEnum):
    """The formats that are read."""

    TXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's text, with what is known of the file; `digest` is the SHA-256 of its bytes.

    `encoding` is "" where the format has none of its own to choose, `pages` is 0 where it has no
    pages; `remarks` are problems that did not stop the reading.
    """

    text: str
    media: Media
    encoding: str
    title: str
    pages: int
    digest: str
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """What one reader found, before the text is settled."""

    text: str
    media: Media
    encoding: str = ""
    title: str = ""
    pages: int = 0
    remarks: tuple[Problem, ...] = ()


def settle(raw: Raw, digest: str, limits: Limits) -> Extracted | Problem:
    """Bring line ends to LF and look for what is no text; nothing else is changed.

    CR LF, CR, vertical tab, form feed, U+0085, U+2028 and U+2029 become one LF; a closing
    Ctrl-Z of DOS falls away. Other control characters stay where they are and are remarked. NUL and
    lone surrogates, which no store can keep, are the problem `not-a-character`.
    """
    if len(raw.text) > limits.text:
        return problem("text-too-long", limit=limits.text)
    text = _LINE_END.sub("\n", raw.text).removesuffix("\x1a")
    wrong = _NO_CHARACTER.search(text)
    if wrong:
        name = f"U+{ord(wrong[0]):04X}"
        return problem("not-a-character", Span(*wrong.span()), offset=wrong.start(), name=name)
    if all(char.isspace() or category(char) in {"Cc", "Cf"} for char in text):
        return problem("text-empty", what=said("这份 {media} ", media=str(raw.media)))
    remarks = (*raw.remarks, *_controls(text))
    title = " ".join(raw.title.split())
    title = _CONTROL.sub("", _NO_CHARACTER.sub("", title))
    return Extracted(text, raw.media, raw.encoding, title, raw.pages, digest, remarks)


def _controls(text: str) -> tuple[Problem, ...]:
    found = list(_CONTROL.finditer(text))
    if not found:
        return ()
    first = found[0]
    name = f"U+{ord(first[0]):04X}"
    return (problem("control-in-text", Span(*first.span()), count=len(found), name=name),)
