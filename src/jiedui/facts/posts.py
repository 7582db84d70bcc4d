"""Posts: which words are one, where they begin, and whose place they name.

A post ends in a head (书记, 省长, 厅长, 领队 …); what stands before it is read from the left as
place, level and organ. Not for names: `names.py`; not for who did what: `people.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.facts.gazetteer import Gazetteer
    from jiedui.places import PlaceCode

__all__ = ["HEAD", "Post", "is_loose", "is_officer", "post_before"]

_RANK = (
    r"(?:名誉|第一|常务|执行|专职|挂职|驻村|原|前|时任|代理|代|高级|资深|首席|援派|援建|支教|支医|特级|"
    r"一级|二级|三级|四级|总|党组|党委|党总支|党支部|副)*副?"
)
_OFFICE = (
    r"书记|主席|主任|委员长|委员|常委|秘书长|秘书|省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|村长|专员|部长|厅长|局长|署长|"
    r"司长|处长|科长|股长|检察长|审判长|庭长|总指挥长|总指挥|指挥长|指挥|领队|队长|组长|团长|司令员|司令|政治委员|政委|"
    r"巡视员|调研员|督察长|总督学|总工程师|总经济师|总会计师|党组成员|班子成员|成员|负责同志|负责人|主要领导|"
    r"领导同志|领导|公使|大使|参赞|领事|监察专员|召集人|联络员|街道办主任|干部"
)
_OTHER = (
    r"董事长|总经理|经理|总裁|会长|理事长|理事|院长|校长|所长|站长|馆长|台长|社长|园长|行长|分行长|总编辑|总监|厂长|场长|"
    r"教授|研究员|医师|医生|护士长|教师|老师|工程师|农艺师|兽医师|专家|院士|创始人|代表|客商|技术员|科技特派员|特派员"
)
HEAD = re.compile(rf"(?:{_RANK})(?:{_OFFICE}|{_OTHER})(?:助理)?(?:\([^()]{{1,12}}\))?")
"""A head of a post with its rank, wherever it stands."""
_OFFICER = re.compile(rf"(?:{_OFFICE})(?:助理)?(?:\([^()]{{1,12}}\))?$")
_LOOSE = re.compile(r"(?:干部|代表|成员|专家|教师|老师|医生|客商|负责同志|负责人|委员|指挥|组长)$")
_LEVEL = (
    r"(?:我|本|兼)?(?:省级|市级|县级|州级|区级|省市县?|市州|市县|省直|市直|省|市|区|县|自治区|自治州|自治县|州|盟|旗|镇|乡|村|"
    r"街道|地区|行署|地|全国|中共中央|中央军委|中央|国家|国务院|中共|兵团|师市|师|新区|两省市|两省区|两省|两市|双方|有关|主要)?"
)
_ORGAN = (
    r"(?:党政代表团|代表团|考察团|访问团|前方指挥部|指挥部|工作队|党政主要|党政|四大班子|政治局|军委|委员会|人民政府|政府|人大常委会|人大|政协|纪委监委|纪委监察委|纪律检查委员会|纪检监察组|纪委|监察委员会|"
    r"监察委|监委|党工委|工委|党委|党组|团委|委办公厅|委办公室|委|军区|军分区|警备区|武警总队|总队|高级人民法院|中级人民法院|人民法院|高院|"
    r"中院|法院|人民检察院|检察院|组织部?|宣传部?|统战部?|社会工作部|政法委|政研室|政策研究室|党校|总工会|妇联|共青团|工商联|"
    r"科协|残联|文联|侨联|红十字会|台办|网信办|编办|办公厅|办公室|研究室|机关|部|厅|局|办|处|科|所|书记处|常务委员会|主席团|和|、)*"
)
_OPEN = (
    r"[\u4e00-\u9fff·A-Za-z0-9]{2,16}?(?:厅|局|办公室|办|委员会|委|部|处|科|中心|集团|公司|大学|学院|学校|中学|小学|幼儿园|医院|协会|"
    r"商会|联合会|总会|学会|促进会|研究院|研究所|研究中心|院|所|指挥部|工作队|工作组|工作团|队|组|专班|支部|银行|分行|园区|管委会|合作社|基金会|"
    r"报社|电视台|开发区|新区|代表团|考察团|考察组|党校|联社|社区|村委会|村|镇|乡|街道办事处|街道办|街道|前指|领导小组|小组|基地|企业|厂)"
)
_FIXED = re.compile(rf"{_LEVEL}{_ORGAN}(?:{_RANK})(?:{_OFFICE}|{_OTHER})(?:助理)?")
_WIDE = re.compile(
    rf"{_LEVEL}{_ORGAN}(?:{_OPEN}){{0,3}}{_ORGAN}(?:{_RANK})(?:{_OFFICE}|{_OTHER})(?:助理)?"
)
_LEVELLED = re.compile(
    rf"(?=(?:我|本)?(?:省|市|自治区|州|县|区|全国|中共|中央|国务院|国家)){_WIDE.pattern}"
)
_LEVEL_INSIDE = re.compile(
    r"中共|中央|国务|(?:省|市|州|县|区|盟|旗)(?:委|政府|人大|政协|纪委|长(?!$)|领导(?!$)|直|级)|以及|及|与|由|陪同|会见"
)
_NOISE = re.compile(
    r"^(?:以及|及其|及|和|与|同|由|跟|随|经|请|向|对|据|在|的|是|任|会见了?|看望了?|拜会了?|陪同|一同|欢迎|邀请|感谢|委托|"
    r"率领|会上|其间|期间|随后|参加.{0,6}的|出席.{0,6}的|来自|现任|担任|兼任|时任|还有|有|当日|当天|上午|下午|晚上|日)+"
)
_BREAK = re.compile(r"[,。;:!?()“”\"'》《\n ]")
_LEVEL_WORD = re.compile(r"^(?:我|本|全)?(自治区|自治州|自治县|省|市|区|县|州|盟|旗|镇|乡|地)")
_SELF_LEVEL = re.compile(r"(?:副|代|代理|常务)*(省|市|区|县|州|盟|旗|镇|乡)长$")
_LIMIT = 44


@dataclass(frozen=True, slots=True)
class Post:
    """A post at a span: the place that it names, or only the level of a place it leaves unsaid."""

    start: int
    end: int
    code: PlaceCode | None
    level: str | None


def is_loose(head: str) -> bool:
    """Whether a head is also a common word (干部, 代表), so that a name behind it must be sure."""
    return bool(_LOOSE.search(head))


def is_officer(post: str) -> bool:
    """Whether a post is a public office and not a trade or a firm's."""
    return bool(_OFFICER.search(post)) and not re.search(r"公司|集团|银行|商会|协会", post)


