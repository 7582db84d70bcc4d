"""Rounding as GB/T 8170 says, once, from the exact quotient."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.indicators import ratio, rounded


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("12.1498", 1, "12.1"),
        ("12.1498", 0, "12"),
        ("10.502", 0, "11"),
        ("10.5002", 0, "11"),
        ("1.050", 1, "1.0"),
        ("0.35", 1, "0.4"),
        ("-0.35", 1, "-0.4"),
        ("0.25", 1, "0.2"),
        ("2500", -3, "2000"),
        ("3500", -3, "4000"),
        ("-355", -1, "-360"),
        ("-325", -1, "-320"),
        ("1268", -2, "1300"),
        ("15.4546", 0, "15"),
        ("-0.4", 0, "0"),
        ("99.95", 1, "100.0"),
        ("0", 2, "0.00"),
    ],
)
def test_a_value_is_rounded(value: str, places: int, expected: str) -> None:
    assert str(rounded(Decimal(value), places=places)) == expected


def test_a_quotient_is_exact_until_it_is_rounded() -> None:
    assert str(ratio(1, 3, places=4)) == "0.3333"
    assert str(ratio(2, 3, places=1, times=100)) == "66.7"
    # The quotient is 0.5 and a little, which 28 digits of decimal would not show.
    assert str(ratio(10**40 + 1, 2 * 10**40, places=0)) == "1"
    assert str(ratio(10**40, 2 * 10**40, places=0)) == "0"
    assert str(ratio(10**30 + 1, 1, places=1)) == f"{10**30 + 1}.0"


def test_nothing_is_divided_by_nothing() -> None:
    assert ratio(5, 0, places=1) is None
    with pytest.raises(ValueError, match="NaN cannot be rounded"):
        rounded(Decimal("NaN"), places=1)


@given(
    st.integers(-(10**18), 10**18),
    st.integers(-(10**6), 10**6).filter(bool),
    st.integers(0, 6),
)
def test_it_is_the_half_even_of_decimal(numerator: int, denominator: int, places: int) -> None:
    found = ratio(numerator, denominator, places=places)
    assert found is not None
    exact = Fraction(numerator, denominator)
    # Enough digits that no other quotient of these sizes rounds to a half by accident.
    long = Context(prec=60).divide(exact.numerator, exact.denominator)
    unit = Decimal((0, (1,), -places))
    assert found == long.quantize(unit, ROUND_HALF_EVEN, Context(prec=60))
    assert abs(Fraction(found) - exact) * 2 <= Fraction(1, 10**places)
