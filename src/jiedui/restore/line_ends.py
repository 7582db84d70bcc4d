r"""Line ends that were doubled, cut in half or mixed on the way from one system to another.

One sort throughout, \r\n as well as \n, is a style. Tables are left: a line end inside a cell is
of another sort on purpose.
"""

from __future__ import annotations

import re
from collections import Counter

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import is_chinese, is_program, is_table, speaks_of_marks

__all__ = ["are_mixed", "line_ends"]

_ENDS = re.compile("\r++\n?|\n")
_SURE = 0.95
_REASON = said("换行符不一致，统一为全文所用的一种")
# Lines that overwrite each other on a terminal, 10%\r20%\r.
_OVERWRITTEN = re.compile("%[^\n\r]{0,40}\r(?!\n)")


def are_mixed(text: str) -> bool:
    """Whether line ends are of more than one sort, or of one that is always wrong."""
    returns = text.count("\r")
    return returns > 0 and not returns == text.count("\r\n") == text.count("\n")


def line_ends(text: str) -> list[Change]:
    """Find the line ends that are not those of the page, in the order of the text."""
    if not are_mixed(text) or not is_chinese(text) or is_program(text) or is_table(text):
        return []
    if speaks_of_marks(text) or _OVERWRITTEN.search(text):
        return []
    found = list(_ENDS.finditer(text))
    counts = Counter(match[0] for match in found)
    single = sum(len(end) * count for end, count in counts.items() if end[-1] == "\r")
    # A page of \r\r\n throughout was \r\n; one of \r alone is from before the year 2001.
    paired = sum(count for end, count in counts.items() if len(end) > 1 and end[-1] == "\n")
    usual = "\r\n" if paired > counts["\n"] + single else "\n"
    return [
        Change(*match.span(), match[0], became, "line-end", _REASON, _SURE)
        for match in found
        if (became := usual if match[0][-1] == "\n" else usual * len(match[0])) != match[0]
    ]
