"""The demonstration's postings, trips and meetings of a year; every person is plainly invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from scripts.demonstration.words import BEHIND, DEMONSTRATION, Pair, draw, person, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIPS, MEETINGS = 22, 7
# What professionals are, whence they come, where they go, and what they do.
POSTS = {
    "教师": ("示例中学教师", "示例中学", "支教"),
    "医生": ("示例医院医生", "示例医院", "坐诊带教"),
    "农技和科技人员": ("示例农技中心农艺师", "农技站", "技术指导"),
    "文旅人员": ("示例文旅公司策划", "文旅局", "线路设计"),
}
FORMS = (
    ("调研对接", "项目进度调研"), ("部门对接", "教育部门对接"), ("招商活动", "招商推介"),
    ("部门对接", "医疗部门对接"), ("调研对接", "帮扶车间调研"), ("慰问", "慰问挂职干部"),
    ("文体交流", "文化交流"), ("部门对接", "人社部门劳务对接"), ("调研对接", "产业园区调研"),
)  # fmt: skip
MEETS = (("联席会议", "县区联席会议"), ("座谈会", "项目调度座谈会"), ("座谈会", "劳务对接座谈会"))
PREFECTURES = {
    "620100": "兰州市", "620400": "白银市", "620500": "天水市", "620600": "武威市",
    "620800": "平凉市", "621000": "庆阳市", "623000": "甘南藏族自治州",
}  # fmt: skip


def professionals(pair: Pair) -> int:
    """Give how many professionals a pairing's east sends in the year."""
    return 8 if pair.called == BEHIND else draw(pair, "professionals", 20, 28)


