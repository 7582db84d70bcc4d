"""Damaged Chinese text made whole, with every change shown, reasoned and replayable.

`restore(text)` undoes what happens to text on its way: readings inserted behind characters,
學(xué), and characters torn apart by a faulty conversion; text read in the wrong encoding. What
is not sure stays exactly as it was and is marked. Not for clean text, which comes back as the
same object, and not for changing script, punctuation or style; `simplified(text)` is a view and
never the stored text.

>>> damaged = "深入學(xué)習(xí)貫徹落實(shí)精神,推動鄉(xiāng)村振興。"
>>> restore(damaged).text
'深入學習貫徹落實精神,推動鄉村振興。'
>>> replay(damaged, restore(damaged).edits) == restore(damaged).text
True
>>> restore("學習").edits
()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.restore.annotations import examine, strip
from jiedui.restore.annotations import is_suspicious as is_annotated
from jiedui.restore.compose import compose
from jiedui.restore.edits import Change, Edit, NotThisTextError, Restored, apply, in_order, replay
from jiedui.restore.glance import is_suspicious
from jiedui.restore.invisible import controls, invisible, line_ends
from jiedui.restore.lost import lost
from jiedui.restore.markup import entities, tags
from jiedui.restore.misread import misread
from jiedui.restore.private import private
from jiedui.restore.scripts import simplified
from jiedui.restore.torn import torn_places
from jiedui.restore.width import widths

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Edit", "NotThisTextError", "Restored", "replay", "restore", "simplified"]

# Damage may lie over damage (twice encoded): past so many layers a text is not understood.
_MOST_LAYERS = 8


def restore(text: str) -> Restored:
    """Undo the damage of a page, or give the very same text back when nothing is to be done.

    The page as a whole must convince first, so hand over whole pages and not single sentences.
    """
    restored = Restored(text)
    for _ in range(_MOST_LAYERS):
        before = restored.text
        for find in _STAGES if is_suspicious(before) else _MARKUP:
            restored = compose(text, restored, find(restored.text))
        if restored.text is before:
            return restored
    return Restored(text)


def _annotated(text: str) -> list[Change]:
    """Find what the annotation damage did to a page that convinces."""
    page = examine(text) if is_annotated(text) else None
    if page is None:
        return []
    found = strip(text, page)
    restored = apply(text, found)
    if places := torn_places(text, restored, page):
        found = in_order(found, places)
        restored = apply(text, found)
    # A page that still looks damaged was not understood: then nothing of it is touched, and to
    # restore twice is to restore once.
    return [] if examine(restored.text) else found


# What happened last is undone first.
_MARKUP: tuple[Callable[[str], list[Change]], ...] = (line_ends, tags, entities)
_STAGES: tuple[Callable[[str], list[Change]], ...] = (
    misread, lost, *_MARKUP, controls, invisible, private, _annotated, widths,
)  # fmt: skip
