"""The cast of an article of the genre: names, posts, places, dates that a test may swap."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "tests" / "corpus" / "facts"
SEED = ROOT.parent / "shared" / "corpus" / "seed"


@dataclass(frozen=True)
class Cast:
    """Everything that may be swapped in an article, and what must be read from it."""

    paper: str
    published: str
    clicks: int
    reporters: tuple[str, str]
    dates: str
    first: str
    last: str
    meeting_day: str
    met: str
    east: str
    east_code: str
    west: str
    west_code: str
    sign: str
    venue: str
    venue_code: str
    sites: tuple[tuple[str, str], ...]
    cited: str
    east_leads: tuple[tuple[str, str], ...]
    west_leads: tuple[tuple[str, str], ...]
    east_others: tuple[str, ...]
    west_others: tuple[str, ...]
    east_secretary: str = "市政府秘书长"
    west_secretary: str = "省政府秘书长"
    west_list: str = "省领导"
    west_body: str = "省委、省政府"
    struck: tuple[str, str] = ("岷县", "621126")
    size: str = "6.6"

    def fill(self, template: str) -> str:
        """The article of the project with this cast."""
        sites = {f"site{n}": name for n, (name, _) in enumerate(self.sites, 1)}
        (p1, n1), (p2, n2) = self.east_leads
        (q1, m1), (q2, m2), (q3, m3) = self.west_leads
        easterners = {f"e{n}": name for n, name in enumerate(self.east_others, 1)}
        westerners = {f"w{n}": name for n, name in enumerate(self.west_others, 1)}
        return template.format(
            published=self.published,
            clicks=self.clicks,
            paper=self.paper,
            reporter1=self.reporters[0],
            reporter2=self.reporters[1],
            dates=self.dates,
            meeting_day=self.meeting_day,
            east=self.east,
            west=self.west,
            sign=self.sign,
            venue=self.venue,
            cited=self.cited,
            east_chief_post=p1,
            east_chief=n1,
            east_second_post=p2,
            east_second=n2,
            west_chief_post=q1,
            west_chief=m1,
            west_second_post=q2,
            west_second=m2,
            west_third_post=q3,
            west_third=m3,
            west_body=self.west_body,
            east_secretary_post=self.east_secretary,
            west_secretary_post=self.west_secretary,
            west_list_post=self.west_list,
            **sites,
            **easterners,
            **westerners,
        )

    def people(self) -> dict[str, tuple[str, str]]:
        """Who took part: name -> post, side."""
        rows = {name: (post, "east") for post, name in self.east_leads}
        rows |= {name: (post, "west") for post, name in self.west_leads}
        rows |= dict.fromkeys(self.east_others[:-1], (f"{self.east}领导", "east"))
        rows |= {self.east_others[-1]: (self.east_secretary, "east")}
        rows |= dict.fromkeys(self.west_others[:-1], (self.west_list, "west"))
        return rows | {self.west_others[-1]: (self.west_secretary, "west")}


FIRST = Cast(
    paper="甘肃日报",
    published="2024-05-23",
    clicks=0,
    reporters=("赵访", "钱记样"),
    dates="5月21日至22日",
    first="2024-05-21",
    last="2024-05-22",
    meeting_day="22日",
    met="2024-05-22",
    east="天津市",
    east_code="120000",
    west="甘肃省",
    west_code="620000",
    sign="甘",
    venue="兰州",
    venue_code="620100",
    sites=(
        ("定西市安定区示例中学", "621102"),
        ("安定区样例镇养殖示范园", "621102"),
        ("临洮县甲乙镇丙丁村", "621124"),
        ("兰州市西固区", "620104"),
        ("兰州样例技术研究所", "620100"),
    ),
    cited="孙某某",
    east_leads=(("天津市委书记", "钱示例"), ("天津市委副书记、市长", "张工")),
    west_leads=(
        ("省委书记、省人大常委会主任", "欧阳样本"),
        ("省委副书记、省长", "任主"),
        ("省委副书记", "王省"),
    ),
    east_others=("李甲", "周乙样", "吴丙丁", "郑样"),
    west_others=("冯甲乙", "陈例", "褚样样", "卫示"),
)


CASTS = (
    FIRST,
    # Two provinces, so that a bare 省 has two meanings; a range over the end of a month.
    replace(
        FIRST,
        paper="四川日报",
        struck=("泸定县", "513322"),
        size="6.8",
        published="2023-04-02",
        dates="3月30日至4月1日",
        first="2023-03-30",
        last="2023-04-01",
        meeting_day="31日",
        met="2023-03-31",
        east="浙江省",
        east_code="330000",
        west="四川省",
        west_code="510000",
        sign="川",
        venue="成都",
        venue_code="510100",
        sites=(
            ("阿坝州小金县示例镇甲村", "513227"),
            ("小金县样例镇玫瑰产业园", "513227"),
            ("凉山州昭觉县民族中学", "513431"),
            ("成都市武侯区", "510107"),
            ("成都样例设计研究所", "510100"),
        ),
        east_leads=(("浙江省委书记", "易样"), ("浙江省委副书记、省长", "司马示例")),
        west_leads=(
            ("省委书记、省人大常委会主任", "王示样"),
            ("省委常委、常务副省长", "于某"),
            ("省政协主席", "田样书"),
        ),
        east_secretary="省政府秘书长",
        west_secretary="省委秘书长",
        east_others=("徐甲", "和样", "诸葛示", "胡样生"),
        west_others=("扎西样", "次仁多吉", "马和平", "阿尔斯兰·样本"),
    ),
    # An autonomous region; a range over New Year.
    replace(
        FIRST,
        paper="宁夏日报",
        struck=("海原县", "640522"),
        size="5",
        published="2022-01-03",
        dates="12月30日至1月2日",
        first="2021-12-30",
        last="2022-01-02",
        meeting_day="31日",
        met="2021-12-31",
        east="福建省",
        east_code="350000",
        west="宁夏回族自治区",
        west_code="640000",
        sign="宁",
        venue="银川",
        venue_code="640100",
        sites=(
            ("固原市西吉县示例中学", "640422"),
            ("西吉县样例镇甲湾村", "640422"),
            ("红寺堡区示例产业园", "640303"),
            ("银川市永宁县", "640121"),
            ("银川样例公司", "640100"),
        ),
        east_leads=(("福建省委书记", "周样本"), ("福建省委副书记、省长", "赵示")),
        west_leads=(
            ("自治区党委书记、人大常委会主任", "梁例样"),
            ("自治区党委副书记、自治区主席", "张样示"),
            ("自治区党委常委、组织部部长", "石样样"),
        ),
        east_secretary="省政府秘书长",
        west_secretary="自治区政府秘书长",
        west_list="自治区领导",
    ),
    # A paper of the whole country, so that the receiving side decides; a municipality receives.
    replace(
        FIRST,
        paper="新华社",
        struck=("云阳县", "500235"),
        size="4.5",
        published="2024-09-02",
        dates="8月29日至9月1日",
        first="2024-08-29",
        last="2024-09-01",
        meeting_day="30日",
        met="2024-08-30",
        east="山东省",
        east_code="370000",
        west="重庆市",
        west_code="500000",
        sign="渝",
        venue="重庆",
        venue_code="500000",
        sites=(
            ("万州区示例乡甲村", "500101"),
            ("万州区样例中学", "500101"),
            ("石柱土家族自治县示例乡乙村", "500240"),
            ("样例新区", "500000"),
            ("重庆示例大学", "500000"),
        ),
        east_leads=(("山东省委书记", "林样"), ("山东省委副书记、省长", "周示样")),
        west_leads=(
            ("市委书记", "袁样例"),
            ("市委副书记、市长", "胡示例"),
            ("市委常委、宣传部部长", "李样例"),
        ),
        east_secretary="省政府秘书长",
        west_secretary="市政府秘书长",
        west_list="市领导",
        west_body="市委、市政府",
    ),
    # Banners and a region; names of two characters; a dash for 至.
    replace(
        FIRST,
        paper="内蒙古日报",
        struck=("奈曼旗", "150525"),
        size="5.1",
        published="2023-06-20",
        dates="6月18日—19日",
        first="2023-06-18",
        last="2023-06-19",
        meeting_day="19日",
        met="2023-06-19",
        east="北京市",
        east_code="110000",
        west="内蒙古自治区",
        west_code="150000",
        sign="内蒙古",
        venue="呼和浩特",
        venue_code="150100",
        sites=(
            ("乌兰察布市化德县示例镇甲村", "150922"),
            ("化德县样例产业园", "150922"),
            ("兴安盟科右中旗蒙古族中学", "152222"),
            ("呼和浩特市新城区", "150102"),
            ("呼和浩特样例研究院", "150100"),
        ),
        east_leads=(("北京市委书记", "尹样"), ("北京市委副书记、市长", "殷示")),
        west_leads=(
            ("自治区党委书记、人大常委会主任", "孙例样"),
            ("自治区党委副书记、自治区主席", "巴特尔"),
            ("自治区政协主席", "张样示"),
        ),
        west_secretary="自治区政府秘书长",
        west_list="自治区领导",
    ),
    # Other posts; two western counties whose names begin with a word that also joins.
    replace(
        FIRST,
        paper="新疆日报",
        struck=("伽师县", "653129"),
        size="6.4",
        published="2021-03-02",
        dates="2月27日到3月1日",
        first="2021-02-27",
        last="2021-03-01",
        meeting_day="28日",
        met="2021-02-28",
        east="广东省",
        east_code="440000",
        west="新疆维吾尔自治区",
        west_code="650000",
        sign="疆",
        venue="乌鲁木齐",
        venue_code="650100",
        sites=(
            ("和田地区和田县示例中学", "653221"),
            ("和田县样例镇甲村", "653221"),
            ("喀什地区疏附县样例车间", "653121"),
            ("乌鲁木齐市天山区", "650102"),
            ("乌鲁木齐示例医院", "650100"),
        ),
        east_leads=(("广东省纪委书记、省监委主任", "欧样"), ("广东省副省长", "皇甫样")),
        west_leads=(
            ("自治区党委副书记、自治区政协主席", "艾力·样本"),
            ("自治区常务副主席", "党样"),
            ("自治区农业农村厅厅长", "时样示"),
        ),
        east_secretary="省委秘书长",
        west_secretary="自治区党委秘书长",
        west_list="自治区领导",
    ),
)

# What stands in the founding article, in simplified script: only for swapping it away.
FOUNDING = replace(
    FIRST,
    struck=("积石山县", "622927"),
    size="6.2",
    reporters=("孟捷", "张富贵"),
    sites=(
        ("甘南州夏河县藏族中学", "623027"),
        ("夏河县桑科镇现代畜牧产业园", "623027103"),
        ("合作市佐盖曼玛镇俄合拉村", "623001102"),
        ("兰州市城关区", "620102"),
        ("兰州空间技术物理研究所", "620100"),
    ),
    cited="习近平",
    east_leads=(("天津市委书记", "陈敏尔"), ("天津市委副书记、市长", "张工")),
    west_leads=(
        ("省委书记、省人大常委会主任", "胡昌升"),
        ("省委副书记、省长", "任振鹤"),
        ("省委副书记", "石谋军"),
    ),
    east_others=("连茂君", "王旭", "王力军", "张玲", "胡学明"),
    west_others=("程晓波", "张晓强", "张伟", "雷思维", "张伟文"),
)


def swapped(text: str, to: Cast) -> str:
    """The founding article with everything swapped for another cast, in one pass."""
    was = FOUNDING
    short = {name: name.rstrip("省市").removesuffix("自治区") for name in (to.east, to.west)}
    pairs = {
        "天津": short[to.east],
        "甘肃": short[to.west].removesuffix("回族").removesuffix("维吾尔"),
        was.east: to.east,
        was.west: to.west,
        "市政府秘书长": to.east_secretary,
        "省政府秘书长": to.west_secretary,
        "省领导": to.west_list,
        "来甘": f"来{to.sign}",
        "在甘期间": f"在{to.sign}期间",
        "在兰州举行": f"在{to.venue}举行",
        was.struck[0]: to.struck[0],
        f"{was.size}级": f"{to.size}级",
        f"{was.meeting_day}上午": f"{to.meeting_day}上午",
        was.paper: to.paper,
        was.published: to.published,
        was.dates: to.dates,
        was.cited: to.cited,
        **dict(zip(was.reporters, to.reporters, strict=True)),
        **{old: new for (old, _), (new, _) in zip(was.sites, to.sites, strict=True)},
        **dict(zip(was.east_others, to.east_others, strict=True)),
        **dict(zip(was.west_others, to.west_others, strict=True)),
    }
    for old_leads, new_leads in ((was.east_leads, to.east_leads), (was.west_leads, to.west_leads)):
        for (post, name), (new_post, new_name) in zip(old_leads, new_leads, strict=True):
            pairs[post + name] = new_post + new_name
            pairs[name] = new_name
    longest = sorted(pairs, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda hit: pairs[hit[0]], text)


@dataclass(frozen=True)
class CountyCast:
    """What may be swapped in an article of two counties, and what must be read from it."""

    paper: str
    published: str
    day: str
    on: str
    east: str
    east_short: str
    east_code: str
    west: str
    west_code: str
    leader: str
    host: str
    gift: str
    count: int = 12
    reporter: str = "赵访"

    def fill(self, name: str) -> str:
        """An article of the corpus with this cast."""
        template = (CORPUS / name).read_text(encoding="utf-8")
        return template.format(**asdict(self))


COUNTIES = (
    CountyCast(
        "平凉日报", "2024-06-12", "6月10日", "2024-06-10",
        "天津市西青区", "西青区", "120111", "静宁县", "620826", "钱示例", "王样例", "20.5",
    ),
    CountyCast(
        "云南日报", "2023-01-02", "12月31日", "2022-12-31",
        "上海市嘉定区", "嘉定区", "310114", "楚雄市", "532301", "周样", "陈示样", "100", 9,
    ),
    CountyCast(
        "宁夏日报", "2022-09-30", "9月29日", "2022-09-29",
        "福建省晋江市", "晋江市", "350582", "红寺堡区", "640303", "欧阳样", "马示例", "8", 31,
    ),
)  # fmt: skip
