"""The page of one workbook: its preview while it waits, its outcome once it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Problem, unpacked
from jiedui.site.store import batches, door, staging, standing
from jiedui.site.store.batches import Job
from jiedui.site.web import (
    answering,
    asked,
    display,
    given,
    kept,
    listing,
    mapping,
    page,
    previewing,
    subject,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.batches import Preview, StoredBatch

PROBLEMS = 200


def draw(
    request: HttpRequest,
    viewer: Viewer,
    found: StoredBatch,
    now: Preview | Job | Problem | No,
    *,
    told: str = "",
    faults: Sequence[Problem] = (),
    moved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw a waiting workbook, or why it cannot be shown."""
    kind = ledgers.ledgers()[found.ledger]
    here = reverse("batch", args=[found.key])
    context: dict[str, object] = {
        "section": "batches",
        "crumbs": [page.Crumb(_("导入"), reverse("batches"))],
        "batch": found,
        "ledger": kind,
        "bound": kept.bind(viewer, here),
        "told": told,
        "faults": faults,
        "moved": moved,
    }
    if isinstance(now, No):
        context |= {"told": told or now.reason, "unread": True}
    elif isinstance(now, Problem):
        context |= {"faults": (*faults, now), "unread": True}
    elif isinstance(now, Job) and now.live:
        context["going"] = working.going(now)
    else:
        told_then, faults_then = working.ended(batches.job(viewer, found.key))
        context |= {"told": told or told_then, "faults": faults or faults_then}
        if isinstance(now, Job):
            context |= {"unread": True, "others": _others(viewer, now)}
        else:
            context |= _preview(request, viewer, kind, now, here)
    return page.show(request, viewer, "batch.html", context, status=status)


def _others(viewer: Viewer, job: Job) -> list[type[Ledger]]:
    """The ledger that a sheet turned out to be of, where the viewer may enter it."""
    problem = job.told.get("problem", {})
    if problem.get("code") != "wrong-ledger":
        return []
    hint = unpacked(problem).hint
    kinds = ledgers.ledgers().values()
    return [one for one in kinds if f"“{one.title}”" in hint and subject.may_enter(viewer, one)]


def _preview(
    request: HttpRequest, viewer: Viewer, kind: type[Ledger], now: Preview, here: str
) -> dict[str, object]:
    show = request.GET.get("show", "")
    show = show if now.counts.get(show) else ""
    number = asked.whole(request.GET, "page")
    open_ones = now.open
    writes = now.counts["added"] + now.counts["changed"]
    same = given.drawn(viewer, kind, now.batch.given, without=now.layout.fields)
    return {
        "preview": now,
        "settled": request.GET.get("settled") == "1",
        "tabs": previewing.tabs(now, here, show),
        "show": show,
        "table": previewing.rows(viewer, kind, now, here, show=show, number=number),
        "columns": mapping.columns(now.layout),
        "fields": mapping.fields(kind),
        "given": same,
        "same": given.words(same),
        "problems": now.problems[:PROBLEMS],
        "more_problems": max(0, now.faults - PROBLEMS),
        "refused": now.refused,
        "remarks": now.remarks,
        "asking": [
            (code, now.counts[code], answering.answers(code), page.address(here, show=code))
            for code in ("asked", "double")
            if now.counts[code]
        ],
        "persons": intake.asks_to_count(now.layout),
        "answered": any(now.batch.answers.values())
        or any(one.code == staging.RENAMED for one in now.remarks),
        "several": any(one.code == intake.SAME_LEDGER for one in now.remarks),
        "may_load_all": not (open_ones or now.refused),
        "may_load_good": bool(open_ones and writes and not now.refused),
        "writes": writes,
    }


def draw_decided(
    request: HttpRequest,
    viewer: Viewer,
    found: StoredBatch,
    *,
    told: str = "",
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw what became of a workbook: what it wrote, what was undone, what stands."""
    kind = ledgers.ledgers()[found.ledger]
    job = batches.job(viewer, found.key)
    became = standing.outcome(viewer, found)
    context = {
        "section": "batches",
        "crumbs": [page.Crumb(_("导入"), reverse("batches"))],
        "batch": found,
        "ledger": kind,
        "told": told or (working.ended(job)[0] if found.state == batches.LOADED else ""),
        "going": working.going(job) if job and job.live else None,
        "why": why,
        "became": became,
        "wrote": door.note(viewer, found.link or 0),
        "undid": door.note(viewer, found.undone or 0),
        "counts": [(_(word), found.counts.get(code, 0)) for code, word in previewing.DOES.items()],
        "table": listing.table(viewer, kind, became.shown, {}),
        "more": max(0, became.wrote - len(became.shown)),
        "standing": _standing(viewer, kind, became),
        "more_standing": max(0, became.moved - len(became.moved_shown)),
        "bound": kept.bind(viewer, reverse("batch", args=[found.key])),
    }
    return page.show(request, viewer, "batch_decided.html", context, status=status)


def _standing(
    viewer: Viewer, kind: type[Ledger], became: standing.Outcome
) -> list[tuple[str, str]]:
    """The words and the address of each entry that moved on; no address where it is withdrawn."""
    label = display.labeller(viewer, kind, became.moved_shown)
    current = door.labels(viewer, [(kind.name, one.id) for one in became.moved_shown])
    return [
        (
            display.title(kind, one, label),
            display.entry_href(kind.name, one.key) if (kind.name, one.id) in current else "",
        )
        for one in became.moved_shown
    ]
