"""After a write the page says which numbers of the board moved, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers
from jiedui.site.store import door

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from jiedui.access import Viewer
    from jiedui.site.store import documents

pytestmark = pytest.mark.django_db(databases=["default", "work"])

EXCHANGES = ledgers.ledgers()["exchanges"]


def claimed(client: Client, href: str) -> int:
    return int(client.get(href).context["figure"].value)


def amend(client: Client, entry: door.Entry, **changed: str) -> Any:
    """The page after an amendment of one entry, all else left as it was."""
    posted = {"entry-base": str(entry.version), "entry-why": "核对原件"}
    for name, cell in ledgers.cells(EXCHANGES, entry.values).items():
        if isinstance(cell, list):
            for number, row in enumerate(cell):
                posted |= {f"{name}-{number}-{inner}": word or "" for inner, word in row.items()}
        else:
            posted[name] = cell or ""
    done = client.post(f"/ledgers/exchanges/{entry.key}/amend", posted | changed)
    assert done.status_code == 302
    return client.get(done.headers["Location"])


def test_an_accepted_proposal_tells_what_moved_and_leads_there(
    clerk: Client, document: documents.StoredDocument, django_assert_max_num_queries: Any
) -> None:
    before = claimed(clerk, "/figures/H02?year=2024")
    done = clerk.post(f"/documents/{document.key}/{document.proposals[0].key}/accept")
    with django_assert_max_num_queries(14):
        page = clerk.get(done.headers["Location"])
    told = {one.code: one for one in page.context["moved"]}
    assert told["H02"].claimed == (f"{before} 批次", f"{before + 1} 批次")
    assert told["H02"].verified == ()
    assert claimed(clerk, told["H02"].href) == before + 1
    assert f'<a href="{told["H02"].href}">' in page.content.decode()
    assert "H03" not in told


def test_a_corrected_number_moves_the_figures_that_count_it(clerk: Client, viewer: Viewer) -> None:
    visits = door.entries(EXCHANGES, viewer, filters={"figure": "H02P"}).entries
    visit = next(one for one in visits if one.values["people"])
    told = {one.code: one for one in amend(clerk, visit, people="97").context["moved"]}
    low, high = (int(words.split()[0].replace(",", "")) for words in told["H02P"].claimed)
    assert high - low == 97 - int(str(visit.values["people"]))
    # It counts as one visit as before, but nobody has confirmed it as it stands now.
    assert told["H02"].claimed[0] == told["H02"].claimed[1]
    assert told["H02"].verified


def test_a_corrected_year_moves_both_years(clerk: Client, draft: door.Entry) -> None:
    told = amend(clerk, draft, starts="2021-03-04", ends="").context["moved"]
    assert {one.year for one in told} == {"2021", str(draft.values["year"])}


def test_a_corrected_word_moves_nothing_and_says_so(clerk: Client, draft: door.Entry) -> None:
    page = amend(clerk, draft, subject="更正后的议题")
    assert page.context["moved"] == []
    assert "没有数字变化" in page.content.decode()


def test_a_confirmed_entry_moves_what_is_verified(
    sign_in: Callable[[str], Client], viewer: Viewer, draft: door.Entry
) -> None:
    there = f"/ledgers/exchanges/{draft.key}"
    sign_in("clerk").post(f"{there}/step", {"to": "submitted", "entry-base": str(draft.version)})
    now = door.entry(EXCHANGES, draft.id, viewer)
    assert isinstance(now, door.Entry)
    reviewer = sign_in("reviewer")
    done = reviewer.post(f"{there}/step", {"to": "confirmed", "entry-base": str(now.version)})
    told = reviewer.get(done.headers["Location"]).context["moved"]
    assert told
    assert all(one.claimed[0] == one.claimed[1] and one.verified for one in told)


def test_an_address_of_another_write_tells_nothing(clerk: Client, draft: door.Entry) -> None:
    for word in ("1", "999999", "x", str(-draft.link)):
        page = clerk.get(f"/ledgers/exchanges/{draft.key}?written={word}")
        assert page.context["moved"] is None
        assert 'id="moved"' not in page.content.decode()
