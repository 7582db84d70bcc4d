"""Ledgers and registers: declared once, checked in one way, and written in one canonical form."""

from __future__ import annotations

from jiedui.ledgers.check import Checked, check
from jiedui.ledgers.declare import Indicator, Ledger, Register, Row, Rule, typed_fields
from jiedui.ledgers.frames import frame
from jiedui.ledgers.read import Lookup, NoRegisters, too_deep
from jiedui.ledgers.registry import get, ledgers
from jiedui.ledgers.show import cells, show
from jiedui.ledgers.values import Sealed, Value, Values

__all__ = [
    "Checked",
    "Indicator",
    "Ledger",
    "Lookup",
    "NoRegisters",
    "Register",
    "Row",
    "Rule",
    "Sealed",
    "Value",
    "Values",
    "cells",
    "check",
    "frame",
    "get",
    "ledgers",
    "show",
    "too_deep",
    "typed_fields",
]
