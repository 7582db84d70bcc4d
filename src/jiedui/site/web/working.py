"""Work that goes on, and work that came to nothing, as a workbook's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jiedui.problems import unpacked
from jiedui.problems.said import unpack

if TYPE_CHECKING:
    from jiedui.problems import Problem
    from jiedui.site.store.batches import Job

# What a job is doing, by the phases of `store.staging`, `loading` and `undoing`.
PHASES = {
    "": gettext_noop("排队等候"),
    "read": gettext_noop("正在读表"),
    "check": gettext_noop("正在核对每一格"),
    "compare": gettext_noop("正在与账本比对"),
    "write": gettext_noop("正在入账"),
    "undo": gettext_noop("正在撤销"),
}
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Going:
    """A job under way: what it does, how far it is, and how long it will take."""

    words: str
    done: int
    rows: int
    rate: int
    left: str
    cancelling: bool


def going(job: Job) -> Going:
    """The job's progress in words."""
    return Going(
        _(PHASES.get(job.phase, PHASES[""])),
        job.done,
        job.rows,
        round(job.rate),
        _left(job.left),
        job.cancelling,
    )


def ended(job: Job | None) -> tuple[str, tuple[Problem, ...]]:
    """What came of a job that did not do what was asked: a sentence, and the problems."""
    if job is None or job.live:
        return "", ()
    if job.state == "cancelled":
        return _("已取消，账本没有改动。"), ()
    told = job.told
    problems = [told["problem"]] if "problem" in told else told.get("faults", [])
    found = tuple(unpacked(one) for one in problems)
    if told.get("moved"):
        return _("预览之后账本有变动，没有导入。下面是重新比对的结果，请核对后再导入。"), found
    if told.get("faults"):
        return _("没有导入，一行也没有写入。"), found
    return unpack(told.get("reason", "")), found


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < _MINUTE:
        return _("还要不到一分钟")
    minutes = round(seconds / _MINUTE)
    return ngettext("还要约 %(n)d 分钟", "还要约 %(n)d 分钟", minutes) % {"n": minutes}
