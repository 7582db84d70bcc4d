"""What a ledger says of its fields: rules over an entry and over rows, indicators and ratios.

Each holds expressions as text, which the ledger reads and proves (`declare`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiedui.ledgers.units import Unit


class Unknown(StrEnum):
    """What a rule means when it comes out as NULL."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a rule that passes, no password


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression over one entry that must be TRUE; `text` says in words what is wrong."""

    name: str
    expression: str
    text: str
    unknown: Unknown = Unknown.FAIL


@dataclass(frozen=True, slots=True)
class Across:
    """A rule over the rows of a ledger that share `by`: an aggregate that must be TRUE for each.

    A group for which it comes out false is a finding (疑点) with its rows; where it comes out
    NULL there is nothing to compare yet, and it is none. Nothing is changed by itself.
    """

    name: str
    by: tuple[str, ...]
    expression: str
    text: str


@dataclass(frozen=True, slots=True)
class Against:
    """A rule over two ledgers: a measure of this one's rows against one of the rows of `other`.

    Rows of this ledger that share `by` stand beside those of the other that share `theirs_by`,
    field by field; the aggregates `ours` and `theirs` must keep `sign` (=, <>, <=, >=). A group
    for which they do not is a finding; one that only one ledger has is none.
    """

    name: str
    by: tuple[str, ...]
    ours: str
    sign: str
    other: str
    theirs_by: tuple[str, ...]
    theirs: str
    text: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """A rule over what is gone: a stock falls by the day in `ends`, and by nothing else.

    Each confirmed entry that was withdrawn while that day was empty is a finding, until the same
    is entered again. It is not declared: every stock indicator asks for it.
    """

    ends: str
    name: str = "left-without-a-day"
    by: tuple[str, ...] = ()
    text: str = "核实过、还在册的记录被撤销，没有写明哪天退出，存量因此减少"


class Outcome(StrEnum):
    """What became of a finding: nothing yet, somebody said why it stands, or it is no more."""

    OPEN = "open"
    EXPLAINED = "explained"
    MENDED = "mended"


class Kind(StrEnum):
    """Whether an indicator counts what is there at a date or what happened in a period."""

    STOCK = "stock"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that people report: a measure over a ledger, declared once.

    `on` is the date field that `until` filters; `by` are the fields it may be cut by, of which
    "month" stands for the month of `on`; `where` restricts the rows; `needs` are the fields
    without which a row cannot be counted and is reported as missing. A stock counts what is there
    on the day of `until`: begun by `on`, not yet ended by the date field `ends`. What it counts is
    also in the indicator `part_of`, of the same unit and kind, and is never added to it.
    """

    code: str
    title: str
    measure: str
    unit: Unit
    on: str
    kind: Kind = Kind.FLOW
    where: str = ""
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    note: str = ""
    ends: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure in percent: indicator `over` divided by indicator `under`, once, in Decimal."""

    code: str
    title: str
    over: str
    under: str
    note: str = ""
