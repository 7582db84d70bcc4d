"""How the rooms of an archive give up: an exception inside, so that a transaction ends with it.

It never leaves the archive: `write` and `restore` hand its problem out as a value.
"""

from __future__ import annotations

from jiedui.problems import JieduiError, Problem, problem


class ArchiveError(JieduiError):
    """What is wrong with an archive, or with the book it is to go into."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault.hint)
        self.problem = fault


def fault(code: str, found: str = "", **words: str | int) -> ArchiveError:
    """The exception for a problem of a declared code."""
    return ArchiveError(problem(code, None, found, **words))


def one_line(words: object) -> str:
    """What a driver or the system says, on one line."""
    return " ".join(str(words).split())
