"""What `jiedui restore` does with one file; not a command itself.

It runs in processes of its own, so everything here is told by values that travel.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiedui.cli.read import reason_of

if TYPE_CHECKING:
    from jiedui.problems import Problem
    from jiedui.restore import Decoded, Edit, Restored

__all__ = ["STANDARD_INPUT", "Answer", "Shown", "Wanted", "answer"]

STANDARD_INPUT = "-"
_CODECS = {
    "UTF-8": "utf-8", "GB18030": "gb18030", "Big5": "cp950", "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
}  # fmt: skip
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")
_QUOTED = 30


class Shown(Enum):
    """What is printed of a file."""

    TEXT = "text"
    JSON = "json"
    EDITS = "edits"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do with every file."""

    shown: Shown = Shown.TEXT
    in_place: bool = False
    layout: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one file: what to print, what to say of it, and whether it was rewritten."""

    printed: str = ""
    fault: str = ""
    rewritten: bool = False


def answer(name: str, wanted: Wanted) -> Answer:
    """Restore one file; what cannot be read as text is a fault, and its file is not touched."""
    from jiedui.problems import Problem
    from jiedui.restore import restore

    read = _read(name)
    if isinstance(read, Problem):
        return _faulty(name, read, wanted)
    content, decoded = read
    restored = restore(decoded.text, layout=wanted.layout)
    changed = restored.text is not decoded.text or "+" in decoded.encoding
    if wanted.in_place and changed:
        try:
            _rewrite(Path(name).resolve(), _encoded(restored.text, content, decoded))
        except OSError as error:
            from jiedui.problems import problem

            return _faulty(name, problem("file-unreadable", why=reason_of(error)), wanted)
    printed = _printed(name, decoded, restored, wanted.shown)
    return Answer(printed, rewritten=wanted.in_place and changed)


def _read(name: str) -> tuple[bytes, Decoded] | Problem:
    from jiedui.problems import problem
    from jiedui.restore import decode
    from jiedui.restore.encodings import Stop, read_strictly

    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        return problem("file-unreadable", why=reason_of(error))
    decoded = decode(content)
    if (at := decoded.text.find("\x00")) >= 0:
        return problem("not-a-character", offset=at, name="U+0000")
    if "\ufffd" in decoded.text and isinstance(stop := read_strictly(content), Stop):
        # Written back, these bytes would be lost for good.
        if stop.encoding:
            return problem("encoding-mixed", encoding=stop.encoding, offset=stop.offset)
        return problem("encoding-unknown", offset=stop.offset)
    return content, decoded


def _faulty(name: str, found: Problem, wanted: Wanted) -> Answer:
    said = f"{name}：{found.title}。{found.hint}"
    if wanted.shown is Shown.JSON:
        return Answer(_line({"file": name, "problems": [found.as_json()]}), said)
    return Answer(fault=said)


def _encoded(text: str, content: bytes, decoded: Decoded) -> bytes:
    """The text in the encoding of its file, with its mark; in UTF-8 where that has not all."""
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    try:
        return mark + text.encode(_CODECS.get(decoded.encoding, "utf-8"))
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _rewrite(path: Path, content: bytes) -> None:
    """Put other bytes in the place of a file, all of them or none."""
    opened, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, made)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _printed(name: str, decoded: Decoded, restored: Restored, shown: Shown) -> str:
    if shown is Shown.TEXT:
        return restored.text
    if shown is Shown.JSON:
        edits = [asdict(edit) for edit in restored.edits]
        said = {"file": name, "encoding": decoded.encoding, "sureness": decoded.sureness}
        return _line({**said, "text": restored.text, "edits": edits})
    if shown is Shown.EDITS:
        return "\n".join(_explained(name, decoded, restored)) + "\n"
    return ""


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"


def _explained(name: str, decoded: Decoded, restored: Restored) -> list[str]:
    sure = sum(edit.sure for edit in restored.edits)
    kept = len(restored.edits) - sure
    told = f"改 {sure} 处，存疑照留 {kept} 处" if restored.edits else "无需复原"
    return [f"{name}  {decoded.encoding}，{told}", *map(_edit, restored.edits)]


def _edit(edit: Edit) -> str:
    became = _short(edit.became) if edit.sure else "照留"
    if edit.candidates:
        became += f"，或为 {'、'.join(map(_short, edit.candidates))}"
    why = f"{edit.reason}（{edit.confidence:.2f}）"
    return f"  第 {edit.start} 字  {_short(edit.found)} → {became}  {why}"


def _short(text: str) -> str:
    """A text as it can be seen: what is invisible by its escape."""
    signs = (one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
    shown = "".join(signs)
    return f"“{shown if len(shown) <= _QUOTED else shown[: _QUOTED - 1] + '…'}”"
