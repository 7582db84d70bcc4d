"""Parties: the offices, firms and organisations that take part, administrative or not."""

from __future__ import annotations

from jiedui.ledgers.declare import Register
from jiedui.ledgers.words import Choice, Choices, Place, Text


class PartyKind(Choices):
    """What sort of organisation a party is."""

    GOVERNMENT = "government", "党政机关"
    ZONE = "zone", "功能区"
    PUBLIC = "public", "事业单位"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医院"
    COMPANY = "company", "企业"
    SOCIAL = "social", "社会组织"
    VILLAGE = "village", "村和社区"
    OTHER = "other", "其他"


class Parties(Register):
    """Parties (单位): who takes part; a functional zone is one, though it has no division code."""

    title = "单位名录"
    shared = True
    shelf = 20

    full_name = Text("单位全称", also=("单位名称", "名称"), required=True)
    short_name = Text("简称")
    sort = Choice("单位类别", PartyKind, required=True)
    place = Place("所在地区", also=("地区",), required=True)
    credit_code = Text("统一社会信用代码", credit=True)

    label = ("full_name",)
    listed = ("full_name", "sort", "place")
    filters = ("full_name", "sort", "place")
    identity = ("full_name",)
