"""Finds the ledgers: every module of `kinds/` holds one, and is found because it is there."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from jiedui.ledgers import kinds
from jiedui.ledgers.declare import Ledger
from jiedui.ledgers.words import DeclarationError, Many, Ref


@cache
def ledgers() -> dict[str, type[Ledger]]:
    """Every ledger and register by name, registers first, then by name.

    Raises `DeclarationError` when a file holds no ledger or more than one, or when a `Ref`
    points to a ledger that does not exist.
    """
    found: dict[str, type[Ledger]] = {}
    for module in sorted(item.name for item in pkgutil.iter_modules(kinds.__path__)):
        loaded = importlib.import_module(f"{kinds.__name__}.{module}")
        here = [
            value
            for value in vars(loaded).values()
            if isinstance(value, type)
            and issubclass(value, Ledger)
            and value.__module__ == loaded.__name__
        ]
        if len(here) != 1:
            msg = f"kinds/{module}.py holds {len(here)} ledgers; one file is one ledger"
            raise DeclarationError(msg)
        found[module] = here[0]
    for ledger in found.values():
        _check_refs(ledger, found)
    return dict(sorted(found.items(), key=lambda item: (not item[1].register, item[0])))


def get(name: str) -> type[Ledger] | None:
    """The ledger of that name, or None."""
    return ledgers().get(name)


def _check_refs(ledger: type[Ledger], found: dict[str, type[Ledger]]) -> None:
    for field in ledger.fields.values():
        inner = list(field.fields.values()) if isinstance(field, Many) else []
        for ref in [field, *inner]:
            if isinstance(ref, Ref) and ref.to not in found:
                msg = (
                    f"kinds/{ledger.name}.py: {field.name} points to {ref.to!r}, which is no ledger"
                )
                raise DeclarationError(msg)
