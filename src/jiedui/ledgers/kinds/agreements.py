"""Agreements: what a pairing promised for a year, target by target."""

from __future__ import annotations

from jiedui.ledgers.declare import Register
from jiedui.ledgers.words import Count, Date, Many, Ref, Row, Text


class Target(Row):
    """One promised figure: the indicator's code, how much, and in the indicator's own unit."""

    indicator = Text("指标", limit=20, required=True)
    amount = Count("目标值", high=10**15, required=True)
    basis = Text("依据")


class Agreements(Register):
    """Agreements (协议): a pairing's promises of one year, each a target for an indicator."""

    title = "协议与目标"
    shelf = 30

    called = Text("协议名称", required=True)
    pairing = Ref("结对关系", "pairings", also=("结对",), required=True)
    of_year = Count("年度", low=1990, high=2100, required=True)
    signed = Date("签订日期")
    targets = Many(Target, "目标")

    label = ("called",)
    listed = ("called", "pairing", "of_year", "signed")
    filters = ("pairing", "of_year")
    identity = ("pairing", "of_year")
