"""`jiedui read`: print what Jiedui finds in documents, for people or as JSON.

Not for deciding anything: the parser runs apart in a child process, and what the text says is
`jiedui.evidence.understand`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import east_asian_width

import typer

from jiedui.cli import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jiedui.evidence import Document
    from jiedui.problems import Problem

app = typer.Typer(**OPTIONS)

_STANDARD_INPUT = "-"
_LABEL, _INDENT = 10, 2
_MARKED, _QUOTE, _FIELD = 10, 60, 18
_REASONS = {
    FileNotFoundError: "没有这个文件，请核对路径。",
    IsADirectoryError: "这是文件夹，请指定其中的文件。",
    PermissionError: "没有读取权限，请核对文件的权限。",
}
_EVENTS = {"visit": "考察", "meeting": "会议", "joint-meeting": "联席会议"}
_SIDES = {"east": "东部", "west": "西部", None: "未定"}
_DEEDS = {"chaired": "主持", "spoke": "讲话", "reported": "介绍情况", "attended": "参加"}
_HOW = {"stated": "", "derived": "（推得）"}


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(metavar="文件…", help="要读的文件；- 为标准输入")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="打印 JSON：一个文件一个对象，多个文件一个数组")
    ] = False,
) -> None:
    """读资料（txt、html、docx、pdf）：复原文字，列出事实与拟录。

    有文件读不了时，原因写到标准错误，并以 1 退出。
    """
    from jiedui.problems import Problem

    answers: list[dict[str, Any]] = []
    failed = False
    for name in files:
        found = _read(name)
        if isinstance(found, Problem):
            failed = True
            answers.append({"problems": [found.as_json()]})
            _say(name, [found])
            continue
        answers.append(found.as_json())
        _say(name, found.remarks)
        if not as_json:
            typer.echo("\n".join(_summary(name, found, answers[-1])))
    if as_json:
        answer = answers[0] if len(answers) == 1 else answers
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    raise typer.Exit(int(failed))


def _read(name: str) -> Document | Problem:
    from jiedui.evidence import understand
    from jiedui.problems import Problem, problem
    from jiedui.site.sandbox import extract_apart

    try:
        content = _content(name)
    except OSError as error:
        return problem("file-unreadable", found=name, why=reason_of(error))
    extracted = extract_apart(content, name)
    return extracted if isinstance(extracted, Problem) else understand(extracted)


def reason_of(error: OSError) -> str:
    """Why a file cannot be opened, and what to do about it."""
    return _REASONS.get(type(error), error.strerror or str(error))


def _content(name: str) -> bytes:
    """The bytes of a file, but of one over the limit only enough to see that it is."""
    from jiedui.evidence import LIMITS

    if name == _STANDARD_INPUT:
        return sys.stdin.buffer.read(LIMITS.content + 1)
    with Path(name).open("rb") as file:
        return file.read(LIMITS.content + 1)


def _say(name: str, problems: Iterable[Problem]) -> None:
    for one in problems:
        found = f"（{one.found}）" if one.found and one.found != name else ""
        typer.echo(f"{name}：{one.title}{found}。{one.hint}", err=True)


# The summary, in the words of a reader. `said` is the document as JSON.


def _summary(name: str, document: Document, said: dict[str, Any]) -> Iterator[str]:
    events = [fact for fact in said["facts"] if fact["kind"] == "event"]
    people = [fact for fact in said["facts"] if fact["kind"] == "person"]
    yield name
    yield from _head(document)
    yield from _edits(said)
    for event in events:
        yield from _event(event)
    for fact in said["facts"]:
        yield from _told(fact)
    if people:
        yield _row("人物", f"{len(people)} 人")
        yield from map(_person, people)
    for proposal in said["proposals"]:
        yield from _proposal(document, proposal)
    if not (events or people or said["proposals"]):
        yield _row("事实", "没有读出活动和人物")
    yield ""


def _head(document: Document) -> Iterator[str]:
    yield _row("标题", document.title or "（未见）")
    yield _row("来源", document.source or "（未见）")
    yield _row("日期", document.published.isoformat() if document.published else "（未见）")
    if document.clicks is not None:
        yield _row("点击", str(document.clicks))
    if document.reporters:
        yield _row("记者", "、".join(document.reporters))
    encoding = f"，{document.encoding}" if document.encoding else ""
    yield _row("文件", f"{document.media}{encoding}，{len(document.text):,} 字")


def _edits(said: dict[str, Any]) -> Iterator[str]:
    marked = [edit for edit in said["edits"] if not edit["sure"]]
    sure = len(said["edits"]) - len(marked)
    yield _row("复原", f"改 {sure} 处，存疑照留 {len(marked)} 处" if said["edits"] else "无需复原")
    for edit in marked[:_MARKED]:
        doubt = f"或为 {'、'.join(edit['candidates'])}" if edit["candidates"] else edit["reason"]
        yield _line(f"第 {edit['start']} 字：{_short(edit['found'])}，{doubt}")
    if len(marked) > _MARKED:
        yield _line(f"……另有 {len(marked) - _MARKED} 处")


def _event(event: dict[str, Any]) -> Iterator[str]:
    days = [day for day in dict.fromkeys((event["from"], event["to"])) if day]
    days = days or ([event["without_year"] + "（缺年份）"] if event["without_year"] else [])
    kind = _EVENTS.get(event["type"], event["type"])
    yield _row("活动", "  ".join(part for part in (kind, " 至 ".join(days)) if part))
    yield _line(event["name"])
    if event["places"]:
        yield _line("地点：" + "、".join(place["name"] for place in event["places"]))
    if event["people"]:
        yield _line(f"参加：{len(event['people'])} 人")
    yield _line(f"“{_short(event['quote'])}”")


def _told(fact: dict[str, Any]) -> Iterator[str]:
    """A commitment or an aid, in one line; other facts are told elsewhere."""
    if fact["kind"] == "commitment":
        who = "双方" if fact["both"] else _SIDES.get(fact["side"], "")
        yield _row("承诺", f"{fact['speaker']}（{who}）：{_short(fact['quote'])}")
    if fact["kind"] == "aid":
        given = [one["what"] for kind in ("funds", "goods", "teams") for one in fact[kind]]
        yield _row("援助", f"{fact['event']}：{fact['giver_name']}，{'、'.join(given)}")
    if fact["kind"] == "movement":
        yield _movement(fact)


def _movement(fact: dict[str, Any]) -> str:
    from jiedui.ledgers.show import money

    amount = money(fact["amount"]) if fact["amount"] is not None else "金额不明"
    return _row("资金", f"{fact['giver_name']} 给 {fact['receiver_name']}：{amount}")


def _person(person: dict[str, Any]) -> str:
    deeds = "、".join(_DEEDS.get(deed, deed) for deed in person["did"])
    side = _SIDES.get(person["side"], "")
    how = "（推得）" if person["side"] and person["how"] == "derived" else ""
    part = deeds if person["took_part"] else "仅提及，未参加"
    return _line(f"{_pad(side + how, 14)}{_pad(person['name'], 10)}{person['post']}  {part}")


def _proposal(document: Document, proposal: dict[str, Any]) -> Iterator[str]:
    from jiedui import ledgers
    from jiedui.evidence import rule, sentence_at
    from jiedui.ledgers.show import labels

    ledger = ledgers.ledgers()[proposal["ledger"]]
    yield _row("拟录", ledger.title)
    cited = set()
    for name, one in proposal["values"].items():
        label: str = ledger.fields[name].label
        for shown in _shown(ledger.fields[name], one["value"]):
            yield _line(_pad(label, _FIELD) + shown + ("" if not label else _HOW[one["how"]]))
            label = ""
        cited |= {sentence_at(document.text, start, end) for start, end in one["citations"]}
    for why in proposal["unsure"]:
        yield _line(_pad("（把握不大）", _FIELD) + rule(why))
    missing = ["·".join(labels(ledger, name)) for name in proposal["missing"]]
    if missing:
        yield _line(_pad("（待填）", _FIELD) + "、".join(missing))
    for passage in sorted(cited, key=lambda one: one.start):
        yield _line(f"佐证：“{passage.of(document.text)}”")


def _shown(field: Any, value: Any) -> list[str]:
    """A proposed value in the words of its field; of child rows a line each, without flags."""
    from jiedui.ledgers import show

    if not isinstance(value, list):
        return [show(field, value)]
    told = {name for name, one in field.fields.items() if one.kind != "flag"}
    rows = ({name: one for name, one in row.items() if name in told} for row in value)
    return [show(field, (row,)) for row in rows]


def _row(label: str, text: str) -> str:
    return " " * _INDENT + _pad(label, _LABEL - _INDENT) + text


def _line(text: str) -> str:
    return " " * _LABEL + text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"


def _pad(text: str, width: int) -> str:
    """Fill a text with blanks to a width in columns, of which a Chinese character takes two."""
    taken = sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(1, width - taken)
