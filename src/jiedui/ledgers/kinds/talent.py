"""Talent: cadres and professionals posted from one side to the other."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.every import Direction
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Flag, Text


class TalentSort(Choices):
    """In what capacity a person is posted."""

    CADRE = "cadre", "党政挂职干部"
    TEACHER = "teacher", "教师"
    DOCTOR = "doctor", "医生"
    FARMING = "farming", "农技和科技人员"
    PLANNING = "planning", "规划建设人员"
    TOURISM = "tourism", "文旅人员"
    INVESTMENT = "investment", "招商和经济人员"
    OTHER = "other", "其他"


class Degree(Choices):
    """The highest degree, in the classes of GB/T 4658."""

    DOCTOR = "doctor", "博士研究生"
    MASTER = "master", "硕士研究生"
    BACHELOR = "bachelor", "大学本科"
    COLLEGE = "college", "大学专科"
    OTHER = "other", "其他"


class Term(Choices):
    """For how long a posting is meant; which of them count is the year's own rule."""

    WEEKS = "weeks", "不满1个月"
    QUARTER = "quarter", "1至3个月"
    HALF = "half", "3至6个月"
    YEAR = "year", "6至12个月"
    LONG = "long", "1年以上"
    LONGER = "longer", "2年以上"


class Talent(Ledger):
    """Talent (干部人才选派): a row a posting, with its days; the person's name is protected."""

    title = "干部人才选派台账"
    shelf = 30

    person_name = Text(
        "姓名", person=True, limit=40, required=True, note="加密保存，只有本单位可见"
    )
    sort = Choice(
        "选派类别", TalentSort, also=("类别", "人员类别", "选派类型", "人才类别"), required=True
    )
    direction = Choice("方向", Direction, also=("选派方向",), required=True)
    sender = Text(
        "派出单位及职务", also=("派出单位", "选派单位", "派出单位及职务职称"), required=True
    )
    receiver = Text(
        "接收单位及挂任职务",
        also=("接收单位", "挂职单位及职务", "挂职单位", "接收单位及职务"),
        required=True,
    )
    duty = Text("分管工作", also=("工作分工", "分管领域"))
    arrives = Date(
        "到岗日期", also=("到岗时间", "开始日期", "挂职开始时间", "挂职时间", "选派时间"),
        required=True, until="leaves",
    )  # fmt: skip
    leaves = Date(
        "离岗日期",
        also=("离岗时间", "结束日期", "挂职结束时间", "期满日期", "期满时间"),
        note="在岗的留空",
    )
    in_team = Flag("组团式帮扶", also=("是否组团式",))
    profession = Text("职称或专业", also=("职称", "专业", "职称专业"), limit=60)
    degree = Choice("学历", Degree)
    term = Choice("期限类别", Term, also=("期限", "选派期限", "挂职期限", "选派时长"))
    document = Text("任职文件", also=("任职文号", "选派文件"), limit=120)
    pupils = Count("帮带人数", unit=Unit.PERSONS, also=("帮带徒弟数",), high=100_000)
    treated = Count("诊疗人次", unit=Unit.PERSON_TIMES, high=10_000_000)
    lessons = Count("授课课时", also=("课时",), high=100_000)

    on = "arrives"
    label = ("sort", "receiver", "arrives")
    listed = (
        "sort", "direction", "sender", "receiver", "arrives", "leaves", "place", "state",
    )  # fmt: skip
    filters = ("sort", "direction", "arrives", "place", "sender", "receiver", "state")
    identity = ("sort", "direction", "sender", "receiver", "arrives", "person_name")
    rules = (
        Rule("leaves-before-arrives", "leaves > arrives", "离岗日期不晚于到岗日期", Unknown.PASS),
    )
    across = (
        # A first posting without an end beside a third one is not seen; of two every overlap is.
        Across(
            "posted-in-two-places", ("person_name", "direction"),
            "count(distinct place) <= 1 or coalesce(max(arrives) >= min(leaves), false)",
            "同名的人同时在不止一个县区在岗，请核对是不是同一人填了两次",
        ),
    )  # fmt: skip
    indicators = tuple(
        Indicator(
            f"{code}{suffix}", f"{title}{words}", "count(*)", Unit.PERSONS, on="arrives",
            kind=kind, ends=ends, where=where, by=("sort", "place", *cuts), note=note,
            part_of=f"{whole}{suffix}" if whole else "",
        )
        for code, whole, title, where in (
            ("T01", "", "党政挂职干部（东部到西部）",
             "sort = 'cadre' and direction = 'east-to-west'"),
            ("T02", "", "专业技术人才（东部到西部）",
             "sort <> 'cadre' and direction = 'east-to-west'"),
            ("O01", "T02", "组团式帮扶人才",
             "sort <> 'cadre' and direction = 'east-to-west' and coalesce(in_team, false)"),
            ("T03", "", "干部人才（西部到东部）", "direction = 'west-to-east'"),
        )
        for suffix, words, kind, ends, cuts, note in (
            ("", "在岗人数", Kind.STOCK, "leaves", (),
             "截止日当天在岗的人数：已到岗，尚未离岗。"),
            ("N", "新派人数", Kind.FLOW, "", ("month",), "期内到岗的人数，与在岗人数不可相加。"),
        )
    )  # fmt: skip
