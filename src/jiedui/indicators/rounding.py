"""Divides two figures once, and rounds as GB/T 8170-2008 says.

Not for money: an amount is whole fen and is never rounded.

>>> ratio(1, 3, places=2, times=100)
Decimal('33.33')
>>> ratio(1, 8, places=2)
Decimal('0.12')
>>> ratio(5, 0, places=1) is None
True
"""

from __future__ import annotations

from decimal import Decimal


def ratio(numerator: int, denominator: int, *, places: int, times: int = 1) -> Decimal | None:
    """Numerator x times / denominator, to `places` decimal places; None where nothing divides.

    The quotient is exact until it is rounded, once (GB/T 8170-2008 3.3 forbids rounding twice).
    `times` is 100 for a percentage; negative `places` round to tens, hundreds and so on.
    """
    if denominator == 0:
        return None
    return _halves_to_even(numerator * times, denominator, places)


def rounded(value: Decimal, *, places: int) -> Decimal:
    """A decimal to `places` decimal places; raises ValueError where it is not finite."""
    if not value.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    return _halves_to_even(*value.as_integer_ratio(), places)


def _halves_to_even(numerator: int, denominator: int, places: int) -> Decimal:
    """GB/T 8170-2008 3.2: below half is dropped, above is carried, a half goes to the even digit.

    Of a negative number the absolute value is rounded and the sign put before it (3.2.4).
    """
    negative = (numerator < 0) != (denominator < 0)
    top = abs(numerator) * 10 ** max(places, 0)
    bottom = abs(denominator) * 10 ** max(-places, 0)
    whole, rest = divmod(top, bottom)
    if 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1):
        whole += 1
    whole *= 10 ** max(-places, 0)
    # Made of digits, not by arithmetic: the context of decimal would round once more.
    digits = tuple(map(int, str(whole)))
    return Decimal((int(negative and whole > 0), digits, -max(places, 0)))
