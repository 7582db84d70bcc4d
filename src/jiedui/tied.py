"""How a child that parses a foreign file ties its own hands, answers once, and ends.

Not for reading anything: what is read, and what that needs first, the child's own module says
(`evidence.child`, `intake.child`). Not for starting one: that is `jiedui.site.sandbox`.
"""

from __future__ import annotations

import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OUT_OF_MEMORY", "answer_once"]

OUT_OF_MEMORY = 3  # the exit code that says so
_STREAMS = 3  # stdin, stdout, stderr


def answer_once(load: Callable[[bytes, str], None], answer: Callable[[bytes, str], bytes]) -> None:
    """Answer the bytes on stdin on stdout; the third argument says what is asked.

    The first two are bytes of memory and seconds of processor. `load` imports and tries what
    `answer` needs, because `answer` can open neither file nor socket. Ends the process with
    `OUT_OF_MEMORY` when the memory does not do.
    """
    memory, seconds, asked = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    _tie(memory, seconds)
    try:
        content = sys.stdin.buffer.read()
        load(content, asked)
        resource.setrlimit(resource.RLIMIT_NOFILE, (_STREAMS, _STREAMS))
        found = answer(content, asked)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(found)
    sys.stdout.buffer.flush()


def _tie(memory: int, seconds: int) -> None:
    """Limit this process; it cannot undo that."""
    if sys.platform == "linux":  # macOS refuses a limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
