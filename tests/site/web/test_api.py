"""The API: made from declarations, through the one door, for tokens and signed-in people."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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


ANSWERS = {
    "figures?until=bald": 400,
    "figures?until=2024-02-30": 400,
    "figures?year=24": 400,
    "figures?by=month,month": 422,
    "figures?pairing=0000000000000": 422,
    "ledgers/exchanges/entries?place=朝阳区": 422,
    "ledgers/exchanges/entries?order=nobody": 422,
    "ledgers/parties/entries?form=visit": 422,
    "ledgers/exchanges/entries?size=201": 400,
    "ledgers/exchanges/entries?page=0": 400,
    "ledgers/exchanges/entries?plase=620000": 400,
    "ledgers/exchanges/entries?place=620000&place=540000": 400,
    "ledgers/nothing/entries": 404,
    "ledgers/a/b/c": 404,
}


def test_a_word_that_is_not_understood_is_said(clerk: Client) -> None:
    told = {path: clerk.get(f"/api/{path}") for path in ANSWERS}
    assert {path: answer.status_code for path, answer in told.items()} == ANSWERS
    for answer in told.values():
        said = answer.json()
        assert list(said) == (["problems"] if answer.status_code == 422 else ["reason"])
        assert re.search(r"[\u4e00-\u9fff]", json.dumps(said, ensure_ascii=False))


def test_a_list_is_narrowed_as_on_its_page(clerk: Client, draft: door.Entry) -> None:
    path = "/api/ledgers/exchanges/entries"
    every = clerk.get(path).json()
    pairing = clerk.get(f"{path}/{draft.key}").json()["values"]["pairing"]
    assert clerk.get(f"{path}?pairing={pairing}").json()["total"] == every["total"]
    assert clerk.get(f"{path}?pairing=0000000000001").json()["total"] == 0
    drafts = clerk.get(f"{path}?state=draft&size=1&order=people").json()
    assert 0 < drafts["total"] < every["total"]
    assert (len(drafts["entries"]), drafts["pages"]) == (1, drafts["total"])


class TestWriting:
    PATH = "/api/ledgers/exchanges/entries"

    def send(self, client: Client, verb: str, path: str, **words: Any) -> tuple[int, Any]:
        answer = client.generic(verb, path, json.dumps(words), content_type="application/json")
        return answer.status_code, answer.json()

    def test_what_was_read_can_be_amended_stepped_and_withdrawn(
        self, clerk: Client, sign_in: Callable[[str], Client], draft: door.Entry
    ) -> None:
        path = f"{self.PATH}/{draft.key}"
        stood = clerk.get(path).json()
        words = {"cells": {"people": "7"}, "base": stood["version"], "why": "人数更正"}
        status, done = self.send(clerk, "PATCH", path, **words)
        assert status == 200, done
        now = done["entry"]
        assert now["values"] == stood["values"] | {"people": 7}
        # Over the version that was: somebody else's change is shown and not written over.
        status, told = self.send(clerk, "PATCH", path, **words)
        assert (status, told["now"]["version"]) == (409, now["version"])
        status, done = self.send(clerk, "POST", f"{path}/step", to="submitted", base=now["version"])
        assert (status, done["entry"]["values"]["state"]) == (200, "submitted")
        base = done["entry"]["version"]
        reviewer = sign_in("reviewer")
        status, told = self.send(reviewer, "POST", f"{path}/step", to="returned", base=base)
        assert (status, told["problems"][0]["field"]) == (422, "why")
        status, done = self.send(
            reviewer, "POST", f"{path}/step", to="returned", base=base, why="请补附件"
        )
        assert (status, done["entry"]["values"]["state"]) == (200, "returned")
        base = done["entry"]["version"]
        written = clerk.get(f"{path}/versions").json()
        assert [one["why"] for one in written[:3]] == ["请补附件", "", "人数更正"]
        assert [one["ended"] is None for one in written[:2]] == [True, False]
        assert self.send(clerk, "POST", f"{path}/withdraw", base=base, why="重复")[0] == 200
        assert clerk.get(path).status_code == 404
        assert len(clerk.get(f"{path}/versions").json()) == len(written)

    def test_what_is_given_back_as_a_key_is_taken_as_one(
        self, clerk: Client, draft: door.Entry
    ) -> None:
        pairing = clerk.get(f"{self.PATH}/{draft.key}").json()["values"]["pairing"]
        cells = {
            "programme": "east-west",
            "pairing": pairing,
            "place": "620000",
            "form": "survey",
            "level": "county",
            "starts": "2024-07-01",
        }
        status, done = self.send(clerk, "POST", self.PATH, cells=cells, why="首次录入")
        assert status == 201, done
        assert done["entry"]["values"]["pairing"] == pairing
        status, told = self.send(clerk, "POST", self.PATH, cells=cells)
        assert (status, told["problems"][0]["code"]) == (422, "same-entry")

    BODIES = (
        ("{", 400),
        ("[]", 400),
        ("", 400),
        ('{"cells": {"people": 3}}', 400),
        ('{"cells": {}, "nobody": 1}', 400),
        ('{"cells": {"attended": [{"name": [1]}]}}', 400),
        (json.dumps({"cells": {f"n{i}": "x" for i in range(400)}}), 422),
        (json.dumps({"cells": {"attended": [{}] * 20_001}}), 422),
        ('{"cells": {"people": "' + "9" * 2_200_000 + '"}}', 413),
        ('{"cells": {"people": "\\u0000"}, "why": "\\u0000"}', 422),
    )

    def test_a_body_that_will_not_do_is_refused(self, clerk: Client) -> None:
        for body, status in self.BODIES:
            answer = clerk.post(self.PATH, body, content_type="application/json")
            assert answer.status_code == status, body[:60]
            assert list(answer.json()) == (["problems"] if status == 422 else ["reason"])

    def test_another_type_of_content_is_refused(self, clerk: Client) -> None:
        assert clerk.post(self.PATH, "{}", content_type="text/plain").status_code == 415
        answer = clerk.post("/api/ledgers/funds/batches", {}, content_type="application/json")
        assert answer.status_code == 415


class TestWorkbooks:
    TEXT = (
        "文号,资金性质,环节,金额（万元）,日期,所属地区\n"
        "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,甘肃省\n"
        '示财〔2024〕2号,东部省级财政援助,到位,"1,2OO",2024-02-20,甘肃省\n'
    )

    @pytest.fixture(autouse=True)
    def here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In this process: the sandbox has tests of its own."""
        from jiedui import intake

        monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
        monkeypatch.setattr("jiedui.site.api.checks.open_book_apart", intake.open_book)
        monkeypatch.setattr("jiedui.site.store.parting.open_book_apart", intake.open_book)

    def bring(self, client: Client, path: str, text: str = TEXT, **words: str) -> tuple[int, Any]:
        file = SimpleUploadedFile("拨付.csv", text.encode())
        answer = client.post(f"/api/ledgers/funds/{path}", {"file": file, **words})
        return answer.status_code, answer.json()

    def given(self, draft: door.Entry) -> dict[str, str]:
        from jiedui.site.store import door

        return {"programme": "east-west", "pairing": door.key(draft.values["pairing"])}

    def test_one_is_checked_and_nothing_is_kept(self, clerk: Client, draft: door.Entry) -> None:
        status, said = self.bring(clerk, "check/workbook", **self.given(draft))
        assert (status, said["rows"], said["good"], said["total"]) == (200, 2, 1, 1)
        assert (said["problems"][0]["cell"], said["problems"][0]["found"]) == ("D3", "1,2OO")
        assert clerk.get("/api/batches").json() == []

    def test_one_is_received_loaded_and_undone(self, clerk: Client, draft: door.Entry) -> None:
        status, made = self.bring(clerk, "batches", **self.given(draft))
        assert (status, made["state"], made["name"]) == (201, "waiting", "拨付.csv")
        path = f"/api/batches/{made['key']}"
        seen = clerk.get(path).json()
        assert (seen["counts"]["added"], seen["counts"]["problem"], seen["total"]) == (1, 1, 1)

        def send(verb: str, **words: Any) -> tuple[int, Any]:
            answer = clerk.post(f"{path}/{verb}", words, content_type="application/json")
            return answer.status_code, answer.json()

        assert send("load", digest="0" * 64)[0] == 409
        assert send("load", digest=seen["digest"])[0] == 422
        status, done = send("load", digest=seen["digest"], good_only=True)
        assert (status, done["state"]) == (200, "loaded")
        assert send("load", digest=seen["digest"], good_only=True)[0] == 409
        assert clerk.get(path).json()["digest"] is None
        assert clerk.get("/api/ledgers/funds/entries?starts=x").status_code == 422
        status, undone = send("undo", why="样例")
        assert (status, undone["ended"], undone["kept"]) == (200, 1, [])
        assert clerk.get(path).json()["state"] == "undone"

    def test_rows_that_ask_are_answered(self, clerk: Client, draft: door.Entry) -> None:
        head, good, _bad = self.TEXT.splitlines()
        _, made = self.bring(clerk, "batches", f"{head}\n{good}\n", **self.given(draft))

        def send(key: str, verb: str, **words: Any) -> tuple[int, Any]:
            path = f"/api/batches/{key}/{verb}"
            answer = clerk.post(path, words, content_type="application/json")
            return answer.status_code, answer.json()

        seen = clerk.get(f"/api/batches/{made['key']}").json()
        assert send(made["key"], "load", digest=seen["digest"])[0] == 200
        text = f"{head}\n{good.replace('1200', '1300')}\n"
        _, made = self.bring(clerk, "batches", text, **self.given(draft))
        seen = clerk.get(f"/api/batches/{made['key']}").json()
        assert (seen["counts"]["asked"], seen["counts"]["added"]) == (1, 0)
        assert (seen["asks"], seen["pages"], len(seen["asking"])) == (1, 1, 1)
        (asking,) = seen["asking"]
        assert (asking["row"], asking["does"]) == (2, "asked")
        assert asking["answers"] == ["same", "new"]
        changed = {"field": "amount", "old": 1200_0000_00, "new": 1300_0000_00}
        assert changed in asking["changes"]
        assert asking["values"]["day"] == "2024-02-20"
        entry = clerk.get(f"/api/ledgers/funds/entries/{asking['entry']}").json()
        assert entry["version"] == asking["version"]
        assert send(made["key"], "answers", answer="perhaps")[0] == 400
        assert send(made["key"], "answers", answer="same", rows=[9])[0] == 409
        assert send(made["key"], "answers", answer="same", rows=[2])[0] == 200
        counts = clerk.get(f"/api/batches/{made['key']}").json()["counts"]
        assert (counts["asked"], counts["changed"]) == (0, 1)

    def test_rows_that_ask_come_in_pages(self, clerk: Client, draft: door.Entry) -> None:
        head, good, bad = self.TEXT.splitlines()
        text = "\n".join([head, good, bad, *[good] * 4])
        _, made = self.bring(clerk, "batches", text, **self.given(draft))
        path = f"/api/batches/{made['key']}"
        seen = [clerk.get(f"{path}?size=3&page={page}").json() for page in (1, 2, 9)]
        assert [[one["row"] for one in each["asking"]] for each in seen] == [[4, 5, 6], [7], [7]]
        assert {(one["asks"], one["total"], one["pages"]) for one in seen} == {(4, 1, 2)}
        assert [len(one["problems"]) for one in seen] == [1, 0, 0]
        (double,) = seen[1]["asking"]
        assert (double["does"], double["answers"], double["changes"]) == ("double", ["new"], [])
        body = {"answer": "new", "rows": [7], "of": "double"}
        told = clerk.post(f"{path}/answers", body, content_type="application/json")
        assert told.status_code == 200
        assert clerk.get(path).json()["asks"] == 3

    def test_what_stands_beside_it_is_checked_too(self, clerk: Client) -> None:
        for words in ({"pairing": "没有这个"}, {"place": "朝阳区"}):
            status, told = self.bring(clerk, "batches", **words)
            assert (status, [one["field"] for one in told["problems"]]) == (422, list(words))
        assert self.bring(clerk, "batches", nobody="x")[0] == 400

    def test_its_sheets_say_what_they_are_of(self, clerk: Client, draft: door.Entry) -> None:
        file = SimpleUploadedFile("拨付.csv", self.TEXT.encode())
        answer = clerk.post("/api/batches", {"file": file, **self.given(draft)})
        assert answer.status_code == 201
        said = answer.json()
        assert [(one["ledger"], one["sheet"]) for one in said["batches"]] == [("funds", "")]
        assert (said["refused"], said["unknown"]) == ([], [])
        strange = SimpleUploadedFile("别的.csv", "甲,乙\n1,2\n".encode())
        assert clerk.post("/api/batches", {"file": strange}).status_code == 422

    def test_an_empty_file_and_none_are_told(self, clerk: Client) -> None:
        assert self.bring(clerk, "batches", text="")[0] == 422
        assert clerk.post("/api/ledgers/funds/batches", {}).status_code == 400

    def test_problems_come_in_pages(self, clerk: Client, draft: door.Entry) -> None:
        head, _good, bad = self.TEXT.splitlines()
        many = "\n".join([head, *(bad.replace("2号", f"{n}号") for n in range(5))])
        _status, made = self.bring(clerk, "batches", many, **self.given(draft))
        path = f"/api/batches/{made['key']}"
        seen = [clerk.get(f"{path}?size=2&page={page}").json() for page in (1, 2, 3, 9)]
        assert [len(one["problems"]) for one in seen] == [2, 2, 1, 1]
        assert {(one["total"], one["pages"]) for one in seen} == {(5, 3)}
