"""The demonstration's aid after the disasters of a year: invented storms, floods, slides and snow.

Every disaster is called 示例 and marked. Some money is given without its amount, and some goods
without their worth, as it is in books.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.demonstration.words import DEMONSTRATION, Pair, draw

if TYPE_CHECKING:
    from collections.abc import Iterator

# What it is called, its sort, the month from which it may happen, and the response.
DISASTERS = (
    ("暴雨洪涝", "flood", 6, "Ⅳ级响应"),
    ("山体滑坡", "landslide", 7, "Ⅲ级响应"),
    ("冰雹", "storm", 5, "Ⅳ级响应"),
    ("低温冻害", "snow", 2, "Ⅳ级响应"),
    ("春夏干旱", "drought", 4, "Ⅳ级响应"),
)
# A sort of goods, what it is counted in, what one is worth in yuan, and how many come at a time.
GOODS = (
    ("帐篷", "顶", 1800, 10),
    ("棉被", "床", 160, 50),
    ("饮用水", "箱", 30, 100),
    ("抽水泵", "台", 2600, 2),
    ("编织袋", "条", 2, 1000),
    ("方便食品", "箱", 60, 50),
)
TRADES = (("排涝", "示例排涝队"), ("医疗", "示例医疗队"), ("供电", "示例供电抢修队"))
COLUMNS = (
    "by", "state", "programme", "pairing", "place", "event", "hazard", "happened", "magnitude",
    "event_place", "giver", "receiver", "decided", "gave_funds", "funds", "gave_goods", "goods",
    "gave_teams", "teams", "went_to",
)  # fmt: skip
# As the rest of the year: reviewed in December, and confirmed as far as July.
SENT, CONFIRMED = date(2024, 11, 30), date(2024, 7, 31)
YES = {True: "是", False: "否"}


def rows(found: list[Pair]) -> list[dict[str, str]]:
    """Give the rows of all pairings, as the fields of the ledger are called."""
    return [row for pair in found for row in _of(pair)]


def _of(pair: Pair) -> Iterator[dict[str, str]]:
    """Give a pairing's one or two disasters; after some of them a second giver helps too."""
    first = draw(pair, "disaster", 0, len(DISASTERS) - 1)
    for one in range(draw(pair, "disasters", 1, 2)):
        name, sort, month, response = DISASTERS[(first + one * 2) % len(DISASTERS)]
        day = date(2024, month, 1) + timedelta(days=draw(pair, f"day{one}", 0, 75))
        state = "confirmed" if day <= CONFIRMED else "submitted" if day <= SENT else "draft"
        event = {
            "by": "clerk",
            "state": state,
            "programme": "east-west",
            "pairing": pair.called,
            "place": pair.west,
            "event": f"{pair.short}示例{name}{DEMONSTRATION}",
            "hazard": sort,
            "happened": str(day),
            "magnitude": response,
            "event_place": pair.west,
            "receiver": f"{pair.short}示例应急局{DEMONSTRATION}",
            "went_to": f"{pair.short}示例安置点{DEMONSTRATION}",
        }
        yield event | _aid(pair, f"{one}a", day, f"{pair.district}示例应急局")
        if draw(pair, f"second{one}", 0, 2) == 0:
            yield event | _aid(pair, f"{one}b", day, f"{pair.district}示例商会")


def _aid(pair: Pair, which: str, day: date, giver: str) -> dict[str, str]:
    """What one giver gave: money, goods, a team, at least one of them."""
    what = draw(pair, f"what{which}", 1, 7)
    money, goods, team = bool(what & 1), bool(what & 2), bool(what & 4)
    open_amount = draw(pair, f"open{which}", 0, 5) == 0
    amount = f"{5 * draw(pair, f'sum{which}', 2, 40)}万元"
    return {
        "giver": f"{giver}{DEMONSTRATION}",
        "decided": f"{day} {draw(pair, f'hour{which}', 9, 21):02}:30",
        "gave_funds": YES[money],
        "funds": amount if money and not open_amount else "",
        "gave_goods": YES[goods],
        "goods": _listed(_goods(pair, which)) if goods else "",
        "gave_teams": YES[team],
        "teams": _listed(_team(pair, which, day)) if team else "",
    }


def _listed(row: dict[str, str]) -> str:
    """One child row, as the demonstration's files have them."""
    return json.dumps([row], ensure_ascii=False)


def _goods(pair: Pair, which: str) -> dict[str, str]:
    item, unit, worth, lot = GOODS[draw(pair, f"item{which}", 0, len(GOODS) - 1)]
    lots = draw(pair, f"many{which}", 2, 16)
    row = {"item": f"{item}{DEMONSTRATION}", "quantity": str(lot * lots), "counted_in": unit}
    if draw(pair, f"worth{which}", 0, 3) == 0:
        return row
    basis = ("采购发票", "采购合同", "捐赠方申报")[lots % 3]
    return row | {"worth": f"{lot * lots * worth}元", "basis": basis}


def _team(pair: Pair, which: str, day: date) -> dict[str, str]:
    trade, team = TRADES[draw(pair, f"trade{which}", 0, len(TRADES) - 1)]
    return {
        "organisation": f"{pair.district}{team}{DEMONSTRATION}",
        "trade": trade,
        "persons": str(draw(pair, f"team{which}", 8, 45)),
        "departed": f"{day} 22:10",
        "arrived": f"{day + timedelta(days=1)} 19:40",
    }
