"""One look over a text for damage by bytes: clean text is turned away at memory speed.

A single class of characters is searched for, and only what it finds is looked at twice. Not for
convincing: every detector does that for itself; nor for `marks`, which have a look of their own.
"""

from __future__ import annotations

import re

from jiedui.restore.in_latin import HIGH
from jiedui.restore.lost import SIGNS
from jiedui.restore.readings import TONED
from jiedui.restore.utf8_in_gbk import FOLLOWED, LEADING

__all__ = ["is_suspicious"]

_LATIN = "\x80-\x9f\xa1-\xff"
_SIGNS = re.compile(
    f"[{SIGNS}{_LATIN}{TONED}{LEADING}]"
    f"(?:(?<=[{SIGNS}])"
    f"|(?<=[{_LATIN}])[{HIGH}]"
    rf"|(?<=[{TONED}])[a-z]{{0,4}} ?\)"
    f"|(?<=[{LEADING}]){FOLLOWED})"
)


def is_suspicious(text: str) -> bool:
    """Whether anything in a text is worth a second look."""
    return _SIGNS.search(text) is not None
