"""The words for what may be answered where rows of a workbook ask."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jiedui.site.store import answering

__all__ = ["answers"]

ANSWERS = {
    answering.SAME: gettext_noop("是改正"),
    answering.NEW: gettext_noop("是另一条"),
}


def answers(does: str) -> list[tuple[str, str]]:
    """What may be answered to rows that do this: each answer with its words."""
    return [(told, _(words)) for told, words in ANSWERS.items() if does in answering.ANSWERS[told]]
