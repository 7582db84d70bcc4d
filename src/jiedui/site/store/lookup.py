"""What `check` asks of the registers, answered for one viewer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.ledgers.words import Text
from jiedui.problems import Problem, listed, problem, said
from jiedui.site.store import reading, select
from jiedui.site.store.entries import entry_id
from jiedui.site.store.statement import marks, storable, whole

if TYPE_CHECKING:
    from jiedui.access import Viewer


@dataclass(frozen=True, slots=True)
class RegisterLookup:
    """Finds an entry by its id, its key or its exact label, among those the viewer may see."""

    viewer: Viewer

    def find(self, ledger: str, text: str) -> int | Problem | None:
        """The entry, a problem when several bear that label, None when none does."""
        kind = ledgers.ledgers()[ledger]
        if not storable(text):
            return None
        condition = select.where(kind, self.viewer.scope)
        if numbers := [one for one in (whole(text), entry_id(text)) if one is not None]:
            condition.add(f'"entry" IN ({marks(numbers)})', *numbers)
        else:
            name = next((n for n in kind.label if isinstance(kind.fields[n], Text)), None)
            if name is None:
                return None
            condition.add(f"{select.quoted(name)} = %s", unicodedata.normalize("NFC", text))
        found = reading.fetch(kind, condition, "LIMIT 5")
        if len(found) > 1:
            choices = listed(
                said("{label}（{number}）", label=reading.label(kind, item), number=item.id)
                for item in found
            )
            return problem("entry-ambiguous", found=text, label=kind.title, choices=choices)
        return found[0].id if found else None


def lookup(viewer: Viewer) -> RegisterLookup:
    """The registers as this viewer sees them."""
    return RegisterLookup(viewer)
