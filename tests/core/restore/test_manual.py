"""The manual page: its examples run, and what it shows before and after is what happens."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jiedui.restore import restore

MANUAL = (Path(__file__).parents[3] / "docs/restore.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| [^`]*\|$", MANUAL, re.MULTILINE)
KINDS = re.findall(r'^\| `([a-z-]+)` \| `(".*")` \| `(".*")` \|$', MANUAL, re.MULTILINE)
DAMAGED, INTACT = "鐢茬ず渚嬪幙涓庝箼绀轰緥鍖猴紝", "甲示例县与乙示例区，"


def example(word: str) -> str:
    (found,) = (code for code in EXAMPLES if word in code)
    return found


def test_before_and_after() -> None:
    assert len(ROWS) >= 7
    assert len(KINDS) >= 7
    for damaged, intact in ROWS:
        shown = damaged.encode().decode()
        assert restore(shown).text == intact, damaged


@pytest.mark.parametrize(("kind", "before", "after"), KINDS, ids=[one[0] for one in KINDS])
def test_kinds_of_marks(kind: str, before: str, after: str) -> None:
    restored = restore(ast.literal_eval(before))
    assert restored.text == ast.literal_eval(after)
    assert kind in {edit.kind for edit in restored.edits}


def test_three_lines() -> None:
    scope = {"content": DAMAGED.encode()}
    exec(example("decode(content)"), scope)
    assert scope["restored"].text == INTACT


@pytest.mark.parametrize(
    "library", ["polars", pytest.param("pandas", marks=pytest.mark.needs("spark"))]
)
def test_a_column(library: str) -> None:
    scope = {"pages": [DAMAGED, INTACT], "restore": restore}
    exec(example(f"import {library}"), scope)
    assert list(scope["frame"]["page"]) == [INTACT, INTACT]


SPARK = """
from pyspark.sql import SparkSession

spark = (SparkSession.builder.master("local-cluster[2,1,1024]")
         .config("spark.ui.enabled", "false").config("spark.default.parallelism", "4").getOrCreate())
pages = {pages!r} * 50
{example}
found = [row.page for row in frame.collect()]
assert found == {intact!r} * 50, found[:3]
print("executors", spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1)
spark.stop()
"""


@pytest.mark.long
@pytest.mark.needs("spark")
def test_spark_on_a_cluster_of_two(tmp_path: Path) -> None:
    code = SPARK.format(
        pages=[DAMAGED, INTACT], intact=[INTACT, INTACT], example=example("mapInPandas")
    )
    known = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=known,
        cwd=tmp_path, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "executors 2" in done.stdout
