"""Choosing on the page of a document what stood at a damaged place."""

from __future__ import annotations

import re

import pytest

from jiedui.site.store import documents
from tests.site.store.test_choosing import DAMAGED

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FORM = re.compile(r'<form class="choice".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'name="([a-z]+)" value="([^"]*)"')


def forms(client, key):
    page = client.get(f"/documents/{key}").content.decode()
    return [dict(HIDDEN.findall(one.partition("<button")[0])) for one in FORM.findall(page)]


@pytest.fixture
def brought(viewer):
    found = documents.receive(viewer, DAMAGED.encode(), "样例.txt")
    assert isinstance(found, documents.StoredDocument)
    return found


def test_a_candidate_is_chosen_and_taken_back(viewer, clerk, brought):
    first = next(edit for edit in brought.edits if not edit["sure"])
    [form, *_] = forms(clerk, brought.key)
    there = f"/documents/{brought.key}/choose"
    done = clerk.post(there, form | {"pick": "2"})
    assert done.status_code == 302
    assert done["Location"].endswith(f"?chosen=1#r-{form['name']}")
    shown = clerk.get(f"/documents/{brought.key}?chosen=1").content.decode()
    assert first["candidates"][1] in shown
    assert " 选定" in shown
    # What the page showed is no more: nothing is chosen twice.
    assert clerk.post(there, form | {"pick": "1"}).status_code == 403
    [form, *_] = forms(clerk, brought.key)
    assert clerk.post(there, form | {"pick": "0"}).status_code == 302
    assert documents.one(viewer, brought.key).text == brought.text


def test_what_the_original_says_is_typed(viewer, clerk, brought):
    [form, *_] = forms(clerk, brought.key)
    there = f"/documents/{brought.key}/choose"
    assert clerk.post(there, form | {"pick": "typed", "typed": " "}).status_code == 403
    assert clerk.post(there, form | {"pick": "typed", "typed": "地所需"}).status_code == 302
    assert "地所需" in documents.one(viewer, brought.key).text


@pytest.mark.parametrize(
    "fields", [{}, {"at": "x", "pick": "1"}, {"at": "1", "pick": "99"}, {"pick": "-1"}]
)
def test_nonsense_changes_nothing(viewer, clerk, brought, fields):
    assert clerk.post(f"/documents/{brought.key}/choose", fields).status_code == 403
    assert documents.one(viewer, brought.key) == brought
