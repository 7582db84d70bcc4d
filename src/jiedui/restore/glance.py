"""One look over a text for any sign of damage: clean text is turned away at memory speed.

A single class of characters is searched for, and only what it finds is looked at twice. Not for
convincing: every detector does that for itself.
"""

from __future__ import annotations

import re

from jiedui.restore.in_latin import HIGH
from jiedui.restore.invisible import INVISIBLE
from jiedui.restore.lost import SIGNS
from jiedui.restore.private import PRIVATE
from jiedui.restore.readings import TONED
from jiedui.restore.utf8_in_gbk import FOLLOWED, LEADING
from jiedui.restore.width import WIDE

__all__ = ["is_suspicious"]

_ALONE = INVISIBLE + PRIVATE + SIGNS
_LATIN = "\x80-\x9f\xa1-\xff"
_SIGNS = re.compile(
    f"[{_ALONE}{_LATIN}{TONED}{WIDE}{LEADING}]"
    f"(?:(?<=[{_ALONE}])"
    f"|(?<=[{_LATIN}])[{HIGH}]"
    rf"|(?<=[{TONED}])[a-z]{{0,4}} ?\)"
    f"|(?<=[{WIDE}])[.．]?[0-9A-Za-z]|(?<=[0-9A-Za-z.．][{WIDE}])"
    f"|(?<=[{LEADING}]){FOLLOWED})"
)


def is_suspicious(text: str) -> bool:
    """Whether anything in a text is worth a second look; markup and line ends are not asked."""
    return _SIGNS.search(text) is not None
