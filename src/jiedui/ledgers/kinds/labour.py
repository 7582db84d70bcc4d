"""Labour: how many people the cooperation helped into work, as counts and never as names."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Many, Place, Text


class LabourRegion(Choices):
    """Where the work is, as reports ask."""

    EAST = (
        "east",
        "东部结对省（市）",
        "东部",
        "东部结对省",
        "东部省市",
        "结对省市",
        "东部结对地区",
        "对口省市",
    )
    PROVINCE = "province", "省内就近", "省内", "就近就业", "就近", "省内就近就业", "本省"
    ELSEWHERE = "elsewhere", "其他地区", "其他", "省外其他", "其他省份", "外省"


class LabourCategory(Choices):
    """Of which households the people are."""

    POOR = "poor", "脱贫人口", "脱贫户", "已脱贫户", "脱贫劳动力", "脱贫"
    WATCHED = "watched", "防返贫监测对象", "监测对象", "监测户", "防返贫监测户", "三类户"
    ORDINARY = (
        "ordinary",
        "其他农村劳动力",
        "一般户",
        "一般农户",
        "普通农户",
        "其他农户",
        "非脱贫户",
    )


class LabourWay(Choices):
    """How the people came to the work."""

    ORGANISED = "organised", "有组织输转", "有组织", "组织输转", "政府组织"
    DIRECTED = "directed", "东西部定向", "定向输转"
    AGENCY = "agency", "劳务中介", "中介", "中介组织"
    OWN = "own", "自发", "自主", "自主就业", "自主外出", "自谋职业"


class LabourProof(Choices):
    """What the office holds on each of the people."""

    CONTRACT = "contract", "劳动合同"
    WAGES = "wages", "工资凭证"
    EMPLOYER = "employer", "用工单位证明"
    VILLAGE = "village", "村级证明"


_CUTS = ("region", "category", "way", "month", "place")


class Labour(Ledger):
    """Labour (劳务协作): a row an employer, a month, a township, a region and a category.

    Each person is in one row of a year, that of the month in which the work first counted; names
    stay in the office's own list.
    """

    title = "劳务协作台账"
    shelf = 50

    of_month = Date(
        "月份",
        month=True,
        also=("统计月份", "年月", "务工时间", "外出务工时间", "就业时间", "上岗时间"),
        required=True,
        spans=True,
        wide=True,
    )
    employer = Text(
        "务工单位",
        also=("用工单位", "用工企业", "务工单位全称", "就业单位", "企业名称"),
        spans=True,
    )
    credit_code = Text("统一社会信用代码", also=("信用代码",), credit=True)
    work_place = Place("务工地", also=("务工地区", "务工省市县", "务工地点", "就业地点"))
    home = Place(
        "户籍乡镇", also=("户籍地", "乡镇", "户籍所在地", "所属乡镇"), towns=True, spans=True
    )
    region = Choice(
        "区域类别",
        LabourRegion,
        also=("就业区域", "转移区域", "就业类别"),
        required=True,
        wide=True,
    )
    category = Choice(
        "人员类别",
        LabourCategory,
        also=("户类型", "人员类型", "农户类型", "户属性", "身份类别"),
        required=True,
    )
    way = Choice("组织方式", LabourWay, also=("输转方式",))
    people = Count(
        "新增就业人数", unit=Unit.PERSONS, high=1_000_000, required=True, each=True,
        also=("人数", "就业人数", "务工人数", "转移就业人数", "输转人数"),
        note="本年第一次计入的人；已在前几个月计过的不再计",
    )  # fmt: skip
    three_months = Count(
        "其中满三个月", unit=Unit.PERSONS,
        also=(
            "稳定就业人数", "满三个月人数", "稳定就业三个月以上人数", "就业三个月以上人数",
            "是否稳定就业", "是否稳定就业三个月以上", "是否满三个月", "是否就业三个月以上",
        ),
        high=1_000_000,
        note="到填报时已连续务工满三个月的人",
    )  # fmt: skip
    proofs = Many(Choice("证明材料", LabourProof, also=("佐证材料类型",)))

    on = "of_month"
    label = ("of_month", "employer", "home", "region")
    listed = (
        "of_month", "employer", "home", "region", "category", "people", "three_months", "place",
        "state",
    )  # fmt: skip
    filters = ("region", "category", "way", "of_month", "home", "employer", "place", "state")
    identity = ("of_month", "employer", "home", "region", "category", "way", "pairing")
    rules = (
        Rule("people-above-zero", "people > 0", "人数应大于零；没有新增的不填"),
        Rule(
            "employer-unless-own",
            "employer is not null or way = 'own'",
            "除自发就业外，要写明务工单位",
        ),
        Rule("months-beyond-people", "three_months <= people", "满三个月的多于人数", Unknown.PASS),
    )
    across = (
        Across(
            "counted-twice", ("of_month", "employer", "home", "region", "category"),
            "count(distinct owner) = 1",
            "同一单位、月份、乡镇和类别，两个单位都填了",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "J00", "帮助农村劳动力就业", "sum(people)", Unit.PERSONS, on="of_month", by=_CUTS,
            needs=("people",), note="一人一年只计一次；三个区域之和。",
        ),
        *(
            Indicator(
                code, title, "sum(people)", Unit.PERSONS, on="of_month", where=where, by=_CUTS,
                needs=("people",), part_of="J00",
            )
            for code, title, where in (
                ("J01", "到东部结对省（市）就业", "region = 'east'"),
                ("J02", "省内就近就业", "region = 'province'"),
                ("J03", "其他地区就业", "region = 'elsewhere'"),
                ("J04", "脱贫人口（含监测对象）就业", "category in ('poor', 'watched')"),
            )
        ),
    )  # fmt: skip
