"""Names of places that are also plain words, or that text makes by accident.

合作 is a city in 甘南 and "cooperation" in every sentence of the genre; 城区 is a district in three
cities and "the urban area" in all; 新干 is a county and the middle of 创新干部. Chosen by hand from
the stems of all places, with the word list of a general dictionary beside it. Not for names that
are merely short or shared: `finding` tells those.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = (
    "万全 万安 万年 三元 三台 三山 三水 三江 三门 上思 上街 上高 东乡 东兴 东城 "
    "东安 东山 东方 东明 东海 东湖 东风 中卫 中原 中山 中方 丰林 丰满 丹凤 乐业 "
    "乐平 九龙 云梦 云霄 互助 五华 五台 五峰 五常 交口 仁寿 会东 会同 修文 修水 "
    "元阳 光明 光泽 全南 全州 公安 共和 兴业 兴义 兴化 兴和 兴国 兴安 兴隆 凌云 "
    "凤凰 凤山 利辛 前进 前锋 北关 北塔 北市 千山 华亭 华容 南关 南山 南岸 南市 "
    "南明 南江 南湖 南部 博兴 博爱 原平 友好 友谊 双塔 双峰 双桥 双江 双清 双牌 "
    "古田 台前 合作 同仁 同心 向阳 君山 吴起 和平 和田 和顺 响水 商城 四平 城东 "
    "城中 城关 城北 城厢 城西 复兴 大东 大化 大厂 大同 大名 大安 大悟 大方 大田 "
    "大祥 大竹 大英 大观 大通 天全 天台 天柱 天长 太和 太平 太湖 太白 始兴 威信 "
    "子长 孝义 安化 安国 安宁 安居 安康 安泽 安福 安远 安龙 宏伟 定兴 宝清 富平 "
    "富民 富源 富裕 小金 尚义 尚志 山南 工农 左权 市中 市北 市南 平乐 平原 平和 "
    "平安 平定 平山 平度 平房 平顺 康乐 延寿 延长 建平 建水 开化 弥勒 当阳 德化 "
    "德州 志丹 惠民 政和 故城 文山 文峰 文昌 文水 新丰 新兴 新化 新华 新和 新城 "
    "新安 新市 新平 新建 新星 新民 新源 新田 方城 方山 方正 无为 日照 明光 明山 "
    "明水 曲水 朝阳 木兰 来宾 林口 桃源 桥东 桥西 梨树 榆树 樟树 武功 比如 民乐 "
    "民和 民权 水城 永丰 永兴 永和 永安 永寿 永新 永昌 永福 江东 江北 江南 江口 "
    "江山 江岸 河东 河北 河南 河口 河源 河西 河间 泰和 洞口 海东 海伦 海北 海南 "
    "海州 海港 海盐 海西 清丰 清水 清河 清流 温泉 港北 港南 滨海 灯塔 爱民 玉树 "
    "玉泉 玉门 甘泉 界首 白杨 白水 白玉 白银 百色 盐池 石台 石柱 石棉 石泉 石门 "
    "磐石 神木 神池 祥云 立山 站前 紫金 红旗 罗山 莲花 蓝田 裕民 西城 西山 西市 "
    "解放 资源 赤水 路北 路南 轮台 运河 进贤 通州 通许 通道 金乡 金塔 金山 金沙 "
    "金门 钟楼 铁东 铁力 铁山 铁西 铜鼓 银海 长丰 长乐 长子 长安 长岛 长治 长海 "
    "长白 阳明 阳春 阿里 集安 集贤 青山 青龙 靖宇 静乐 高台 高密 高平 黄埔 黄梅 "
    "黄龙 黑水 鼓楼 龙华 龙口 龙山 龙门 "
)
WORDS: Final = frozenset(_WORDS.split())
"""Stems that are words: 合作 (of 合作市), 互助, 白银. They mean a place only beside another one."""

PLAIN_NAMES: Final = frozenset({"城区", "郊区", "矿区", "东区", "西区", "新城区", "新市区"})
"""Official names that are plain nouns, and mean a place only beside another one."""

_CLIPPED: Final = (
    "上杭 东至 中江 久治 乡城 乡宁 于田 于都 云和 从江 会理 保康 兴仁 兴城 兴宁 "
    "兴山 兴平 兴文 兴海 内乡 加查 南和 古县 台安 合水 合江 吉隆 和县 和安 和康 "
    "和政 和硕 和静 和龙 固安 大丰 大关 大城 大新 天等 安平 定南 定安 定日 定结 "
    "应县 康保 康平 康马 得荣 成安 扶余 扶沟 扶风 改则 文成 新乡 新县 新干 新龙 "
    "日土 杂多 来安 民丰 沙市 治多 津市 海安 色达 西乡 西和 资中 资兴 达日 通城 "
    "通江 通海 金平 高安 高要 高青 "
)
CLIPPED: Final = frozenset(_CLIPPED.split())
"""Names and stems that lie across words: 和安 in 和安全, 从江 in 从江苏. `find` takes them, for a
cell that holds nothing else; the gazetteer for text does not."""
