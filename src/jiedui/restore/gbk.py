"""Bytes of GBK as the damaging program saw them: pairs, holes, lone leads.

Not a decoder for files: `evidence` reads files. Code page 936 as Windows has it is meant, without
the four-byte forms of GB18030, which were never seen in damaged text.
"""

from __future__ import annotations

from functools import cache

__all__ = ["FIRST_TRAIL", "character", "is_lead", "narrow", "pair", "pairs", "wide"]

FIRST_LEAD = 0x80
FIRST_TRAIL = 0x40
_FULL_WIDTH = {chr(point): chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)}
_NARROW = {ord(one): other for one, other in _FULL_WIDTH.items()}
_WIDE = {other: one for one, other in _FULL_WIDTH.items()}


def is_lead(byte: int) -> bool:
    """Whether a byte begins a pair."""
    return byte >= FIRST_LEAD


@cache
def _pairs() -> tuple[dict[str, bytes], dict[bytes, str]]:
    there: dict[str, bytes] = {}
    back: dict[bytes, str] = {}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            coded = bytes((lead, trail))
            try:
                one = coded.decode("gbk")
            except UnicodeDecodeError:
                continue
            there[one], back[coded] = coded, one
    return there, back


def pairs() -> dict[str, bytes]:
    """All characters of two bytes with their bytes; not to be changed."""
    return _pairs()[0]


def pair(one: str) -> bytes | None:
    """The two bytes of a character, or None when GBK has none for it."""
    return _pairs()[0].get(one)


def character(coded: bytes) -> str | None:
    """The character of two bytes, or None for a hole or a user-defined slot."""
    return _pairs()[1].get(coded)


def narrow(text: str) -> str:
    """The text with full-width ASCII made half-width, as the crawler did."""
    return text.translate(_NARROW)


def wide(one: str) -> str:
    """The full-width form of an ASCII character that has one, else the character itself."""
    return _WIDE.get(one, one)
