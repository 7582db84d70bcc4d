"""Several who write at once, each over a connection of his own: nothing is lost or half."""

from __future__ import annotations

import pytest

from tests.postgres import postgres_url
from tests.site.store import apart


def test_those_who_write_at_once_on_sqlite(tmp_path):
    with apart.book(tmp_path) as book:
        assert book.run("together") == "done\n"


@pytest.mark.needs("postgres")
def test_those_who_write_at_once_on_postgresql(tmp_path):
    with apart.book(tmp_path, postgres_url()) as book:
        assert book.run("together") == "done\n"
