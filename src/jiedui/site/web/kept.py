"""What was typed into a form whose session ended meanwhile: kept until the same person is back.

Kept on the server, in the visitor's new session, at most 64 KB, without personal fields or what
holds a person's number, and given back only to the account that the form was made for (its signed
`bound` field says which).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.http import QueryDict

from jiedui import ledgers
from jiedui.ledgers.words import Many
from jiedui.site.store import personal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer

LIMIT = 64 * 1024
SALT = "jiedui.form"
SESSION = "kept"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "entry-bound", "password"})
HOURS_12 = 12 * 3600


def bind(viewer: Viewer, back: str, ledger: str = "") -> str:
    """The signed hidden field of a form: whose it is, where it lives, which ledger it fills."""
    return signing.dumps({"account": viewer.account, "back": back, "ledger": ledger}, salt=SALT)


def keep(request: HttpRequest) -> str:
    """Keep what an anonymous visitor posted; the address of its form, empty when it has none."""
    try:
        bound = signing.loads(request.POST.get("entry-bound", ""), salt=SALT, max_age=HOURS_12)
    except signing.BadSignature:
        return ""
    back = str(bound["back"])
    posted = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT
        and not _personal(str(bound["ledger"]), name)
        and not _number(name, value)
    ]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in posted)
    request.session[SESSION] = {
        "account": bound["account"],
        "back": back,
        "posted": posted if size <= LIMIT else None,
    }
    return back


def told(request: HttpRequest) -> str:
    """What the sign-in page says: "kept", "too-long", or nothing."""
    held = request.session.get(SESSION)
    if held is None:
        return ""
    return "too-long" if held["posted"] is None else "kept"


def take(request: HttpRequest, viewer: Viewer) -> QueryDict | None:
    """Give back, once, what the viewer had typed into the form at this address.

    What another account typed is thrown away unseen.
    """
    held: dict[str, Any] | None = request.session.get(SESSION)
    if held is None:
        return None
    if held["account"] != viewer.account:
        del request.session[SESSION]
        return None
    if held["back"] != request.get_full_path():
        return None
    del request.session[SESSION]
    if held["posted"] is None:
        return None
    posted = QueryDict(mutable=True)
    for name, value in held["posted"]:
        posted.appendlist(name, value)
    return posted


def _number(name: str, value: str) -> bool:
    """Whether a posted value holds a person's number."""
    own = name.removeprefix("given-").partition("-")[0]
    fields = [kind.fields.get(own) for kind in ledgers.ledgers().values()]
    return all(personal.number_in(field, value) for field in fields)


def _personal(ledger: str, name: str) -> bool:
    """Whether a posted name belongs to a field that may hold a person's identity."""
    kind = ledgers.ledgers().get(ledger)
    if kind is None:
        return False
    outer, _, rest = name.partition("-")
    field = kind.fields.get(outer)
    if isinstance(field, Many):
        inner = field.fields.get(rest.partition("-")[2])
        return inner is not None and bool(inner.person)
    return field is not None and bool(field.person)
