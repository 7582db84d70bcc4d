"""Projects: what the money builds, from the pool of proposals to the asset that is handed over."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Against, Indicator, Ledger, Ratio, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Many, Money, Place, Text


class ProjectSort(Choices):
    """The first level of the project pool's types, and those that cooperation adds to it."""

    INDUSTRY = "industry", "产业发展"
    JOBS = "jobs", "就业项目"
    BUILDING = "building", "乡村建设行动"
    RESETTLEMENT = "resettlement", "易地搬迁后扶"
    SAFEGUARD = "safeguard", "巩固三保障成果"
    GOVERNANCE = "governance", "乡村治理和精神文明建设"
    TALENT = "talent", "人才交流与培训"
    LABOUR = "labour", "劳务协作"
    SALES = "sales", "消费帮扶"
    VILLAGE = "village", "示范村"
    PARK = "park", "产业园区"
    TEAM = "team", "组团式帮扶"
    FEE = "fee", "项目管理费"
    OTHER = "other", "其他"


class ProjectNature(Choices):
    """Whether something is built anew."""

    NEW = "new", "新建"
    CONTINUED = "continued", "续建"
    EXTENDED = "extended", "改扩建"


class Linkage(Choices):
    """How an industry project carries the households along (联农带农)."""

    LAND = "land", "土地流转"
    WORK = "work", "就业务工"
    ORDERS = "orders", "带动生产"
    MARKET = "market", "帮助产销对接"
    SHARES = "shares", "收益分红"
    CARE = "care", "托养托管"
    SERVICE = "service", "技术服务"
    OTHER = "other", "其他"


class Verdict(Choices):
    """What the acceptance came to."""

    PASSED = "passed", "合格"
    MENDING = "mending", "整改"


# Each step of a project's life may be left open, and none comes before the one it follows.
_LIFE = (
    ("pooled", "agreed", "东部同意早于入库"),
    ("agreed", "approved", "立项批复早于东部同意"),
    ("started", "completed", "完工早于开工"),
    ("completed", "accepted", "验收早于完工"),
    ("completed", "settled", "决算早于完工"),
    ("accepted", "registered", "资产登记早于验收"),
    ("registered", "handed", "移交早于资产登记"),
)
_PARTS = ("aid", "bridging", "other_fiscal", "own", "social")
_SUM = " + ".join(f"coalesce({part}, 0)" for part in _PARTS)
_CUTS = ("sort", "kind", "month", "place", "nature")
_ONE = ("place", "called")
# What these pay for leaves no asset behind.
_NOTHING_LEFT = "('jobs', 'governance', 'talent', 'labour', 'sales', 'team', 'fee')"


