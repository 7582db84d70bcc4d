"""Every address, asked by every person: the clerk whose office it is, his neighbour, the partner,
the reviewer, the auditor, the leader and a stranger.

The URL map is walked; an address without a line fails. A line holds the status each person
meets; for what changes something, the post itself is made, and undone with the test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from jiedui import ledgers
from jiedui.site.demonstration.samples import SAMPLES

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

PERSONS = ("clerk", "neighbour", "partner", "reviewer", "auditor", "leader", "stranger")
ARTICLE = (
    "来源:示例日报 时间:2024-06-18\n"
    "6月17日至18日，天津市党政代表团来甘考察对接东西部协作工作。天津市委书记甲示例，"
    "甘肃省委书记乙样例出席。\n"
)


@dataclass(frozen=True)
class Scene:
    """What the addresses name: an entry, a document with a proposal, all of the clerk's office."""

    key: str
    version: int
    pairing: str
    document: str
    proposal: str
    batch: str
    loaded: str
    digest: str
    token: str
    clients: dict[str, Client]


Ask = Callable[[Client, Scene], "HttpResponseBase"]


def get(path: str) -> Ask:
    return lambda client, scene: client.get(path.format(**vars(scene)))


def post(path: str, **words: str) -> Ask:
    def ask(client: Client, scene: Scene) -> HttpResponseBase:
        posted = {name: word.format(**vars(scene)) for name, word in words.items()}
        return client.post(path.format(**vars(scene)), posted)

    return ask


def upload(path: str) -> Ask:
    return lambda client, _scene: client.post(
        path, {"file": SimpleUploadedFile("a.txt", (ARTICLE + "另一篇。").encode())}
    )


FUNDS = (
    "文号,资金性质,环节,金额（万元）,日期,所属地区\n"
    "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,甘肃省\n"
)


PARTY = "单位名称,单位类别,地区\n甲样例食品公司,企业,夏河县\n"


def sheet(text: str = FUNDS, **words: str) -> Ask:
    """Bring a workbook."""
    return lambda client, _scene: client.post(
        "/batches", {"file": SimpleUploadedFile("a.csv", text.encode()), **words}
    )


VERSION = "{version}"


def send(verb: str, path: str, **words: Any) -> Ask:
    """Ask the API with a body of JSON; what stands in braces is filled in, a version as number."""

    def ask(client: Client, scene: Scene) -> HttpResponseBase:
        body = filled(words, vars(scene)) if words else ""
        return client.generic(
            verb.upper(),
            f"/api{path}".format(**vars(scene)),
            json.dumps(body) if words else "",
            content_type="application/json",
        )

    return ask


def filled(word: Any, names: dict[str, Any]) -> Any:
    if isinstance(word, dict):
        return {name: filled(one, names) for name, one in word.items()}
    if word == VERSION:
        return names["version"]
    return word.format(**names) if isinstance(word, str) else word


def brought(path: str) -> Ask:
    """Bring a workbook to the API."""
    return lambda client, _scene: client.post(
        f"/api{path}", {"file": SimpleUploadedFile("a.csv", FUNDS.encode())}
    )


ENTRIES = "/ledgers/exchanges/entries"
ENTRY_OF_API = ENTRIES + "/{key}"
CHECK = "/ledgers/funds/check"
ENTRY = "/ledgers/exchanges/{key}"
DOCUMENT = "/documents/{document}"
BATCH = "/batches/{batch}"
NEW = {
    "programme": "east-west",
    "pairing": "{pairing}",
    "place": "620000",
    "form": "survey",
    "level": "county",
    "starts": "2024-07-01",
}


@dataclass(frozen=True)
class Line:
    """An address, how it is asked, and the status for each of PERSONS in that order."""

    route: str
    ask: Ask
    statuses: tuple[int, ...]


