"""The filters of a list as conditions: what people typed, made into parameters, or into nothing.

A filter that cannot be met, such as a number that no column holds, gives no row; none is an error.
"""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from jiedui import indicators, places
from jiedui.ledgers import expressions
from jiedui.ledgers.words import Choice, Date, Flag, Many, Moment, Place, Text
from jiedui.site.store.statement import engine, quoted, storable, whole

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field
    from jiedui.site.store.statement import Where

_FLAGS = {"true": True, "是": True, "1": True, "false": False, "否": False, "0": False}
# Both engines fold the letters of ASCII and no others when told so: their own folding differs.
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_CONTAINED = {
    expressions.Engine.SQLITE: "instr(lower({column}), %s) > 0",
    expressions.Engine.POSTGRESQL: 'strpos(lower({column} COLLATE "C"), %s) > 0',
}


def narrow(made: Where, ledger: type[Ledger], name: str, text: str) -> None:
    """Add the condition of one filter; a name that is no field to filter by adds none."""
    if name == "figure":
        _figure(made, ledger, text)
        return
    declared = ledger.fields.get(name)
    if declared is None or isinstance(declared, Many) or declared.person:
        return
    if storable(text):
        _field(made, declared, text)
    else:
        made.nothing()


def _field(made: Where, declared: Field, text: str) -> None:
    column = quoted(declared.name)
    if isinstance(declared, Date | Moment):
        # The first ten characters of a moment are its day.
        _period(made, f"substr({column}, 1, 10)" if isinstance(declared, Moment) else column, text)
    elif isinstance(declared, Text):
        sought = unicodedata.normalize("NFC", text).translate(_LOWER)
        made.add(_CONTAINED[engine()].format(column=column), sought)
    elif isinstance(declared, Place):
        _place(made, column, text)
    elif isinstance(declared, Choice):
        made.add(f"{column} = %s", text)
    else:
        number = _FLAGS.get(text) if isinstance(declared, Flag) else whole(text)
        if number is None:
            made.nothing()
        else:
            made.add(f"{column} = %s", number)


def _place(made: Where, column: str, text: str) -> None:
    code = places.PlaceCode(text)
    if places.get(code) is None:
        made.nothing()
    else:
        made.add(f"{column} >= %s AND {column} < %s", *places.bounds(code))


def _figure(made: Where, ledger: type[Ledger], asked: str) -> None:
    """Restrict to the rows that an indicator counts: the figure's number opens on these.

    Those of a stock are of a day, which stands behind its code: `T01@2024-12-31`.
    """
    code, _, day = asked.partition("@")
    found = indicators.declared().get(code)
    if found is None or found.ledger is not ledger:
        made.nothing()
        return
    if found.indicator.where:
        compiled = ledger.expression(found.indicator.where, aggregate=False, where=code)
        made.add(compiled.sql(engine()).replace("%", "%%"))
    if found.stock and (period := ends(day)):
        text, times = indicators.until(found, "%s")
        made.add(text, *[period[1].isoformat()] * times)


def _period(made: Where, column: str, text: str) -> None:
    """A year, a month, a day, or two of them with `..` between."""
    first, between, last = text.partition("..")
    low, high = ends(first or last), ends(last or first)
    if low is None or high is None:
        made.nothing()
        return
    if first or not between:
        made.add(f"{column} >= %s", low[0].isoformat())
    if last or not between:
        made.add(f"{column} <= %s", high[1].isoformat())


def ends(text: str) -> tuple[date, date] | None:
    """The first and last day of "2024", "2024-05" or "2024-05-21"."""
    try:
        numbers = [int(part) for part in text.strip().split("-")]
        if len(numbers) > 3:
            return None
        if len(numbers) == 1:
            return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
        first = date(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1)
        if len(numbers) == 3:
            return first, first
        # The day before the first of the next month; the last month of all has 31 days.
        last = first.replace(day=31) if first.month == 12 else None
        return first, last or first.replace(month=first.month + 1) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None
