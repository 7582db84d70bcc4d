"""The model of the damage: how an intact page becomes the one that arrives.

It serves the search for torn characters, which believes a reading only if this model damages it
into what was found, and the tests. Not for use on anybody's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jiedui.restore import gbk
from jiedui.restore.readings import first_reading, readings

__all__ = ["corrupt", "decode", "replacements"]

Replacement = tuple[bytes, bytes]


def replacements(annotated_characters: Mapping[str, str] | Iterable[str]) -> list[Replacement]:
    """Give each character's bytes and what replaces them, in the order of carrying out.

    A mapping gives the reading of each character; otherwise the dictionary's first one is taken.
    Raises ValueError for a character without two GBK bytes or without a reading.
    """
    given = annotated_characters if isinstance(annotated_characters, Mapping) else {}
    result: list[Replacement] = []
    for one in annotated_characters:
        coded, known = gbk.pair(one), readings(one)
        if coded is None or not (one in given or known):
            raise ValueError(f"{one!r} has no two bytes in GBK or no reading")
        reading = given.get(one) or first_reading(one)
        result.append((coded, coded + f"({reading})".encode("gbk")))
    return result


def decode(coded: bytes) -> str:
    """Decode one piece as the faulty program did: holes vanish, a lone lead becomes '?'.

    A lead with a byte below 0x40 behind it becomes one '?' and takes that byte along.
    """
    pieces: list[str] = []
    at, size = 0, len(coded)
    while at < size:
        byte = coded[at]
        if not gbk.is_lead(byte):
            pieces.append(chr(byte))
            at += 1
            continue
        if at + 1 == size or coded[at + 1] < gbk.FIRST_TRAIL:
            pieces.append("?")
        else:
            pieces.append(gbk.character(coded[at : at + 2]) or "")
        at += 2
    return "".join(pieces)


def corrupt(
    text: str,
    annotated_characters: Mapping[str, str] | Iterable[str],
    cuts: Iterable[str] = ("，",),
) -> str:
    """Damage a page in traditional script: the same arguments always give the same damage.

    `annotated_characters` are replaced one after the other over the bytes of the line, without
    regard to where characters begin; `cuts` are full-width marks at which the bytes are taken
    apart before decoding, again without regard to characters. Last, full-width ASCII becomes
    half-width, as the crawler makes it.

    >>> corrupt("對接東西部", ["訓"])
    '對接?xùn)|西部'
    """
    replaced = replacements(annotated_characters)
    marks = [mark for one in cuts if (mark := gbk.pair(one))]
    return "\n".join(_corrupt_line(line, replaced, marks) for line in text.split("\n"))


def _corrupt_line(line: str, replaced: list[Replacement], marks: list[bytes]) -> str:
    coded = b"".join(_coded(one) for one in line)
    for found, became in replaced:
        coded = coded.replace(found, became)
    if not marks:
        return gbk.narrow(decode(coded))
    # A group keeps the marks between the pieces.
    pieces = re.split(b"(" + b"|".join(map(re.escape, marks)) + b")", coded)
    return gbk.narrow("".join(map(decode, pieces)))


def _coded(one: str) -> bytes:
    return one.encode() if one.isascii() else gbk.pair(one) or b"?"
