"""The program that waits with its imports done and becomes, by a fork, one child after another.

Not for calling: `jiedui.site.forkserver` starts it as `python -m jiedui.site.forked MODULE`, with
its control socket as standard input. It reads nothing of what the children are given. Each child
is a new process of its own session that runs the module's `main`; nothing that one does can reach
the next. Waiting ends when whoever started it is gone, or has asked nothing for a while.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["ACCEPTED", "FAILED", "LONGEST"]

ACCEPTED = b"\x01"  # a child runs
FAILED = 1  # the exit code of a child that ended by an exception, as the interpreter gives it
LONGEST = 4096  # bytes of a message that asks for a child
_IDLE = 600.0  # seconds until an unused program ends; the next question starts another
_FILES = 256  # a child keeps none of the files below this number but its streams


def main() -> None:
    """Import the module named, let it import what it needs, and serve."""
    module = import_module(sys.argv[1])
    getattr(module, "prepare", lambda: None)()
    control = socket.socket(fileno=os.dup(0))
    _Server(control, module.main).serve()


class _Server:
    """Children by their process number, each with the line on which its end is told."""

    def __init__(self, control: socket.socket, run: Callable[[], None]) -> None:
        self.control, self.run = control, run
        self.children: dict[int, socket.socket] = {}
        self.ready = selectors.DefaultSelector()
        self.ended, bell = os.pipe()
        os.set_blocking(self.ended, False)
        os.set_blocking(bell, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(bell)

    def serve(self) -> None:
        """Answer until the control socket closes; no child outlives that."""
        self.ready.register(self.control, selectors.EVENT_READ)
        self.ready.register(self.ended, selectors.EVENT_READ)
        while asked := self.ready.select(None if self.children else _IDLE):
            for key, _ in asked:
                if key.fileobj is self.control:
                    if not self._begin():
                        self._end_all()
                        return
                elif key.fileobj == self.ended:
                    os.read(self.ended, LONGEST)
                    self._told()
                else:
                    os.killpg(key.data, signal.SIGKILL)  # nobody waits for it any more
                    self.ready.unregister(key.fileobj)

    def _begin(self) -> bool:
        message, files, _, _ = socket.recv_fds(self.control, LONGEST, 3)
        if not message:
            return False
        number = os.fork()
        if not number:
            self._become(json.loads(message), files)
        for file in files[:2]:
            os.close(file)
        self.children[number] = socket.socket(fileno=files[2])
        self.ready.register(self.children[number], selectors.EVENT_READ, number)
        self.control.send(ACCEPTED)
        return True

    def _become(self, arguments: Sequence[str], files: Sequence[int]) -> NoReturn:
        """Be the child: its streams, its arguments, and an end by its own code."""
        code = FAILED
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.dup2(files[0], 0)
            os.dup2(files[1], 1)
            os.closerange(3, _FILES)
            sys.argv[1:] = arguments
            self.run()
            sys.stdout.flush()
            code = 0
        except SystemExit as ends:
            code = ends.code if isinstance(ends.code, int) else FAILED
        finally:
            os._exit(code)

    def _told(self) -> None:
        """Tell the ends of those that have ended, negative for a signal."""
        while self.children:
            number, status = os.waitpid(-1, os.WNOHANG)
            if not number:
                return
            line = self.children.pop(number)
            if line in self.ready.get_map():
                self.ready.unregister(line)
                line.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            line.close()

    def _end_all(self) -> None:
        for number in self.children:
            os.killpg(number, signal.SIGKILL)


if __name__ == "__main__":
    main()
