"""How much of a workbook is read before Jiedui says no.

Not for limits of the machine (memory, time): those are the sandbox's, around the parser.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may measure: bytes as handed in and inflated, parts, sheets, cells.

    `columns` are those with a heading, many times what any ledger has; `cells` are rows x columns
    of a sheet's used range, empty ones too. `ratio` is how many times its packed size a part may
    have, from a megabyte on; styled rows without a value reach 100.
    """

    content: int = 100 * 1024 * 1024
    inflated: int = 1024 * 1024 * 1024
    parts: int = 2_000
    ratio: int = 300
    sheets: int = 100
    columns: int = 500
    cells: int = 1_048_576 * 26
    shown: int = 10_000


LIMITS = Limits()
