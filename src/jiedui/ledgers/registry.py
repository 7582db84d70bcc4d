"""Finds the ledgers: every module of `kinds/` holds one, and is found because it is there."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from jiedui.ledgers import kinds, proving
from jiedui.ledgers.declare import Ledger
from jiedui.ledgers.words import DeclarationError, Field, Many, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.ledgers.clauses import Against

SIGNS = ("=", "<>", "<=", ">=")


@cache
def ledgers() -> dict[str, type[Ledger]]:
    """Every ledger and register by name: registers first, then by `shelf` and name.

    Raises `DeclarationError` when a file holds no ledger or more than one, or when a `Ref` or a
    rule over two ledgers names one that does not exist.
    """
    modules = sorted(item.name for item in pkgutil.iter_modules(kinds.__path__))
    found = {module: _only_ledger(module) for module in modules}
    for ledger in found.values():
        for path, ref in _refs(ledger):
            if ref.to not in found:
                proving.refuse(ledger, path, f"points to {ref.to!r}, which is no ledger")
        for rule in ledger.against:
            _examine_against(ledger, rule, found)
    return dict(sorted(found.items(), key=_place))


def _examine_against(
    ledger: type[Ledger], rule: Against, found: Mapping[str, type[Ledger]]
) -> None:
    """A rule over two ledgers compares fields of one type, by a sign that there is."""
    what, other = f"against[{rule.name}]", found.get(rule.other)
    if other is None:
        proving.refuse(ledger, what, f"names {rule.other!r}, which is no ledger")
    if rule.sign not in SIGNS:
        proving.refuse(ledger, what, f"{rule.sign!r} is none of {' '.join(SIGNS)}")
    theirs = [other.fields.get(name) for name in rule.theirs_by]
    ours = [ledger.fields[name].kind for name in rule.by]
    if [one and one.kind for one in theirs] != ours:
        proving.refuse(ledger, what, "what its rows share is not of the same types in both")


def _place(item: tuple[str, type[Ledger]]) -> tuple[bool, int, str]:
    name, ledger = item
    return not ledger.register, ledger.shelf, name


def get(name: str) -> type[Ledger] | None:
    """The ledger of that name, or None."""
    return ledgers().get(name)


def _only_ledger(module: str) -> type[Ledger]:
    loaded = importlib.import_module(f"{kinds.__name__}.{module}")
    here = [
        value
        for value in vars(loaded).values()
        if isinstance(value, type)
        and issubclass(value, Ledger)
        and value.__module__ == loaded.__name__
    ]
    if len(here) != 1:
        raise DeclarationError(f"kinds/{module}.py holds {len(here)} ledgers; one file is one")
    return here[0]


def _refs(ledger: type[Ledger]) -> Iterator[tuple[str, Ref]]:
    for name, field in ledger.fields.items():
        inner = field.fields.items() if isinstance(field, Many) else ()
        paths: list[tuple[str, Field]] = [(name, field), *((f"{name}.{k}", v) for k, v in inner)]
        yield from ((path, one) for path, one in paths if isinstance(one, Ref))