def talent(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of postings, pairing by pairing."""
    number = count()
    return [row for pair in found for row in _postings(pair, number)]


def _postings(pair: Pair, number: count[int]) -> Iterator[dict[str, str]]:
    east, west = f"示例{pair.district}", pair.short
    cadres = 2 if pair.called == BEHIND else 3 + draw(pair, "cadres", 0, 1)
    for one in range(cadres):
        came = weekday(2023 if one < 2 else 2024, 5, 8, 7 * one)
        yield _posting(
            pair, number, "党政挂职干部", "东部到西部", f"{east}第{one + 1}局干部",
            f"{west}政府挂职", "协作专班", came, came + timedelta(days=730),
        )  # fmt: skip
    sorts = ["教师"] * 9 + ["医生"] * 8 + ["农技和科技人员"] * 4 + ["文旅人员"]
    for one in range(professionals(pair)):
        sort = sorts[one % len(sorts)]
        whence, where, duty = POSTS[sort]
        came = weekday(2024, 2 if one % 3 else 8, 26, draw(pair, f"came{one}", 0, 12))
        left = came + timedelta(days=(138, 182, 365)[draw(pair, f"stay{one}", 0, 2)])
        yield _posting(
            pair, number, sort, "东部到西部", f"{east}{whence}", f"{west}{where}", duty, came, left,
        )  # fmt: skip
    for one in range(2 if pair.called == BEHIND else draw(pair, "back", 6, 10)):
        sort = ("党政挂职干部", "教师", "医生")[one % 3]
        came = weekday(2024, 4, 8, draw(pair, f"back{one}", 0, 150))
        yield _posting(
            pair, number, sort, "西部到东部", f"{west}选派{sort[:2]}", f"{east}跟岗", "跟岗学习",
            came, came + timedelta(days=(60, 92, 183)[one % 3]),
        )  # fmt: skip


def team(found: list[Pair]) -> list[dict[str, str]]:
    """Give a batch that came last and nobody has reviewed: doctors of December, one a pairing."""
    number = count(1_100)
    day = date(2024, 12, 9)
    return [
        _posting(
            pair, number, "医生", "东部到西部", f"示例{pair.district}冬季医疗队医生",
            f"{pair.short}示例医院", "巡诊", day, day + timedelta(days=90),
        )
        for pair in found[:12]
    ]  # fmt: skip


def _posting(pair: Pair, number: count[int], *cells: str | date) -> dict[str, str]:
    sort, direction, sender, receiver, duty, came, left = cells
    in_team = sort in {"教师", "医生"} and direction == "东部到西部"
    return {
        **pair.common,
        "姓名": person(next(number)),
        "选派类别": str(sort),
        "方向": str(direction),
        "派出单位及职务": f"{sender}{DEMONSTRATION}",
        "接收单位及挂任职务": f"{receiver}{DEMONSTRATION}",
        "分管工作": str(duty),
        "到岗日期": str(came),
        "离岗日期": str(left),
        "组团式帮扶": "是" if in_team else "否",
        "帮扶类别": "人才帮扶",
    }


def exchanges(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of trips and meetings: of the counties, then of the prefectures."""
    made = [row for pair in found for row in (*_trips(pair), *_meetings(pair))]
    return [*made, *(row for code in PREFECTURES for row in _of_prefecture(code))]


def _trips(pair: Pair) -> Iterator[dict[str, str]]:
    trips = 9 if pair.called == BEHIND else TRIPS - draw(pair, "fewer", 0, 5)
    for one in range(trips):
        form, subject = FORMS[one % len(FORMS)]
        there = one % 3 != 2
        starts = weekday(2024, 1, 8, one * (160 if pair.called == BEHIND else 340) // trips)
        ends = starts + timedelta(days=draw(pair, f"days{one}", 1, 3))
        yield _exchange(
            pair.common, form, "县区级", there, f"{pair.sides}{subject}（{one + 1}）",
            (starts, ends), pair.county if there else f"天津市{pair.division}",
            5 + draw(pair, f"people{one}", 0, 13),
        )  # fmt: skip


def _meetings(pair: Pair) -> Iterator[dict[str, str]]:
    meetings = 2 if pair.called == BEHIND else MEETINGS - draw(pair, "meetings", 0, 2)
    for one in range(meetings):
        form, subject = MEETS[one % len(MEETS)]
        there = one % 2 == 0
        day = weekday(2024, 1, 16, one * (60 if pair.called == BEHIND else 48))
        yield _exchange(
            pair.common, form, "县区级", there, f"{pair.sides}{subject}（{one + 1}）",
            (day, day), pair.county if there else f"天津市{pair.division}",
            12 + draw(pair, f"met{one}", 0, 20),
        )  # fmt: skip


def _of_prefecture(code: str) -> Iterator[dict[str, str]]:
    name = PREFECTURES[code]
    common = {"协作类型": "东西部协作", "结对关系": "天津市—甘肃省（演示）", "所属地区": name}
    for one, (form, subject) in enumerate(
        (("部门对接", "市州部门对接"), ("招商活动", "市州招商推介"), ("联席会议", "市州联席会议"))
    ):
        day = weekday(2024, 3 + 3 * one, 11, int(code[2:4]))
        ends = day + timedelta(days=2 if one < 2 else 0)
        yield _exchange(
            common, form, "市州级", one != 1, f"{name}{subject}", (day, ends),
            "天津市和平区" if one == 1 else name, 16 + one * 9,
        )  # fmt: skip


def _exchange(
    common: dict[str, str],
    form: str,
    level: str,
    there: bool,  # noqa: FBT001 - a row of a table, read as one
    *cells: str | int | tuple[date, date],
) -> dict[str, str]:
    subject, days, place, people = cells
    assert isinstance(days, tuple)
    starts, ends = days
    return {
        **common,
        "类型": form,
        "层级": level,
        "方向": "东部到西部" if there else "西部到东部",
        "名称或议题": f"{subject}{DEMONSTRATION}",
        "开始日期": str(starts),
        "结束日期": "" if starts == ends else str(ends),
        "地点：行政区划": str(place),
        "党政主要负责同志带队或出席": "否",
        "人数": str(people),
    }
