"""The bytes of a document as text in one encoding, or a problem that names the byte.

Not for repairing: a byte that does not fit is never a replacement sign here, since a document is
proof. `jiedui.restore.decode` reads what is mixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.problems import Problem, problem
from jiedui.restore.encodings import Stop, read_strictly

if TYPE_CHECKING:
    from jiedui.restore import Decoded

__all__ = ["decode"]


def decode(content: bytes, declared: str = "") -> Decoded | Problem:
    """Read bytes in the one encoding that fits all of them.

    `declared` is the page's own word for it. The problems are `encoding-mixed` and
    `encoding-unknown`, both with the byte offset counted from 0.
    """
    found = read_strictly(content, declared)
    if not isinstance(found, Stop):
        return found
    if not found.encoding:
        return problem("encoding-unknown", offset=found.offset)
    return problem("encoding-mixed", encoding=found.encoding, offset=found.offset)
