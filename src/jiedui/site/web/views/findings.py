"""Findings (疑点): what several entries say together that should be looked at, rule by rule.

Who mends an entry does so on its page; here it is said why one stands as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiedui import ledgers
from jiedui.access import No
from jiedui.ledgers.clauses import Outcome
from jiedui.site.store import door
from jiedui.site.web import asked, kept, page
from jiedui.site.web.found import by_rule
from jiedui.site.web.sheet import CONFLICT, FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

OPEN, EXPLAINED, MENDED = Outcome.OPEN.value, Outcome.EXPLAINED.value, Outcome.MENDED.value


@require_safe
@page.signed_in
def findings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the findings among the entries that the viewer may see: open, explained or mended."""
    return _draw(request, viewer, request.GET.get("state", OPEN))


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def finding(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Say why a finding stands as it is, or open an explained one again; each with the reason."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    typed = kept.take(request, viewer)
    words = typed or request.POST
    to, why = words.get("to", EXPLAINED), asked.said(words, "entry-why")
    said = {"key": key, "why": why}
    state = OPEN if to == EXPLAINED else EXPLAINED
    if request.method != "POST":
        return _draw(request, viewer, state, said)
    say = door.explain if to == EXPLAINED else door.reopen
    done = say(kind, viewer, key, why=why)
    if isinstance(done, door.Faults):
        said["fault"] = _("请写明原因。") if not why else done.problems[0].hint
        return _draw(request, viewer, state, said, status=FAULTS)
    if isinstance(done, No):
        if door.is_gone(done):
            return _draw(request, viewer, state, told=done.reason, status=CONFLICT)
        return page.refused(request, viewer, done)
    return HttpResponseRedirect(page.address(reverse("findings"), state=state, said=to))


def _draw(
    request: HttpRequest,
    viewer: Viewer,
    state: str,
    said: dict[str, str] | None = None,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    kinds = [kind for kind in ledgers.ledgers().values() if kind.sought()]
    head = door.head()
    found = {kind: door.findings(kind, viewer) for kind in kinds}
    by_state: dict[str, dict[type[Ledger], Sequence[door.Finding | door.Mended]]] = {
        OPEN: {kind: [one for one in ones if not one.explanation] for kind, ones in found.items()},
        EXPLAINED: {kind: [one for one in ones if one.explanation] for kind, ones in found.items()},
    }
    if state == MENDED:
        by_state[MENDED] = {kind: door.mended(kind, viewer, head.digest) for kind in kinds}
    state = state if state in by_state else OPEN
    broken = [one for kind, ones in by_state[state].items() for one in by_rule(viewer, kind, ones)]
    context = {
        "section": "findings",
        "broken": broken,
        "state": state,
        "tabs": [
            (code, label, sum(map(len, by_state[code].values())) if code in by_state else None)
            for code, label in (
                (OPEN, _("待核对")),
                (EXPLAINED, _("已说明")),
                (MENDED, _("已改正")),
            )
        ],
        "total": sum(one.count for one in broken),
        "rules": [(kind, [rule.text for rule in kind.sought()]) for kind in kinds],
        "said": said or {},
        "told": told,
    }
    return page.show(request, viewer, "findings.html", context, status=status, head=head)
