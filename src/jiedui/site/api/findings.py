"""Findings over entries: what is open, explained or mended, and the words said of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from ninja import Body, Router
from ninja.errors import HttpError
from pydantic import Field

from jiedui.access import No
from jiedui.ledgers.clauses import Outcome
from jiedui.site.api import asking
from jiedui.site.api.answers import BRINGING, READING, ConflictError, FaultsError, Reason, Strict
from jiedui.site.api.asking import LedgerName  # noqa: TC001 - read when it runs
from jiedui.site.api.authority import reader, writer
from jiedui.site.store import door

if TYPE_CHECKING:
    from django.http import HttpRequest

router = Router()
LEDGER = "ledgers/{ledger}/findings"


class Explained(Strict):
    """Why a finding stands as it is: the words, who said them, when, and the link."""

    why: str
    by: str
    at: str
    link: int


class OneFinding(Strict):
    """Entries that are each right and together are not; a mended one has days and no key."""

    state: Outcome
    key: str = Field("", description="说明疑点时用；所涉记录一变就不同")
    rule: str
    text: str
    values: list[str]
    entries: list[str]
    measured: list[str] = Field([], description="两本台账相比时各自的合计")
    explanation: Explained | None = None
    found: str = Field("", description="已改正的：出现的时间")
    mended: str = Field("", description="已改正的：改正的时间")


class Word(Strict):
    """That a finding is explained, or open again; with the reason."""

    state: Annotated[Literal["explained", "open"], Field(description="explained 或 open")]
    why: str = Field(description="原因，记入账本")


@router.get(
    LEDGER, url_name="findings", operation_id="findings", response=READING | {200: list[OneFinding]}
)
def findings(
    request: HttpRequest, ledger: LedgerName, state: Outcome | None = None
) -> list[dict[str, Any]]:
    """What is true of several entries that people should look at: open and explained, or one state.

    Mended ones are told when they are asked for.
    """
    kind, viewer = asking.ledger(ledger), reader(request)
    if state == Outcome.MENDED:
        return [_mended(one) for one in door.mended(kind, viewer, door.head().digest)]
    told = [_found(one) for one in door.findings(kind, viewer)]
    return [one for one in told if state in {None, one["state"]}]


@router.post(
    LEDGER + "/{key}",
    url_name="finding",
    operation_id="explain",
    response=BRINGING | {200: OneFinding, 409: Reason},
)
def explain(request: HttpRequest, ledger: LedgerName, key: str, word: Body[Word]) -> dict[str, Any]:
    """Say why a finding stands as it is, or open an explained one again."""
    kind, viewer = asking.ledger(ledger), writer(request)
    say = door.explain if word.state == "explained" else door.reopen
    done = say(kind, viewer, key, why=word.why)
    if isinstance(done, door.Faults):
        raise FaultsError(done.problems)
    if isinstance(done, No):
        raise ConflictError(done.reason, {}) if door.is_gone(done) else HttpError(403, done.reason)
    return _found(done)


def _found(one: door.Finding) -> dict[str, Any]:
    told = one.explanation
    return _group(one) | {
        "state": Outcome.EXPLAINED if told else Outcome.OPEN,
        "key": one.key,
        "measured": list(one.measured),
        "explanation": told
        and {"why": told.why, "by": told.by, "at": told.at.isoformat(), "link": told.link},
    }


def _mended(one: door.Mended) -> dict[str, Any]:
    days = {"found": one.found.isoformat(), "mended": one.mended.isoformat()}
    return _group(one) | days | {"state": Outcome.MENDED}


def _group(one: door.Finding | door.Mended) -> dict[str, Any]:
    return {
        "rule": one.rule.name,
        "text": one.rule.text,
        "values": list(one.values),
        "entries": [door.key(number) for number in one.entries],
    }
