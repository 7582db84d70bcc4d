"""The SQL of each indicator, reviewed like code: a change of a figure's meaning shows here.

`UPDATE_SNAPSHOTS=1 pytest tests/snapshots` writes the files anew; read what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jiedui.indicators import declared, query
from jiedui.ledgers.expressions import Engine

FOLDER = Path(__file__).parent / "indicators"


def written(engine: Engine) -> str:
    """Each indicator's definition and its statement with every cut it has."""
    parts = []
    for code, one in sorted(declared().items()):
        parts.append(f"-- {code}  {one.digest}\n-- {one.definition}")
        parts.append(query([one], one.indicator.by, engine) + ";\n")
    return "\n".join(parts)


@pytest.mark.parametrize("engine", list(Engine))
def test_the_sql_of_each_indicator_is_as_reviewed(engine: Engine) -> None:
    path = FOLDER / f"{engine}.sql"
    found = written(engine)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.read_text("utf-8") == found
