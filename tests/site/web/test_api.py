"""The read interface: made from declarations, for signed-in people, within their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import ledgers
from jiedui.site.api import schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from jiedui.site.store import door

pytestmark = pytest.mark.django_db(databases=["default", "work"])


@pytest.mark.parametrize("name", list(ledgers.ledgers()))
def test_entries_are_as_their_schema_says(clerk: Client, name: str) -> None:
    found = clerk.get(f"/api/ledgers/{name}/entries").json()
    assert found["demonstration"] is True
    model = schemas.model(name)
    for entry in found["entries"]:
        model.model_validate(entry, strict=False)
    schema = clerk.get(f"/api/ledgers/{name}/schema").json()
    values = schema["$defs"][f"{ledgers.ledgers()[name].__name__}Values"]
    assert set(values["properties"]) == set(ledgers.ledgers()[name].fields)


def test_one_entry_is_found_by_its_key_and_only_in_scope(
    sign_in: Callable[[str], Client], draft: door.Entry
) -> None:
    path = f"/api/ledgers/exchanges/entries/{draft.key}"
    assert sign_in("clerk").get(path).json()["key"] == draft.key
    assert sign_in("neighbour").get(path).status_code == 404


def test_figures_are_those_of_the_board(clerk: Client) -> None:
    board = {
        one.figure.indicator: one.figure.claimed for one in clerk.get("/?year=all").context["lines"]
    }
    figures = clerk.get("/api/figures").json()["figures"]
    assert {one["indicator"]: one["claimed"] for one in figures} == board


def test_a_word_that_is_not_understood_is_said(clerk: Client) -> None:
    assert clerk.get("/api/figures?until=bald").status_code == 400
    assert clerk.get("/api/ledgers/exchanges/entries?place=朝阳区").status_code == 400
    assert clerk.get("/api/ledgers/nothing/entries").status_code == 404


def test_nothing_can_be_written(clerk: Client) -> None:
    assert clerk.post("/api/ledgers/exchanges/entries", {}).status_code == 405
