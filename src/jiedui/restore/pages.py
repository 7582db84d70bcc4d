"""What sort of page a text is, as far as marks in it are judged by it.

Not for judging a mark: a page only says whether marks of a sort may be damage on it at all.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "HAN",
    "is_chinese",
    "is_program",
    "is_source",
    "is_table",
    "speaks_of_marks",
    "speaks_of_markup",
]

HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

_HAN = re.compile(f"[{HAN}]+")
# What is judged is no writing of the page.
_MARKUP = re.compile("<[/!A-Za-z][^<>]*+>|&#?[A-Za-z0-9]{1,8};?")
# A page of nothing but numbers for characters is written in those characters.
_REFERENCES = re.compile(r"(?:&(?:amp;)*#(?:[xX][3-9a-fA-F][0-9a-fA-F]{3}|[1-9][0-9]{4});)+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_OTHERS = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7a3]+")
# A page of names and addresses has letters too; a manual of a program has little else.
_LATIN_PART, _OTHER_PART = 4, 0.1

# What is yet to be rendered, and may hold tags and references on purpose. A heading alone is no
# sign of it: programs that take text out of web pages write those too.
_MARKDOWN = re.compile(
    r"\]\([a-z/.#]|\*\*[^*\n]+\*\*|^\|.*\|[ \t]*$|^[ \t]*[-:|]{5,}$|\{\{|\}\}",
    re.MULTILINE,
)
# Programs, markup of other kinds, messages of machines.
_PROGRAM = re.compile(
    r"""```|~~~|`[^`\n]+`|</?(?:html|head|body|script|style|svg|template|title|meta|link|form|input|textarea)\b
    |<!DOCTYPE|<!\[CDATA|<\?|\?>|<%|%>|\$\{|=>|==|!=|&&|\|\||\+=|::[A-Za-z_]|\\[nrtu]
    |[)\]}'"];[ \t]*\r?$|^[ \t]*[{}\])]+[,;]?[ \t]*\r?$|\b\w+\(\)|\b[a-z_]\w*\.[a-z_]\w*\(
    |^[ \t]*(?:\#include|import[ ]\w|from[ ][\w.]+[ ]import|def[ ]\w|class[ ][A-Z]|function\b|var[ ]
    |let[ ]|const[ ]|public[ ]|private[ ]|SELECT[ ]|INSERT[ ]|UPDATE[ ]|CREATE[ ]|return\b|if[ ]?\()
    |"\w+"[ ]?:|\x1b\[""",
    re.VERBOSE | re.MULTILINE,
)
_OF_MARKUP = re.compile(
    r"转义|轉義|实体(?:字符|名|引用|编码|编号)|字符实体|字元實體|實體|标签|標籤|标记语言|標記語言"
    r"|源代码|源码|原始碼|语法|語法|编程|程序员|程式|脚本语言|前端"
    r"|HTML|(?<![./\w])html|XML|(?<![./\w])xml|CSS|Markdown|JavaScript|LaTeX"
)
_OF_MARKS = re.compile(
    r"零宽|零寬|不可见字符|不可見字元|控制字符|控制字元|换行符|換行符|回车符|全角|半角|全形|半形"
    r"|字符集|字元集|码位|碼位|码点|Unicode|[Uu]\+[0-9A-Fa-f]{4}|造字|私用区|图标字体"
)
_QUOTED_CELL = re.compile(r'(?:^|[,\t;])"|"(?:[,\t;]|\r?$)', re.MULTILINE)


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(match[0]) for match in pattern.finditer(text))


# The detectors of a page ask one after the other: its last answer is kept.
@lru_cache(1)
def is_chinese(text: str) -> bool:
    """Whether Chinese is what is written, and not Japanese, Korean or a little among other words.

    Bilingual pages of other scripts count: what belongs to those is told by its neighbours.
    """
    han = _length(_HAN, text) + sum(match[0].count("#") for match in _REFERENCES.finditer(text))
    text = _MARKUP.sub("", text)
    return (
        han > 0
        and _length(_LATIN, text) <= _LATIN_PART * han
        and _length(_OTHERS, text) <= _OTHER_PART * han
    )


@lru_cache(1)
def is_program(text: str) -> bool:
    """Whether a page holds the text of a program, or what a machine wrote."""
    return _PROGRAM.search(text) is not None


def is_source(text: str) -> bool:
    """Whether a page is a program or the source of something that is yet to be rendered."""
    return is_program(text) or _MARKDOWN.search(text) is not None


def speaks_of_markup(text: str) -> bool:
    """Whether a page is about markup, so that markup may be meant on it."""
    return _OF_MARKUP.search(text) is not None


def speaks_of_marks(text: str) -> bool:
    """Whether a page is about characters, so that odd ones may be meant on it."""
    return _OF_MARKS.search(text) is not None


def is_table(text: str) -> bool:
    """Whether cells are quoted or set apart by tabs: there line ends inside a cell differ."""
    return "\t" in text or _QUOTED_CELL.search(text) is not None
