"""The API against its own document: schemathesis asks every address and compares the answers.

All its checks are on. Half of what it sends is as the document says, half is not. Entries and
batches that it asks for are there, each question is taken back, and in CI the same come each time.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import schemathesis
from django.db import transaction
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from jiedui import intake, ledgers

if TYPE_CHECKING:
    from schemathesis import Case

pytestmark = pytest.mark.django_db(databases=["default", "work"])

CASES = 10
FUNDS = (
    "文号,资金性质,环节,金额（万元）,日期,所属地区\n"
    "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,甘肃省\n"
    "示财〔2024〕2号,东部省级财政援助,到位,12OO,2024-02-20,甘肃省\n"
)
CONFIG = {
    # A schema says no more of a cell than that it is text: what a cell must be is said by the one
    # check, and its answer to text that will not do is 422 with the problems.
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "401", "403", "404", "409", "422"]
        }
    },
    "generation": {"allow-x00": True},
}
# Addresses without a word to be wrong about.
NOTHING_TO_SAY = {"GET /api/ledgers", "GET /api/batches"}


class Walk:
    """The API of a demonstration as its clerk's token sees it."""

    def __init__(self) -> None:
        from jiedui.site import demonstration
        from jiedui.site.store import batches, door, people, tokens

        demonstration.prepare()
        clerk = people.viewer_of("clerk")
        assert clerk is not None
        exchanges = ledgers.ledgers()["exchanges"]
        self.draft = door.entries(exchanges, clerk, filters={"state": "draft"}).entries[0]
        given = {
            "programme": "east-west",
            "pairing": str(self.draft.values["pairing"]),
        }
        funds = ledgers.ledgers()["funds"]
        self.batch = batches.receive(clerk, funds, FUNDS.encode(), "a.csv", given)
        head, *lines = FUNDS.splitlines()
        beside = f",{given['programme']},{given['pairing']}"
        self.workbook = "\n".join([f"{head},协作类型,结对关系", *(line + beside for line in lines)])
        self.digest = batches.preview(clerk, self.batch.key).digest
        self.visit = given | {
            "place": "620000",
            "form": "survey",
            "level": "county",
            "starts": "2024-07-01",
        }
        made = tokens.make(clerk, "走查", 1, writes=True)
        assert isinstance(made, tokens.Made)
        self.headers = {"Authorization": f"Bearer {made.text}"}
        self.answers: Counter[tuple[str, int]] = Counter()
        self.turn = count()

    def schema(self) -> Any:
        from jiedui.site.wsgi import application

        def here(environ: dict[str, Any], start: Any) -> Any:
            return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)

        config = SchemathesisConfig.from_dict({"headers": self.headers} | CONFIG)
        return schemathesis.openapi.from_wsgi(
            "/api/openapi.json", here, config=config, headers=self.headers
        )

    def ask(self, case: Case) -> None:
        """Ask, compare with the document, and take back what was written."""
        with transaction.atomic(), transaction.atomic(using="work"):
            answer = case.call()
            self.answers[case.operation.label, answer.status_code] += 1
            case.validate_response(answer)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="work")

    def place(self, case: Case) -> None:
        """Name what is there instead of what nobody has; every other time what will do with it."""
        words = case.path_parameters
        if "key" in words:
            words |= {"ledger": "exchanges", "key": self.draft.key}
        if "batch" in words:
            words["batch"] = self.batch.key
        if not isinstance(case.body, dict):
            return
        if next(self.turn) % 2:
            self.settle(case)
        # Werkzeug's client writes an empty file without the line break before the next boundary,
        # which is no file to anybody who reads it; empty files have a test of their own.
        if "file" in case.body and not case.body["file"].data:
            case.body["file"].data = b"\n"

    def settle(self, case: Case) -> None:
        """Say what is written indeed, so that these answers are compared too."""
        if "base" in case.body:
            case.body["base"] = self.draft.version
        if "to" in case.body:
            case.body |= {"to": "submitted", "why": ""}
        if "digest" in case.body:
            case.body |= {"digest": self.digest, "good_only": True}
        if case.operation.label == "POST /api/ledgers/{ledger}/entries":
            case.path_parameters["ledger"] = "exchanges"
            case.body |= {"cells": self.visit, "why": ""}
        if "file" in case.body:
            case.path_parameters["ledger"] = "funds"
            # Its bytes alone: a body of files that is put together anew counts as no valid one.
            case.body["file"].data = self.workbook.encode()


@pytest.fixture
def walk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Walk:
    from jiedui.site.store import waiting

    settings.JIEDUI_DEMONSTRATION = True
    # What a test takes back in the database is not taken back on the disk.
    monkeypatch.setattr(waiting, "drop", lambda _key: None)
    # In this process: the sandbox has tests of its own.
    monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.api.checks.open_book_apart", intake.open_book)
    return Walk()


def asked(walk: Walk, operation: Any, mode: GenerationMode) -> None:
    @hypothesis.settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        if mode is GenerationMode.POSITIVE:
            walk.place(case)
        walk.ask(case)

    ask()


def test_every_answer_is_as_the_document_says(walk: Walk) -> None:
    operations = [one.ok() for one in walk.schema().get_all_operations()]
    for operation in operations:
        asked(walk, operation, GenerationMode.POSITIVE)
        if operation.label not in NOTHING_TO_SAY:
            asked(walk, operation, GenerationMode.NEGATIVE)
    assert {label for label, _status in walk.answers} == {one.label for one in operations}
    assert len(operations) >= 19
    # It came in: what is there was found, and what was wrong was refused.
    statuses = {status for _label, status in walk.answers}
    assert {200, 201, 400, 403, 404, 409, 422} <= statuses
    written = {label for label, status in walk.answers if status in {200, 201}}
    # The waiting batch cannot be undone, and the words beside a workbook and the key of a finding
    # are seldom right by chance: tests/site/web loads one and undoes it, and explains the other.
    seldom = {
        "POST /api/batches/{batch}/undo",
        "POST /api/ledgers/{ledger}/batches",
        "POST /api/ledgers/{ledger}/findings/{key}",
    }
    assert {one.label for one in operations} - written <= seldom
