"""A row of the benchmarks' table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured, what was promised (nothing for a yardstick), and whether it was kept."""

    what: str
    measured: str
    promised: str
    kept: bool


def text_of(found: Iterable[Found]) -> str:
    """The table for a terminal."""
    return "".join(
        f"{one.what:44} {one.measured:48} {one.promised:14} {'' if one.kept else 'NOT KEPT'}\n"
        for one in found
    )


def page_of(found: Iterable[Found]) -> str:
    """The table for a page."""
    lines = ["| what | measured | promised | kept |", "|---|---|---|---|"]
    lines += [f"| {one.what} | {one.measured} | {one.promised} | {_kept(one)} |" for one in found]
    return "\n".join(lines)


def _kept(one: Found) -> str:
    if not one.kept:
        return "**no**"
    return "yes" if one.promised else ""
