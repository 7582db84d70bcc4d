"""The rules by id, each with one line of explanation, as the page and the manual print it.

Not the rules themselves: each stands in the module of its kind.
"""

from __future__ import annotations

__all__ = ["RULES"]

RULES: dict[str, str] = {
    "time-iso": "数字写的日期或起止日期，如 2024-05-21",
    "time-month-day": "“几月几日”或起止日期；没有年份的，取不晚于发布后一个月的最近一年",
    "time-bare-day": "只写“几日”的，按文中含该日的日期定月份，否则按发布日期",
    "time-month": "“某年几月”或起止月份",
    "time-year": "年份或“去年”“今年”",
    "time-same-day": "“同日”“次日”按前一日期，“今天”“昨天”按发布日期",
    "place-site": "行程中的一处，名称以行政区划开头，代码取最深一级",
    "place-site-in-list": "行程中的一处，自身不带行政区划，沿用前一处的",
    "place-venue": "会议举行的地点",
    "place-named": "文中带“市、县、区、州、盟、旗”写出的行政区划，每处记一次",
    "place-town": "不带上级写出的乡镇、街道，按文中区县和所涉市州，或全国只有一处的，定其所在",
    "place-town-open": "不带上级写出的乡镇、街道，所涉地区不足以定其所在，列出可能的几处",
    "person-post": "职务之后的姓名",
    "person-list": "一个职务之后并列的多个姓名",
    "person-bare": "句首的姓名之后是出席、主持一类动词，文中未写职务",
    "person-again": "前文带职务出现过的姓名再次出现",
    "person-honour": "姓名之后是总书记、同志一类称呼",
    "person-cited": "只被引用其讲话、指示或批示，没有参加活动",
    "visit-party": "某地代表团来、到、赴某地考察、对接、调研",
    "visit-led": "某人率队、带队赴另一地考察、对接、调研",
    "visit-alone": "某人到东西部的另一方考察、对接、调研，没有写代表团，把握较小",
    "visit-received": "某地迎来、接待另一地的代表团",
    "meeting-held": "某会议在某地举行、召开",
    "meeting-holding": "举行、召开某会议",
    "commitment-said": "讲话人说本方要做的事，按分句，各带帮扶类别或领域",
    "commitment-both": "讲话人说双方要做的事",
    "commitment-hoped": "讲话人希望双方做的事；只希望对方做的不算",
    "aid-given": "灾害发生后某地提供的资金、物资、队伍；未写明的数额空着",
    "money-given": "东部一方交给西部一方的一笔资金：捐赠、援助、拨付、到位；累计、计划、投资不算",
    "meeting-talks": "举行工作座谈、会谈",
}
"""Rule id -> what it does, in one line."""
