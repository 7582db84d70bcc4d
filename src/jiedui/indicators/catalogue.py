"""Every indicator that a ledger declares, with the measures that one statement computes of it.

Not the declaration itself: an indicator stands in its ledger's file and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from jiedui import ledgers
from jiedui.ledgers.declare import Kind as Sort
from jiedui.ledgers.expressions import Kind, restricted
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Many
from jiedui.problems import JieduiError, listed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jiedui.ledgers import Indicator, Ledger
    from jiedui.ledgers.declare import Ratio
    from jiedui.ledgers.expressions import Expression

MONTH: Final = "month"
"""The cut that is no field: the month of the indicator's date."""

CONFIRMED: Final = "state = 'confirmed'"
SORTS: Final = {
    Sort.FLOW: said("流量（一段时间内发生）"),
    Sort.STOCK: said("存量（截止日的数）"),
}


class IndicatorError(JieduiError):
    """An indicator that contradicts itself or another, or is asked what it was not declared for."""


@dataclass(frozen=True, slots=True)
class Declared:
    """An indicator, the ledger that declares it, and the title of the one it is a part of."""

    ledger: type[Ledger]
    indicator: Indicator
    whole: str = ""

    @property
    def code(self) -> str:
        """The indicator's code, unique over all ledgers."""
        return self.indicator.code

    @property
    def unit(self) -> Unit:
        """What the figure counts."""
        return self.indicator.unit

    @property
    def stock(self) -> bool:
        """Whether the figure is of one day, not of a period."""
        return self.indicator.kind is Sort.STOCK

    def measure(self) -> Expression:
        """The measure over the rows that the indicator counts."""
        return restricted(self._read(self.indicator.measure), *self._condition())

    def verified(self) -> Expression:
        """The same measure over confirmed rows only; a register has no review, so over all."""
        if "state" not in self.ledger.fields:
            return self.measure()
        confirmed = self._parse(CONFIRMED, aggregate=False)
        return restricted(self._read(self.indicator.measure), *self._condition(), confirmed)

    def entries(self) -> Expression:
        """The number of rows counted."""
        return restricted(self._parse("count(*)", aggregate=True), *self._condition())

    def missing(self) -> Expression | None:
        """The number of rows counted whose measured fields are empty; None where none can be."""
        if not self.indicator.needs:
            return None
        empty = " or ".join(self._empty(name) for name in self.indicator.needs)
        text = f"count(*) filter (where {empty})"
        return restricted(self._parse(text, aggregate=True), *self._condition())

    @property
    @cache  # noqa: B019 - declarations live as long as the process
    def definition(self) -> str:
        """What the figure means, in words that a checker can follow to the rows."""
        return "；".join(part.rstrip("。") for part in self.explained) + "。"

    @property
    @cache  # noqa: B019 - declarations live as long as the process
    def explained(self) -> tuple[str, ...]:
        """The parts of the definition, each said, so that it can be told in another language."""
        one, fields = self.indicator, self.ledger.fields
        parts = [
            said(
                "{title}（{code}），单位：{unit}，{sort}",
                title=said(one.title),
                code=one.code,
                unit=_counted_in(one.unit),
                sort=SORTS[one.kind],
            ),
            said("台账：{ledger}", ledger=self.ledger.title),
            said("计算：{measure}", measure=one.measure),
            said("条件：{where}", where=one.where) if one.where else said("条件：全部记录"),
            said("时间：{label}（{field}）", label=fields[one.on].label, field=one.on),
        ]
        if one.ends:
            ends = fields[one.ends].label
            parts.append(said("到{label}（{field}）为止", label=ends, field=one.ends))
        if one.needs:
            labels = listed(fields[name].label for name in one.needs)
            parts.append(said("{labels}为空的记录计入“缺项”，不估计", labels=labels))
        if self.whole:
            parts.append(said("已包含在“{whole}”之内，不可相加", whole=said(self.whole)))
        if one.note:
            parts.append(said("说明：{note}", note=said(one.note)))
        return tuple(parts)

    @property
    @cache  # noqa: B019 - declarations live as long as the process
    def digest(self) -> str:
        """Sixteen hex digits that change when the figure's meaning does, not its title or note."""
        one = self.indicator
        where = [condition.text for condition in self._condition()]
        parts = (
            self.ledger.name, one.code, self._read(one.measure).text, *where, one.unit, one.kind,
            one.on, *filter(None, [one.ends]), *sorted(one.needs),
        )  # fmt: skip
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]

    def _read(self, text: str) -> Expression:
        found = self._parse(text, aggregate=True)
        if found.kind not in {Kind.WHOLE, Kind.MONEY}:
            message = (
                f"kinds/{self.ledger.name}.py: {self.code} measures a {found.kind}, not a number"
            )
            raise IndicatorError(message)
        return found

    def _condition(self) -> tuple[Expression, ...]:
        where = self.indicator.where
        return (self._parse(where, aggregate=False),) if where else ()

    def _empty(self, name: str) -> str:
        if isinstance(self.ledger.fields[name], Many):
            return f'"{name}".count = 0'
        return f'"{name}" is null'

    def _parse(self, text: str, *, aggregate: bool) -> Expression:
        where = f"indicator {self.code!r}"
        return self.ledger.expression(text, aggregate=aggregate, where=where)


