"""Damaged Chinese text made whole, with every change shown, reasoned and replayable.

`restore(text)` undoes what happens to text on its way: readings inserted behind characters,
學(xué), and characters torn apart by a faulty conversion; text read in the wrong encoding; marks
that web pages, editors and copying left. What is not sure stays exactly as it was and is marked.
Not for clean text, which comes back as the same object, and not for changing script, punctuation
or style; `simplified(text)` is a view and never the stored text.

>>> damaged = "深入學(xué)習(xí)貫徹落實(shí)精神,推動鄉(xiāng)村振興。"
>>> restore(damaged).text
'深入學習貫徹落實精神,推動鄉村振興。'
>>> replay(damaged, restore(damaged).edits) == restore(damaged).text
True
>>> restore("學習").edits
()
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jiedui.restore import layout as paper
from jiedui.restore import lost, marks, misread
from jiedui.restore.annotations import examine, strip, stripped
from jiedui.restore.annotations import is_suspicious as is_annotated
from jiedui.restore.compose import Later, compose
from jiedui.restore.decoding import decode
from jiedui.restore.edits import (
    Change,
    Edit,
    NotThisTextError,
    Restored,
    apply,
    choose,
    in_order,
    replay,
)
from jiedui.restore.encodings import Decoded
from jiedui.restore.glance import is_suspicious
from jiedui.restore.moves import LOST
from jiedui.restore.scripts import simplified
from jiedui.restore.torn import is_torn, torn_places

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "LOST", "Decoded", "Edit", "NotThisTextError", "Restored", "choose", "decode", "replay",
    "restore", "simplified",
]  # fmt: skip

# Damage may lie over damage (twice encoded): past so many layers a text is not understood.
_MOST_LAYERS = 8


def restore(text: str, *, layout: bool = False) -> Restored:
    """Undo the damage of a page, or give the very same text back when nothing is to be done.

    The page as a whole must convince first, so hand over whole pages and not single sentences.
    With `layout`, lines that a PDF or a scan broke within sentences are joined too, and page
    numbers and running heads taken out.
    """
    restored = Restored(text)
    for _ in range(_MOST_LAYERS):
        before = restored.text
        stages = (*_OF_BYTES, *_OF_PAGES) if is_suspicious(before) else _OF_PAGES
        for find in (*stages, paper.find) if layout else stages:
            restored = compose(text, restored, find(restored.text))
        if restored.text is before:
            return restored
    return Restored(text)


def _annotated(text: str) -> list[Change] | Later:
    """Find what the annotation damage did to a page that convinces."""
    page = examine(text) if is_annotated(text) else None
    if page is None:
        return []
    whole = stripped(text, page)
    if whole is not None and not is_torn(whole):
        return Later(whole, partial(strip, text, page))
    found = strip(text, page)
    restored = apply(text, found)
    if places := torn_places(text, restored, page):
        found = in_order(found, places)
        restored = apply(text, found)
    # A page that still looks damaged was not understood: then nothing of it is touched, and to
    # restore twice is to restore once.
    return [] if examine(restored.text) else found


# What happened last is undone first.
_OF_BYTES: tuple[Callable[[str], list[Change] | Later], ...] = (misread.find, lost.find, _annotated)
_OF_PAGES: tuple[Callable[[str], list[Change]], ...] = (marks.find,)
