"""A form being filled: drawn, checked, written, and drawn again with what stands against it.

Every rule is `ledgers.check`, every permission the door's; here are only the pages around them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from jiedui import ledgers
from jiedui.access import No
from jiedui.site.store import door
from jiedui.site.web import display, forms, kept, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger
    from jiedui.problems import Problem

FAULTS = 422
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form being filled: its ledger, its words, where it lives and where giving up leads."""

    kind: type[Ledger]
    heading: str
    here: str
    back: str
    act: str
    base: int = 0
    ask_why: bool = False
    template: str = "form.html"


def draw(  # noqa: PLR0913 - a form is redrawn with everything that was typed and found
    request: HttpRequest,
    viewer: Viewer,
    sheet: Sheet,
    cells: forms.Cells,
    problems: Sequence[Problem] = (),
    *,
    why: str = "",
    add: str | None = None,
    kept_words: bool = False,
    status: int = 200,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """Draw a form with what stands in it and what is wrong with it."""
    fetched: dict[str, list[tuple[int, str]]] = {}

    def options(to: str) -> list[tuple[int, str]]:
        if to not in fetched:
            fetched[to] = door.options(ledgers.ledgers()[to], viewer)
        return fetched[to]

    context: dict[str, object] = {
        "section": sheet.kind.name,
        "ledger": sheet.kind,
        "sheet": sheet,
        "form": forms.make(sheet.kind, cells, problems, options=options, add=add),
        "bound": kept.bind(viewer, sheet.here, sheet.kind.name),
        "why": why,
        "kept": kept_words,
    }
    return page.show(request, viewer, sheet.template, context | (more or {}), status=status)


def write(
    request: HttpRequest,
    viewer: Viewer,
    sheet: Sheet,
    done_by: Callable[[ledgers.Checked], door.Written | door.Conflict | door.Faults | No],
) -> HttpResponse:
    """Check what was posted and hand it to the door; draw the form again when it did not go."""
    cells, why = forms.posted_cells(sheet.kind, request.POST), request.POST.get("entry-why", "")
    if add := request.POST.get(forms.ADD_ROW):
        return draw(request, viewer, sheet, cells, why=why, add=add)
    checked = ledgers.check(sheet.kind, ledgers.frame([cells]), door.lookup(viewer))
    problems = checked.problems
    more: dict[str, object] = {}
    if sheet.ask_why and not why.strip():
        more["why_fault"] = _("请写明更正的原因，留给以后查看的人。")
    done = door.Faults(problems) if problems or more else done_by(checked)
    if isinstance(done, door.Faults):
        return draw(request, viewer, sheet, cells, done.problems, why=why, status=FAULTS, more=more)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, door.Conflict):
        return _conflict(request, viewer, sheet, cells, done.now)
    there = display.entry_href(sheet.kind.name, done.entry.key)
    return HttpResponseRedirect(page.address(there, written=done.link))


def _conflict(
    request: HttpRequest, viewer: Viewer, sheet: Sheet, cells: forms.Cells, now: door.Entry | None
) -> HttpResponse:
    """Somebody amended meanwhile: show his change beside the form, which keeps what was typed."""
    if now is None:
        return page.not_found(request, viewer)
    kind = sheet.kind
    history = door.versions(kind, now.id, viewer)
    label = display.labeller(viewer, kind, (now, *history))
    base = next((one for one in history if one.version == sheet.base), None)
    theirs = display.differences(kind, base.values if base else {}, now.values, label)
    moved = replace(sheet, base=now.version)
    more: dict[str, object] = {"conflict": now, "theirs": theirs}
    why = request.POST.get("entry-why", "")
    return draw(request, viewer, moved, cells, why=why, status=CONFLICT, more=more)
