"""The fields that every entry has, declared once; ledgers add their own between them.

A register has only the last group: it is not itself part of a programme's year.
"""

from __future__ import annotations

from jiedui.ledgers.words import (
    Choice,
    Choices,
    Count,
    Field,
    Many,
    Place,
    Ref,
    Row,
    Text,
    declared_fields,
)


class Programme(Choices):
    """The programmes of regional cooperation; a county may be in several at once."""

    EAST_WEST = "east-west", "东西部协作"
    COUNTERPART = "counterpart", "对口支援"
    COOPERATION = "cooperation", "对口合作"
    DESIGNATED = "designated", "定点帮扶"


class Assistance(Choices):
    """The four kinds of assistance."""

    INDUSTRY = "industry", "产业帮扶"
    LIVELIHOOD = "livelihood", "民生帮扶"
    TALENT = "talent", "人才帮扶"
    SOCIAL = "social", "社会帮扶"


class Area(Choices):
    """The fields in which two regions cooperate."""

    LOGISTICS = "logistics", "港口物流"
    TECHNOLOGY = "technology", "科技创新"
    TOURISM = "tourism", "文化旅游"
    ENERGY = "energy", "新能源"
    MATERIALS = "materials", "新材料"
    MEDICINE = "medicine", "生物医药"
    ECOLOGY = "ecology", "生态环保"
    DIGITAL = "digital", "数字经济"
    FARM_PRODUCTS = "farm-products", "农产品精深加工"
    EDUCATION = "education", "教育"
    HEALTH = "health", "医疗"
    TRAINING = "training", "就业技能培训"
    LABOUR = "labour", "劳务对接"
    FARMERS = "farmers", "联农带农"
    CADRES = "cadres", "干部人才交流"
    RELIEF = "relief", "抗震救灾"
    OPENING = "opening", "开放合作"
    CULTURE = "culture", "人文交流"


class State(Choices):
    """Where an entry stands in the review."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已核实"


class Direction(Choices):
    """Who went to whom; a meeting in the west held by a visiting side goes east to west."""

    EAST_TO_WEST = "east-to-west", "东部到西部"
    WEST_TO_EAST = "west-to-east", "西部到东部"


class Side(Choices):
    """The two sides of a pairing."""

    EAST = "east", "东部"
    WEST = "west", "西部"


class Source(Row):
    """What proves an entry: words of a document, or the row of a workbook's sheet.

    Words are code points `starts_at` to `ends_at` of a document, for one `field`; `seal` is the
    start of their SHA-256. The words themselves stay in the document: they may name a person,
    and what is hashed into the chain cannot be erased. A row is the `row` of a `sheet`, as the
    sheet numbers it, of the workbook whose batch is `document`.
    """

    document = Text("资料", limit=64, required=True)
    starts_at = Count("起")
    ends_at = Count("止")
    field = Text("证明的栏目", limit=80)
    seal = Text("原文摘要", limit=32)
    sheet = Text("工作表", limit=200)
    row = Count("行", high=1_048_576)


class _Before:
    programme = Choice("协作类型", Programme, required=True, spans=True)
    pairing = Ref("结对关系", "pairings", also=("结对",), required=True, spans=True)
    place = Place(
        "所属地区",
        also=("地区", "县区", "行政区划", "县（市、区）", "县（市）", "县市区", "县（区）"),
        required=True,
        spans=True,
    )


class _After:
    kind = Choice("帮扶类别", Assistance, also=("帮扶类型",), spans=True)
    areas = Many(Choice("领域", Area, also=("合作领域",)))
    state = Choice("审核状态", State, typed=False)
    year = Count("年度", typed=False)


class _Always:
    owner = Ref("填报单位", "parties", typed=False)
    sources = Many(Source, "佐证", typed=False)


BEFORE: dict[str, Field] = declared_fields(_Before)
AFTER: dict[str, Field] = declared_fields(_After)
ALWAYS: dict[str, Field] = declared_fields(_Always)
