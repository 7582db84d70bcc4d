"""What a declaration must keep so that nothing made from it fails later: checked as it is made.

Not the expressions, which are read at first use (`Ledger.prove` reads them all), and not what
one ledger says of another: that is `registry`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

from jiedui.ledgers.expressions import LARGEST
from jiedui.ledgers.words import Choice, Count, Date, DeclarationError, Field, Many, Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.ledgers.declare import Ledger

# Index and constraint names begin with the ledger's; the databases' shortest limit is 30.
_LEDGER_NAME = re.compile(r"[a-z][a-z0-9_]{0,17}")
# Words that a database engine keeps for itself, that the version tables use, or that say what a
# ledger is. Child rows are not columns and may use them.
RESERVED = frozenset(
    (  # noqa: SIM905 - a hundred words between quotation marks are no easier to read
        "version entry link ended digest declaration id "
        "title register shared shelf on label listed filters identity rules across against "
        "indicators ratios cues fields compiled name expression personal prove rule row_rule "
        "over_rows sought lasting measured month "
        "all analyse analyze any array asc asymmetric between both by case cast check coalesce "
        "collate column constraint count create current_date default deferrable desc distinct do "
        "end except exists false fetch filter foreign full glob grant group having ilike inner "
        "intersect into join lateral leading left like limit localtime natural null offset only "
        "order outer over overlaps pivot placing primary qualify references returning right row "
        "select session_user similar some start sum symmetric table then to trailing true union "
        "unique unpivot user using values variadic verbose when where window with"
    ).split()
)


def where(ledger: type[Ledger]) -> str:
    """The file and the class, as every fault of a declaration names them."""
    return f"kinds/{ledger.name}.py: {ledger.__name__}"


def refuse(ledger: type[Ledger], what: str, message: str) -> NoReturn:
    """Raise `DeclarationError` naming the file, the ledger and what of it is wrong."""
    raise DeclarationError(f"{where(ledger)}{'.' if what else ''}{what}: {message}")


def examine(ledger: type[Ledger], own: Mapping[str, Field], inherited: Mapping[str, Field]) -> None:
    """Raise `DeclarationError` for the first thing in a ledger that contradicts the rest.

    `own` are the fields that its file declares, `inherited` those that every ledger has.
    """
    _examine_head(ledger)
    for name in sorted(own.keys() & inherited.keys()):
        refuse(ledger, name, "every ledger has this field already")
    _examine_names(ledger)
    _examine_mentions(ledger)
    _examine_headings(ledger)
    for name, field in ledger.fields.items():
        _examine_field(ledger, name, field)
        if field.total_of:
            _examine_total(ledger, name, field)
        if isinstance(field, Date) and field.until and field.until not in ledger.fields:
            refuse(ledger, name, f"ends in {field.until!r}, which is no field")
        if isinstance(field, Many):
            for child, inner in field.fields.items():
                _examine_field(ledger, f"{name}.{child}", inner)


def _examine_head(ledger: type[Ledger]) -> None:
    if not _LEDGER_NAME.fullmatch(ledger.name):
        refuse(ledger, "", "the file's name is the ledger's: a to z, 0 to 9 and _, at most 18")
    if not ledger.title or not (ledger.__doc__ or "").strip() or not ledger.label:
        refuse(ledger, "", "needs a title, a docstring, and a label: the fields that name an entry")
    if not ledger.register and not ledger.on:
        refuse(ledger, "on", "names no date; a ledger needs the day on which an entry happened")


def _examine_names(ledger: type[Ledger]) -> None:
    for name, field in ledger.fields.items():
        if name in RESERVED:
            refuse(ledger, name, "the name is taken; call the field otherwise")
        beside = {f"{name}_count": isinstance(field, Many), f"{name}_vault": bool(field.person)}
        for column, made in beside.items():
            if made and column in ledger.fields:
                refuse(ledger, column, f"the name is that of a column beside {name!r}")


def _mentions(ledger: type[Ledger]) -> Iterator[tuple[str, str]]:
    """Every field name that the declaration uses, with where it does."""
    if ledger.on:
        yield "on", ledger.on
    for what in ("label", "listed", "filters", "identity"):
        yield from ((what, name) for name in getattr(ledger, what))
    for indicator in ledger.indicators:
        what = f"indicators[{indicator.code}]"
        used = (indicator.on, indicator.ends, *indicator.needs)
        yield from ((what, name) for name in used if name)
        yield from ((f"{what}.by", name) for name in indicator.by if name != "month")
    for against in ledger.against:
        yield from ((f"against[{against.name}].by", name) for name in against.by)
    for across in ledger.across:
        yield from ((f"across[{across.name}].by", name) for name in across.by)


def _examine_mentions(ledger: type[Ledger]) -> None:
    for what, name in _mentions(ledger):
        field = ledger.fields.get(name)
        if field is None:
            refuse(ledger, what, f"{name!r} is no field of it")
        # Child rows and protected names are in no column that could be compared.
        # A rule over rows may still ask where the same name is: by its mark in the vault.
        hidden = bool(field.person) and not what.startswith("across")
        if (what == "filters" or what.endswith(".by")) and (isinstance(field, Many) or hidden):
            refuse(ledger, what, f"{name!r} cannot be filtered or cut by")
    for what, name in [("on", ledger.on), *((i.code, i.on) for i in ledger.indicators)]:
        if name and not isinstance(ledger.fields[name], Date):
            refuse(ledger, what, f"{name!r} is no date")
    for name, times in Counter(rule.name for rule in ledger.rules).items():
        if times > 1:
            refuse(ledger, "rules", f"{name!r} is declared {times} times")


def _examine_headings(ledger: type[Ledger]) -> None:
    """No two fields of one sheet may be read from the same heading."""
    heads: dict[str, str] = {}
    for name, field in ledger.fields.items():
        for heading in field.headings():
            if heads.setdefault(heading, name) != name:
                refuse(ledger, name, f"{heading!r} is a heading of {heads[heading]!r} too")


def _examine_total(ledger: type[Ledger], name: str, total: Field) -> None:
    """A total is of one number of one list of child rows, in the same unit, and never typed."""
    of, _, child = total.total_of.partition(".")
    many = ledger.fields.get(of)
    one = many.fields.get(child) if isinstance(many, Many) else None
    alike = isinstance(one, Money) and isinstance(total, Money)
    if isinstance(one, Count) and isinstance(total, Count):
        alike = one.unit is total.unit and one.low >= 0
    if not alike or total.typed or total.required:
        refuse(ledger, name, f"is no total of {total.total_of!r}: another unit, or no number there")


def _examine_field(ledger: type[Ledger], path: str, field: Field) -> None:
    if not field.label:
        refuse(ledger, path, "needs a label")
    if isinstance(field, Count) and not -LARGEST <= field.low <= field.high <= LARGEST:
        refuse(ledger, path, f"numbers go from {-LARGEST} to {LARGEST}, the lower bound first")
    if isinstance(field, Choice):
        names = [word for choice in field.options for word in {choice.code, choice.label}]
        if len(field.options.__members__) != len(field.options) or len(names) != len(set(names)):
            refuse(ledger, path, f"{field.options.__name__} has the same option or word twice")
