"""Kinds of assistance and fields of cooperation by the words that name them.

The codes are those that ledgers have (`ledgers.every`), which stand above and are not asked. Not
for whether anybody promises anything: `commitments.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.model import Span

__all__ = ["AREAS", "KINDS", "Topic", "area_words", "kind_of"]

# The four kinds by their names; what names none of them may still speak of one.
_NAMED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("industry", re.compile(r"产业(?:帮扶|协作|合作)")),
    ("livelihood", re.compile(r"民生(?:帮扶|协作|合作|实事)")),
    ("talent", re.compile(r"人才(?:帮扶|协作|支援)")),
    ("social", re.compile(r"社会(?:帮扶|协作)")),
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("industry", re.compile(r"产业(?!发展大会)")),
    ("talent", re.compile(r"(?:干部|人才)(?:人才)?|专业技术人员|支教|支医|选派|挂职")),
    ("social", re.compile(r"社会力量|爱心|商协会|慈善|志愿")),
    ("livelihood", re.compile(r"民生|教育|医疗|卫生|就业|务工|劳务|培训|联农带农")),
)
AREAS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("logistics", re.compile(r"港口|物流|港航|陆港|口岸|多式联运")),
    ("technology", re.compile(r"科技|科创|技术攻关|成果转化")),
    ("tourism", re.compile(r"文化旅游|文旅|旅游")),
    ("energy", re.compile(r"新能源|清洁能源|风电|光伏|储能|氢能|绿电")),
    ("materials", re.compile(r"新材料")),
    ("medicine", re.compile(r"生物医药|中医药|医药")),
    ("ecology", re.compile(r"生态环保|生态|环保|环境治理|水土保持")),
    ("digital", re.compile(r"数字经济|数字化|大数据|算力|人工智能")),
    (
        "farm-products",
        re.compile(r"农产品(?:精深)?加工|农特产品|特色农业|现代农业|农牧业|畜牧业|农产品|消费帮扶"),
    ),
    ("education", re.compile(r"教育|办学|学校|支教|教师|校长")),
    ("health", re.compile(r"医疗|卫生健康|卫生|医院|支医|医生|医护")),
    ("training", re.compile(r"(?:就业)?(?:技能|职业)培训|培训")),
    ("labour", re.compile(r"劳务(?:对接|协作|输转|输出)?|就业(?!技能)|务工|用工|稳岗")),
    ("farmers", re.compile(r"联农带农|利益联结")),
    (
        "cadres",
        re.compile(r"(?:援\S)?(?:干部人才|党政干部|挂职干部|专业技术人才|干部|人才)"),
    ),
    ("relief", re.compile(r"抗震救灾|救灾|灾后重建|防灾减灾")),
    ("opening", re.compile(r"开放(?:开发|型经济|合作)|“一带一路”|一带一路|外贸")),
    ("culture", re.compile(r"人文(?:交流|合作)|文化交流|文体交流")),
)
# 社会帮扶 and 人才帮扶 name a kind, and no field besides.
_NO_AREA = re.compile(r"(?:产业|民生|人才|社会)(?:帮扶|协作)|农村人居")


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of cooperation and the words that name it."""

    area: str
    span: Span


def kind_of(text: str, start: int, end: int) -> str | None:
    """The kind of assistance that a clause names, or the only one that it speaks of.

    >>> kind_of("进一步抓好产业帮扶", 0, 9), kind_of("健全教育、干部人才机制", 0, 11)
    ('industry', None)
    """
    named = next((kind for kind, words in _NAMED if words.search(text, start, end)), None)
    spoken = {kind for kind, words in KINDS if words.search(text, start, end)}
    return named or (spoken.pop() if len(spoken) == 1 else None)


def area_words(text: str, start: int, end: int) -> Iterator[Topic]:
    """The fields that a clause names, in the order of the text, each once.

    >>> text = "加大教育、医疗支援力度"
    >>> [one.area for one in area_words(text, 0, len(text))]
    ['education', 'health']
    """
    named = [hit.span() for hit in _NO_AREA.finditer(text, start, end)]
    found: list[Topic] = []
    for area, words in AREAS:
        for hit in words.finditer(text, start, end):
            inside = [*named, *(one.span for one in found)]
            if not any(first <= hit.start() < last for first, last in inside):
                found.append(Topic(area, hit.span()))
                break
    yield from sorted(found, key=lambda one: one.span)
