"""Entries of a ledger: listed, read, added, amended, withdrawn and stepped, through the door."""

from __future__ import annotations

from types import GenericAlias
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _
from ninja import Body, Query, Router, Status
from ninja.errors import HttpError
from pydantic import BaseModel, create_model

from jiedui import ledgers
from jiedui.access import No, Verb, may
from jiedui.problems import Field as At
from jiedui.problems import problem
from jiedui.site.api import asking, schemas
from jiedui.site.api.answers import (
    BRINGING,
    READING,
    ConflictError,
    FaultsError,
    Strict,
    not_here,
)
from jiedui.site.api.asking import (  # noqa: TC001 - ninja reads the annotations when it runs
    Amendment,
    Filters,
    Key,
    Known,
    LedgerName,
    New,
    Paged,
    Step,
    Times,
    Withdrawal,
)
from jiedui.site.api.authority import reader, writer
from jiedui.site.store import door
from jiedui.site.store.judging import why_fault
from jiedui.site.web import subject

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer, Yes
    from jiedui.ledgers import Ledger

router = Router()
OneEntry = schemas.any_of(schemas.model)
OneVersion = schemas.any_of(schemas.version)


_Page: Any = GenericAlias(list, (OneEntry,))
Entries: type[BaseModel] = create_model(
    "Entries",
    __base__=Strict,
    __doc__="A page of a list.",
    total=(int, ...),
    page=(int, ...),
    pages=(int, ...),
    demonstration=(bool, ...),
    entries=(_Page, ...),
)
Written: type[BaseModel] = create_model(
    "Written",
    __base__=Strict,
    __doc__="A write: the link's number, and the entry as it stands.",
    link=(int, ...),
    entry=(OneEntry, ...),
)
Moved: type[BaseModel] = create_model(
    "Moved",
    __base__=Strict,
    __doc__="Somebody wrote meanwhile: the entry as it stands, null when it was withdrawn.",
    reason=(str, ...),
    now=(OneEntry | None, ...),
)


class Linked(Strict):
    """A write that left no entry."""

    link: int


WRITING = BRINGING | {409: Moved}
LEDGER = "ledgers/{ledger}/entries"
ENTRY = LEDGER + "/{key}"


@router.get(LEDGER, url_name="entries", operation_id="entries", response=READING | {200: Entries})
def list_entries(
    request: HttpRequest,
    ledger: LedgerName,
    paged: Query[Paged],
    times: Query[Times],
    filters: Query[Filters],
    order: str = "",
) -> dict[str, Any]:
    """A page of entries, filtered and ordered as the list's page is."""
    kind, viewer = asking.ledger(ledger), reader(request)
    found = door.entries(
        kind,
        viewer,
        filters=asking.filters(kind, viewer, filters),
        order=asking.order(kind, order),
        page=paged.page,
        size=paged.size,
        until=times.until,
        known=times.known,
    )
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "demonstration": viewer.demonstration,
        "entries": [_shown(kind, one, viewer) for one in found.entries],
    }


@router.get(ENTRY, url_name="entry", operation_id="entry", response=READING | {200: OneEntry})
def one_entry(
    request: HttpRequest, ledger: LedgerName, key: Key, known: Query[Known]
) -> dict[str, Any]:
    """One entry, now or as known at a link."""
    kind, viewer, number = asking.ledger(ledger), reader(request), door.entry_id(key)
    found = door.entry(kind, number, viewer, known=known.known) if number is not None else No("")
    if isinstance(found, No):
        raise not_here()
    return _shown(kind, found, viewer)


@router.get(
    ENTRY + "/versions",
    url_name="versions",
    operation_id="versions",
    response=READING | {200: GenericAlias(list, (OneVersion,))},
)
def versions(request: HttpRequest, ledger: LedgerName, key: Key) -> list[dict[str, Any]]:
    """Every version of an entry, newest first, with who wrote it and why."""
    kind, viewer, number = asking.ledger(ledger), reader(request), door.entry_id(key)
    found = door.versions(kind, number, viewer) if number is not None else ()
    if not found:
        _current(viewer, ledger, key)
        _allowed(may(viewer, Verb.HISTORY))
    shown = viewer.demonstration
    return [schemas.version_json(kind, one, demonstration=shown) for one in found]