def post_before(
    text: str, head: re.Match[str], gazetteer: Gazetteer, near: Sequence[PlaceCode]
) -> Post | None:
    """The post that a head ends, with the posts before it (省委书记、省人大常委会主任)."""
    item = _item(text, head.end(), gazetteer, near)
    if item is None:
        return None
    first = item
    code, level = item.code, item.level
    while text[first.start - 1 : first.start] == "、":
        before = _item(text, first.start - 1, gazetteer, near)
        if before is None:
            break
        first = before
        code, level = (before.code, before.level) if before.code or not code else (code, level)
    return Post(first.start, head.end(), code, level if code is None else None)


def _item(text: str, end: int, gazetteer: Gazetteer, near: Sequence[PlaceCode]) -> Post | None:
    """One post that ends at `end`: the leftmost start from which the whole is a post."""
    floor = _floor(text, end)
    start = floor + _noise(text[floor:end])
    return _structured(text, start, end, gazetteer, near)


def _level(text: str, start: int, end: int) -> str | None:
    """The level a post names by its word alone: 省 of 省委书记, 市 of 副市长."""
    words = text[start:end]
    hit = _LEVEL_WORD.match(words) or _SELF_LEVEL.search(words)
    return hit[1] if hit else None


def _floor(text: str, end: int) -> int:
    floor = max(0, end - _LIMIT)
    for at in range(end - 1, floor - 1, -1):
        if text[at] == "、" or (_BREAK.match(text[at]) and text[at] != "("):
            # A bracket inside a post, 主任(兼), does not end it.
            if text[at] == ")" and at == end - 1:
                continue
            return at + 1
    return floor


def _noise(segment: str) -> int:
    hit = _NOISE.match(segment)
    return hit.end() if hit else 0


def _placed(
    text: str, start: int, end: int, gazetteer: Gazetteer, near: Sequence[PlaceCode]
) -> Post | None:
    """A post that begins with a place; of 甘肃省长 the level belongs to both."""
    words = text[:end]
    for at in range(start, end - 1):
        chain = gazetteer.chain(words, at, near)
        if chain is None:
            continue
        for cut in (chain.end, chain.end - 1):
            if cut > at + 1 and _WIDE.fullmatch(text, cut, end):
                return Post(at, end, chain.code, None)
    return None


def _structured(
    text: str, start: int, end: int, gazetteer: Gazetteer, near: Sequence[PlaceCode]
) -> Post | None:
    """The earliest start at a place, or else at a level, from which the rest is a post."""
    placed = _placed(text, start, end, gazetteer, near)
    if placed is not None:
        return placed
    if _WIDE.fullmatch(text, start, end) and not _LEVEL_INSIDE.search(text, start + 1, end):
        return Post(start, end, None, _level(text, start, end))
    for pattern in (_LEVELLED, _FIXED):
        for at in range(start, end - 1):
            if pattern.fullmatch(text, at, end):
                return Post(at, end, None, _level(text, at, end))
    return None
