"""Characters that nobody sees: zero-width ones, marks of direction, control characters.

They are left wherever they may mean something: joiners and selectors beside an emoji or a letter
of another script (Mongolian, Tibetan, Uyghur, Persian, Indic), directions on a page with a script
from right to left, control characters that set fields apart.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import HAN, is_chinese, is_program, speaks_of_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["invisible"]

_ZERO = "\u200b\u200c\u200d\u2060\ufeff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"
_FOUND = re.compile(
    f"(?P<zero>[{_ZERO}]+)|(?P<soft>\xad+)|(?P<direction>[{_DIRECTIONS}]+)"
    "|(?P<turned>[\u202d\u202e]+)|(?P<line>[\x0b\u2028\u2029]+)|(?P<object>\ufffc+)"
    "|(?P<selector>\ufe0f+)|(?P<tagged>[\U000e0000-\U000e007f]+)"
    "|(?P<apart>[\x01\x02\x07\x1c-\x1f]+)|(?P<control>[\x00\x03-\x06\x08\x0e-\x1a\x7f]+)"
    "|(?P<upper>[\x80-\x9f]+)"
)
# The same in one class, which is looked for ten times faster.
_ANY = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufe0f\ufeff"
    "\ufffc\U000e0000-\U000e007f]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_TO_THE_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
# Overstrike of manuals and of terminals: N\bN is bold.
_STRUCK = re.compile("([^\n])\x08(?:\\1|_)|_\x08")
_TRAILING = re.compile("\x1a+\\Z")
# What may stand beside an invisible character that is removed.
_PLAIN = re.compile(
    f"[{HAN}\t-\r -~\xa0\xb7\xd7\u2010-\u2027\u202f-\u205e\u2160-\u217f\u2190-\u2193\u2460-\u24ff"
    "\u25a0-\u25cf\u3000-\u302f\u3200-\u32ff\uff00-\uff5e\uffe0-\uffe6]"
)
_SELECTED = re.compile("[\u3400-\u9fff，。、；：]")
_BLACK_FLAG = "\U0001f3f4"
# More than a few of them, and more than this share, and it is no text.
_FEW, _BINARY = 3, 0.01

_SURE, _UNSURE = 0.98, 0.5
_INVISIBLE = said("看不见的字符，复制或转换时混入")
_DIRECTION = said("文字方向标记，全文没有从右向左的文字")
_TURNED = said("颠倒显示顺序的字符，保留原样待核")
_LINE = said("软件内部的换行符，改为普通换行")
_OBJECT = said("图片或对象的占位符，对象已不在")
_SELECTOR = said("表情符号的变体选择符，表情已不在")
_CONTROL = said("控制字符，不属于文字")
_APART = said("控制字符，可能用作分隔，保留原样待核")
_UPPER = said("控制字符，可能是 Windows-1252 的标点，保留原样待核")


def invisible(text: str) -> list[Change]:
    """Find the invisible characters of a page that are damage, in the order of the text."""
    if _ANY.search(text) is None or not is_chinese(text) or speaks_of_marks(text):
        return []
    if is_program(text) or _STRUCK.search(text):
        return []
    if len(_CONTROLS.findall(text)) > max(_FEW, _BINARY * len(text)):
        return []
    return list(_Page(text).changes())


class _Page:
    """A page of which every invisible character is to be judged."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_leftward = _TO_THE_LEFT.search(text) is not None
        self.separators = _separators(text)
        self.end_of_line = "\r\n" if "\r\n" in text else "\n"
        self.judges: dict[str, Callable[[re.Match[str]], Change | None]] = {
            "zero": partial(self._removed, reason=_INVISIBLE),
            "soft": self._soft,
            "direction": self._direction,
            "turned": partial(self._marked, reason=_TURNED),
            "line": self._line,
            "object": partial(self._removed, reason=_OBJECT),
            "selector": self._selector,
            "tagged": self._tagged,
            "apart": self._apart,
            "control": partial(self._removed, reason=_CONTROL, kind="control"),
            "upper": self._upper,
        }

    def changes(self) -> Iterator[Change]:
        at = 0
        while hit := _ANY.search(self.text, at):
            match = _FOUND.match(self.text, hit.start())
            if match is None:  # an escape character: what steers a terminal is no damage of ours
                at = hit.end()
                continue
            change = self.judges[match.lastgroup or ""](match)
            if change is not None:
                yield change
            at = match.end()

    def _before(self, match: re.Match[str]) -> str:
        return self.text[max(0, match.start() - 1) : match.start()]

    def _behind(self, match: re.Match[str]) -> str:
        return self.text[match.end() : match.end() + 1]

    def _is_among_plain(self, match: re.Match[str]) -> bool:
        sides = self._before(match), self._behind(match)
        # Between quotation marks it is shown.
        if "".join(sides) in {"“”", "「」", "‘’", '""', "''"}:
            return False
        return all(not side or _PLAIN.match(side) for side in sides)

    def _removed(
        self, match: re.Match[str], became: str = "", *, reason: str, kind: str = "invisible"
    ) -> Change | None:
        if not self._is_among_plain(match):
            return None
        return Change(*match.span(), match[0], became, kind, reason, _SURE)

    def _marked(
        self,
        match: re.Match[str],
        candidates: tuple[str, ...] = ("",),
        *,
        reason: str,
    ) -> Change | None:
        if self.is_leftward or not self._is_among_plain(match):
            return None
        return Change(
            *match.span(), match[0], match[0], "control", reason, _UNSURE,
            sure=False, candidates=candidates,
        )  # fmt: skip

    def _soft(self, match: re.Match[str]) -> Change | None:
        """A soft hyphen between letters is where their word may be broken."""
        if self._before(match).isascii() and self._behind(match).isascii():
            return None
        return self._removed(match, reason=_INVISIBLE)

    def _direction(self, match: re.Match[str]) -> Change | None:
        return None if self.is_leftward else self._removed(match, reason=_DIRECTION)

    def _line(self, match: re.Match[str]) -> Change | None:
        at_end = not self._before(match) or not self._behind(match)
        edge = at_end or self._before(match) == "\n" or self._behind(match) in {"\n", "\r"}
        became = "" if edge else self.end_of_line * len(match[0])
        return self._removed(match, became, reason=_LINE, kind="line-end")

    def _selector(self, match: re.Match[str]) -> Change | None:
        if not _SELECTED.match(self._before(match)):
            return None
        return self._removed(match, reason=_SELECTOR)

    def _tagged(self, match: re.Match[str]) -> Change | None:
        return (
            None if self._before(match) == _BLACK_FLAG else self._removed(match, reason=_INVISIBLE)
        )

    def _apart(self, match: re.Match[str]) -> Change | None:
        if not self.separators.isdisjoint(match[0]):
            return None
        candidates = ("-", "") if match[0] == "\x1e" else ("",)
        return self._marked(match, candidates, reason=_APART)

    def _upper(self, match: re.Match[str]) -> Change | None:
        meant = match[0].encode("latin-1").decode("cp1252", "ignore")
        return self._marked(match, (meant,) if meant else (), reason=_UPPER)


def _separators(text: str) -> frozenset[str]:
    """The control characters of which one line has several, or several lines one each."""
    found: set[str] = set()
    lines = text.split("\n")
    for one in "\x01\x02\x07\x1c\x1d\x1e\x1f":
        if one in text:
            counts = Counter(line.count(one) for line in lines if line)
            if any(count > 1 for count in counts) or counts[1] > max(1, counts[0]):
                found.add(one)
    return frozenset(found)