@router.post(
    LEDGER,
    url_name="entries",
    operation_id="add",
    response=BRINGING | {201: Written},
)
def add(request: HttpRequest, ledger: LedgerName, new: Body[New]) -> Status[Any]:
    """Add an entry of one's office: a draft, where the ledger is reviewed."""
    kind, viewer = asking.ledger(ledger), writer(request)
    _allowed(subject.may_enter(viewer, kind))
    asking.few_names([new.cells])
    checked = ledgers.check(kind, ledgers.frame([new.cells]), door.lookup(viewer))
    return Status(201, _written(kind, viewer, door.add(kind, viewer, checked, why=new.why)))


@router.patch(ENTRY, url_name="entry", operation_id="amend", response=WRITING | {200: Written})
def amend(
    request: HttpRequest, ledger: LedgerName, key: Key, amendment: Body[Amendment]
) -> dict[str, Any]:
    """Change cells of an entry over the version that was read."""
    viewer = writer(request)
    kind, found = _current(viewer, ledger, key)
    _allowed(subject.may_do(viewer, kind, Verb.AMEND, found))
    _reasoned(amendment.why)
    asking.few_names([amendment.cells])
    cells = ledgers.cells(kind, found.values) | amendment.cells
    checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(viewer))
    base, why = amendment.base, amendment.why
    return _written(kind, viewer, door.amend(kind, found.id, viewer, checked, base=base, why=why))


@router.post(
    ENTRY + "/withdraw",
    url_name="withdraw",
    operation_id="withdraw",
    response=WRITING | {200: Linked},
)
def withdraw(
    request: HttpRequest, ledger: LedgerName, key: Key, withdrawal: Body[Withdrawal]
) -> dict[str, Any]:
    """Withdraw an entry; its versions stay in the book."""
    viewer = writer(request)
    kind, found = _current(viewer, ledger, key)
    _allowed(subject.may_do(viewer, kind, Verb.WITHDRAW, found))
    _reasoned(withdrawal.why)
    done = door.withdraw(kind, found.id, viewer, base=withdrawal.base, why=withdrawal.why)
    if isinstance(done, No | door.Conflict):
        _refused(kind, viewer, done)
    return {"link": done.number}


@router.post(
    ENTRY + "/step", url_name="step", operation_id="step", response=WRITING | {200: Written}
)
def step(request: HttpRequest, ledger: LedgerName, key: Key, step: Body[Step]) -> dict[str, Any]:
    """Submit, confirm or return an entry."""
    viewer = writer(request)
    kind, found = _current(viewer, ledger, key)
    done = door.step(kind, found.id, viewer, step.to, base=step.base, why=step.why)
    return _written(kind, viewer, done)


def _current(viewer: Viewer, ledger: str, key: str) -> tuple[type[Ledger], door.Entry]:
    found = subject.current(viewer, ledger, key)
    if found is None:
        raise not_here()
    return found


def _allowed(answer: Yes | No) -> None:
    if isinstance(answer, No):
        raise HttpError(403, answer.reason)


def _reasoned(why: str) -> None:
    """A reason that can stand in the chain, before anything is looked at."""
    fault = why_fault(why) if why.strip() else problem("required", At("why"), label=_("原因"))
    if fault:
        raise FaultsError([fault])


def _written(kind: type[Ledger], viewer: Viewer, done: door.Outcome) -> dict[str, Any]:
    if not isinstance(done, door.Written):
        _refused(kind, viewer, done)
    return {"link": done.link, "entry": _shown(kind, done.entry, viewer)}


def _refused(
    kind: type[Ledger], viewer: Viewer, done: door.Conflict | door.Faults | No
) -> NoReturn:
    if isinstance(done, door.Faults):
        raise FaultsError(done.problems)
    if isinstance(done, No):
        raise HttpError(403, done.reason)
    now = _shown(kind, done.now, viewer) if done.now else None
    raise ConflictError(_("这条记录刚被更正或撤销，没有写入"), {"now": now})


def _shown(kind: type[Ledger], entry: door.Entry, viewer: Viewer) -> dict[str, Any]:
    return schemas.entry_json(kind, entry, demonstration=viewer.demonstration)
