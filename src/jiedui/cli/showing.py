"""How `jiedui restore` shows what it did: text, JSON, edits with their reasons; not a command."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jiedui.cli.restoring import Outcome
    from jiedui.restore import Edit

__all__ = ["as_json", "explained", "summed_up", "text", "visible"]

# What steers a terminal or turns the order of a line, and halves of pairs, which are no text.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_LONGEST = 40


def visible(text: str) -> str:
    """The text with every character that a terminal would obey, or nobody see, as its number."""
    return _STEERING.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def text(outcomes: Iterable[Outcome], _several: bool) -> Iterator[str]:  # noqa: FBT001 - one shape for all
    """The restored texts, one behind the other."""
    for outcome in outcomes:
        if outcome.restored is not None:
            yield outcome.restored.text


def as_json(outcomes: Iterable[Outcome], several: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    """An object a file; several are an array, written as they come."""
    before = "[\n" if several else ""
    for outcome in outcomes:
        yield before + _escaped(json.dumps(_said(outcome), ensure_ascii=False, indent=1))
        before = ",\n"
    if several:
        yield "\n]\n" if before == ",\n" else "[]\n"
    else:
        yield "\n"


def _said(outcome: Outcome) -> dict[str, Any]:
    if outcome.problem or outcome.restored is None:
        problems = [outcome.problem.as_json()] if outcome.problem else []
        return {"file": outcome.name, "problems": problems}
    return {
        "file": outcome.name,
        "encoding": outcome.encoding,
        "sureness": outcome.sureness,
        "text": outcome.restored.text,
        "edits": [edit._asdict() for edit in outcome.restored.edits],
    }


def _escaped(written: str) -> str:
    """JSON in which whatever nobody sees is written as its number."""
    return _STEERING.sub(lambda match: json.dumps(match[0])[1:-1], written)


def explained(outcomes: Iterable[Outcome], several: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    """Each edit on a line, with its place, what it became and why."""
    for outcome in outcomes:
        if outcome.restored is None:
            continue
        yield from summed_up([outcome], several)
        starts = [0, *(match.end() for match in re.finditer("\n", outcome.damaged))]
        for edit in outcome.restored.edits:
            line = bisect_right(starts, edit.start)
            yield f"  {line} 行 {edit.start - starts[line - 1] + 1} 字  {_told(edit)}\n"


def _told(edit: Edit) -> str:
    found = _quoted(edit.found)
    if edit.sure:
        return f"{found} → {_quoted(edit.became)}  {visible(edit.reason)}（{edit.confidence:.2f}）"
    either = f" 或为 {'、'.join(map(_quoted, edit.candidates))}" if edit.candidates else ""
    return f"{found} ？{either}  {visible(edit.reason)}"


def _quoted(found: str) -> str:
    short = found if len(found) <= _LONGEST else f"{found[: _LONGEST - 1]}…"
    shown = (
        visible(short)
        .replace("\n", "<U+000A>")
        .replace("\t", "<U+0009>")
        .replace("\xa0", "<U+00A0>")
    )
    return f"“{shown}”"


def summed_up(outcomes: Iterable[Outcome], _several: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    """A line a file: how many places were changed and how many only marked."""
    for outcome in outcomes:
        if outcome.restored is None:
            continue
        sure = sum(edit.sure for edit in outcome.restored.edits)
        marked = len(outcome.restored.edits) - sure
        parts = [f"改 {sure} 处"] if sure else []
        parts += [f"存疑照留 {marked} 处"] if marked else []
        encoding = f"（{outcome.encoding}）" if outcome.encoding else ""
        yield f"{visible(outcome.name)}{encoding}：{'，'.join(parts) or '无需复原'}\n"
