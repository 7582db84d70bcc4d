"""A book in which much has happened, and everything that can be read of it, to compare two."""

from __future__ import annotations

import random
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from jiedui import ledgers
from jiedui.access import No
from jiedui.ledgers import Sealed
from jiedui.site import demonstration
from jiedui.site.store import chain, documents, door, files, people, verify, versioning
from jiedui.site.store.tables import Document, Grant, Proposal, Secret
from tests.core.evidence.made import SAMPLE

PASSWORD = "样例口令-九个字以上"
SURNAMES, GIVEN = "赵钱孙李周吴郑王", ("样例", "示例", "试例")
PLACES = ("620102", "620821", "623001", "620422")
SORTS = ("cadre", "teacher", "doctor", "farming")
STAGES = ("issued", "arrived", "allocated", "paid")


def checked(ledger: str, viewer: Any, cells: dict[str, Any]) -> ledgers.Checked:
    kind = kind_of(ledger)
    found = ledgers.check(kind, ledgers.frame([cells]), door.lookup(viewer))
    assert found.problems in ((), []), found.problems
    return found


def viewer(username: str) -> Any:
    return people.viewer_of(username)


def kind_of(ledger: str) -> Any:
    return ledgers.get(ledger)


def house() -> Any:
    return people.house("测试账本")


def pairing() -> int:
    page = door.entries(kind_of("pairings"), house(), filters={"called": "甘肃"})
    return page.entries[0].id


