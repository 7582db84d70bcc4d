"""Reading and annotating workbooks in a child process, as `sandbox` reads documents.

Not for deciding anything: the child runs `jiedui.intake`. What it answers is read as Arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake import LIMITS, refuse
from jiedui.intake.child import ANNOTATE, READ, asked, book_from_wire, bytes_from_wire
from jiedui.problems import Problem, problem
from jiedui.site.sandbox import BROKE, Cage, StoppedError, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from jiedui.intake import Book

    Found = TypeVar("Found")

__all__ = ["BOOKS", "annotate_apart", "open_book_apart"]

BOOKS = Cage(
    memory=4 << 30, seconds=120, output=2 << 30, module="jiedui.intake.child", threads=1,
    forked=True,
)  # fmt: skip


def open_book_apart(content: bytes, cage: Cage = BOOKS) -> Book | Problem:
    """Read a workbook as `intake.open_book` does, in a process of its own.

    A child that crashes, takes too long or too much, or answers nonsense is the problem
    `parser-stopped`.
    """
    refused = refuse(content)
    if refused:
        return refused
    return _asked(content, READ, cage, book_from_wire)


def annotate_apart(
    content: bytes,
    problems: Sequence[Problem],
    cage: Cage = BOOKS,
    *,
    demonstration: bool = False,
) -> bytes | Problem:
    """Mark problems as `intake.annotate` does, in a process of its own.

    Only as many problems are handed on as are marked, so that a million melt nothing down.
    """
    refused = refuse(content)
    if refused:
        return refused
    question = asked(content, problems[: LIMITS.shown], demonstration=demonstration)
    return _asked(question, ANNOTATE, cage, bytes_from_wire)


def _asked(
    content: bytes, action: str, cage: Cage, read: Callable[[bytes], Found]
) -> Found | Problem:
    try:
        return read(answer_of(content, action, cage))
    except StoppedError as stopped:
        return problem("parser-stopped", why=stopped.why)
    except (ValueError, KeyError, TypeError):
        return problem("parser-stopped", why=BROKE)
