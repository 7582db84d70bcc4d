"""What `check` asks of the registers, answered for one viewer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.ledgers.words import Text
from jiedui.problems import Problem, listed, problem, said
from jiedui.site.store import reading, select
from jiedui.site.store.entries import entry_id
from jiedui.site.store.statement import marks, storable, whole

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger


@dataclass(frozen=True, slots=True)
class RegisterLookup:
    """Finds an entry by its id, its key or its exact label, among those the viewer may see."""

    viewer: Viewer
    # The labels of ledgers that are named by several fields, as they are offered; asked for once.
    whole_labels: dict[str, dict[str, list[int]]] = field(default_factory=dict, compare=False)

    def find(self, ledger: str, text: str) -> int | Problem | None:
        """The entry, a problem when several bear that label, None when none does."""
        kind = ledgers.ledgers()[ledger]
        if not storable(text):
            return None
        if len(kind.label) > 1 and (numbers := self._by_whole_label(kind, text)):
            return numbers[0] if len(numbers) == 1 else _several(kind, text, numbers)
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

    def _by_whole_label(self, kind: type[Ledger], text: str) -> list[int]:
        """The entries that bear the whole label, as drop-downs and exports write it."""
        if kind.name not in self.whole_labels:
            known = self.whole_labels[kind.name] = {}
            for number, label in reading.options(kind, self.viewer):
                known.setdefault(unicodedata.normalize("NFC", label), []).append(number)
        return self.whole_labels[kind.name].get(unicodedata.normalize("NFC", text), [])


def _several(kind: type[Ledger], text: str, numbers: list[int]) -> Problem:
    choices = "、".join(f"{text}（{number}）" for number in numbers)
    return problem("entry-ambiguous", found=text, label=kind.title, choices=choices)


def lookup(viewer: Viewer) -> RegisterLookup:
    """The registers as this viewer sees them."""
    return RegisterLookup(viewer)
