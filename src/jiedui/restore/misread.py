"""Text that was read in the wrong encoding, line by line: the page must convince first.

Three mechanisms, each by lines: UTF-8 read as GBK (`utf8_in_gbk`), and UTF-8 or GBK or Big5 read
as Latin-1 or Windows-1252 (`in_latin`). Not for bytes: `encodings` decodes those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore import in_latin
from jiedui.restore.edits import Change, in_order
from jiedui.restore.likeliest import likeliest
from jiedui.restore.plausible import plausibility
from jiedui.restore.utf8_in_gbk import FOLLOWED, LEADING, Piece, read

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find"]

_TELLTALE = re.compile(f"[{LEADING}]{FOLLOWED}")
# A question mark may stand for a byte, or for two of them.
_RUN = re.compile(r"(?:[^\x00-\x7f]\?{0,2})+")
_BEGUN = re.compile(f"[{LEADING}]")
_DAMAGED = re.compile(rf"[{LEADING}?€\ufffd]")

_SURE = 0.99
_GUESSED = 0.999  # from here on, what a lost byte was is not asked of people
_FITTING = 0.6  # of a run; the rest lost more than one byte
_PLAUSIBLE, _BETTER = 0.3, 0.15
_BEGINNING = 60
_LEAST_SIGNS = 2
_MOST_RANKED = 300

_READ = said("UTF-8 文字曾被当作 GBK 读取，已按字节还原")
_SUPPLIED = said("UTF-8 文字曾被当作 GBK 读取并丢了字节，按余下的字节和上下文补出")
_LOST = said("UTF-8 文字曾被当作 GBK 读取，这里丢了字节，保留原样待核")


def find(text: str) -> list[Change]:
    """Find what was read in the wrong encoding, in the order of the text."""
    changes = _utf8_in_gbk(text)
    if not in_latin.is_suspicious(text):
        return changes
    # A question mark may be claimed by both.
    return in_order(in_latin.find(text), changes)


def _utf8_in_gbk(text: str) -> list[Change]:
    if not _TELLTALE.search(text):
        return []
    found = list(_damaged_runs(text, _TELLTALE))
    if not _convinces(text, found):
        return []
    # The page is known to be damaged: now the short runs count too.
    found = list(_damaged_runs(text, _BEGUN))
    restored = _Restored(text)
    return [change for start, pieces in found for change in restored.changes(start, pieces)]


def _damaged_runs(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, list[Piece]]]:
    """The runs that were read as GBK, with where they begin."""
    done = 0
    while begun := sign.search(text, done):
        at = begun.start()
        while at > done and not (text[at - 1].isascii() and text[at - 1] != "?"):
            at -= 1
        run = _RUN.match(text, at) or _RUN.match(text, begun.start())
        if run is None:  # cannot be: the sign is not ASCII
            return
        done = run.end()
        if (pieces := _fitting(run[0])) is not None:
            yield run.start(), pieces


def _fitting(run: str) -> list[Piece] | None:
    """The pieces of a run that was read as GBK: its beginning tells, at little cost."""
    if len(run) > _BEGINNING and _fitting(run[:_BEGINNING]) is None:
        return None
    pieces = read(run)
    return pieces if pieces and _fits(pieces) else None


def _fits(pieces: list[Piece]) -> bool:
    """Whether the bytes of a run have the shape of UTF-8, but for a few."""
    shaped = sum(piece.end - piece.start for piece in pieces if piece.text or piece.options)
    return shaped >= _FITTING * pieces[-1].end and any(_is_chinese(piece) for piece in pieces)


def _is_chinese(piece: Piece) -> bool:
    text = piece.text or "".join(piece.options[:1])
    return any("\u2e80" <= one <= "\u9fff" or one >= "\uff01" for one in text)


def _convinces(text: str, found: list[tuple[int, list[Piece]]]) -> bool:
    """Whether what was read again is Chinese text, and what stands there is not."""
    stands = "".join(text[start : start + pieces[-1].end] for start, pieces in found)
    became = "".join(piece.text for _, pieces in found for piece in pieces)
    if sum(not one.isascii() for one in became) < _LEAST_SIGNS:
        return False
    return plausibility(became) >= max(_PLAUSIBLE, plausibility(stands) + _BETTER)


class _Restored:
    """The pieces of one page as changes; only so many lost bytes are asked about."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ranked = 0

    def changes(self, start: int, pieces: list[Piece]) -> Iterator[Change]:
        for at, piece in enumerate(pieces):
            low, high = start + piece.start, start + piece.end
            found = self.text[low:high]
            if not (piece.text or _DAMAGED.search(found)):
                continue  # what stands here was read right
            if not piece.text:
                before = pieces[at - 1].text if at else self.text[max(0, low - 1) : low]
                behind = pieces[at + 1].text if at + 1 < len(pieces) else self.text[high : high + 1]
                yield self._lost(low, found, piece, (before, behind))
            elif piece.text != found:
                yield Change(low, high, found, piece.text, "mojibake", _READ, _SURE)

    def _lost(self, start: int, found: str, piece: Piece, around: tuple[str, str]) -> Change:
        self.ranked += 1
        best = likeliest(around[0], piece.options, around[1]) if self.ranked < _MOST_RANKED else ()
        chance = best[0][1] if best else 0.0
        end = start + len(found)
        if chance >= _GUESSED:
            return Change(start, end, found, best[0][0], "mojibake", _SUPPLIED, chance)
        candidates = tuple(option for option, _ in best)
        return Change(
            start, end, found, found, "lost", _LOST, chance, sure=False, candidates=candidates
        )