class Projects(Ledger):
    """Projects (项目): a row a project of a year's money, with the days of its life.

    A project that goes on into a second year with that year's money is a row of that year too,
    as 续建.
    """

    title = "项目台账"
    shelf = 22

    code = Text("项目编码", also=("项目编号",), limit=60)
    called = Text("项目名称", also=("名称", "项目"), required=True)
    sort = Choice("项目类型", ProjectSort, also=("类型", "项目类别"), required=True)
    nature = Choice("建设性质", ProjectNature, also=("性质",))
    site = Place(
        "实施地点",
        also=("建设地点", "项目地点", "实施地", "所在乡镇", "实施乡镇", "乡镇"),
        towns=True,
        spans=True,
    )
    village = Text("村", also=("实施村", "所在村"), limit=60, spans=True)
    scale = Text(
        "建设内容及规模", also=("建设内容", "建设规模", "主要建设内容"), limit=1000, lines=True
    )
    total = Money(
        "总投资", also=("投资总额", "项目总投资", "总投资额", "计划总投资"), required=True
    )
    aid = Money("协作资金", also=("东西部协作资金", "财政援助资金", "财政协作资金"), required=True)
    bridging = Money("衔接资金", also=("财政衔接资金",))
    other_fiscal = Money("其他财政资金")
    own = Money("自筹资金", also=("自筹", "自筹资金投入"))
    social = Money("社会资金")
    paid = Money("累计支付协作资金", also=("已支付", "累计支付"))
    department = Text("项目主管部门", also=("主管部门", "行业主管部门"))
    builder = Text("实施单位", also=("建设单位", "项目实施单位", "实施主体"))
    aim = Text("绩效目标", limit=1000, lines=True)
    households = Count("受益户数", unit=Unit.HOUSEHOLDS, also=("受益户", "受益农户数"))
    persons = Count("受益人数", unit=Unit.PERSONS, also=("受益人口", "受益人口数"))
    poor = Count("其中脱贫人口", unit=Unit.PERSONS, also=("脱贫人口", "受益脱贫人口"))
    linkage = Many(Choice("联农带农方式", Linkage, also=("联农带农机制", "利益联结机制")))
    planned = Date("列入年度计划日期", also=("计划下达日期", "计划日期"), required=True)
    pooled = Date("入库日期")
    agreed = Date("东部同意日期")
    approved = Date("立项批复日期", also=("批复日期",))
    approval = Text("批复文号", limit=80)
    started = Date("开工日期", also=("实际开工", "实际开工日期"))
    progress = Count("形象进度", high=100, note="百分数，如 60")
    completed = Date("完工日期", also=("实际完工", "竣工日期", "实际完工日期", "实际竣工日期"))
    accepted = Date("验收日期")
    verdict = Choice("验收结论", Verdict)
    settled = Date("决算日期")
    audited = Money("决算审计额", also=("决算额", "审计额"))
    registered = Date("资产登记日期")
    asset = Text("资产编号", also=("资产登记号",), limit=60)
    handed = Date("移交日期")
    stopped = Date("终止日期", note="终止的项目填写，资金收回记在资金台账")

    on = "planned"
    label = ("called", "place", "planned")
    listed = ("called", "sort", "aid", "paid", "completed", "accepted", "place", "state")
    filters = (
        "sort", "nature", "place", "planned", "completed", "accepted", "called", "kind", "state",
    )  # fmt: skip
    identity = ("called", "place", "village", "planned")
    rules = (
        Rule("aid-above-zero", "aid > 0", "协作资金应大于零"),
        Rule("parts-make-total", f"total = {_SUM}", "总投资应等于各项资金之和"),
        Rule(
            "parts-not-below-zero",
            " and ".join(f"coalesce({part}, 0) >= 0" for part in _PARTS),
            "各项资金不能小于零",
        ),
        *(
            Rule(f"{later}-before-{earlier}", f"{later} >= {earlier}", text, Unknown.PASS)
            for earlier, later, text in _LIFE
        ),
        Rule(
            "started-before-approved",
            "started >= approved or coalesce(nature, 'new') = 'continued'",
            "开工早于立项批复",
            Unknown.PASS,
        ),
        Rule("stopped-before-planned", "stopped >= planned", "终止早于列入计划", Unknown.PASS),
        Rule(
            "accepted-not-completed",
            "accepted is null or completed is not null",
            "已验收的，应填完工日期",
        ),
        Rule(
            "verdict-without-day",
            "verdict is null or accepted is not null",
            "有验收结论，应填验收日期",
        ),
        Rule(
            "paid-without-approval",
            "coalesce(paid, 0) = 0 or approved is not null",
            "已支付资金的，应填立项批复日期",
        ),
        Rule("paid-not-below-zero", "paid >= 0", "累计支付不能小于零", Unknown.PASS),
        Rule("paid-beyond-aid", "paid <= aid", "累计支付大于协作资金", Unknown.PASS),
        Rule(
            "households-beyond-persons", "households <= persons", "受益户数多于人数", Unknown.PASS
        ),
        Rule("poor-beyond-persons", "poor <= persons", "脱贫人口多于受益人数", Unknown.PASS),
        Rule(
            "industry-without-linkage",
            "sort <> 'industry' or linkage.count > 0",
            "产业发展项目要写明联农带农方式",
        ),
    )
    across = (
        Across(
            "entered-twice", ("place", "called", "planned"), "count(*) = 1",
            "同一县区、同一计划日期有同名项目，请核对是否重复立项",
        ),
        Across(
            "paid-not-accepted", _ONE,
            "sum(paid) < sum(aid) or count(accepted) = count(*)",
            "协作资金已付清，项目尚未验收",
        ),
        Across(
            "accepted-without-asset", _ONE,
            f"count(accepted) filter (where sort not in {_NOTHING_LEFT}) <= count(asset)",
            "项目已验收，尚未登记资产",
        ),
    )  # fmt: skip
    against = (
        Against(
            "paid-otherwise", _ONE, "sum(paid)", "=", "funds", ("place", "project"),
            "sum(amount) filter (where stage = 'paid')",
            "项目台账的累计支付与资金台账同一项目的支付合计不一致",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "P01", "实施项目", "count(*)", Unit.ITEMS, on="planned", where="stopped is null",
            by=_CUTS, note="按列入年度计划的日期计；续建项目计入其资金所属年度，终止的不计。",
        ),
        Indicator(
            "P02", "项目协作资金", "sum(aid)", Unit.FEN, on="planned", where="stopped is null",
            by=_CUTS, needs=("aid",),
            note="项目总投资中的协作资金；与到位资金是同一笔钱的两种算法，不可相加。",
        ),
        Indicator(
            "P03", "产业项目协作资金", "sum(aid)", Unit.FEN, on="planned",
            where="stopped is null and kind = 'industry'", by=_CUTS, needs=("aid",),
            part_of="P02", note="按帮扶类别“产业帮扶”计。",
        ),
        Indicator(
            "P04", "开工项目", "count(*)", Unit.ITEMS, on="started",
            where="started is not null and coalesce(nature, 'new') <> 'continued'", by=_CUTS,
            note="续建项目在新开工的年度已计过。",
        ),
        Indicator(
            "P05", "完工项目", "count(*)", Unit.ITEMS, on="completed",
            where="completed is not null", by=_CUTS, note="曾在实施项目中计过，不可相加。",
        ),
        Indicator(
            "P06", "验收项目", "count(*)", Unit.ITEMS, on="accepted",
            where="accepted is not null", by=_CUTS, note="曾在完工项目中计过，不可相加。",
        ),
    )  # fmt: skip
    ratios = (
        Ratio(
            "F03", "协作资金用于产业的占比", over="P03", under="P02",
            note="产业项目的协作资金除以全部项目的协作资金。",
        ),
    )  # fmt: skip
