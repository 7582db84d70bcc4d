"""The steps of the walk of `marked`: every way on which a workbook's words could be left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiedui import intake, ledgers
from jiedui.site.store import batches, chain, door, previewing, rows, staging, verify
from jiedui.site.store.tables import Secret
from tests.contracts.marked import (
    FUNDS_HEADS,
    LABOUR_HEADS,
    MARKS,
    TALENT_HEADS,
    csv,
    funds,
    labour,
    talent,
    xlsx,
)

if TYPE_CHECKING:
    from tests.contracts.marked import Walk

TALENT, FUNDS = ledgers.ledgers()["talent"], ledgers.ledgers()["funds"]
EXPORTS = (
    "/ledgers/talent/export.csv", "/ledgers/talent/export.xlsx", "/ledgers/funds/export.csv",
    "/ledgers/funds/export.xlsx", "/api/ledgers/talent/entries", "/api/ledgers/funds/entries",
)  # fmt: skip


def open_here() -> None:
    """Open workbooks in this process from here on."""
    vars(staging)["open_book_apart"] = intake.open_book
    vars(previewing)["annotate_apart"] = intake.annotate


def steps(walk: Walk) -> None:
    """All of them, in the order in which a workbook lives."""
    _brought(walk)
    at = _seen(walk)
    _loaded(walk, at)
    _counted(walk)
    _mended(walk)
    _undone(walk)
    _forgotten(walk)
    _typed(walk)
    report = verify.verify()
    assert report.broken == (), report.broken


def _brought(walk: Walk) -> None:
    refused = walk.bring("talent", b"%PDF-1.7 " + MARKS["id in text"].encode(), "x.xlsx")
    walk.after("no workbook", refused, status=422)
    one_row = csv(TALENT_HEADS, talent()[:1])
    words = {"given-place": f"夏河县{MARKS['phone for all rows']}"}
    walk.after("said for all rows", walk.bring("talent", one_row, "x.csv", **words), status=422)
    for name, text in (("person_name", MARKS["name"]), ("duty", MARKS["phone for all rows"])):
        told = batches.receive(walk.town.clerk, TALENT, one_row, "x.csv", {name: text})
        assert not isinstance(told, batches.StoredBatch), name
    at = walk.received("talent", one_row, f"样例{MARKS['phone in a file name']}.csv")
    walk.after("brought", walk.clerk.get("/batches"))
    walk.after("dropped", walk.clerk.post(f"{at}/drop"), status=302)


def _seen(walk: Walk) -> str:
    at = walk.received("talent", xlsx(TALENT_HEADS, talent()), "样例.xlsx")
    walk.after("seen", walk.clerk.get(at))
    settled = {"column-D": "sender", "was-D": "", "column-E": "receiver", "was-E": "receiver",
               "column-N": "", "was-N": "duty"} | walk.given()  # fmt: skip
    walk.after("columns said", walk.clerk.post(f"{at}/settle", settled), status=302)
    walk.after("annotated", walk.clerk.get(f"{at}/annotated.xlsx"))
    # The sandbox has opened one of each by now; what it costs is not spent again.
    open_here()
    walk.after("refused", walk.load(at, "all"), status=422)
    kept, chain.seal = chain.seal, _broken
    walk.after("failed", walk.load(at, "good"), status=422)
    chain.seal = kept
    assert Secret.objects.count() == 0
    return at


def _broken(*_arguments: Any) -> bytes:
    raise RuntimeError("样例")


def _loaded(walk: Walk, at: str) -> None:
    walk.after("loaded", walk.load(at, "good"), status=302)
    walk.after("decided", walk.clerk.get(at))
    other = walk.received("funds", csv(FUNDS_HEADS, funds()), "样例.csv")
    walk.after("funds seen", walk.clerk.get(other))
    walk.after("funds annotated", walk.clerk.get(f"{other}/annotated.xlsx"))
    walk.after("funds loaded", walk.load(other, "good"), status=302)
    walk.after("given to its office", *(walk.clerk.get(one) for one in EXPORTS))
    walk.after("given to others", *(walk.reviewer.get(one) for one in EXPORTS))


def _counted(walk: Walk) -> None:
    """A list of persons becomes counts."""
    at = walk.received("labour", csv(LABOUR_HEADS, labour()), "名册.csv")
    walk.after("persons seen", walk.clerk.get(at))
    walk.after("persons counted", walk.clerk.post(f"{at}/answer", {"answer": "count"}), status=302)
    walk.after("counts seen", walk.clerk.get(at), walk.clerk.get(f"{at}/plan.csv"))
    walk.after("counts loaded", walk.load(at, "good"), status=302)
    exports = ("/ledgers/labour/export.csv", "/api/ledgers/labour/entries", "/ledgers/labour")
    walk.after("counts given", *(walk.clerk.get(one) for one in exports))


def _mended(walk: Walk) -> None:
    """The workbook that Jiedui returned, a name in it mended, loaded again."""
    clerk = walk.town.clerk
    entries = door.entries(TALENT, clerk).entries
    written = [
        (one.key, {**one.values, "person_name": MARKS["mended name"]})
        if str(one.values["person_name"]) == MARKS["name"]
        else (one.key, one.values)
        for one in entries
    ]
    at = walk.received("talent", intake.write(TALENT, written), "改.xlsx")
    walk.after("mended seen", walk.clerk.get(at))
    walk.after("mended loaded", walk.load(at, "all"), status=302)
    walk.batch = at


def _undone(walk: Walk) -> None:
    why = {"entry-why": f"请致电{MARKS['phone in a reason']}"}
    walk.after("no reason to keep", walk.clerk.post(f"{walk.batch}/undo", why), status=409)
    done = walk.clerk.post(f"{walk.batch}/undo", {"entry-why": "样例撤销"})
    walk.after("undone", done, status=302)
    walk.after("undone, seen", walk.clerk.get(walk.batch))


def _forgotten(walk: Walk) -> None:
    """Every person asks to be forgotten: the counts stand, and no box is left anywhere."""
    clerk = walk.town.clerk
    before = [one.value for one in door.figures(["T02", "F04P"], clerk)]
    boxes = [bytes(one.box) for one in Secret.objects.all()]
    assert len(boxes) == 4
    for kind in (TALENT, FUNDS):
        for one in door.entries(kind, clerk).entries:
            refs = {
                ref
                for version in door.versions(kind, one.id, clerk)
                for ref in rows.sealed_refs(version.values)
            }
            done = door.erase(kind, one.id, clerk, sorted(refs), why="本人要求")
            assert done == len(refs)
    walk.after("forgotten", *(walk.clerk.get(one) for one in EXPORTS))
    assert [one.value for one in door.figures(["T02", "F04P"], clerk)] == before
    assert Secret.objects.count() == 0
    if not walk.server:
        left = b"\0".join(walk.files())
        assert not [box for box in boxes if box in left]
    for one in door.entries(TALENT, clerk).entries:
        door.withdraw(TALENT, one.id, clerk, base=one.version, why="样例")
    walk.after("withdrawn", *(walk.clerk.get(one) for one in EXPORTS))


def _typed(walk: Walk) -> None:
    """A form that somebody posts whose session has ended: kept for him, but for such numbers."""
    page = walk.clerk.get("/ledgers/talent/new").content.decode()
    bound = page.partition('name="entry-bound" value="')[2].partition('"')[0]
    assert bound
    typed = {"entry-bound": bound, "duty": f"电话{MARKS['phone in a form']}", "sender": "样例单位",
             "person_name": MARKS["name"]}  # fmt: skip
    walk.after("typed", walk.nobody.post("/ledgers/talent/new", typed), status=302)
