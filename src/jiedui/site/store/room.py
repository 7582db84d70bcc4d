"""Whether a write failed because the disk took no more: a person is told so in words.

Not for faults of the program: those are raised on.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from django.db import DatabaseError

from jiedui.problems import problem

if TYPE_CHECKING:
    from jiedui.problems import Problem

__all__ = ["FAULTS", "no_room"]

FAULTS = (OSError, DatabaseError)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# disk_full and io_error of PostgreSQL, see its list of error codes.
_STATES = frozenset({"53100", "58030"})
_NAMES = ("SQLITE_FULL", "SQLITE_IOERR")


def no_room(fault: OSError | DatabaseError) -> Problem:
    """The problem that a full disk is; any other fault is raised again."""
    if isinstance(fault, OSError):
        full = fault.errno in _FULL
    else:
        cause = fault.__cause__
        named = str(getattr(cause, "sqlite_errorname", "")).startswith(_NAMES)
        full = named or getattr(cause, "sqlstate", None) in _STATES
    if not full:
        raise fault
    return problem("disk-full")
