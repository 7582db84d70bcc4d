"""The head of an article: title, source, day of publication, clicks, reporters, each with its span.

Read from the lines that a page prints above its text, and from what newspapers write in brackets
(记者某某). Not for the body's facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from jiedui.facts.reporters import reporters
from jiedui.facts.view import View, view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.facts.model import Span

__all__ = ["Header", "header"]

_LINES = 16
"""How many lines, blank ones not counted, a head can have."""
_LINE_LIMIT = 240
_TITLE_LIMIT = 60

_KEY = re.compile(
    r"(?P<key>发布时间|发布日期|发表时间|发稿时间|更新时间|时间|日期|信息来源|文章来源|稿件来源|新闻来源|来源|出处|"
    r"点击(?:次数|量|数)?|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|访问量|作者|本报记者|记者|撰稿|责任编辑|责编|编辑|审核|校对|"
    r"标题|题目|字体|字号|分享到?|打印|收藏|关闭) ?[:|] ?"
)
_DAY = re.compile(r"((?:19|20)\d\d)(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_COUNT = re.compile(r"\d{1,9}")
_SOURCE = re.compile(r"[《“]?([\u4e00-\u9fffA-Za-z·]{2,30}(?:\([\u4e00-\u9fff]{2,10}\))?)[》”]?")
_NEXT = re.compile(r"\s{2,}|[\n|;,]| (?=[\u4e00-\u9fff]{2,6} ?[:])")
_WIRE = re.compile(r"(?:^|\n)[#* ]*([\u4e00-\u9fff]{2,10}(?:网|社|报|台))(?:消息|讯)(?:\(|:|,| )")
_ADDRESS = re.compile(r"https?://[^\s()]{4,80}?/((?:19|20)\d\d)/(\d\d)/(\d\d)/")
_TAIL_SOURCE = re.compile(r"\((?:来源|转自|文章来源):? ?([\u4e00-\u9fffA-Za-z·]{2,20})\)")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above and around a text; `spans` has where each was read, by field."""

    title: str | None = None
    source: str | None = None
    published: date | None = None
    clicks: int | None = None
    reporters: tuple[str, ...] = ()
    body_start: int = 0
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class _Found:
    """What the lines have given so far; the first of each wins."""

    values: dict[str, str | int | date] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    writers: list[Span] = field(default_factory=list)
    end: int = 0

    def put(self, name: str, value: str | int | date, span: Span) -> None:
        if name not in self.values:
            self.values[name] = value
            self.spans[name] = [span]


def header(text: str) -> Header:
    r"""Read the head of an article; what is not there is None.

    >>> header("时间：2024-05-23\\n来源：示例日报\\n正文。").source
    '示例日报'
    """
    return header_of(view(text))


def header_of(seen: View) -> Header:
    """Read the head of a text whose view is made already."""
    found = _Found()
    _read_lines(seen.text, found)
    _read_wire(seen.text, found)
    names = reporters(seen.text, found.writers, found.end)
    title, source = found.values.get("title"), found.values.get("source")
    published, clicks = found.values.get("published"), found.values.get("clicks")
    return Header(
        title=title if isinstance(title, str) else None,
        source=source if isinstance(source, str) else None,
        published=published if isinstance(published, date) else None,
        clicks=clicks if isinstance(clicks, int) else None,
        reporters=tuple(names),
        body_start=found.end,
        spans=MappingProxyType(
            {name: tuple(spans) for name, spans in found.spans.items()}
            | ({"reporters": tuple(names.values())} if names else {})
        ),
    )


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _read_lines(text: str, found: _Found) -> None:
    """Walk the first lines while they belong to the head."""
    seen = 0
    for start, end in _lines(text):
        if not text[start:end].strip():
            continue
        seen += 1
        if seen > _LINES:
            return
        if end - start <= _LINE_LIMIT and _read_line(text, start, end, found):
            found.end = min(end + 1, len(text))
        elif "title" not in found.values and _is_title(text[start:end]) and end < len(text):
            at, stop = _trim(text, start, end)
            found.put("title", text[at:stop], (at, stop))
            found.end = end + 1
        else:
            return


def _read_line(text: str, start: int, end: int, found: _Found) -> bool:
    """Read one line of the head; False when it is none."""
    keys = list(_KEY.finditer(text, start, end))
    lead = text[start : keys[0].start()].strip(" -*·|#") if keys else text[start:end].strip()
    day = _DAY.search(text, start, end)
    if not keys:
        # A line that is nothing but a day, an hour and perhaps a newspaper.
        bare = day and len(lead) <= 40 and day.start() - start <= 20 and "," not in lead
        if bare and day and "。" not in lead and not re.search(r"[\u4e00-\u9fff]{12}", lead):
            _put_day(day, found)
            return True
        return False
    if len(lead) > 30 or "。" in text[start : keys[0].start()]:
        return False
    loose = any(key["key"].endswith(("来源", "出处")) for key in keys)
    if day and (loose or day.start() < keys[0].start()):
        _put_day(day, found)
    for index, key in enumerate(keys):
        stop = keys[index + 1].start() if index + 1 < len(keys) else end
        _read_value(text, key, stop, found)
    return True


def _read_value(text: str, key: re.Match[str], stop: int, found: _Found) -> None:
    word, at = key["key"], key.end()
    if word.endswith(("时间", "日期")):
        if day := _DAY.search(text, at, stop):
            _put_day(day, found)
    elif word.endswith(("来源", "出处")):
        if source := _SOURCE.match(text, at, stop):
            found.put("source", source[1], source.span(1))
    elif word.startswith(("点击", "浏览", "阅读", "访问")):
        if count := _COUNT.match(text, at, stop):
            found.put("clicks", int(count.group()), count.span())
    else:
        _read_words(text, word, (at, stop), found)


def _read_words(text: str, word: str, span: Span, found: _Found) -> None:
    if word in {"标题", "题目"}:
        start, end = _trim(text, *span)
        found.put("title", text[start:end], (start, end))
    elif word in {"记者", "本报记者", "作者"}:
        found.writers.append(span)


def _put_day(hit: re.Match[str], found: _Found) -> None:
    year, *rest = hit.groups()
    month, day = (int(one) for one in rest if one)
    try:
        found.put("published", date(int(year), month, day), hit.span())
    except ValueError:
        # A day that does not exist is left out: it is no day of publication.
        return


def _is_title(line: str) -> bool:
    words = line.strip(" #*-\ufeff")
    if not 4 <= len(words) <= _TITLE_LIMIT or re.search(r"[。;!]$|。|\(.*记者|讯$|^[-*]\s", words):
        return False
    return not re.match(r"(?:本报|新华社|央视网|\(|\d{1,2}月\d{1,2}日|时间|近日|日前)", words)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " #*-\ufeff":
        start += 1
    while end > start and text[end - 1] in " *#":
        end -= 1
    return start, end


def _read_wire(text: str, found: _Found) -> None:
    """The source that a text names itself (某某网消息), and the day in its address.

    Both only when no line of the head has them.
    """
    address = _ADDRESS.search(text)
    if address and "published" not in found.values:
        _put_day(address, found)
    if "source" in found.values:
        return
    hit = _WIRE.search(text, max(0, found.end - 1), found.end + 600) or _TAIL_SOURCE.search(text)
    if hit:
        found.put("source", hit[1], hit.span(1))
