"""What a ledger is: its fields, the rules its entries keep, and the indicators it feeds.

Everything is checked when the class is made (`proving`), so that a renamed field fails where it
is declared and not in a page. Finding the files is `registry`; the fields are `words`, and what a
ledger says of them is made of `clauses`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from jiedui.ledgers import expressions, proving
from jiedui.ledgers.clauses import (
    Across,
    Against,
    Indicator,
    Kind,
    Lasting,
    Ratio,
    Rule,
    Unknown,
)
from jiedui.ledgers.every import AFTER, ALWAYS, BEFORE
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import (
    Count,
    DeclarationError,
    Field,
    Many,
    Ref,
    Row,
    Text,
    declared_fields,
)
from jiedui.problems import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Ledger:
    """A ledger (台账): subclass it in one file of `kinds/` and declare fields on it.

    `on` is the field with an entry's day, `label` the fields that name an entry, `identity` those
    that make two entries of one office the same; `listed` and `filters` are what a list shows and
    is narrowed by, `cues` the facts of a text that propose an entry. A `shared` ledger is seen by
    every office, and `shelf` its place among the others (the lower first, equals by name).
    """

    title: ClassVar[str] = ""
    name: ClassVar[str] = ""
    register: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    shelf: ClassVar[int] = 100
    on: ClassVar[str] = ""
    label: ClassVar[tuple[str, ...]] = ()
    listed: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    identity: ClassVar[tuple[str, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    across: ClassVar[tuple[Across, ...]] = ()
    against: ClassVar[tuple[Against, ...]] = ()
    indicators: ClassVar[tuple[Indicator, ...]] = ()
    ratios: ClassVar[tuple[Ratio, ...]] = ()
    cues: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[dict[str, Field]] = {}
    compiled: ClassVar[dict[tuple[str, bool, str], expressions.Expression]] = {}
    declaration: ClassVar[str] = ""

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        if abstract:
            return
        cls.name = cls.__module__.rpartition(".")[2]
        cls.title = said(cls.title)
        own = declared_fields(cls)
        cls.fields = own | ALWAYS if cls.register else BEFORE | own | AFTER | ALWAYS
        proving.examine(cls, own, ALWAYS if cls.register else BEFORE | AFTER | ALWAYS)
        cls.declaration = _declaration(cls)
        # Expressions are parsed at first use (`Ledger.expression`): sqlglot takes longer to
        # import than a command may take to start. A test parses every one of them.
        cls.compiled = {}

    @classmethod
    def expression(
        cls, text: str, *, aggregate: bool, where: str, within: Many | None = None
    ) -> expressions.Expression:
        """Parse an expression over this ledger's fields, or over child rows, once.

        Raises `ExpressionError` naming the file, the ledger and what is not part of the subset.
        """
        key = (within.name if within else "", aggregate, text)
        if key not in cls.compiled:
            names = within.fields if within else cls.fields
            at = f"{proving.where(cls)}: {where}"
            cls.compiled[key] = expressions.parse(text, names, aggregate=aggregate, where=at)
        return cls.compiled[key]

    @classmethod
    def rule(cls, rule: Rule) -> expressions.Expression:
        """The expression of a rule."""
        return cls.row_rule(rule, None)

    @classmethod
    def row_rule(cls, rule: Rule, within: Many | None) -> expressions.Expression:
        """The expression of a rule of child rows; of the entry's own without them."""
        where = f"{within.name}: rule {rule.name!r}" if within else f"rule {rule.name!r}"
        return cls.expression(rule.expression, aggregate=False, where=where, within=within)

    @classmethod
    def over_rows(cls, across: Across) -> expressions.Expression:
        """The aggregate of a rule over rows."""
        return cls.expression(across.expression, aggregate=True, where=f"across {across.name!r}")

    @classmethod
    def lasting(cls) -> tuple[Lasting, ...]:
        """The rules that its stocks ask for, one a field in which they end; none if unreviewed."""
        if "state" not in cls.fields:
            return ()
        ends = (one.ends for one in cls.indicators if one.kind is Kind.STOCK)
        return tuple(map(Lasting, dict.fromkeys(filter(None, ends))))

    @classmethod
    def sought(cls) -> tuple[Across | Against | Lasting, ...]:
        """Every rule that is asked of the book, and whose breaking is a finding."""
        return (*cls.across, *cls.against, *cls.lasting())

    @classmethod
    def measured(cls, text: str, rule: str) -> expressions.Expression:
        """This ledger's side of a rule over two ledgers."""
        return cls.expression(text, aggregate=True, where=f"against {rule!r}")

    @classmethod
    def personal(cls, field: Text, within: Many | None = None) -> expressions.Expression | bool:
        """Whether a field always or never holds a person's name, or the expression that says."""
        if not isinstance(field.person, str):
            return field.person
        path = f"{within.name}.{field.name}" if within else field.name
        where = f"{path}: person"
        return cls.expression(field.person, aggregate=False, where=where, within=within)

    @classmethod
    def prove(cls) -> None:
        """Parse every rule, measure, filter and person condition of this ledger.

        Raises `ExpressionError` for the first that is not part of the subset, `DeclarationError`
        for a measure that is no number of its unit, or a cue that no text gives.
        """
        lists = [field for field in cls.fields.values() if isinstance(field, Many)]
        for within, rule in [(None, one) for one in cls.rules] + _rules(lists):
            cls.row_rule(rule, within)
        for across in cls.across:
            cls.over_rows(across)
        for against in cls.against:
            cls.measured(against.ours, against.name)
        for indicator in cls.indicators:
            _prove_indicator(cls, indicator)
        for within, field in _texts(cls.fields):
            cls.personal(field, within)
        from jiedui.facts.model import CUES

        for cue in cls.cues:
            if cue not in CUES:
                proving.refuse(cls, "cues", f"{cue!r} is no event that a text can tell of")


