"""How far work is, on the terminal's error stream; not a command itself."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.site.store.staging import Progress

_WORDS = {
    "read": "读表",
    "check": "核对",
    "compare": "比对",
    "write": "入账",
    "undo": "撤销",
    "restore": "复原",
}
# A terminal sees the line move; a log gets one line now and then, and none of short work.
_EVERY, _LOGGED = 0.2, 5.0


@contextmanager
def progress(unit: str = "行") -> Iterator[Progress]:
    """What to tell of the work: one moving line with what is done, the rate and time left."""
    line = _Line(unit)
    try:
        yield line.told
    finally:
        line.clear()


class _Line:
    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.moving = sys.stderr.isatty()
        self.phase = ""
        self.began = self.said = time.monotonic()
        self.width = 0

    def told(self, phase: str, done: int = 0, rows: int = 0, /) -> None:
        now = time.monotonic()
        fresh = phase != self.phase
        if fresh:
            self.phase, self.began = phase, now
        if not (fresh and self.moving) and now - self.said < (_EVERY if self.moving else _LOGGED):
            return
        self.said = now
        self._write(_words(phase, done, rows, now - self.began, self.unit))

    def _write(self, words: str) -> None:
        if self.moving:
            sys.stderr.write(f"\r{words.ljust(self.width)}")
            self.width = len(words)
        else:
            sys.stderr.write(f"{words}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        if self.width:
            sys.stderr.write(f"\r{' ' * (self.width * 2)}\r")
            sys.stderr.flush()


def _words(phase: str, done: int, rows: int, seconds: float, unit: str) -> str:
    parts = [_WORDS.get(phase, phase)]
    if rows:
        parts.append(f"{done:,} / {rows:,} {unit}")
    if done and seconds > 0:
        rate = done / seconds
        parts.append(f"每秒 {rate:,.0f} {unit}，还要约 {(rows - done) / rate:.0f} 秒")
    return "  ".join(parts)