def person(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice("甲乙丙丁")


def exchange(draw: random.Random, pair: int) -> dict[str, Any]:
    day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    attended = [
        {"name": person(draw), "post": "畜牧技术员", "side": draw.choice(("east", "west")),
         "officer": "否"}
        for _ in range(draw.randint(0, 3))
    ]  # fmt: skip
    return {
        "programme": "east-west", "pairing": str(pair), "place": draw.choice(PLACES),
        "form": draw.choice(("survey", "department", "investment")), "level": "county",
        "direction": "east-to-west", "starts": day, "subject": f"样{draw.randint(1000, 9999)}𠮷\\“",
        "people": str(draw.randint(4, 90)), "chief": "否", "attended": attended,
        "at": [{"place": draw.choice(PLACES), "site": "样例园区"}],
    }  # fmt: skip


def posting(draw: random.Random, pair: int) -> dict[str, Any]:
    return {
        "programme": "east-west", "pairing": str(pair), "place": draw.choice(PLACES),
        "person_name": person(draw), "sort": draw.choice(SORTS), "direction": "east-to-west",
        "sender": f"样例单位 {draw.randint(1000, 9999)}", "receiver": "样例医院", "in_team": "是",
        "arrives": f"2024-{draw.randint(1, 12):02}-11",
    }  # fmt: skip


def money(draw: random.Random, pair: int) -> dict[str, Any]:
    return {
        "programme": "east-west", "pairing": str(pair), "place": draw.choice(PLACES),
        "document_number": f"样财〔2024〕{draw.randint(1, 9)}号", "nature": "east-province",
        "stage": draw.choice(STAGES), "amount": f"{draw.randint(1, 10**13)}.07元",
        "day": f"2024-{draw.randint(1, 12):02}-21", "payer": "样例财政厅",
        "voucher": f"样{draw.randint(1000, 9999)}",
    }  # fmt: skip


MADE = {"exchanges": exchange, "talent": posting, "funds": money}


def fill(seed: int, operations: int) -> None:
    """A demonstration's offices and, over them, operations drawn at random."""
    draw = random.Random(seed)
    settings.JIEDUI_FOLDER.mkdir(exist_ok=True)
    demonstration.prepare()
    user = get_user_model().objects.get(username="clerk")
    user.set_password(PASSWORD)
    user.save()
    clerk = viewer("clerk")
    pair = pairing()
    for number in range(2):
        received = documents.receive(clerk, f"{SAMPLE}\n第{number}份".encode("gb18030"), "样例.txt")
        assert isinstance(received, documents.StoredDocument), received
        for proposal in received.proposals[:1]:
            decide(draw, clerk, proposal.key, pair)
    for _ in range(operations):
        operate(draw, clerk, pair)


def decide(draw: random.Random, clerk: Any, proposal: str, pair: int) -> None:
    if draw.random() < 0.3:
        documents.refuse(clerk, proposal, "样例理由")
        return
    done = documents.accept(clerk, proposal, checked("exchanges", clerk, exchange(draw, pair)))
    assert isinstance(done, door.Written), done


def operate(draw: random.Random, clerk: Any, pair: int) -> None:
    ledger = draw.choice(sorted(MADE))
    kind = kind_of(ledger)
    cells = MADE[ledger](draw, pair)
    there = [
        one for one in door.entries(kind, clerk, size=200).entries if one.owner == clerk.office
    ]
    done: Any
    what = draw.choice(("add", "add", "amend", "withdraw", "step", "erase"))
    if what == "add" or not there:
        done = door.add(kind, clerk, checked(ledger, clerk, cells), why="样例")
    else:
        one = draw.choice(there)
        if what == "amend":
            done = door.amend(
                kind, one.id, clerk, checked(ledger, clerk, cells), base=one.version, why="改正样例"
            )
        elif what == "withdraw":
            done = door.withdraw(kind, one.id, clerk, base=one.version, why="样例有误")
        elif what == "step":
            done = door.step(kind, one.id, clerk, "submitted", base=one.version)
        else:
            done = door.erase(kind, one.id, clerk, list(refs(one.values)), why="本人要求")
    assert not isinstance(done, door.Conflict), done
    if isinstance(done, No):
        assert what == "step"


def refs(values: Any) -> list[str]:
    found = [value.ref for value in values.values() if isinstance(value, Sealed)]
    for value in values.values():
        if isinstance(value, tuple):
            found += [ref for row in value for ref in refs(row)]
    return found


def add_many(count: int) -> None:
    """So many entries in one link, as an import writes them."""
    draw, pair, clerk = random.Random(count), pairing(), viewer("clerk")
    kind = kind_of("exchanges")
    values = dict(checked("exchanges", clerk, {**exchange(draw, pair), "attended": []}).rows[0])
    values |= {"owner": clerk.office, "state": "draft", "sources": ()}
    with chain.linking(clerk, "样例批量") as draft:
        for start in range(0, count, 1000):
            part = range(start, min(start + 1000, count))
            versioning.write(
                kind, draft,
                [(draw.getrandbits(62), {**values, "subject": f"批量样例 {one}"}) for one in part],
            )  # fmt: skip


def state() -> dict[str, Any]:
    """Everything that a book says: digests, head, figures, entries with their names, accounts."""
    everybody, clerk = house(), viewer("clerk")
    return {
        "report": verify.verify(),
        "figures": [str(one) for one in door.figures(None, everybody, by=())],
        "by place": [str(one) for one in door.figures(["H02", "F01"], everybody, by=("place",))],
        "entries": {
            name: [
                [(version.digest, version.link, version.ended, repr(version.values))
                 for version in door.versions(kind, one.id, clerk)]
                for one in door.entries(kind, clerk, size=200).entries
            ]
            for name, kind in ledgers.ledgers().items()
        },
        "accounts": list(get_user_model().objects.order_by("pk").values_list()),
        "grants": list(Grant.objects.order_by("pk").values_list()),
        "documents": list(Document.objects.order_by("pk").values_list()),
        "proposals": list(Proposal.objects.order_by("pk").values_list()),
        "boxes": [
            (one.ref, one.owner, bytes(one.nonce), bytes(one.box))
            for one in Secret.objects.order_by("ref")
        ],
        "originals": sorted(
            (one.sha256, files.read(one.sha256)) for one in Document.objects.all()
        ),
        "folder": str(settings.JIEDUI_FOLDER),
    }  # fmt: skip
