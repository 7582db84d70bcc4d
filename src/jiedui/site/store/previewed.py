"""A workbook of an office and what it would do, as pages, commands and the API see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.site.store import planning
from jiedui.site.store.staged import DOES, OPEN, Staged

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from jiedui import intake
    from jiedui.access import Viewer
    from jiedui.problems import Problem
    from jiedui.site.store.planning import Planned
    from jiedui.site.store.tables import Batch

__all__ = ["Preview", "StoredBatch", "stored"]


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """One workbook of the viewer's office and what became of it."""

    key: str
    ledger: str
    sheet: str
    name: str
    sha256: str
    received: datetime
    by: str
    state: str
    counts: Mapping[str, int]
    given: Mapping[str, str]
    answers: Mapping[str, str]
    link: int | None
    undone: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do: each row, each problem at its cell, and the digest of it all.

    `problems` are the first of `faults`; `known` is the link at which it was compared; `refused`
    says why none of it may be written by this viewer.
    """

    batch: StoredBatch
    staged: Staged
    viewer: Viewer

    @property
    def layout(self) -> intake.Layout:
        """Which column was read as what."""
        return self.staged.said.layout

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The first problems, in the order of the sheet."""
        return self.staged.said.problems

    @property
    def faults(self) -> int:
        """How many problems there are."""
        return self.staged.said.faults

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What is said of the sheet and needs no mending."""
        return self.staged.said.remarks

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows do what."""
        return self.staged.said.counts

    @property
    def open(self) -> int:
        """How many rows are to be mended or answered before all of it can be loaded."""
        return sum(self.counts[one] for one in OPEN)

    @property
    def digest(self) -> str:
        """What all rows together would do."""
        return self.staged.said.digest

    @property
    def known(self) -> int:
        """The link at which it was compared with the book."""
        return self.staged.said.known

    @property
    def refused(self) -> str:
        """Why this viewer may write none of it; empty when he may."""
        return self.staged.said.refused

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.staged.rows.height

    @property
    def plan(self) -> tuple[Planned, ...]:
        """Every row; for workbooks of any size ask for a part."""
        return self.part()

    def part(
        self, does: str | Collection[str] = (), start: int = 0, size: int | None = None
    ) -> tuple[Planned, ...]:
        """Some of the rows, or of those that do one thing or one of several."""
        rows = self.staged.rows
        kinds = [does] if isinstance(does, str) and does else [*does]
        wanted = rows.filter(rows[DOES].is_in(kinds)) if kinds else rows
        return planning.planned(self.viewer, self.staged, wanted.slice(start, size))


def stored(batch: Batch) -> StoredBatch:
    """A batch as pages and commands see it."""
    account = batch.account
    return StoredBatch(
        batch.key,
        batch.ledger,
        batch.sheet,
        batch.name,
        batch.sha256,
        batch.received,
        account.get_full_name() or account.get_username(),
        batch.state,
        json.loads(batch.counts),
        json.loads(batch.given),
        json.loads(batch.answers),
        batch.link,
        batch.undone,
    )
