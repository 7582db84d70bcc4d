"""Children that are there at once: forked from a program that has done their imports.

Reading a workbook needs a tenth of the time that importing the libraries for it does. One program
for each kind of child (`forked`) imports once and forks for each question; where this process has
none yet, or it has ended, one is started. Not for limits, which a child ties itself.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import threading
from typing import IO, TYPE_CHECKING

from jiedui.site.forked import ACCEPTED, LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Forked", "fork"]

_lock = threading.Lock()
_servers: dict[tuple[int, str], _Server] = {}


class Forked:
    """A running child: its streams, as binary files, and how it ended.

    `wait(seconds)` gives the exit code, negative for a signal; it raises TimeoutError when the
    child goes on for longer and EOFError when nothing tells its end. `kill` ends it.
    """

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], line: socket.socket) -> None:
        self.stdin, self.stdout, self._line = stdin, stdout, line

    def wait(self, seconds: float) -> int:
        """The code with which it ended."""
        self._line.settimeout(seconds)
        told = self._line.recv(16)
        if not told:
            raise EOFError
        return int(told)

    def kill(self) -> None:
        """End it, if it has not ended; its server does so when nobody listens."""
        self._line.close()


class _Server:
    """A program that forks, and the socket on which it is asked."""

    def __init__(self, command: Sequence[str], known: Mapping[str, str]) -> None:
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=known,
                cwd="/",
                start_new_session=True,
            )

    def ask(self, arguments: Sequence[str], files: Sequence[int]) -> bool:
        """Have it fork with these files as stdin, stdout and line; whether it did."""
        message = json.dumps(arguments).encode()
        if len(message) > LONGEST:
            raise ValueError("arguments too long")
        try:
            socket.send_fds(self.control, [message], files)
            return self.control.recv(1) == ACCEPTED
        except OSError:
            return False

    def end(self) -> None:
        """Let it go, and wait until it has gone."""
        self.control.close()
        self.process.wait()


def fork(
    python: Sequence[str], module: str, arguments: Sequence[str], known: Mapping[str, str]
) -> Forked:
    """A child that runs `main` of a module with these arguments, and sees no other variables.

    `python` is the command line of the interpreter. Raises OSError when no child comes to be.
    """
    ours, theirs, line, their_line = _channels()
    command = [*python, "-m", "jiedui.site.forked", module]
    try:
        with _lock:
            forks = any(
                _server(command, known, again=again).ask(arguments, [*theirs, their_line.fileno()])
                for again in (False, True)
            )
    finally:
        their_line.close()
        for file in theirs:
            os.close(file)
    if not forks:
        line.close()
        for file in ours:
            os.close(file)
        raise ChildProcessError(module)
    return Forked(os.fdopen(ours[0], "wb", 0), os.fdopen(ours[1], "rb", 0), line)


def _channels() -> tuple[tuple[int, int], tuple[int, int], socket.socket, socket.socket]:
    """What is written to and read from here, the other ends of both, and the two of the line."""
    their_in, our_in = os.pipe()
    our_out, their_out = os.pipe()
    line, their_line = socket.socketpair()
    return (our_in, our_out), (their_in, their_out), line, their_line


def _server(command: Sequence[str], known: Mapping[str, str], *, again: bool) -> _Server:
    """The program of this command that this process started; a new one where it does not answer.

    One that a parent process started is not this one's to ask.
    """
    key = (os.getpid(), "\0".join([*command, *known.values()]))
    if again and key in _servers:
        _servers.pop(key).end()
    if key not in _servers:
        _servers[key] = _Server(command, known)
    return _servers[key]


def _end_all() -> None:
    for (owner, _), server in _servers.items():
        if owner == os.getpid():
            server.end()


atexit.register(_end_all)
