"""Posted words become raw cells, and raw cells become the same controls again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict

from jiedui import ledgers
from jiedui.ledgers.words import Place
from jiedui.site.web import controls, forms

if TYPE_CHECKING:
    from django.test import Client

    from jiedui.site.store import door

EXCHANGES = ledgers.ledgers()["exchanges"]
NONE: list[tuple[int, str]] = []


def cells(posted: str) -> forms.Cells:
    return forms.posted_cells(EXCHANGES, QueryDict(posted))


def test_child_rows_come_by_number_and_empty_ones_are_left_out() -> None:
    found = cells(
        "attended-3-name=甲示例&attended-0-post=&attended-12-post=副市长&attended-x-name=乙"
    )
    assert [(row["name"], row["post"]) for row in found["attended"] or []] == [
        ("甲示例", None),
        (None, "副市长"),
    ]


def test_what_no_one_types_is_not_taken_from_a_form() -> None:
    assert {"state", "owner", "year", "sources"}.isdisjoint(cells("state=confirmed&owner=1"))


def test_several_options_come_as_rows_of_one_value() -> None:
    assert cells("areas=health&areas=education")["areas"] == [
        {"value": "health"},
        {"value": "education"},
    ]


def test_a_form_shows_what_was_typed_even_where_it_is_on_no_list() -> None:
    form = forms.make(EXCHANGES, {"form": "梦游"}, options=lambda _to: NONE)
    control = next(c for c in form.controls if c.name == "form")
    assert ("梦游", "梦游") in control.options


def test_a_problem_stands_at_its_control_and_in_the_list() -> None:
    checked = ledgers.check(
        EXCHANGES, ledgers.frame([{"starts": "2024-02-30", "attended": [{"post": "副市长"}]}])
    )
    form = forms.make(
        EXCHANGES,
        {"starts": "2024-02-30", "attended": [{"post": "副市长"}]},
        checked.problems,
        options=lambda _to: NONE,
    )
    starts = next(c for c in form.controls if c.name == "starts")
    assert [p.code for p in starts.problems] == ["not-a-date"]
    anchors = {anchor for _problem, anchor in form.problems}
    assert {"starts", "attended-0-name"} <= anchors


@pytest.mark.django_db(databases=["default", "work"])
class TestPages:
    def test_a_form_that_is_posted_as_it_stands_changes_nothing(
        self, clerk: Client, draft: door.Entry
    ) -> None:
        """The cells of an entry survive the way through its own form."""
        page = clerk.get(f"/ledgers/exchanges/{draft.key}/amend").context["form"]
        posted = QueryDict(mutable=True)
        for control in page.controls:
            for one in [control] if control.widget != "rows" else sum(control.rows, ()):
                posted.appendlist(one.name, one.value)
        again = ledgers.check(
            EXCHANGES, ledgers.frame([forms.posted_cells(EXCHANGES, posted)])
        ).rows[0]
        typed = {n: v for n, v in draft.values.items() if EXCHANGES.fields[n].typed}
        assert {n: again[n] for n in typed} == typed

    def test_more_rows_without_javascript(self, clerk: Client) -> None:
        page = clerk.post(
            "/ledgers/exchanges/new", {"attended-0-name": "甲示例", "add-row": "attended"}
        )
        assert page.status_code == 200
        rows = next(c for c in page.context["form"].controls if c.name == "attended").rows
        assert len(rows) == 1 + 2 * forms.EMPTY_ROWS
        assert rows[0][0].value == "甲示例"
        assert b"autofocus" in page.content

    def test_a_day_that_is_none_is_said_at_its_field_and_kept(self, clerk: Client) -> None:
        page = clerk.post("/ledgers/exchanges/new", {"starts": "2024-02-30", "form": "visit"})
        text = page.content.decode()
        assert page.status_code == 422
        assert 'value="2024-02-30"' in text
        assert 'href="#c-starts"' in text
        assert 'id="c-starts-problem"' in text


def test_a_town_stands_in_its_control_by_its_full_name() -> None:
    field = Place("行政区划", towns=True)
    assert controls.control(field, "place", "623027103", lambda _: ()).value.endswith(
        "夏河县桑科镇"
    )
    assert controls.control(field, "place", "623027999", lambda _: ()).value == "623027999"
