"""Damaged Chinese text made whole, with every change shown, reasoned and replayable.

`restore(text)` undoes what a faulty conversion on web mirrors did: readings inserted behind
characters, 學(xué), and characters torn apart by it. What is not sure stays exactly as it was
and is marked. Not for clean text, which comes back as the same object, and not for changing
script, punctuation or style; `simplified(text)` is a view and never the stored text.

>>> damaged = "深入學(xué)習(xí)貫徹落實(shí)精神,推動鄉(xiāng)村振興。"
>>> restore(damaged).text
'深入學習貫徹落實精神,推動鄉村振興。'
>>> replay(damaged, restore(damaged).edits) == restore(damaged).text
True
>>> restore("學習").edits
()
"""

from __future__ import annotations

from jiedui.restore.annotations import examine, is_suspicious, strip
from jiedui.restore.edits import Edit, NotThisTextError, Restored, apply, in_order, replay
from jiedui.restore.scripts import simplified
from jiedui.restore.torn import torn_places

__all__ = ["Edit", "NotThisTextError", "Restored", "replay", "restore", "simplified"]


def restore(text: str) -> Restored:
    """Undo the damage of a page, or give the very same text back when nothing is to be done.

    The page as a whole must convince first, so hand over whole pages and not single sentences.
    """
    page = examine(text) if is_suspicious(text) else None
    if page is None:
        return Restored(text)
    annotations = strip(text, page)
    restored = apply(text, annotations)
    if places := torn_places(text, restored, page):
        restored = apply(text, in_order(annotations, places))
    # A page that still looks damaged was not understood: then nothing of it is touched, and to
    # restore twice is to restore once.
    return Restored(text) if examine(restored.text) else restored
