"""The list of problem codes: each with its title and what to do, one section a room.

The texts are Chinese, as people meet them; blanks in braces are filled by `problem()`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: a few words, and what to do about it."""

    title: str
    hint: str


CODES: dict[str, Code] = {
    # ledgers
    "required": Code("必填项为空", "请填写“{label}”。"),
    "not-a-date": Code("不是日期", "“{label}”应为真实存在的日期，如 2024-05-21 或 2024年5月21日。"),
    "not-a-number": Code("不是整数", "“{label}”应为整数，如 12；不要写单位以外的文字。"),
    "number-out-of-range": Code("数值超出范围", "“{label}”应在 {low} 与 {high} 之间。"),
    "not-an-amount": Code(
        "不是金额", "“{label}”应带单位填写，如 12.5万元、125000元，且不小于一分。"
    ),
    "not-a-choice": Code("不在选项之内", "“{label}”可选：{choices}。"),
    "not-yes-or-no": Code("不是“是”或“否”", "“{label}”请填“是”或“否”。"),
    "too-long": Code("文字过长", "“{label}”最多 {limit} 个字，现有 {length} 个。"),
    "control-character": Code("含有控制字符", "请删去“{label}”中看不见的控制字符后重填。"),
    "unknown-field": Code("没有这一栏", "“{label}”不是本台账的栏目，请核对栏目名称。"),
    "too-many-rows": Code("明细过多", "“{label}”最多 {limit} 行，现有 {length} 行。"),
    "no-such-entry": Code("名录中没有", "“{label}”在名录中找不到，请先登记或另选一项。"),
    "entry-ambiguous": Code("名录中有多个同名", "“{label}”对应多项：{choices}，请写明是哪一项。"),
    "rule-broken": Code("不合规则", "{rule}"),
    "pairing-not-in-force": Code(
        "结对关系当日无效",
        "所选结对在 {day} 不在有效期内（{since} 至 {until}），请核对日期或结对。",
    ),
    "same-entry": Code("已有相同记录", "本单位已有一条相同的记录（{entry}），请核对是否重复。"),
    "looks-personal": Code("疑似个人信息", "“{label}”里像是{what}。本系统不收集，请删去后再填。"),
    # places
    # restore and evidence
}
