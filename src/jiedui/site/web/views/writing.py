"""Entering, amending, withdrawing and stepping an entry: forms made from the declaration.

Every rule is `ledgers.check`, every permission the door's; here are only the pages around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui import ledgers
from jiedui.access import No, Verb, may
from jiedui.ledgers.words import Choice, Ref
from jiedui.site.store import door
from jiedui.site.web import asked, display, forms, kept, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger
    from jiedui.problems import Problem

FAULTS = 422
CONFLICT = 409
STEPS = frozenset({"submitted", "returned", "confirmed"})


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


Write = "Callable[[ledgers.Checked], door.Written | door.Conflict | door.Faults | No]"


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def new(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """Fill a new entry."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    allowed = may(viewer, Verb.REGISTER if kind.register else Verb.ENTER)
    if isinstance(allowed, No):
        return page.refused(request, viewer, allowed)
    listing = reverse("entries", args=[ledger])
    sheet = Sheet(
        kind,
        _("新增：%(ledger)s") % {"ledger": kind.title},
        reverse("new", args=[ledger]),
        listing,
        _("保存为草稿") if "state" in kind.fields else _("保存"),
    )
    if request.method != "POST":
        typed = kept.take(request, viewer)
        cells = forms.posted_cells(kind, typed) if typed is not None else _defaults(kind, viewer)
        return draw(request, viewer, sheet, cells, kept_words=typed is not None)
    return write(request, viewer, sheet, lambda checked: door.add(kind, viewer, checked))


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def amend(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Change an entry: the form holds its current version, or what was typed over it."""
    kind, found = _current(viewer, ledger, key)
    if kind is None or isinstance(found, No):
        return page.not_found(request, viewer)
    if isinstance(allowed := _allowed(viewer, kind, Verb.AMEND, found), No):
        return page.refused(request, viewer, allowed)
    label = display.labeller(viewer, kind, (found,))
    typed = kept.take(request, viewer)
    base = asked.whole(request.POST or typed or {}, "base", found.version)
    sheet = Sheet(
        kind,
        _("更正：%(entry)s") % {"entry": display.title(kind, found, label)},
        reverse("amend", args=[ledger, key]),
        display.entry_href(ledger, key),
        _("保存更正"),
        base,
        ask_why=True,
    )
    if request.method != "POST":
        cells = (
            forms.posted_cells(kind, typed)
            if typed is not None
            else ledgers.cells(kind, found.values)
        )
        return draw(
            request,
            viewer,
            sheet,
            cells,
            why=(typed or {}).get("why", ""),
            kept_words=typed is not None,
        )
    return write(
        request,
        viewer,
        sheet,
        lambda checked: door.amend(
            kind, found.id, viewer, checked, base=base, why=request.POST.get("why", "").strip()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def withdraw(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Ask for the reason, then end the entry; its versions stay."""
    kind, found = _current(viewer, ledger, key)
    if kind is None or isinstance(found, No):
        return page.not_found(request, viewer)
    if isinstance(allowed := _allowed(viewer, kind, Verb.WITHDRAW, found), No):
        return page.refused(request, viewer, allowed)
    here = reverse("withdraw", args=[ledger, key])
    typed = kept.take(request, viewer)
    why = (typed or request.POST).get("why", "").strip()
    base = asked.whole(request.POST, "base", found.version)
    fault = ""
    if request.method == "POST" and why:
        done = door.withdraw(kind, found.id, viewer, base=base, why=why)
        if isinstance(done, No):
            return page.refused(request, viewer, done)
        if not isinstance(done, door.Conflict):
            return HttpResponseRedirect(
                page.address(reverse("entries", args=[ledger]), withdrawn=found.key)
            )
        fault = _("这条记录刚被更正，尚未撤销。请看过现在的内容再决定。")
        found = done.now or found
    elif request.method == "POST":
        fault = _("请写明撤销的原因。")
    label = display.labeller(viewer, kind, (found,))
    context = {
        "section": ledger,
        "ledger": kind,
        "entry": found,
        "title": display.title(kind, found, label),
        "shown": display.fields(kind, found, label),
        "here": here,
        "back": display.entry_href(ledger, key),
        "bound": kept.bind(viewer, here),
        "why": why,
        "fault": fault,
    }
    status = FAULTS if fault else 200
    return page.show(request, viewer, "withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def step(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Submit, confirm or return an entry; anything but a post leads to the entry."""
    kind, found = _current(viewer, ledger, key)
    if kind is None or isinstance(found, No):
        return page.not_found(request, viewer)
    there = display.entry_href(ledger, key)
    if request.method != "POST":
        return HttpResponseRedirect(there)
    to, why = request.POST.get("to", ""), request.POST.get("why", "").strip()
    if to == "returned" and not why:
        return HttpResponseRedirect(page.address(there, fault="why") + "#steps")
    if to not in STEPS:
        return page.refused(request, viewer, No(_("没有这样的审核环节")), status=400)
    base = asked.whole(request.POST, "base", found.version)
    done = door.step(kind, found.id, viewer, to, base=base, why=why)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, door.Conflict):
        return HttpResponseRedirect(page.address(there, fault="moved") + "#versions")
    if isinstance(done, door.Faults):
        return HttpResponseRedirect(page.address(there, fault="faults") + "#steps")
    return HttpResponseRedirect(page.address(there, written=done.link))


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
    cells, why = forms.posted_cells(sheet.kind, request.POST), request.POST.get("why", "")
    if add := request.POST.get(forms.ADD_ROW):
        return draw(request, viewer, sheet, cells, why=why, add=add)
    checked = ledgers.check(sheet.kind, ledgers.frame([cells]), door.lookup(viewer))
    if checked.problems:
        return draw(request, viewer, sheet, cells, checked.problems, why=why, status=FAULTS)
    if sheet.ask_why and not why.strip():
        more: dict[str, object] = {"why_fault": _("请写明更正的原因，留给以后查看的人。")}
        return draw(request, viewer, sheet, cells, why=why, status=FAULTS, more=more)
    done = done_by(checked)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, door.Faults):
        return draw(request, viewer, sheet, cells, done.problems, why=why, status=FAULTS)
    if isinstance(done, door.Conflict):
        if done.now is None:
            return page.not_found(request, viewer)
        return _conflict(request, viewer, sheet, cells, done.now)
    there = display.entry_href(sheet.kind.name, done.entry.key)
    return HttpResponseRedirect(page.address(there, written=done.link))


