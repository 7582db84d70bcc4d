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
    "place-unknown": Code(
        "没有这个行政区划", "请填写省、市州或区县的名称，如“甘肃省甘南藏族自治州夏河县”“夏河县”。"
    ),
    "place-ambiguous": Code("不能确定是哪个行政区划", "请连上级名称一起写。可能是：{candidates}。"),
    "place-not-then": Code(
        "该行政区划当时不存在", "“{name}”{when}不是有效的行政区划：{history}。请核对名称或日期。"
    ),
    # restore and evidence
    "file-empty": Code("文件是空的", "文件里没有内容，请核对是否选错或未保存。"),
    "file-too-large": Code("文件过大", "单个文件最多 {limit} MB，现有 {size} MB，请拆分后再读。"),
    "file-damaged": Code("文件已损坏", "{what}打不开或不完整，请在原软件中另存一份后再读。"),
    "media-unknown": Code(
        "不认识的文件类型", "这是{what}。可读 txt、html、docx 和带文字的 pdf，请另存后再读。"
    ),
    "encoding-unknown": Code(
        "认不出文字编码",
        "第 {offset} 字节起不合 UTF-8、UTF-16、GB18030、Big5 中任何一种，请另存为 UTF-8 后再读。",
    ),
    "encoding-mixed": Code(
        "文字编码不一致",
        "文件按 {encoding} 读到第 {offset} 字节（从 0 数起）不再相合，"
        "请在原软件中另存为 UTF-8 后再读。",
    ),
    "not-a-character": Code(
        "有的码位不是文字", "第 {offset} 个字（{name}）不是文字，请核对文件是否完好。"
    ),
    "control-in-text": Code(
        "文字中有控制字符", "共 {count} 个控制字符，首个为 {name}；照原样保留，请核对原文。"
    ),
    "text-empty": Code("没有读到文字", "{what}里没有可读的文字，请核对文件。"),
    "text-too-long": Code("文字过长", "一篇资料最多 {limit} 个字，请拆分后再读。"),
    "not-a-docx": Code(
        "不是 Word 文档", "这是压缩包，里面没有 word/document.xml，请核对是否选错文件。"
    ),
    "zip-inflated": Code("压缩内容过大", "解开后超出限度（{what}），不予解开，请核对文件来源。"),
    "xml-with-dtd": Code(
        "文档带有外部定义", "{part} 带有 DTD 或实体定义，不予解析，请在 Word 中另存后再读。"
    ),
    "pdf-encrypted": Code("PDF 已加密", "请用密码打开并另存为不加密的 PDF 后再读。"),
    "pdf-without-text": Code(
        "PDF 没有文字", "{pages} 页全是图像或空白，请先做文字识别（OCR）后再读。"
    ),
    "pages-without-text": Code("有的页没有文字", "第 {pages} 页没有文字，未读入。"),
    "signs-without-text": Code(
        "有的字形没有文字", "{count} 处字形没有对应的文字，以“\ufffd”代之，请对照原件核对。"
    ),
    "page-parts-left-out": Code("未读入网页的导航", "导航、链接等 {count} 处未读入，请对照原件。"),
    "page-too-deep": Code("网页嵌套过深", "网页的标签嵌套过深，读不全，请另存为文本后再读。"),
    "too-many-pages": Code("页数过多", "一份 PDF 最多 {limit} 页，现有 {pages} 页，请拆分后再读。"),
    "parser-stopped": Code("读取中止", "读取这份文件时{why}，已中止，请核对文件或另存后再读。"),
    "file-unreadable": Code("文件打不开", "{why}"),
}
