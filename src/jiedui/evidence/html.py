"""The text of a page that a reader sees, paragraph by paragraph, without navigation.

Not a browser: scripts are neither run nor shown, nothing is fetched, nothing hidden is read. Own
rules rather than trafilatura's: those drop the line with date and source, which is evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.evidence.extracted import Media, Raw
from jiedui.problems import Problem, problem, said

if TYPE_CHECKING:
    from lxml.etree import _Element

    from jiedui.evidence.limits import Limits

__all__ = ["read_html"]

_UNSEEN_NAMES = (
    "script style noscript template iframe frame object embed applet svg canvas audio video map "
    "head title meta link select option datalist button textarea input"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_AROUND = frozenset({"nav", "footer", "aside", "menu"})
_BLOCKS_NAMES = (
    "html body address article blockquote center dd details dialog div dl dt fieldset figcaption "
    "figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot "
    "thead tr ul br"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CELL = "\x1f"
_GAP = re.compile(f"[ \t\n\r\f{_CELL}]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014-\u201d]")
_SENTENCE = re.compile("[。！？；]")
_HEAD = re.compile(
    "(?:来源|來源|出处|出處|时间|時間|日期|作者|记者|記者|编辑|編輯)[^：:]{0,3}[：:]"
)
_LINKED_SHARE = 0.5
_EDGES = f" \t\n\r\f{_CELL}\u00a0\u3000"


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    heading: bool = False


@dataclass(slots=True)
class _Page:
    """The lines of a page while it is walked."""

    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    links: int = 0
    pre: int = 0
    headings: int = 0
    left_out: int = 0

    def break_line(self) -> None:
        if self.lines[-1].parts:
            self.lines.append(_Line())
        self.lines[-1].heading = self.headings > 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.pre:
            for number, part in enumerate(re.split("\r\n|\r|\n", text)):
                if number:
                    self.break_line()
                self._append(part)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        if text:
            self.lines[-1].parts.append(text)
            self.lines[-1].linked += len(text.strip()) if self.links else 0


def read_html(text: str, encoding: str, limits: Limits) -> Raw | Problem:
    """Read a decoded page: its text with a line per paragraph, and its title.

    Lines that are mostly links, and nav, footer and aside, are left out and remarked; a page of
    links alone is read whole.
    """
    from lxml import etree

    # huge_tree: without it libxml2 stops at a depth of 256, with it at 2048.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.LxmlError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return problem("page-too-deep")
    if root is None:
        return problem("text-empty", what=said("这个网页"))
    kept, left_out = _without_links(_walk(root))
    body = "\n".join(kept)
    if len(body) > limits.text:
        return problem("text-too-long", limit=limits.text)
    remarks = (problem("page-parts-left-out", count=left_out),) if left_out else ()
    return Raw(body, Media.HTML, encoding, _title(root), remarks=remarks)


def _walk(root: _Element) -> _Page:
    """Collect the lines of the page, however deep it is nested."""
    from lxml import etree

    page = _Page()
    skipped: _Element | None = None
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                _leave(page, tag)
            page.add(element.tail if element is not root else None)
        elif _is_left_out(element, tag, page):
            walker.skip_subtree()
            skipped = element
        else:
            _enter(page, tag)
            page.add(element.text)
    return page


def _is_left_out(element: _Element, tag: str, page: _Page) -> bool:
    if tag in _AROUND:
        page.left_out += 1
        return True
    style = element.get("style") or ""
    return not tag or tag in _UNSEEN or "hidden" in element.attrib or bool(_HIDDEN.search(style))


def _enter(page: _Page, tag: str) -> None:
    if tag in _HEADINGS:
        page.headings += 1
    if tag in _BLOCKS:
        page.break_line()
    elif tag in _CELLS:
        page.add(_CELL)
    page.links += tag == "a"
    page.pre += tag == "pre"


def _leave(page: _Page, tag: str) -> None:
    page.links -= tag == "a"
    page.pre -= tag == "pre"
    if tag in _HEADINGS:
        page.headings -= 1
    if tag in _BLOCKS:
        page.break_line()


def _without_links(page: _Page) -> tuple[list[str], int]:
    kept, dropped = [], 0
    everything = []
    for line in page.lines:
        text = _collapse("".join(line.parts))
        if not text:
            continue
        everything.append(text)
        linked = line.linked >= _LINKED_SHARE * len(text) and not line.heading
        if linked and not (_SENTENCE.search(text) or _HEAD.search(text)):
            dropped += 1
        else:
            kept.append(text)
    return (kept, dropped + page.left_out) if kept else (everything, page.left_out)


def _collapse(text: str) -> str:
    """Bring white space to what a reader sees: one blank, none where Chinese was broken."""
    text = text.strip(_EDGES)

    def blank(gap: re.Match[str]) -> str:
        before, after = text[gap.start() - 1], text[gap.end()]
        if _CELL in gap[0]:
            return "\t"
        broken = "\n" in gap[0] and _WIDE.match(before) and _WIDE.match(after)
        return "" if broken else " "

    return _GAP.sub(blank, text)


def _title(root: _Element) -> str:
    found = root.find(".//title")
    return "" if found is None else "".join(map(str, found.itertext()))
