"""What a firm brings in a later year: money of that year, and no second firm."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jiedui import ledgers
from jiedui.site.store import door, rows
from tests.site.store.test_findings_across import enter
from tests.site.store.town import figure

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FIRMS = ledgers.ledgers()["enterprises"]
FIRST = {
    "realised": "10万元", "realised_on": "2024-12-31", "realised_total": "10万元", "workers": "20",
    "rural": "12", "started": "2024-03-01", "progress": "投产",
}  # fmt: skip
LATER = {
    "of_year": "2025", "realised": "5万元", "realised_on": "2025-11-30", "realised_total": "15万元",
    "started": "2024-03-01", "progress": "投产",
}  # fmt: skip


def test_a_firm_is_counted_once_and_its_money_in_the_years_it_came(town: Town) -> None:
    enter(town, "enterprises", FIRST)
    enter(town, "enterprises", LATER)
    assert (figure(town.clerk, "I01"), figure(town.clerk, "I03")) == (1, 12)
    assert figure(town.clerk, "I02") == 15_000_000
    # As the year closed, the later money had not come; the first year's figure stays what it was.
    assert figure(town.clerk, "I02", until=date(2024, 12, 31)) == 10_000_000
    assert [one for one in door.findings(FIRMS, town.clerk) if "claimed" in one.rule.name] == []


def test_an_entry_of_before_is_found_by_the_same_identity() -> None:
    """Nothing is hashed of a field that is empty: stored identities stay right."""
    values = {"credit_code": "91350100M000100Y43", "registered": date(2024, 1, 16)}
    old = rows.hashlib.sha256(
        b'["enterprises",0,{"credit_code":"91350100M000100Y43","registered":"2024-01-16"}]'
    ).digest()[:16]
    assert rows.identity(FIRMS, values) == old
    assert rows.identity(FIRMS, {**values, "of_year": None}) == old
    assert rows.identity(FIRMS, {**values, "of_year": 2025}) != old
