"""The list of problem codes: each with its title and what to do, one section a room.

The texts are Chinese, as people meet them; blanks in braces are filled by `problem()`.
"""

from __future__ import annotations

from jiedui.problems.archive_codes import ARCHIVE
from jiedui.problems.code import Code
from jiedui.problems.sheets import SHEETS

__all__ = ["CODES", "Code"]

CODES: dict[str, Code] = {
    # ledgers
    "required": Code("必填项为空", "请填写“{label}”。"),
    "not-a-date": Code("不是日期", "“{label}”应为真实存在的日期，如 2024-05-21 或 2024年5月21日。"),
    "no-year": Code("日期没有年份", "“{label}”只写了月和日，请在前面补上年份，如 2024年5月21日。"),
    "not-a-month": Code("不是月份", "“{label}”应为月份，如 2024-05 或 2024年5月。"),
    "not-a-credit-code": Code(
        "统一社会信用代码有误", "“{label}”的校验位不符，请对照营业执照或登记证书核对这 18 位。"
    ),
    "not-a-moment": Code(
        "不是时刻",
        "“{label}”应写到分，如 2023-12-18 23:59 或 2023年12月18日23时59分；"
        "只知道日期的不填这一栏。",
    ),
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
    "place-off-side": Code(
        "地区不在结对之内",
        "“{place}”不在“{pairing}”的任何一方之内，请核对地区或结对；确实如此就不必改。",
    ),
    "rows-off-side": Code(
        "地区不在结对之内",
        "{count} 行的地区“{place}”不在“{pairing}”的任何一方之内（表中行号：{rows}），"
        "请核对地区或结对；确实如此就不必改。",
    ),
    "rows-vanished": Code(
        "上次有、这次没有",
        "同样的表格上次导入的记录，有 {count} 条这次没有。它们照旧留在账上，要终止请到记录页。",
    ),
    "rows-unanswered": Code(
        "还有没回答的行",
        "{count} 行疑似重复或像是改正，请先回答，或只导入没有问题的行。",
    ),
    "same-entry": Code("已有相同记录", "本单位已有一条相同的记录（{entry}），请核对是否重复。"),
    "registered-already": Code(
        "名录里已有",
        "名录里已有这一条（{entry}），由别的单位登记；同一名录不重复登记，可直接引用。",
    ),
    "looks-personal": Code("疑似个人信息", "“{label}”里像是{what}。本系统不收集，请删去后再填。"),
    "not-looked-for": Code(
        "不据此检索", "“{label}”里像是{what}。本系统不按个人号码检索，请改用事由、单位或姓名。"
    ),
    # places
    "place-unknown": Code(
        "没有这个行政区划",
        "请填写省、市州或区县的名称，如“甘肃省甘南藏族自治州夏河县”“夏河县”；"
        "可填乡镇、街道的栏目写全称，如“夏河县桑科镇”。",
    ),
    "place-too-deep": Code("这里只填到区县", "“{label}”填到区县为止，{name}请填所在的{above}。"),
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
        "文字中有控制字符", "共 {count} 个控制字符，首个为 {name}；请核对原文。"
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
    "not-text": Code("不是文字文件", "里面有二进制内容，原样未动。请先从中取出文字。"),
    "not-in-its-encoding": Code(
        "原编码写不下复原的文字", "文件是 {encoding}，原样未动。请先另存为 UTF-8。"
    ),
    "changed-meanwhile": Code("文件刚被改动", "复原时别处改了它，原样未动。请重新运行。"),
    # site.api
    "too-many-names": Code(
        "栏名过多", "一次最多 {limit} 个不同的栏名，现有 {length} 个，请核对栏目名称。"
    ),
    "too-many-children": Code("明细过多", "一次最多 {limit} 行明细，现有 {length} 行，请分几次。"),
    "cut-not-declared": Code("不能这样分组", "{indicator} 不能按“{cut}”分组，可用：{allowed}。"),
    # intake
    "workbook-password": Code(
        "工作簿有密码", "请用密码打开，取消“用密码进行加密”后另存为 .xlsx 再上传。"
    ),
    "book-unknown": Code("不是工作簿", "这是{what}。可读 .xlsx 和 .csv，请另存后再上传。"),
    "workbook-with-dtd": Code(
        "工作簿带有外部定义", "{part} 带有 DTD 或实体定义，不予解析，请在 Excel 或 WPS 中另存。"
    ),
    "sheet-too-large": Code(
        "工作表过大", "已用区域超过 {limit} 个单元格，请删去数据以外的内容或拆分后再上传。"
    ),
    "sheet-without-addresses": Code(
        "单元格没有位置", "生成此文件的程序没有写明单元格的位置，请在 Excel 或 WPS 中另存后再上传。"
    ),
    "sheet-missing": Code("没有可读的工作表", "工作簿里没有带内容的工作表，请核对是否选错文件。"),
    "sheet-empty": Code("工作表是空的", "工作表“{sheet}”里没有内容，请核对是否选错。"),
    "no-heading-row": Code(
        "找不到表头", "前十行里没有本台账的栏目名称，至少要有两栏。可先下载空白表对照。"
    ),
    "too-many-columns": Code(
        "栏目过多", "这张表有 {count} 栏，最多读 {limit} 栏，请删去无关的栏再上传。"
    ),
    "heading-only": Code("只有表头", "表头以下没有记录，请填写后再上传。"),
    "wrong-ledger": Code("像是另一本台账", "这张表的栏目更像“{title}”，请改选后再上传。"),
    "ledger-not-recognised": Code(
        "认不出是哪本台账",
        "看过的工作表：{sheets}，栏目都不像任何一本台账。请先选好台账再上传，或下载空白表对照。",
    ),
    "two-headings-one-field": Code(
        "两栏都是同一项", "“{label}”有两栏：{columns}。请只留一栏，或改正栏目名称。"
    ),
    "column-missing": Code("缺少必填的栏目", "表里没有“{label}”这一栏，请补上后再上传。"),
    "unit-unknown": Code(
        "表头的单位不能用", "“{label}”的单位写作“{unit}”，可用：{units}。请改正表头。"
    ),
    "amount-without-unit": Code(
        "金额没有单位", "“{label}”的表头和单元格都没有写单位。请在表头写明，如“{label}（万元）”。"
    ),
    "mixed-units": Code(
        "同一栏有的写单位有的没写",
        "“{label}”这一栏别的单元格带有单位（如 {other}），这里没有。请写明是元、万元还是亿元。",
    ),
    "error-cell": Code("单元格是错误值", "公式没有算出结果，请改正公式或直接填写。"),
    "formula-without-value": Code(
        "公式没有存下结果", "请在 Excel 或 WPS 中打开、保存后再上传，或直接填写结果。"
    ),
    "totals-agree": Code("合计相符", "第 {row} 行的合计与各行相加一致：{labels}。"),
    "total-differs": Code(
        "合计与明细不符", "“{label}”合计为 {stated}，各行相加为 {added}，请核对。合计行不入账。"
    ),
    "entry-number-unknown": Code(
        "明细找不到所属记录", "“{sheet}”里没有序号为 {number} 的记录，请核对“记录序号”。"
    ),
    "entry-number-twice": Code("序号重复", "有两行的序号都是 {number}，明细不知属于哪一行。"),
    "name-is-protected": Code(
        "姓名已保护", "导出的 CSV 不含受保护的姓名，不能据此修改，请用导出的 .xlsx 修改。"
    ),
    "layout-not-kept": Code(
        "版式无法保留", "这份工作簿的写法特殊，不能在原表上标注，请对照问题清单在原表中修改。"
    ),
    "disk-full": Code(
        "磁盘写不下", "磁盘没有空间，什么也没有写入。请管理员腾出空间，之后再导入这份文件。"
    ),
    "work-stopped": Code("没有完成", "{why}。请稍后再试；再不行，请把时间告诉管理员。"),
    "entry-of-another": Code(
        "别的单位的记录",
        "这一行带着别的单位的记录号。请由那个单位更正，或去掉记录号作为新记录填报。",
    ),
    "person-for-all-rows": Code(
        "姓名要逐行填写", "“{label}”是个人信息，不能对所有行填同一个，请写在表中各行。"
    ),
    # intake: what is said and stops nothing
    "personal-column-dropped": Code(
        "个人信息栏未读入", "“{heading}”是个人信息，本台账不收集，整栏未读入，文件也不留存。"
    ),
    "personal-value-dropped": Code(
        "疑似个人信息未读入", "“{heading}”有 {count} 个单元格像是{what}，未读入，文件也不留存。"
    ),
    "heading-unknown": Code(
        "栏目未对应",
        "“{heading}”不对应本台账的任何一项，不读入、不参与统计；只在留存的原表里查得到。",
    ),
    "rows-in-one-cell": Code(
        "明细未读入",
        "“{heading}”一格里有多项内容，未读入。请填在名为“{sheet}”的工作表里，一项一行。",
    ),
    "rows-in-two-places": Code(
        "同一明细填在两处", "“{label}”在本表和工作表“{sheet}”里都有，请只留一处。"
    ),
    "hidden-sheet": Code("有隐藏的工作表", "工作表“{sheet}”是隐藏的，照常读入。"),
    "hidden-rows": Code("有隐藏的行", "有 {count} 行是隐藏的（如第 {row} 行），照常读入。"),
    "merged-rows": Code(
        "有合并的单元格", "有 {count} 处单元格跨行合并，只有首行有内容，其余各行按空白读入。"
    ),
    "total-not-loaded": Code(
        "合计行未入账", "第 {rows} 行是合计、小计或“其中”，只作核对，不入账。"
    ),
    "remark-not-loaded": Code("说明行未入账", "第 {rows} 行是栏号、填写说明或落款，未读入。"),
    "cells-without-heading": Code(
        "有内容没有栏目名称",
        "{columns} 列没有栏目名称，其中的内容（如第 {row} 行）未读入。要读入，请补上栏目名称。",
    ),
    "sheet-not-read": Code("工作表未读入", "工作表“{sheet}”未读入。"),
    **SHEETS,
    **ARCHIVE,
}