@dataclass(frozen=True, slots=True)
class DeclaredRatio:
    """A ratio with the two indicators that it divides."""

    ratio: Ratio
    over: Declared
    under: Declared


@cache
def ratios() -> dict[str, DeclaredRatio]:
    """Every ratio of every ledger by its code.

    Raises `IndicatorError` for a code that is taken, or a part that is no indicator.
    """
    known = declared()
    found: dict[str, DeclaredRatio] = {}
    for ledger in ledgers.ledgers().values():
        for one in ledger.ratios:
            if one.code in known or one.code in found:
                raise IndicatorError(f"kinds/{ledger.name}.py: {one.code!r} is declared twice")
            for part in (one.over, one.under):
                if part not in known:
                    raise IndicatorError(f"kinds/{ledger.name}.py: {part!r} is no indicator")
            found[one.code] = DeclaredRatio(one, known[one.over], known[one.under])
    return found


@cache
def declared() -> dict[str, Declared]:
    """Every indicator of every ledger by its code, in the order of declaration.

    Raises `IndicatorError` where two ledgers declare one code, or a part is of no whole.
    Expressions are read later, when a figure is asked for.
    """
    return gather(ledgers.ledgers().values())


def gather(kinds: Iterable[type[Ledger]]) -> dict[str, Declared]:
    """The indicators of some ledgers by code; raises `IndicatorError` as `declared` does."""
    found: dict[str, Declared] = {}
    for ledger in kinds:
        for indicator in ledger.indicators:
            code = indicator.code
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,19}", code):
                raise IndicatorError(f"kinds/{ledger.name}.py: {code!r} is not usable as a code")
            if code in found:
                other = found[code].ledger.name
                message = f"kinds/{ledger.name}.py declares {code}, and so does kinds/{other}.py"
                raise IndicatorError(message)
            found[code] = Declared(ledger, indicator)
    for code, one in found.items():
        if one.indicator.part_of:
            found[code] = replace(one, whole=_whole(one, found))
    return found


def _whole(part: Declared, known: Mapping[str, Declared]) -> str:
    """The title of what a part is of: another that counts the same unit in the same way."""
    whole = known.get(part.indicator.part_of)
    alike = whole and whole is not part and (whole.unit, whole.stock) == (part.unit, part.stock)
    if whole is None or not alike:
        message = (
            f"kinds/{part.ledger.name}.py: {part.code} is no part of {part.indicator.part_of!r}: "
            "none is declared so, of that unit and kind"
        )
        raise IndicatorError(message)
    return whole.indicator.title


def _counted_in(unit: Unit) -> str:
    if unit is Unit.FEN:
        return said("分（页面上以万元写）")
    return said(str(unit)) if unit else said("无")
