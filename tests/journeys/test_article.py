"""An article becomes a figure with proof, in a real browser."""

from __future__ import annotations

import pytest

from tests.journeys.walking import FOUNDING, OURS, Open, walk

pytestmark = pytest.mark.needs("chromium")


def test_our_article_becomes_a_figure_with_proof(visit: Open) -> None:
    walk(visit, OURS, "neighbour", "clerk", javascript=True)


@pytest.mark.needs("shared")
def test_the_founding_article_becomes_a_figure_with_proof(visit: Open) -> None:
    page = walk(visit, FOUNDING, "clerk", "neighbour", javascript=True)
    assert "天津市黨政代表團" in page.inner_text("#text .restored >> nth=3")