# What a stranger may do, and is led on from to a page of his own asking.
OPEN = {"sign-out", "language"}
# 302 for a stranger is the way to the sign-in page; for others it is "done" or "go there".
#                                   clerk neighbour partner reviewer auditor leader stranger
ALL = (200, 200, 200, 200, 200, 200, 302)
SEEN = (200, 404, 200, 200, 200, 200, 302)
# Those who bring workbooks: clerks to ledgers, reviewers to registers.
WRITERS = (200, 200, 403, 200, 403, 403, 302)
OWN = (200, 404, 404, 404, 404, 404, 302)
API = (200, 200, 200, 200, 200, 200, 401)
HISTORY = (200, 404, 403, 200, 200, 403, 401)
OWN_OF_API = (200, 404, 404, 404, 404, 404, 401)
MATRIX = (
    Line("board", get("/"), ALL),
    Line("board", get("/?until=2024-05-31&known=20&year=2024&chart=H03"), ALL),
    Line("board", get("/?until=nonsense&known=-1&year=x&chart=?"), ALL),
    Line("sign-in", get("/sign-in"), (302, 302, 302, 302, 302, 302, 200)),
    Line("sign-in", post("/sign-in", username="clerk", password="x"), (200,) * 7),
    Line("sign-in-demonstration", get("/sign-in/demonstration"), (405,) * 7),
    Line("sign-in-demonstration", post("/sign-in/demonstration", username="leader"), (302,) * 7),
    Line("sign-in-demonstration", post("/sign-in/demonstration", username="root"), (403,) * 7),
    Line("sign-out", get("/sign-out"), (405,) * 7),
    Line("sign-out", post("/sign-out"), (302,) * 7),
    Line("language", get("/language"), (405,) * 7),
    Line("language", post("/language", language="en"), (302,) * 7),
    Line("figure", get("/figures/H02"), ALL),
    Line("figure", get("/figures/H02?year=2024&until=2024-03-31&known=20&pairing={pairing}"), ALL),
    Line("figure", get("/figures/H99"), (404, 404, 404, 404, 404, 404, 302)),
    Line("findings", get("/findings"), ALL),
    Line("findings", get("/findings?state=explained"), ALL),
    Line("findings", get("/findings?state=mended"), ALL),
    Line("finding", get("/findings/funds/x"), ALL),
    # There is none of that key: whoever asks is told that it is not there any more.
    Line("finding", post("/findings/funds/x", **{"entry-why": "实情"}), (409,) * 6 + (302,)),
    Line("finding", post("/findings/funds/x", to="open"), (422,) * 6 + (302,)),
    Line("search", get("/search"), ALL),
    Line("search", get("/search?q=考察&kind=exchanges&place=620000&page=7"), ALL),
    Line("search", get("/search?kind=?&party=?&since=x&person=张样例"), ALL),
    # A question that may hold a name is answered as it was posted; others go to an address.
    Line("search", post("/search", person="张样例"), ALL),
    Line("search", post("/search", kind="exchanges"), (302,) * 7),
    Line("suggest", get("/search/suggest"), (405,) * 7),
    Line("suggest", post("/search/suggest", q="夏河"), ALL),
    Line("ledgers", get("/ledgers"), ALL),
    *(Line("entries", get(f"/ledgers/{name}"), ALL) for name in ledgers.ledgers()),
    Line("entries", get("/ledgers/exchanges?form=visit&place=甘肃&starts=2024&order=people"), ALL),
    Line("entries", get("/ledgers/nothing"), (404, 404, 404, 404, 404, 404, 302)),
    Line("new", get("/ledgers/exchanges/new"), (200, 200, 403, 403, 403, 403, 302)),
    Line("new", get("/ledgers/parties/new"), (403, 403, 403, 200, 403, 403, 302)),
    # The neighbour writes for his own office; its pairing and place are others.
    Line("new", post("/ledgers/exchanges/new", **NEW), (302, 403, 403, 403, 403, 403, 302)),
    Line("new", post("/ledgers/exchanges/new", form="?"), (422, 422, 403, 403, 403, 403, 302)),
    *(Line("export", get(f"/ledgers/{name}/export.csv"), ALL) for name in ledgers.ledgers()),
    *(
        Line("export-workbook", get(f"/ledgers/{name}/export.xlsx"), ALL)
        for name in ledgers.ledgers()
    ),
    *(Line("blank", get(f"/ledgers/{name}/blank.xlsx"), ALL) for name in ledgers.ledgers()),
    Line("blank", get("/ledgers/nothing/blank.xlsx"), (404, 404, 404, 404, 404, 404, 302)),
    Line("entry", get(ENTRY), SEEN),
    Line("entry", get(ENTRY + "?known=1"), (404, 404, 404, 404, 404, 404, 302)),
    Line("entry", get("/ledgers/exchanges/0000000000000"), (404,) * 6 + (302,)),
    Line("amend", get(ENTRY + "/amend"), (200, 404, 403, 403, 403, 403, 302)),
    Line(
        "amend",
        post(ENTRY + "/amend", **NEW, **{"entry-base": "{version}", "entry-why": "补"}),
        (302, 404, 403, 403, 403, 403, 302),
    ),
    Line("withdraw", get(ENTRY + "/withdraw"), (200, 404, 403, 403, 403, 403, 302)),
    Line(
        "withdraw",
        post(ENTRY + "/withdraw", **{"entry-base": "{version}", "entry-why": "重复"}),
        (302, 404, 403, 403, 403, 403, 302),
    ),
    Line("step", get(ENTRY + "/step"), (302, 404, 302, 302, 302, 302, 302)),
    Line(
        "step",
        post(ENTRY + "/step", to="submitted", **{"entry-base": "{version}"}),
        (302, 404, 403, 403, 403, 403, 302),
    ),
    # Confirming what is a draft is refused to the reviewer too: nobody has submitted it.
    Line(
        "step",
        post(ENTRY + "/step", to="confirmed", **{"entry-base": "{version}"}),
        (403, 404, 403, 403, 403, 403, 302),
    ),
    Line("step", post(ENTRY + "/step", to="heaven"), (403, 404, 403, 403, 403, 403, 302)),
    Line("documents", get("/documents"), ALL),
    Line("documents", upload("/documents"), (302, 302, 403, 403, 403, 403, 302)),
    Line("document", get(DOCUMENT), OWN),
    Line("document", get(DOCUMENT + "?view=damaged&at=3-9&part=2"), OWN),
    Line("choose", get(DOCUMENT + "/choose"), (302, 404, 404, 404, 404, 404, 302)),
    # Whoever may choose is told that there is no such place.
    Line("choose", post(DOCUMENT + "/choose", at="7"), (403, 404, 404, 404, 404, 404, 302)),
    Line("accept", get(DOCUMENT + "/{proposal}/accept"), (302, 404, 404, 404, 404, 404, 302)),
    Line("accept", post(DOCUMENT + "/{proposal}/accept"), (302, 404, 404, 404, 404, 404, 302)),
    Line("change", get(DOCUMENT + "/{proposal}/change"), OWN),
    Line(
        "change",
        post(DOCUMENT + "/{proposal}/change", **NEW),
        (302, 404, 404, 404, 404, 404, 302),
    ),
    Line("refuse", get(DOCUMENT + "/{proposal}/refuse"), (302, 404, 404, 404, 404, 404, 302)),
    Line(
        "refuse",
        post(DOCUMENT + "/{proposal}/refuse", **{"entry-why": "不是互访"}),
        (302, 404, 404, 404, 404, 404, 302),
    ),
    Line("batches", get("/batches"), WRITERS),
    Line("batches", sheet(ledger="funds"), (302, 302, 403, 422, 403, 403, 302)),
    Line("batches", sheet(ledger="parties"), (422, 422, 403, 422, 403, 403, 302)),
    Line("batches", sheet(PARTY, ledger="parties"), (422, 422, 403, 302, 403, 403, 302)),
    Line("batches", sheet("", ledger="funds"), (422, 422, 403, 422, 403, 403, 302)),
    Line("batches", sheet(ledger="auto"), (302, 302, 403, 403, 403, 403, 302)),
    Line("batch", get(BATCH), OWN),
    Line("batch", get(BATCH + "?show=added&page=7"), OWN),
    Line("batch", get("/batches/{loaded}"), OWN),
    Line("settle", get(BATCH + "/settle"), (405,) * 7),
    Line(
        "settle",
        post(BATCH + "/settle", **{"column-A": "document_number", "column-C": "stage"}),
        (302, 404, 404, 404, 404, 404, 302),
    ),
    Line("again", get(BATCH + "/again"), (405,) * 7),
    Line("again", post(BATCH + "/again"), (302, 404, 404, 404, 404, 404, 302)),
    Line("part", get(BATCH + "/sheets"), (405,) * 7),
    Line("part", post(BATCH + "/sheets"), (302, 404, 404, 404, 404, 404, 302)),
    Line("plan", get(BATCH + "/plan.csv"), OWN),
    Line("answer", get(BATCH + "/answer"), (405,) * 7),
    Line("answer", post(BATCH + "/answer", answer=""), (302, 404, 404, 404, 404, 404, 302)),
    Line("progress", get(BATCH + "/progress"), (204, 404, 404, 404, 404, 404, 302)),
    Line("cancel", get(BATCH + "/cancel"), (405,) * 7),
    Line("cancel", post(BATCH + "/cancel"), (302, 404, 404, 404, 404, 404, 302)),
    Line("sheet-row", get("/batches/{loaded}/rows/2?sheet=csv"), OWN),
    Line("sheet-row", get(BATCH + "/rows/2"), OWN),
    Line("original", get("/batches/{loaded}/original"), OWN),
    Line("load", get(BATCH + "/load"), (405,) * 7),
    Line("load", post(BATCH + "/load", digest="{digest}"), (302, 404, 404, 404, 404, 404, 302)),
    Line("load", post(BATCH + "/load", digest="?"), (409, 404, 404, 404, 404, 404, 302)),
    Line("drop", get(BATCH + "/drop"), (405,) * 7),
    Line("drop", post(BATCH + "/drop"), (302, 404, 404, 404, 404, 404, 302)),
    Line("annotated", get(BATCH + "/annotated.xlsx"), OWN),
    Line("undo", get("/batches/{loaded}/undo"), (405,) * 7),
    Line(
        "undo",
        post("/batches/{loaded}/undo", **{"entry-why": "样例"}),
        (302, 404, 404, 404, 404, 404, 302),
    ),
    Line("samples", get("/samples"), ALL),
    *(Line("sample", get(f"/samples/{one.file}"), ALL) for one in SAMPLES),
    Line("sample", get("/samples/nothing.txt"), (404,) * 6 + (302,)),
    Line("tokens", get("/tokens"), ALL),
    Line("tokens", post("/tokens", name="样例系统", days="30"), ALL),
    Line("tokens", post("/tokens", name="", days="30"), (422,) * 6 + (302,)),
    Line("revoke-token", get("/tokens/{token}/revoke"), (405,) * 7),
    Line("revoke-token", post("/tokens/{token}/revoke"), (302, 404, 404, 404, 404, 404, 302)),
    Line("api:openapi", get("/api/openapi.json"), API),
    Line("api:ledgers", get("/api/ledgers"), API),
    Line("api:ledgers", get("/api/ledgers?nobody=x"), (400,) * 7),
    *(Line("api:schema", get(f"/api/ledgers/{name}/schema"), API) for name in ledgers.ledgers()),
    *(Line("api:entries", get(f"/api/ledgers/{name}/entries"), API) for name in ledgers.ledgers()),
    Line("api:entries", get("/api/ledgers/nothing/entries"), (404,) * 6 + (401,)),
    # As with the form: the neighbour writes for his own office; this pairing and place are others'.
    Line("api:entries", send("post", ENTRIES, cells=NEW), (201, 403, 403, 403, 403, 403, 401)),
    Line("api:entries", send("post", ENTRIES, cells={}), (422, 422, 403, 403, 403, 403, 401)),
    Line("api:entry", get("/api" + ENTRY_OF_API), (*SEEN[:6], 401)),
    Line("api:entry", get("/api/ledgers/exchanges/entries/0000000000000"), (404,) * 6 + (401,)),
    Line(
        "api:entry",
        send("patch", ENTRY_OF_API, cells={"people": "3"}, base=VERSION, why="补"),
        (200, 404, 403, 403, 403, 403, 401),
    ),
    Line(
        "api:entry",
        send("patch", ENTRY_OF_API, cells={}, base=1, why="补"),
        (409, 404, 403, 403, 403, 403, 401),
    ),
    Line("api:versions", get("/api" + ENTRY_OF_API + "/versions"), HISTORY),
    Line(
        "api:withdraw",
        send("post", ENTRY_OF_API + "/withdraw", base=VERSION, why="重复"),
        (200, 404, 403, 403, 403, 403, 401),
    ),
    Line(
        "api:withdraw",
        send("post", ENTRY_OF_API + "/withdraw", base=VERSION, why=" "),
        (422, 404, 403, 403, 403, 403, 401),
    ),
    Line(
        "api:step",
        send("post", ENTRY_OF_API + "/step", to="submitted", base=VERSION),
        (200, 404, 403, 403, 403, 403, 401),
    ),
    Line(
        "api:step",
        send("post", ENTRY_OF_API + "/step", to="confirmed", base=VERSION),
        (403, 404, 403, 403, 403, 403, 401),
    ),
    Line("api:check", send("post", CHECK, rows=[{}]), (200, 200, 403, 403, 403, 403, 401)),
    Line(
        "api:check",
        send("post", "/ledgers/parties/check", rows=[{}]),
        (403, 403, 403, 200, 403, 403, 401),
    ),
    Line("api:check-workbook", brought(CHECK + "/workbook"), (200, 200, 403, 403, 403, 403, 401)),
    Line("api:findings", get("/api/ledgers/funds/findings?state=mended"), API),
    Line("api:findings", get("/api/ledgers/funds/findings?state=x"), (400,) * 6 + (401,)),
    Line(
        "api:finding",
        send("post", "/ledgers/funds/findings/x", state="explained", why="实情"),
        (409,) * 6 + (401,),
    ),
    *(Line("api:findings", get(f"/api/ledgers/{one}/findings"), API) for one in ledgers.ledgers()),
    Line("api:batches", get("/api/batches"), (200, 200, 403, 200, 403, 403, 401)),
    Line("api:receive", brought("/ledgers/funds/batches"), (201, 201, 403, 403, 403, 403, 401)),
    Line("api:receive", brought("/ledgers/parties/batches"), (403, 403, 403, 422, 403, 403, 401)),
    Line("api:receive-book", brought("/batches"), (201, 201, 403, 403, 403, 403, 401)),
    Line("api:batch", get("/api" + BATCH), OWN_OF_API),
    Line("api:answers", send("post", BATCH + "/answers", answer=""), OWN_OF_API),
    Line("api:batch", get("/api/batches/{loaded}?page=7&size=1"), OWN_OF_API),
    Line("api:load", send("post", BATCH + "/load", digest="{digest}"), OWN_OF_API),
    Line(
        "api:load",
        send("post", BATCH + "/load", digest="?", good_only=True),
        (409, 404, 404, 404, 404, 404, 401),
    ),
    Line("api:cancel", send("post", BATCH + "/cancel"), OWN_OF_API),
    Line("api:drop", send("post", BATCH + "/drop"), OWN_OF_API),
    Line(
        "api:drop",
        send("post", "/batches/{loaded}/drop"),
        (409, 404, 404, 404, 404, 404, 401),
    ),
    Line("api:undo", send("post", "/batches/{loaded}/undo", why="样例"), OWN_OF_API),
    Line(
        "api:undo",
        send("post", "/batches/{loaded}/undo", why=""),
        (422, 404, 404, 404, 404, 404, 401),
    ),
    Line("api:search", get("/api/search?q=考察&place=620000"), API),
    Line("api:search", get("/api/search?kind=x"), (422,) * 6 + (401,)),
    Line("api:search", get("/api/search?person=张样例"), (400,) * 7),
    Line("api:search", send("post", "/search", person="张样例"), API),
    Line("api:figures", get("/api/figures"), API),
    Line("api:figures", get("/api/figures?year=2024&until=2024-05-31&known=20"), API),
    Line("api:figure", get("/api/figures/H02?by=month"), API),
    Line("api:figure", get("/api/figures/H02?by=leader"), (422,) * 6 + (401,)),
    Line("api:figure", get("/api/figures/H99"), (404,) * 6 + (401,)),
    Line("api:api-root", get("/api/"), (404, 404, 404, 404, 404, 404, 404)),
)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The name of every address of the map, with its namespace."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, f"{one.namespace}:" if one.namespace else before)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{one.pattern} has no name"
            yield f"{before}{one.name}"


