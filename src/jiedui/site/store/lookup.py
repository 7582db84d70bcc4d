"""What `check` asks of the registers, answered for one viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.ledgers.words import Text
from jiedui.problems import Problem, problem
from jiedui.site.store import reading, select

if TYPE_CHECKING:
    from jiedui.access import Viewer


@dataclass(frozen=True, slots=True)
class RegisterLookup:
    """Finds an entry by its id or by its exact label, among those the viewer may see."""

    viewer: Viewer

    def find(self, ledger: str, text: str) -> int | Problem | None:
        """The entry, a problem when several bear that label, None when none does."""
        kind = ledgers.ledgers()[ledger]
        condition = select.where(kind, self.viewer.scope)
        if text.isascii() and text.isdigit() and len(text) <= 19:
            condition.add('"entry" = %s', int(text))
        else:
            name = next((n for n in kind.label if isinstance(kind.fields[n], Text)), None)
            if name is None:
                return None
            condition.add(f"{select.quoted(name)} = %s", text)
        found = reading.fetch(kind, condition, "LIMIT 5")
        if len(found) > 1:
            choices = "、".join(f"{reading.label(kind, item)}（{item.id}）" for item in found)
            return problem("entry-ambiguous", found=text, label=kind.title, choices=choices)
        return found[0].id if found else None


def lookup(viewer: Viewer) -> RegisterLookup:
    """The registers as this viewer sees them."""
    return RegisterLookup(viewer)
