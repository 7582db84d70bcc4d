"""The inside of the sandbox: bytes on stdin, the extracted text as JSON on stdout.

Not for calling: `jiedui.site.sandbox` starts it, in a process of its own. It ties its own hands
(`tied`) before it looks at a byte.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from jiedui.evidence.extract import extract
from jiedui.evidence.extracted import Extracted, Media
from jiedui.problems import Problem, Span, Whole, packed, unpacked
from jiedui.tied import answer_once

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_wire", "to_wire"]

_CODECS = "utf-8 gb18030 gb2312 big5 cp950 big5hkscs utf-16-le utf-16-be cp437 latin-1"


def to_wire(found: Extracted | Problem) -> bytes:
    """Write a result as JSON in UTF-8; the places of problems are `Whole` or `Span` here."""
    if isinstance(found, Problem):
        return json.dumps({"problem": _problem_out(found)}, ensure_ascii=False).encode()
    remarks = [_problem_out(remark) for remark in found.remarks]
    fields = asdict(replace(found, remarks=())) | {"remarks": remarks}
    return json.dumps({"extracted": fields}, ensure_ascii=False).encode()


def from_wire(answer: bytes) -> Extracted | Problem:
    """Read what `to_wire` wrote; raises ValueError, KeyError or TypeError on anything else."""
    found = json.loads(answer)
    if "problem" in found:
        return _problem_in(found["problem"])
    fields: dict[str, Any] = found["extracted"]
    remarks = tuple(_problem_in(remark) for remark in fields.pop("remarks"))
    media = Media(fields.pop("media"))
    return Extracted(media=media, remarks=remarks, **fields)


def _problem_out(found: Problem) -> dict[str, Any]:
    at = [found.at.start, found.at.end] if isinstance(found.at, Span) else None
    return {"at": at, **packed(found)}


def _problem_in(found: Mapping[str, Any]) -> Problem:
    at = Span(*found["at"]) if found["at"] else Whole()
    return unpacked(found, at)


def _load(content: bytes, _ending: str) -> None:
    """Import what reading these bytes needs, because afterwards no file can be opened."""
    import charset_normalizer  # noqa: F401 - wanted in memory

    for codec in _CODECS.split():
        "".encode(codec)
    if b"%PDF-" in content[:1024]:
        import pypdfium2

        import jiedui.evidence.pdf

        pypdfium2.PdfDocument.new().close()
    else:
        from lxml import etree

        import jiedui.evidence.docx
        import jiedui.evidence.html  # noqa: F401 - wanted in memory

        etree.fromstring("<a/>")


def _answer(content: bytes, ending: str) -> bytes:
    return to_wire(extract(content, ending))


def main() -> None:
    """Answer one document; what is asked with is the ending of its name."""
    answer_once(_load, _answer)


if __name__ == "__main__":
    main()
