"""Names under one post, as the rules of persons pass them on.

Not for finding them: `people.py`; not for what they did: `deeds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiedui.facts.model import Did, Span
    from jiedui.facts.posts import Post

__all__ = ["Group", "Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One name at a span, in a group."""

    name: str
    start: int
    end: int
    sure: bool


@dataclass(slots=True)
class Group:
    """Names under one post, with the words behind them that say what they did."""

    start: int
    end: int
    post: Post | None
    names: tuple[Mention, ...]
    rule: str
    cited: bool = False
    did: tuple[Did, ...] = ()
    said: Span | None = None
    weak: bool = False
    """Whether all it says is that somebody spoke, with no event in the sentence."""
    inherits: Group | None = field(default=None, repr=False)
