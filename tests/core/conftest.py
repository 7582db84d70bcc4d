"""While a core test runs, the core may not import Django, open a file, a socket or a process.

The guard looks at who asks: only calls that come from a core room of `jiedui` are refused. The
tests themselves may open their corpus, and imports may read source files. Package data and what a
library ships (dictionaries, templates) may be read, nothing may be written.
"""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(__file__).parent.parent.parent
READABLE = tuple(
    str(path) + os.sep
    for path in (
        ROOT / "src/jiedui",
        ROOT / "tests/corpus",
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path("/usr/share/zoneinfo"),
    )
)
SHELL = ("jiedui.site", "jiedui.cli")
BANNED = ("django", "ninja", "axes", "whitenoise", "granian")
REFUSED = frozenset(
    {
        "socket.__new__",
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.fork",
        "os.posix_spawn",
    }
)


class CoreIsNotPure(BaseException):
    """Not an Exception, so that no `except Exception` of the core can hide it."""


def is_core(module: str) -> bool:
    """Say whether a module belongs to a core room."""
    within = module == "jiedui" or module.startswith("jiedui.")
    return within and not any(module == s or module.startswith(s + ".") for s in SHELL)


def asked_by_core(frame: FrameType | None) -> str | None:
    """Name the core module that the call came from, unless an import lies between."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name in ("importlib._bootstrap", "_frozen_importlib"):
            return None
        if is_core(name):
            return str(name)
        frame = frame.f_back
    return None


def may_be_read(path: object, flags: object) -> bool:
    """Say whether the core may open this path: package data, for reading."""
    if isinstance(path, int):
        return True
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
    if isinstance(flags, int) and flags & writes:
        return False
    return os.path.abspath(os.fsdecode(path)).startswith(READABLE)  # type: ignore[arg-type]  # noqa: PTH100 - pathlib opens nothing here, but is itself watched


class Guard:
    """An audit hook cannot be taken out again, so it is put in once and switched."""

    on = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Refuse what the core asks for; anybody else goes on."""
        if not self.on:
            return
        if event == "open":
            if may_be_read(args[0], args[2]):
                return
            what = f"opened {args[0]!r}"
        elif event in REFUSED:
            what = f"called {event}"
        else:
            return
        self.on = False
        try:
            module = asked_by_core(sys._getframe(1))
        finally:
            self.on = True
        if module is not None:
            raise CoreIsNotPure(f"{module} {what}; a core room may not")


GUARD = Guard()
sys.addaudithook(GUARD)
_import = builtins.__import__


def guarded_import(name: str, globals: Any = None, *rest: Any, **more: Any) -> Any:  # noqa: A002 - the name __import__ has
    """Refuse Django and its kin to a module of a core room, at any time."""
    importer = (globals or {}).get("__name__") or ""
    if name.partition(".")[0] in BANNED and is_core(importer):
        raise CoreIsNotPure(f"{importer} imported {name}; a core room may not")
    return _import(name, globals, *rest, **more)


@pytest.fixture(autouse=True)
def core_is_guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Guard every core test."""
    monkeypatch.setattr(builtins, "__import__", guarded_import)
    GUARD.on = True
    yield
    GUARD.on = False