class Register(Ledger, abstract=True):
    """A register (名录): declared as a ledger is, versioned like one, and what others point to."""

    register = True


def typed_fields(ledger: type[Ledger]) -> dict[str, Field]:
    """The fields that a person types; the rest are set by the store or derived."""
    return {name: field for name, field in ledger.fields.items() if field.typed}


def _rules(lists: Iterable[Many]) -> list[tuple[Many | None, Rule]]:
    """Every rule of child rows, with the rows that it is of."""
    return [(many, rule) for many in lists for rule in many.rules]


def _texts(fields: Mapping[str, Field]) -> Iterator[tuple[Many | None, Text]]:
    """Every text field of an entry, with the child rows that it stands in."""
    for field in fields.values():
        if isinstance(field, Text):
            yield None, field
        elif isinstance(field, Many):
            yield from ((field, one) for one in field.fields.values() if isinstance(one, Text))


def _prove_indicator(ledger: type[Ledger], indicator: Indicator) -> None:
    where = f"indicator {indicator.code!r}"
    measure = ledger.expression(indicator.measure, aggregate=True, where=where)
    if indicator.where:
        ledger.expression(indicator.where, aggregate=False, where=where)
    if measure.kind not in {expressions.Kind.WHOLE, expressions.Kind.MONEY}:
        message = f"{proving.where(ledger)}: {where} measures a {measure.kind}, not a number"
        raise DeclarationError(message)
    if (measure.kind is expressions.Kind.MONEY) is not (indicator.unit is Unit.FEN):
        message = f"{proving.where(ledger)}: {where}: money is measured in fen, and nothing else is"
        raise DeclarationError(message)


def _declaration(ledger: type[Ledger]) -> str:
    """Sixteen hex digits that change when what a stored value means does.

    That is a field's name, type, unit or the ledger it points to; not its label or its options.
    """
    parts = []
    for name, field in sorted(ledger.fields.items()):
        parts.append(f"{name}:{_meaning(field)}")
        if isinstance(field, Many):
            inner = sorted(field.fields.items())
            parts += [f"{name}.{child}:{_meaning(one)}" for child, one in inner]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _meaning(field: Field) -> str:
    if isinstance(field, Ref):
        return f"{field.kind} {field.to}"
    return f"{field.kind} {field.unit}".rstrip() if isinstance(field, Count) else field.kind


__all__ = [
    "Across",
    "Against",
    "Indicator",
    "Kind",
    "Lasting",
    "Ledger",
    "Ratio",
    "Register",
    "Row",
    "Rule",
    "Unknown",
    "typed_fields",
]