def _conflict(
    request: HttpRequest, viewer: Viewer, sheet: Sheet, cells: forms.Cells, now: door.Entry
) -> HttpResponse:
    """Somebody amended meanwhile: show his change beside the form, which keeps what was typed."""
    kind = sheet.kind
    history = door.versions(kind, now.id, viewer)
    label = display.labeller(viewer, kind, (now, *history))
    base = next((one for one in history if one.version == sheet.base), None)
    theirs = display.differences(kind, base.values if base else {}, now.values, label)
    moved = Sheet(
        kind, sheet.heading, sheet.here, sheet.back, sheet.act, now.version, ask_why=sheet.ask_why
    )
    more: dict[str, object] = {"conflict": now, "theirs": theirs}
    why = request.POST.get("why", "")
    return draw(request, viewer, moved, cells, why=why, status=CONFLICT, more=more)


def _current(viewer: Viewer, ledger: str, key: str) -> tuple[type[Ledger] | None, door.Entry | No]:
    kind, number = ledgers.get(ledger), door.entry_id(key)
    if kind is None or number is None:
        return None, No("")
    return kind, door.entry(kind, number, viewer)


def _allowed(viewer: Viewer, kind: type[Ledger], verb: Verb, found: door.Entry) -> No | None:
    owner = found.values.get("owner")
    answer = (
        may(viewer, Verb.REGISTER)
        if kind.register
        else may(viewer, verb, owner=owner if isinstance(owner, int) else None)
    )
    return answer if isinstance(answer, No) else None


def _defaults(kind: type[Ledger], viewer: Viewer) -> forms.Cells:
    """What can be known before anybody types: the office's place, and the only choice there is."""
    cells: forms.Cells = {}
    for name, one in kind.fields.items():
        if not one.typed or not one.required:
            continue
        if one.kind == "place" and not kind.register:
            cells[name] = viewer.place
        elif (
            isinstance(one, Ref)
            and len(only := door.options(ledgers.ledgers()[one.to], viewer)) == 1
        ):
            cells[name] = str(only[0][0])
        elif isinstance(one, Choice) and name == "programme" and len(viewer.scope.programmes) == 1:
            cells[name] = next(iter(viewer.scope.programmes))
    return cells
