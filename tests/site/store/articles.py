"""Short articles of our own, read without a child process, and what a clerk makes of them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jiedui import evidence
from jiedui.site.store import documents, door
from tests.site.store.town import check

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Checked
    from jiedui.restore import Restored
    from tests.site.store.town import Town

VISIT = """样例代表团赴甘肃省考察
时间：2024-05-23　来源：样例日报　点击：3
5月21日至22日，天津市党政代表团到甘肃省考察对接东西部协作工作。
22日上午，天津市·甘肃省东西部协作联席会议在兰州市举行。天津市委书记周样例出席并讲话，甘肃省委书记吴样例主持会议。
村民祁样例与乡亲祁　标记介绍了情况，天津市委书记周样例参加。
"""
OTHER = """样例调研组赴甘肃省调研
时间：2024-04-12　来源：样例日报　点击：5
4月10日至11日，天津市党政代表团到甘肃省考察对接东西部协作工作。
"""

_understand = evidence.understand


@cache
def _extracted(content: bytes, name: str) -> Any:
    return evidence.extract(content, name)


_read: dict[str, evidence.Document] = {}


def understand(extracted: evidence.Extracted, **settled: Restored) -> evidence.Document:
    """As `evidence.understand`, once a run for each content that nobody settled otherwise."""
    if settled:
        return _understand(extracted, **settled)
    if extracted.digest not in _read:
        _read[extracted.digest] = _understand(extracted)
    return _read[extracted.digest]


_known: dict[bytes, evidence.Extracted] = {}


def remember(extracted: evidence.Extracted, read: evidence.Document) -> None:
    """Take what another process read."""
    _known[bytes.fromhex(extracted.digest)] = extracted
    _read[extracted.digest] = read


def recall(content: bytes, _name: str) -> evidence.Extracted:
    """What was remembered of these bytes."""
    return _known[sha256(content).digest()]


def extract(content: bytes, name: str) -> Any:
    """As the sandbox, in this process and once a run: the sandbox has tests of its own."""
    return _extracted(content, name)


def proposed(
    town: Town, viewer: Viewer, proposal: documents.StoredProposal, **changes: Any
) -> Checked:
    """What a proposal says, as its page hands it to the check, but for these cells."""
    cells = {name: _cell(one["value"]) for name, one in proposal.values.items()}
    return check(viewer, cells | {"pairing": str(town.pairings["gansu"])} | changes)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _cell(inner) for name, inner in row.items()} for row in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return None if value is None else str(value)


def accept_first(town: Town, viewer: Viewer, **changes: Any) -> door.Entry:
    """Accept the first open proposal of the viewer's documents."""
    for summary in documents.listed(viewer).entries:
        document = documents.one(viewer, summary.key)
        assert isinstance(document, documents.StoredDocument)
        for proposal in document.proposals:
            if proposal.state == "open":
                checked = proposed(town, viewer, proposal, **changes)
                done = documents.accept(viewer, proposal.key, checked)
                assert isinstance(done, door.Written), done
                return done.entry
    raise AssertionError("nothing is proposed")
