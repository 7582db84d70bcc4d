"""Pairings: which eastern party helps which western party, and from when until when."""

from __future__ import annotations

from jiedui.ledgers.declare import Register, Rule, Unknown
from jiedui.ledgers.every import Programme
from jiedui.ledgers.words import Choice, Choices, Date, Ref, Text


class PairingKind(Choices):
    """At which level, or between which sorts of parties, a pairing is made."""

    PROVINCE = "province", "省际"
    PREFECTURE = "prefecture", "市州"
    COUNTY = "county", "县区"
    TOWNSHIP = "township", "乡镇街道"
    VILLAGE = "village", "村和社区"
    COMPANY = "company", "企业与村"
    SOCIAL = "social", "社会组织与村"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医院"
    OFFICE = "office", "部门"
    PARK = "park", "园区"
    OTHER = "other", "其他"


class Pairings(Register):
    """Pairings (结对): two distinct parties and the days on which the pairing is in force."""

    title = "结对名录"
    shared = True
    shelf = 10

    called = Text("结对名称", also=("名称",), required=True)
    programme = Choice("协作类型", Programme, required=True)
    sort = Choice("结对类型", PairingKind, required=True)
    east = Ref("东部单位", "parties", also=("甲方", "帮扶方"), required=True)
    west = Ref("西部单位", "parties", also=("乙方", "受援方"), required=True)
    since = Date("起始日期", also=("签订日期",), required=True)
    until = Date("终止日期", note="长期有效的留空")
    origin = Text("出处", note="协议、文件或公开来源")

    label = ("called",)
    listed = ("called", "programme", "sort", "since", "until")
    filters = ("programme", "sort", "called")
    identity = ("programme", "sort", "east", "west", "since")
    rules = (
        Rule("two-parties", "east <> west", "结对的两方不能是同一单位"),
        Rule("until-after-since", "until >= since", "终止日期早于起始日期", Unknown.PASS),
    )
