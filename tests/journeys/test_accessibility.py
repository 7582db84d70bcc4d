"""axe-core finds nothing on any page: signed out and in, light and dark, wide and narrow."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.journeys.test_workbook import bring, workbook
from tests.journeys.walking import OURS, Open, upload_and_accept

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visit

pytestmark = pytest.mark.needs("chromium")

FEW = 16
# So many pages at the head of the list are each the only one of their kind.
ALONE = 15
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """The addresses, found by the first window that walks the site."""
    return []


def walked(window: Visit) -> list[str]:
    """Every page that a clerk can come to, one of each kind; makes those that need making."""
    page = window.page
    upload_and_accept(window, OURS)
    entry = _here(window)
    page.click("#proof figcaption a >> nth=0")
    document = _here(window)
    bring(window, workbook(9))
    batch = _here(window)
    ledgers = [
        re.sub(r"[?#].*", "", address)
        for address in window.to("/ledgers").eval_on_selector_all(
            "main .shelf a", "all => all.map(a => a.getAttribute('href'))"
        )
    ]
    figures = window.to("/").eval_on_selector_all(
        ".number a", "all => all.map(a => a.getAttribute('href'))"
    )
    first = {name: one for name in ledgers if (one := _first_row(window, name))}
    made = [entry, f"{entry}/amend", f"{entry}/withdraw", document, batch]
    lists = [address for name in ledgers for address in (name, f"{name}/new")]
    other = ["/", "/ledgers", "/documents", "/batches", "/findings", "/tokens", "/samples", "/figures/H99",
             "/ledgers/exchanges?form=nothing", "/nowhere"]  # fmt: skip
    # The figures' pages are one page, and theirs are sixty of it.
    return [*made, *other, *figures[::FEW], *lists, *first.values()]


def _here(window: Visit) -> str:
    return re.sub(r"[?#].*", "", window.page.url)[len(window.site) :]


def _first_row(window: Visit, ledger: str) -> str:
    rows = window.to(ledger).locator("#rows tbody a")
    return rows.first.get_attribute("href") or "" if rows.count() else ""


def faults(page: Page, *rules: str) -> set[str]:
    """What axe-core says of a page: the rule, and each element that breaks it."""
    page.evaluate(AXE)
    asked = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: dict[str, Any] = page.evaluate("asked => axe.run(document, asked)", asked)
    return {
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
        for one in found["violations"]
        for node in one["nodes"]
    }


# In the dark nothing but the colours is otherwise, and the ledgers' pages are all made by the same
# templates: what is wide and light is looked at page by page, of the others every ninth.
@pytest.mark.parametrize(
    ("width", "scheme", "rules", "step"),
    [(1280, "light", (), 1), (360, "light", (), 9), (1280, "dark", ("color-contrast",), 9)],
)
def test_nothing_is_found_on_any_page(
    visit: Open,
    pages: list[str],
    width: int,
    scheme: Literal["light", "dark"],
    rules: tuple[str],
    step: int,
) -> None:
    window = visit(width=width)
    window.page.emulate_media(color_scheme=scheme)
    window.to("/sign-in")
    said = dict.fromkeys(faults(window.page, *rules), "/sign-in")
    window.sign_in("neighbour")
    pages.extend([] if pages else walked(window))
    made = pages[:ALONE]
    for path in dict.fromkeys([*made, *pages[ALONE::step]]):
        window.to(path)
        said |= dict.fromkeys(faults(window.page, *rules), path)
    assert not said, "\n".join(f"{path}: {fault}" for fault, path in said.items())
    assert len(pages) > 30