def test_every_address_has_a_line() -> None:
    assert set(routes(get_resolver())) == {line.route for line in MATRIX}


def test_every_line_names_an_address_that_exists() -> None:
    assert all(len(line.statuses) == len(PERSONS) for line in MATRIX)


def staged(viewer: Viewer, pairing: str, text: str) -> tuple[str, str]:
    """A waiting workbook of funds and the digest of its preview."""
    from jiedui.site.store import batches

    kind = ledgers.ledgers()["funds"]
    cells = {"programme": "east-west", "pairing": pairing}
    made = batches.receive(viewer, kind, text.encode(), "a.csv", cells)
    assert isinstance(made, batches.StoredBatch), made
    shown = batches.preview(viewer, made.key)
    assert isinstance(shown, batches.Preview), shown
    return made.key, shown.digest


@pytest.fixture
def scene(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Scene:
    from jiedui import intake
    from jiedui.site.store import batches, waiting

    # What a test takes back in the database is not taken back on the disk.
    monkeypatch.setattr(waiting, "drop", lambda _key: None)
    # In this process: what is asked here is who may, and the sandbox has tests of its own.
    monkeypatch.setattr("jiedui.site.store.staging.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.parting.open_book_apart", intake.open_book)
    monkeypatch.setattr("jiedui.site.store.previewing.annotate_apart", intake.annotate)
    monkeypatch.setattr("jiedui.site.api.checks.open_book_apart", intake.open_book)
    settings.JIEDUI_DEMONSTRATION = True
    from django.contrib.auth import get_user_model

    from jiedui.access import Role
    from jiedui.site import demonstration
    from jiedui.site.store import documents, door, granting, people, tokens

    demonstration.prepare()
    clerk = people.viewer_of("clerk")
    assert clerk is not None
    granting.grant(
        "auditor", None, name="审计", role=Role.AUDITOR, office=clerk.office, place="620000"
    )
    exchanges = ledgers.ledgers()["exchanges"]
    drafts = door.entries(exchanges, clerk, filters={"state": "draft"}).entries
    document = documents.receive(clerk, ARTICLE.encode(), "visit.txt")
    assert isinstance(document, documents.StoredDocument)
    loaded, _digest = staged(clerk, str(drafts[0].values["pairing"]), FUNDS)
    assert isinstance(batches.load(clerk, loaded, _digest), batches.Loaded)
    token = tokens.make(clerk, "样例系统", 30, writes=False)
    assert isinstance(token, tokens.Made)
    batch, digest = staged(
        clerk,
        str(drafts[0].values["pairing"]),
        FUNDS.replace("1号,", "2号,").replace("1200", "1300"),
    )
    # Nor is what was read of it, when a test has it read otherwise.
    put = waiting.put
    monkeypatch.setattr(waiting, "put", lambda key, *part: key == batch or put(key, *part))
    clients = {"stranger": Client()}
    for name in PERSONS[:-1]:
        clients[name] = Client()
        user = get_user_model().objects.get(username=name)
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Scene(
        key=drafts[0].key,
        version=drafts[0].version,
        pairing=str(drafts[0].values["pairing"]),
        document=document.key,
        proposal=document.proposals[0].key,
        batch=batch,
        loaded=loaded,
        digest=digest,
        token=token.token.key,
        clients=clients,
    )


def test_each_person_meets_what_the_matrix_says(scene: Scene) -> None:
    from django.db import transaction

    wrong = []
    for line in MATRIX:
        for person, expected in zip(PERSONS, line.statuses, strict=True):
            with transaction.atomic(), transaction.atomic(using="work"):
                client = scene.clients[person]
                cookies = client.cookies.copy()
                answer = line.ask(client, scene)
                client.cookies = cookies
                body = b"".join(answer) if answer.streaming else answer.content
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="work")
            if answer.status_code != expected:
                said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body.decode()))[:120]
                wrong.append((line.route, person, expected, answer.status_code, said))
            if person == "stranger" and answer.status_code == 302 and line.route not in OPEN:
                away = answer.headers["Location"].startswith("/sign-in")
                if not away and line.route != "sign-in-demonstration":
                    wrong.append((line.route, person, "to the sign-in page", answer.headers))
    assert wrong == []


def test_the_neighbour_is_told_nothing_of_it(scene: Scene) -> None:
    """What is out of scope looks as what was never there: the same status and the same page."""
    neighbour = scene.clients["neighbour"]
    there = neighbour.get(f"/ledgers/exchanges/{scene.key}").content.decode()
    never = neighbour.get("/ledgers/exchanges/0000000000000").content.decode()
    strip = re.compile(r'value="[^"]{40,}"')
    assert strip.sub("", there) == strip.sub("", never)
    listed = neighbour.get("/ledgers/exchanges?starts=2024").content.decode()
    assert scene.key not in listed
    assert scene.document not in neighbour.get("/documents").content.decode()


@pytest.mark.parametrize("path", ["ledgers/exchanges/entries/{}", "batches/{}"])
def test_the_api_tells_the_neighbour_nothing_of_it_either(scene: Scene, path: str) -> None:
    neighbour = scene.clients["neighbour"]
    mine = scene.batch if path.startswith("batches") else scene.key
    there = neighbour.get("/api/" + path.format(mine))
    never = neighbour.get("/api/" + path.format("0000000000000"))
    assert (there.status_code, there.content) == (never.status_code, never.content)
    assert there.status_code == 404
