"""What the makers of the demonstration share: pairs, words, and draws that are always alike."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

DEMONSTRATION = "（演示）"
# The pairing that stays behind its promise.
BEHIND = "宝坻区—永登县（演示）"
# The pairing of whose payments one was made too early.
HASTY = "河西区—崆峒区（演示）"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
GIVEN = (
    "样例", "示例", "范例", "虚构", "拟名", "试写", "举例", "假名", "样本", "例子",
    "演示", "样稿", "示范", "造句", "习作", "草拟", "编写", "样式", "例文", "示意",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two paired places: the western county and its eastern district or zone."""

    number: int
    west: str
    county: str
    east: str
    district: str
    checked: str
    source: str
    doubt: str

    @property
    def called(self) -> str:
        """The pairing's name."""
        return f"{self.district}—{self.short}{DEMONSTRATION}"

    @property
    def short(self) -> str:
        """The county's name without the words of an autonomous county."""
        return self.county.replace("回族自治县", "县")

    @property
    def division(self) -> str:
        """The division in which the eastern party lies: a zone is none itself."""
        return "滨海新区" if "保税区" in self.district else self.district

    @property
    def sides(self) -> str:
        """Both sides, as a subject names them."""
        return f"{self.district}与{self.short}"

    @property
    def east_office(self) -> str:
        """The eastern party."""
        if "保税区" in self.district:
            return f"{self.district}管理委员会{DEMONSTRATION}"
        return f"{self.district}东西部协作办公室{DEMONSTRATION}"

    @property
    def west_office(self) -> str:
        """The western party."""
        return f"{self.short}东西部协作办公室{DEMONSTRATION}"

    @property
    def common(self) -> dict[str, str]:
        """The columns that every sheet begins with."""
        return {"协作类型": "东西部协作", "结对关系": self.called, "所属地区": self.county}


def draw(pair: Pair, what: str, low: int, high: int) -> int:
    """Give a whole number from `low` to `high`, always the same for a pair and a purpose."""
    seed = hashlib.sha256(f"{pair.called}|{what}".encode()).digest()
    return low + int.from_bytes(seed[:8]) % (high - low + 1)


def credit_code(start: str, body: str) -> str:
    """Give an invented credit code (GB 32100-2015): 8 and 9 characters, and the right check."""
    code = f"{start}{body}"
    total = sum(int(one) * pow(3, place, 31) for place, one in enumerate(code))
    return code + "0123456789ABCDEFGHJKLMNPQRTUWXY"[-total % 31]


def weekday(year: int, month: int, day: int, later: int = 0) -> date:
    """Give the working day on or after a day, `later` days on."""
    found = date(year, month, day) + timedelta(days=later)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def person(number: int) -> str:
    """Give the invented name of a number, each once up to 1,200."""
    cycle = number % 60
    return STEMS[cycle % 10] + BRANCHES[cycle % 12] + GIVEN[number // 60]
