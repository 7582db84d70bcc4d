"""The whole year of the demonstration: the county pairings' sheets, some articles, one late batch.

A ledger's sheet is `year/<ledger>.csv`, or `.tsv` where it has child rows; it is found because it
is there. All of it by the ways that people take: workbooks are loaded, rows entered, articles read
and their proposals accepted, and what is old enough is submitted and confirmed.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.site.demonstration import entering, samples
from jiedui.site.demonstration.entering import WHY, DemonstrationError
from jiedui.site.store import documents, door, own
from jiedui.site.web import proposing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.values import Raw

__all__ = ["enter"]

# Reviewed in December, and confirmed as far as July.
_SENT, _CONFIRMED = "..2024-11-30", "..2024-07-31"
# What a person adds to a proposal before he accepts it.
_ACCEPTED: dict[str, dict[str, Raw]] = {
    "meeting.docx": {"people": "26"},
    "schools.html": {"people": "9"},
}
_WAITING = "damaged.txt"
_LATE = "2024年12月医疗队名单（演示）.csv"


def enter(viewers: Mapping[str, Viewer]) -> None:
    """Enter the year as the clerk and the reviewer of the western province."""
    clerk, reviewer = viewers["clerk"], viewers["reviewer"]
    kinds = [one for one in ledgers.ledgers().values() if _sheet(one.name).is_file()]
    for kind in kinds:
        title = f"2024年县区{kind.title}（演示）.csv"
        own.load(clerk, kind, _sheet(kind.name).read_bytes(), title)
    for one in ledgers.ledgers().values():
        if not one.register:
            entering.enter(one.name, viewers, "year")
    for name, added in _ACCEPTED.items():
        _accept(clerk, name, added)
    for kind in kinds:
        _step(kind, clerk, {"state": "draft", kind.on: _SENT}, "submitted")
        _step(kind, reviewer, {"state": "submitted", kind.on: _CONFIRMED}, "confirmed")
    # After the review, so that it is still as it came and can be undone whole.
    own.load(clerk, ledgers.ledgers()["talent"], _sheet("team").read_bytes(), _LATE)
    _receive(clerk, _WAITING)


def _sheet(name: str) -> Traversable:
    return resources.files("jiedui.site.demonstration") / "year" / f"{name}.csv"


def _receive(viewer: Viewer, file: str) -> documents.StoredDocument:
    sample = samples.named(file)
    assert sample is not None
    done = documents.receive(viewer, samples.content(sample), sample.called)
    if not isinstance(done, documents.StoredDocument):
        msg = f"{file}: {done}"
        raise DemonstrationError(msg)
    return done


def _accept(viewer: Viewer, file: str, added: Mapping[str, Raw]) -> None:
    """Take an article's proposals, each with what the text leaves open."""
    for one in _receive(viewer, file).proposals:
        kind = ledgers.ledgers()[one.ledger]
        cells = {**proposing.cells(viewer, kind, one), **added}
        checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(viewer))
        done = documents.accept(viewer, one.key, checked)
        if not isinstance(done, door.Written):
            msg = f"{file}: {done}"
            raise DemonstrationError(msg)


def _step(kind: type[Ledger], viewer: Viewer, filters: Mapping[str, str], to: str) -> None:
    done = door.step_all(kind, door.bases(kind, viewer, filters), viewer, to, why=WHY)
    if not isinstance(done, door.Entered):
        msg = f"{kind.name}: {done}"
        raise DemonstrationError(msg)
