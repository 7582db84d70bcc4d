"""The documents say what the code says: reference pages are fresh, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scripts import reference

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return reference.made()


@pytest.mark.parametrize("page", reference.PAGES)
def test_a_reference_page_is_fresh(made: dict[str, str], page: str) -> None:
    assert text(f"reference/{page}") == made[page], "make docs"


def test_every_ledger_field_rule_and_indicator_is_described() -> None:
    from jiedui.ledgers import ledgers

    page = text("reference/ledgers.md")
    for name, ledger in ledgers().items():
        assert f"(`{name}`)" in page
        for field in ledger.fields:
            assert f"`{field}`" in page
        for rule in ledger.rules:
            assert f"`{rule.name}`" in page
        for indicator in ledger.indicators:
            assert f"`{indicator.code}`" in page


def test_every_problem_role_command_and_setting_is_described() -> None:
    from jiedui.access import Role
    from jiedui.cli import COMMANDS
    from jiedui.problems import CODES

    for page, names in {
        "problems": CODES,
        "roles": [str(role) for role in Role],
        "settings": reference.variables(),
    }.items():
        assert [name for name in names if f"`{name}`" not in text(f"reference/{page}.md")] == []
    commands = text("reference/commands.md")
    assert [name for name in COMMANDS if f"## `jiedui {name}`" not in commands] == []


def test_a_setting_that_is_not_described_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setitem(reference.SETTINGS, "JIEDUI_PLANTED", ("", ""))
    with pytest.raises(SystemExit, match="JIEDUI_PLANTED"):
        list(reference.settings_page())


def test_the_glossary_has_every_ledger_and_role() -> None:
    from jiedui.access import ROLE_TITLES
    from jiedui.ledgers import ledgers

    glossary = text("glossary.md")
    for name, ledger in ledgers().items():
        assert f"| {name} | {ledger.title} |" in glossary
    for role, title in ROLE_TITLES.items():
        assert f"| {role} | {title} |" in glossary


def test_every_decision_is_listed_and_has_its_parts() -> None:
    listed = text("decisions/README.md")
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert len(pages) >= 11
    for number, page in enumerate(pages, 1):
        assert page.name.startswith(f"{number:04d}-")
        assert f"({page.name})" in listed
        words = page.read_text("utf-8")
        for part in ("Situation", "Decision", "Rejected", "What would change our mind"):
            assert f"**{part}.**" in words, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    lost = [
        target for target in targets if "://" not in target and not (page.parent / target).exists()
    ]
    assert lost == []


def test_both_readmes_tell_the_same() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md"))
    for pattern in (r"^## ", r"^\d+\. ", r"^make \w+", r"^\.venv/bin/jiedui \w+"):
        found = [len(re.findall(pattern, page, re.MULTILINE)) for page in (english, chinese)]
        assert found[0] == found[1] > 0, pattern


OPERATING = ("operating.md", "operating.zh.md")


@pytest.mark.parametrize("page", [*OPERATING, "platforms.md", "platforms.zh.md", "backup.md"])
def test_what_the_operator_is_told_to_type_is_there(page: str) -> None:
    from jiedui.cli import COMMANDS

    words = text(page)
    installer = (ROOT / "scripts/bundle/files/install.sh").read_text("utf-8")
    for command in re.findall(r"bin/jiedui ([a-z-]+)|^jiedui ([a-z-]+)", words, re.MULTILINE):
        assert "".join(command) in COMMANDS
    for option in re.findall(r"install\.sh .*?(--[a-z-]+)", words):
        assert option in installer
    for variable in re.findall(r"JIEDUI_[A-Z_]+", words):
        assert variable in reference.SETTINGS
    for target in re.findall(r"(?:^|`|^ARCH=\S+ )make ([a-z-]+)", words, re.MULTILINE):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_operators_page_names_all_that_there_is() -> None:
    installer = (ROOT / "scripts/bundle/files/install.sh").read_text("utf-8")
    usage = re.findall(r"^#   sh install\.sh (.*)$", installer, re.MULTILINE)
    assert len(usage) == 3
    for page in OPERATING:
        words = text(page)
        for option in re.findall(r"--[a-z-]+", "".join(usage)):
            assert option in words
        for name in ("vault.key", "secret.key", "JIEDUI_VAULT_KEY", "JIEDUI_SECRET_KEY"):
            assert name in words


@pytest.mark.parametrize(("english", "chinese"), [OPERATING, ("platforms.md", "platforms.zh.md")])
def test_both_languages_tell_the_operator_the_same(english: str, chinese: str) -> None:
    for pattern in (r"^## ", r"^```\n(.*?)^```", r"^\| ", r"^- "):
        found = [re.findall(pattern, text(p), re.MULTILINE | re.DOTALL) for p in (english, chinese)]
        assert found[0] == found[1], pattern


def test_the_makefile_and_contributing_name_the_same_commands() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for command in set(phony[1].split()) - {"help", "setup"}:
        assert f"| `make {command}` |" in contributing


def test_the_ledger_of_contributing_can_be_declared() -> None:
    from jiedui.ledgers import Ledger

    source = re.search(
        r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
    )
    assert source
    scope: dict[str, Any] = {"__name__": "jiedui.ledgers.kinds.trainings"}
    exec(compile(source[1], "CONTRIBUTING.md", "exec"), scope)
    declared = scope["Trainings"]
    assert issubclass(declared, Ledger)
    assert declared.name == "trainings"
    declared.prove()
