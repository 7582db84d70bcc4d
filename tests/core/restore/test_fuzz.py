"""Fuzzed with atheris: coverage leads it to what hypothesis does not try."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys, atheris
with atheris.instrument_imports(include=["jiedui.restore"]):
    from jiedui.restore import decode, replay, restore

SEEDS = ["鏂囦欢", "鍘?", "涓€", "锟斤拷", "æ–‡ä»¶", "ÎÄ¼þ", "學(xué)", "?xùn)|", "&#20013;", "&nbsp;",
         "<p>", "</p>", "<!--", "\\u200b", "\\x01", "\\r", "\\ue863", "２", "甲示例县", "\\n", "- 1 -", "a"]

def one(raw):
    if raw[:1] < b"\\x40":
        text = decode(raw[1:]).text
    else:
        text = "".join(SEEDS[byte % len(SEEDS)] for byte in raw[1:80])
    for layout in (False, True):
        restored = restore(text, layout=layout)
        assert replay(text, restored.edits) == restored.text
        assert restore(restored.text, layout=layout).text is restored.text
        assert restored.edits or restored.text is text

atheris.Setup(["fuzz", "-runs=30000", "-max_len=200", "-seed=1", "-timeout=20"], one)
atheris.Fuzz()
"""


@pytest.mark.long
@pytest.mark.needs("atheris")
def test_fuzzed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=False, timeout=400
    )
    assert done.returncode == 0, done.stderr[-3000:]
