"""The rows of a waiting workbook that ask, each with what it may be answered, as the API has them.

Not for deciding what a row does (`store.comparing`), nor for the answer (`store.answering`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from jiedui.site.api import schemas
from jiedui.site.api.answers import Strict
from jiedui.site.store import answering, door

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger
    from jiedui.site.store.batches import Preview
    from jiedui.site.store.planning import Planned

__all__ = ["AskingRow", "asking", "asks"]

_ASKING = answering.ANSWERS[answering.NEW]


class ChangedCell(Strict):
    """A field in which a row differs from the entry that it resembles."""

    field: str
    old: Any
    new: Any


class AskingRow(Strict):
    """A row that is not loaded until it is answered; values as entries have them."""

    row: int = Field(description="表中的行号")
    does: Literal["asked", "double"] = Field(description="asked 像是改正，double 疑似重复")
    answers: list[Literal["same", "new"]] = Field(description="可以怎样回答")
    entry: str | None = Field(description="所像的记录的记录号；没有为空")
    version: int | None = Field(description="所像的记录的版本")
    values: dict[str, Any] = Field(description="这一行各栏的值，空的不写")
    changes: list[ChangedCell] = Field(description="与所像的记录不同的栏")


def asks(preview: Preview) -> int:
    """How many rows ask."""
    return sum(preview.counts[one] for one in _ASKING)


def asking(preview: Preview, page: int, size: int) -> list[dict[str, Any]]:
    """A page of the rows that ask, in the order of the sheet; none behind the last of them."""
    ledger = preview.layout.ledger
    return [_row(ledger, one) for one in preview.part(_ASKING, (page - 1) * size, size)]


def _row(ledger: type[Ledger], one: Planned) -> dict[str, Any]:
    held = {
        name: value
        for name, value in one.values.items()
        if name in ledger.fields and ledger.fields[name].typed and value not in (None, ())
    }
    return {
        "row": one.row,
        "does": one.does.value,
        "answers": [told for told, of in answering.ANSWERS.items() if one.does in of],
        "entry": door.key(one.entry) if one.entry is not None else None,
        "version": one.base.version if one.base else None,
        "values": {
            name: schemas.plain_value(ledger.fields[name], value) for name, value in held.items()
        },
        "changes": [
            {
                "field": each.field,
                "old": schemas.plain_value(ledger.fields[each.field], each.old),
                "new": schemas.plain_value(ledger.fields[each.field], each.new),
            }
            for each in one.changes
        ],
    }
