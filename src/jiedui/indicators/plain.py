"""An indicator in plain words: what is counted, which entries, and by which day, without a formula.

Not the definition that figures are compared by: that is `Declared.definition`, with its digest.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jiedui.ledgers.expressions.tree import (
    Absent,
    Aggregate,
    Among,
    Coalesce,
    Compare,
    Every,
    Fold,
    Name,
    Negation,
    Number,
    Sign,
    Truth,
    Words,
)
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice
from jiedui.problems import JieduiError, listed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.indicators.catalogue import Declared
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.expressions.tree import Node


class NoPlainWordsError(JieduiError):
    """A measure or a condition for which there are no plain words yet."""


@cache
def plain(one: Declared) -> tuple[str, ...]:
    """How a figure is counted, sentence by sentence, for one who counts the entries by hand.

    Raises `NoPlainWordsError` for an expression that this module has no words for.
    """
    ledger, indicator = one.ledger, one.indicator
    parts = [said("从“{ledger}”里数。", ledger=ledger.title), _measure(one)]
    if indicator.where:
        root = ledger.expression(indicator.where, aggregate=False, where=one.code).root
        told = [_condition(ledger, each) for each in _items(root)]
        parts.append(said("只数这样的记录：{conditions}。", conditions=listed(told, "；")))
    else:
        parts.append(said("所有记录都数，草稿也在内；已核实的另外标出。"))
    parts.append(_days(one))
    if indicator.needs:
        needs = _quoted(ledger.fields[name].label for name in indicator.needs)
        parts.append(said("没有填{labels}的记录不估计，另列为缺项。", labels=needs))
    if one.whole:
        parts.append(said("已包含在“{whole}”之内，不可相加。", whole=said(one.whole)))
    if indicator.note:
        parts.append(said(indicator.note))
    return tuple(parts)


def _measure(one: Declared) -> str:
    root = one.ledger.expression(one.indicator.measure, aggregate=True, where=one.code).root
    unit = said(str(one.unit))
    if isinstance(root, Aggregate) and root.where is None:
        if root.fold is Fold.COUNT and root.item is None:
            return said("一条记录计一{unit}。", unit=unit)
        if root.fold is Fold.SUM and isinstance(root.item, Name):
            label = _label(one.ledger, root.item)
            if one.unit is Unit.FEN:
                return said("把各条记录的“{label}”加起来，以万元计。", label=label)
            return said("把各条记录的“{label}”加起来，以{unit}计。", label=label, unit=unit)
        if root.fold is Fold.COUNT_DISTINCT and isinstance(root.item, Name):
            label = _label(one.ledger, root.item)
            return said("“{label}”相同的记录合计一{unit}。", label=label, unit=unit)
    raise NoPlainWordsError(f"{one.code}: no plain words for {one.indicator.measure!r}")


def _days(one: Declared) -> str:
    fields, indicator = one.ledger.fields, one.indicator
    on = fields[indicator.on].label
    if not one.stock:
        return said("按“{on}”归入年度和月份。", on=on)
    if not indicator.ends:
        return said("数到那一天为止：“{on}”在那天或更早。", on=on)
    ends = fields[indicator.ends].label
    return said(
        "数那一天还在的：“{on}”在那天或更早，“{ends}”没有填或在那天以后。", on=on, ends=ends
    )


def _items(root: Node) -> Sequence[Node]:
    return root.items if isinstance(root, Every) else (root,)


def _condition(ledger: type[Ledger], node: Node) -> str:
    told = _of_value(ledger, node) or _of_presence(ledger, node)
    if told is None:
        raise NoPlainWordsError(f"{ledger.name}: no plain words for {node!r}")
    return told


def _of_value(ledger: type[Ledger], node: Node) -> str | None:
    """A condition on what a field says."""
    match node:
        case Compare(Sign.EQUAL, Name() as item, Words(word)):
            return _one_of(ledger, item, [word])
        case Compare(Sign.UNEQUAL, Name() as item, Words(word)):
            values = _values(ledger, item, [word])
            return said("“{label}”不是{values}", label=_label(ledger, item), values=values)
        case Compare(Sign.UNEQUAL, Coalesce((Name() as item, Words(empty))), Words(word)) if (
            empty != word
        ):
            values = _values(ledger, item, [word])
            label = _label(ledger, item)
            return said("“{label}”不是{values}，空着的也数", label=label, values=values)
        case Among(Name() as item, options):
            return _one_of(ledger, item, [str(one.value) for one in options])
    return None


def _of_presence(ledger: type[Ledger], node: Node) -> str | None:
    """A condition on whether a field is filled, or ticked."""
    match node:
        case Negation(Absent(Name() as item)) | Compare(Sign.MORE, Name() as item, Number(0)):
            return said("填有“{label}”", label=_label(ledger, item))
        case Absent(Name() as item):
            return said("没有填“{label}”", label=_label(ledger, item))
        case Coalesce((Name() as item, Truth(value=False))):
            return said("“{label}”是“是”", label=_label(ledger, item))
        case Coalesce((Name() as item, other)):
            told = _condition(ledger, other)
            label = _label(ledger, item)
            return said("“{label}”是“是”，或这一栏空着而{other}", label=label, other=told)
    return None


def _one_of(ledger: type[Ledger], item: Name, words: Sequence[str]) -> str:
    values = _values(ledger, item, words)
    label = _label(ledger, item)
    if len(words) == 1:
        return said("“{label}”是{values}", label=label, values=values)
    return said("“{label}”是其中之一：{values}", label=label, values=values)


def _values(ledger: type[Ledger], item: Name, words: Iterable[str]) -> str:
    field = ledger.fields[item.field]
    choices = field.choices if isinstance(field, Choice) else {}
    return _quoted(said(choices[word]) if word in choices else word for word in words)


def _label(ledger: type[Ledger], item: Name) -> str:
    return ledger.fields[item.field].label


def _quoted(words: Iterable[str]) -> str:
    return listed(said("“{word}”", word=word) for word in words)
