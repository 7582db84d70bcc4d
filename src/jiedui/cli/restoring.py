"""How `jiedui restore` makes one file whole, here or in a process of its own; not a command itself.

The only place of the command that knows how bytes become text and text is restored.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from jiedui.evidence.encodings import decode as decode_proof
from jiedui.problems import Problem, problem, said
from jiedui.restore import Restored, decode, restore

__all__ = ["STANDARD_INPUT", "Asked", "Outcome", "restored_file", "stopped"]

STANDARD_INPUT = "-"
_LARGEST = 256 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_REASONS = {
    FileNotFoundError: said("没有这个文件，请核对路径。"),
    IsADirectoryError: said("这是文件夹，请指定其中的文件。"),
    PermissionError: said("没有权限，请核对文件和文件夹的权限。"),
}
_BINARY = b"\x00"
_SEVERAL, _LOST = "+", "\ufffd"
# Bytes of which less than this is read as text are something else.
_LEAST_SURE = 0.5
# The codecs of each encoding that text is told to be in; the first that gives the same bytes again.
_CODECS = {
    "UTF-8": ("utf-8", "utf-8-sig"),
    "UTF-16LE": ("utf-16-le",),
    "UTF-16BE": ("utf-16-be",),
    "GB18030": ("gb18030",),
    "Big5": ("cp950", "big5hkscs"),
}
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "gb18030": b"\x84\x31\x95\x33"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done with each file."""

    layout: bool = False
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its restored text, or why it was left as it is."""

    name: str
    encoding: str = ""
    damaged: str = ""
    restored: Restored | None = None
    sureness: float = 1.0
    problem: Problem | None = None

    @property
    def is_changed(self) -> bool:
        """Whether its text is other than before, or no longer in several encodings at once."""
        changed = self.restored is not None and self.restored.text is not self.damaged
        return changed or _SEVERAL in self.encoding


def restored_file(name: str, asked: Asked) -> Outcome:
    """Restore a file, or what the standard input gives; write it back when that is asked for.

    A file that cannot be read as text, or not be written as it was, is a problem and untouched.
    """
    try:
        if name == STANDARD_INPUT:
            return _outcome(name, sys.stdin.buffer.read(_LARGEST + 1), asked)
        return _of_file(name, asked)
    except OSError as error:
        why = _REASONS.get(type(error)) or said("{why}。", why=error.strerror or str(error))
        return Outcome(name, problem=problem("file-unreadable", found=name, why=why))


def stopped(name: str) -> Outcome:
    """The outcome of a file whose process died: it, or one beside it, was too much."""
    why = said("进程中止")
    return Outcome(name, problem=problem("parser-stopped", found=name, why=why))


def _of_file(name: str, asked: Asked) -> Outcome:
    path = Path(name)
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        content = file.read(_LARGEST + 1)
    outcome = _outcome(name, content, asked)
    if not asked.in_place or outcome.restored is None or not outcome.is_changed:
        return outcome
    wrong = _written(path, before, content, outcome)
    return Outcome(name, problem=wrong) if wrong else outcome


def _outcome(name: str, content: bytes, asked: Asked) -> Outcome:
    if len(content) > _LARGEST:
        limit = _LARGEST // _MEGABYTE
        size = said("{limit} 以上", limit=limit)
        wrong = problem("file-too-large", found=name, limit=limit, size=size)
        return Outcome(name, problem=wrong)
    if not content:
        return Outcome(name, "UTF-8", "", Restored(""))
    decoded = decode(content)
    # Written back, the bytes that fit no encoding would be lost for good.
    if _LOST in decoded.text and (asked.in_place or decoded.sureness < _LEAST_SURE):
        proof = decode_proof(content)
        if isinstance(proof, Problem):
            return Outcome(name, problem=proof)
    if _BINARY in content and not decoded.encoding.startswith("UTF-16"):
        return Outcome(name, problem=problem("not-text", found=name))
    restored = restore(decoded.text, layout=asked.layout)
    return Outcome(name, decoded.encoding, decoded.text, restored, decoded.sureness)


def _written(
    path: Path, before: os.stat_result, content: bytes, outcome: Outcome
) -> Problem | None:
    """Put the restored text in the place of a file, in its encoding; all of it or nothing."""
    assert outcome.restored is not None
    coded = _coded(outcome, content)
    if coded is None:
        return problem("not-in-its-encoding", found=outcome.name, encoding=outcome.encoding)
    path = path.resolve()
    if not os.access(path, os.W_OK):
        raise PermissionError
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(coded)
            file.flush()
            os.fsync(file.fileno())
            with suppress(PermissionError):
                os.chown(file.fileno(), before.st_uid, before.st_gid)
            Path(file.name).chmod(stat.S_IMODE(before.st_mode))
            now = path.stat()
            if (now.st_ino, now.st_size, now.st_mtime_ns) != (
                before.st_ino, before.st_size, before.st_mtime_ns,
            ):  # fmt: skip
                return problem("changed-meanwhile", found=outcome.name)
            Path(file.name).replace(path)
        finally:
            Path(file.name).unlink(missing_ok=True)
    return None


def _coded(outcome: Outcome, content: bytes) -> bytes | None:
    """The restored text in the bytes of its file; None when that cannot be done exactly."""
    assert outcome.restored is not None
    if _SEVERAL in outcome.encoding:
        with suppress(UnicodeEncodeError):
            return outcome.restored.text.encode()
        return None
    for codec in _CODECS[outcome.encoding]:
        mark = _MARKS.get(codec, b"")
        mark = mark if content.startswith(mark) else b""
        with suppress(UnicodeEncodeError):
            if mark + outcome.damaged.encode(codec) == content:
                return mark + outcome.restored.text.encode(codec)
    return None
