"""The pairing that is filled in: the only one, or the only one with a side at the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import ledgers
from jiedui.site.demonstration import entering
from jiedui.site.store import door, people
from jiedui.site.web import given, paired

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "work"])


@pytest.fixture
def counties(sign_in: Callable[[str], Client]) -> dict[str, int]:
    """The county pairings of the demonstration's year, by name."""
    kinds, house = ledgers.ledgers(), people.house("样例")
    for name in ("parties", "pairings"):
        cells = [
            {n: text or None for n, text in row.items()} for row in entering.read(name, "year")
        ]
        checked = ledgers.check(kinds[name], ledgers.frame(cells), door.lookup(house))
        assert isinstance(door.enter(kinds[name], house, checked), door.Entered)
    return {called: number for number, called in door.options(kinds["pairings"], house)}


@pytest.mark.parametrize(
    ("place", "called"),
    [
        ("620000", "天津市—甘肃省（演示）"),
        ("620822", "津南区—灵台县（演示）"),
        # A county with two partners, a district with two counties, a place without any.
        ("620525", None),
        ("120103", None),
        ("623027", None),
    ],
)
def test_one_that_fits_is_filled_in(
    counties: dict[str, int], place: str, called: str | None
) -> None:
    clerk = people.viewer_of("clerk")
    assert clerk is not None
    assert paired.pairing_at(clerk, place) == (counties[called] if called else None)


def test_beside_a_workbook_stands_the_pairing_of_the_office(counties: dict[str, int]) -> None:
    for name, called in (
        ("clerk", "天津市—甘肃省（演示）"),
        ("neighbour", "江苏省—陕西省（演示）"),
    ):
        viewer = people.viewer_of(name)
        assert viewer is not None
        cells = given.defaults(viewer, ledgers.ledgers()["funds"])
        assert cells == {
            "pairing": str(counties[called]), "place": viewer.place, "programme": "east-west",
        }  # fmt: skip
