"""Search: one form, what it finds, and suggestions while somebody types.

A person's name never stands in an address, where logs and histories keep it: what is typed is
posted, and goes on to an address only when none of it may be a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiedui import ledgers, search
from jiedui.site.store import door, questions, searching
from jiedui.site.web import asked, controls, listing, page, searched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.site.store.questions import Asked, Question

SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def find(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the form, and with a question what it finds."""
    posted = request.method == "POST"
    words = request.POST if posted else request.GET
    typed = {name: asked.said(words, name)[:200] for name in questions.NAMES}
    named_in_address = bool(typed["person"]) and not posted
    if named_in_address:
        typed["person"] = ""
    question = questions.read(typed, viewer)
    number = asked.whole(words, "page")
    said = _said(question.question)
    if posted and _may_be_an_address(question):
        last = number if number > 1 else ""
        return HttpResponseRedirect(page.address(reverse("search"), **said, page=last))
    context = _form(viewer, typed, question) | _found(viewer, question, number, said)
    context |= {"posted": posted, "named_in_address": named_in_address}
    return page.show(request, viewer, "search.html", context)


@require_POST
@page.signed_in
def suggest(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the letters typed so far may mean, as a piece of a page."""
    near = searched.near(viewer, asked.said(request.POST, "q")[:200])
    return render(request, "parts/suggestions.html", {"near": near})


def _may_be_an_address(question: Asked) -> bool:
    """Whether nothing of a question may be a name or was not understood."""
    one = question.question
    return not (question.faults or one.empty or one.person or search.may_be_name(one.words))


def _said(question: Question) -> dict[str, str]:
    """A question without its person, as words of an address: places and parties by their keys."""
    return {
        "q": question.words,
        "kind": question.kind,
        "place": question.place,
        "party": door.key(question.party) if question.party else "",
        "since": question.since.isoformat() if question.since else "",
        "until": question.until.isoformat() if question.until else "",
    }


def _form(viewer: Viewer, typed: Mapping[str, str], question: Asked) -> dict[str, object]:
    """What stands in the form: as it was typed, places and parties by their names."""
    one, said = question.question, dict(typed)
    if one.place:
        said["place"] = controls.place(one.place)
    if one.party:
        said["party"] = door.labels(viewer, [("parties", one.party)])["parties", one.party]
    kinds = list(ledgers.ledgers().values())
    return {
        "section": "search",
        "typed": said,
        "kinds": [
            (_("台账"), [(kind.name, kind.title) for kind in kinds if not kind.register]),
            (_("名录"), [(kind.name, kind.title) for kind in kinds if kind.register]),
            (_("资料"), [(searching.DOCUMENTS, _("资料"))]),
        ],
        "faults": [(fault.title, fault.hint) for fault in question.faults],
    }


def _found(
    viewer: Viewer, question: Asked, number: int, said: Mapping[str, str]
) -> dict[str, object]:
    one = question.question
    if one.empty:
        return {"asked": False}
    found = searching.search_for(one, viewer, page=number, size=SIZE)
    words = {name: text for name, text in said.items() if text}
    return {
        "asked": True,
        "found": found,
        "hits": searched.shown(viewer, found, one),
        "pages": listing.pages(found, reverse("search"), words),
        "said": {**words, "person": one.person},
        "near": searched.near(viewer, one.words, titles=False),
        "may_be_name": not one.person and search.may_be_name(one.words),
        "narrowed": any(said[name] for name in ("kind", "place", "party", "since", "until")),
    }
