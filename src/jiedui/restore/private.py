"""Characters of the private use areas: what a standard has since given a place, and the others.

GB 18030-2000 put 95 characters there for want of a place in Unicode; GB 18030-2022 names the
places. Names in registers still hold them (䶮). The rest depends on a font and is only marked.
"""

from __future__ import annotations

import re
from functools import cache

from jiedui.problems import said
from jiedui.restore.edits import Change

__all__ = ["PRIVATE", "find"]

PRIVATE = "\ue000-\uf8ff"
_RUN = re.compile(f"[{PRIVATE}\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_MAPPED = re.compile("[\ue78d-\ue796\ue7c7\ue7c8\ue7e7-\ue7f3\ue815-\ue864]")

# GB 18030-2022, appendix: punctuation for vertical lines, and what Python's table leaves out.
_VERTICAL = "︐︒︑︓︔︕︖︗︘︙"
_LATE = {
    "\ue816": "\U00020087", "\ue817": "\U00020089", "\ue818": "\U000200cc",
    "\ue831": "\U000215d7", "\ue83b": "\U0002298f", "\ue855": "\U000241fe",
    "\ue81e": "龴", "\ue826": "龵", "\ue82b": "龶", "\ue82c": "龷", "\ue832": "龸",
    "\ue843": "龹", "\ue854": "龺", "\ue864": "龻", "\ue7c7": "ḿ", "\ue7c8": "ǹ",
}  # fmt: skip
# Bullets of the fonts Symbol and Wingdings, as word processors paste them.
_BULLETS = {
    "\uf0b7": "•",
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf075": "◆",
    "\uf0fc": "✔",
}

_SURE = 0.99
_MAPPED_SAID = said("旧字库的自造区字符，按 GB 18030-2022 换成正式编码")
_KEPT_SAID = said("自造区字符，换一种字体就不是这个字，保留原样待核")


@cache
def _table() -> dict[str, str]:
    """The characters with a place of their own; what GB 18030 has at FE50 to FEA0 in a row."""
    table = dict(zip(map(chr, range(0xE78D, 0xE797)), _VERTICAL, strict=True))
    table |= dict(
        zip(
            map(chr, range(0xE7E7, 0xE7F4)),
            "〾" + "".join(map(chr, range(0x2FF0, 0x2FFC))),
            strict=True,
        )
    )
    trails = [byte for byte in range(0x50, 0xA1) if byte != 0x7F]
    for point, trail in zip(range(0xE815, 0xE865), trails, strict=True):
        one = bytes((0xFE, trail)).decode("gb18030")
        if not "\ue000" <= one <= "\uf8ff":
            table[chr(point)] = one
    return table | _LATE


def find(text: str) -> list[Change]:
    """Find the characters of the private use areas: certain ones become what they are."""
    changes: list[Change] = []
    for run in _RUN.finditer(text):
        start = run.start()
        for part in re.split(f"({_MAPPED.pattern})", run[0]):
            if part in _table():
                became = _table()[part]
                changes.append(
                    Change(start, start + 1, part, became, "private", _MAPPED_SAID, _SURE)
                )
            elif part:
                changes.append(_marked(start, part))
            start += len(part)
    return changes


def _marked(start: int, found: str) -> Change:
    shown = _BULLETS.get(found, "")
    return Change(
        start, start + len(found), found, found, "private", _KEPT_SAID, 0.5 if shown else 0.0,
        sure=False, candidates=(shown,) if shown else (),
    )  # fmt: skip
