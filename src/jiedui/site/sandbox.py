"""Reading foreign files in a child process that can do little harm and is stopped in time.

Not for deciding anything: the child runs `jiedui.evidence.extract`, or reads a workbook
(`sandbox_books`). It has no environment, writes no file, and opens neither file nor socket once it
parses; what it answers is read as JSON.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, cast

from jiedui.evidence.child import from_wire
from jiedui.evidence.extract import refuse
from jiedui.problems import Problem, problem, said
from jiedui.site import forkserver
from jiedui.tied import OUT_OF_MEMORY

if TYPE_CHECKING:
    from jiedui.evidence.extracted import Extracted

    Child = subprocess.Popen[bytes] | forkserver.Forked

__all__ = ["BROKE", "CAGE", "Cage", "StoppedError", "answer_of", "extract_apart"]

_CHUNK = 1 << 16
_SOON = 0.001  # seconds; none at all would be without end
_TOO_LONG = said("用时过长")
_TOO_MUCH_MEMORY = said("占用内存过多")
_TOO_MUCH_OUTPUT = said("输出过多")
BROKE = said("解析程序出错")


@dataclass(frozen=True, slots=True)
class Cage:
    """What a child may use: bytes of memory, seconds on the clock and of processor, bytes out.

    `threads` is how many it may start for columns at once. One that is `forked` comes out of a
    program that has done its imports (`forkserver`).
    """

    memory: int = 1 << 30
    seconds: int = 60
    output: int = 16 << 20
    module: str = "jiedui.evidence.child"
    threads: int = 0
    forked: bool = False


CAGE = Cage()


class StoppedError(Exception):
    """Why a child was stopped, in the words of the problem."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def extract_apart(content: bytes, name: str = "", cage: Cage = CAGE) -> Extracted | Problem:
    """Read a document as `evidence.extract` does, in a process of its own.

    A child that crashes, takes too long or too much, or answers nonsense is the problem
    `parser-stopped`. Only the ending of the name is handed on.
    """
    refused = refuse(content)
    if refused:
        return refused
    try:
        return from_wire(answer_of(content, PurePath(name).suffix[:16], cage))
    except StoppedError as stopped:
        return problem("parser-stopped", why=stopped.why)
    except (ValueError, KeyError, TypeError):
        return problem("parser-stopped", why=BROKE)


def answer_of(content: bytes, argument: str, cage: Cage) -> bytes:
    """What the child of a cage answers to bytes and one argument; raises `StoppedError`."""
    deadline = time.monotonic() + cage.seconds
    try:
        child = _start(cage, [str(cage.memory), str(cage.seconds), argument.replace("\x00", "")])
    except OSError:
        raise StoppedError(BROKE) from None
    try:
        answer = _converse(child, content, deadline, cage.output)
        code = child.wait(max(_SOON, deadline - time.monotonic()))
    except (subprocess.TimeoutExpired, TimeoutError):
        raise StoppedError(_TOO_LONG) from None
    except EOFError:
        raise StoppedError(BROKE) from None
    finally:
        _end(child)
    if code:
        raise StoppedError(_why(code))
    return answer


def _start(cage: Cage, arguments: list[str]) -> Child:
    # -I: no PYTHON* variables, no user's packages, no current folder; -B: it may write no file.
    python = [sys.executable, "-I", "-B", "-X", "utf8"]
    known = {"POLARS_MAX_THREADS": str(cage.threads)} if cage.threads else {}
    if cage.forked:
        return forkserver.fork(python, cage.module, arguments, known)
    return subprocess.Popen(  # noqa: S603 - our own module, with arguments of our own
        [*python, "-m", cage.module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=known, cwd="/", start_new_session=True,
    )  # fmt: skip


def _converse(child: Child, content: bytes, deadline: float, most: int) -> bytes:
    """Write the document and read the answer at once, so that neither pipe can block the other."""
    writing, reading = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    os.set_blocking(writing.fileno(), False)
    answer, left = bytearray(), memoryview(content)
    with selectors.DefaultSelector() as ready:
        ready.register(writing, selectors.EVENT_WRITE)
        ready.register(reading, selectors.EVENT_READ)
        while True:
            streams = {key.fileobj for key, _ in ready.select(deadline - time.monotonic())}
            if not streams:
                raise StoppedError(_TOO_LONG)
            if writing in streams:
                left = _write(writing.fileno(), left)
                if not left:
                    ready.unregister(writing)
                    writing.close()
            if reading in streams:
                chunk = os.read(reading.fileno(), _CHUNK)
                if not chunk:
                    return bytes(answer)
                answer += chunk
            if len(answer) > most:
                raise StoppedError(_TOO_MUCH_OUTPUT)


def _write(stream: int, left: memoryview) -> memoryview:
    """Write what the pipe takes; a child that no longer listens takes the rest."""
    try:
        return left[os.write(stream, left[:_CHUNK]) :]
    except BrokenPipeError:
        return left[:0]


def _end(child: Child) -> None:
    """Leave no child behind, nor a pipe."""
    child.kill()
    if not isinstance(child, forkserver.Forked):  # whose server waits
        child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None and not stream.closed:
            stream.close()


def _why(code: int) -> str:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _TOO_LONG
    return _TOO_MUCH_MEMORY if code == OUT_OF_MEMORY else BROKE
