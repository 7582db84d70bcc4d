"""One new file in `kinds/`, and everything else is there: no other edit.

The project is copied, `new_ledger/clinics.py` is put into the copy, and `new_ledger/walk.py` goes
through it in a process of its own. Each test below looks at one thing that came.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.postgres import postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent / "new_ledger"
NAMES = ("郑样例", "吴样本")


@dataclass(frozen=True)
class Project:
    """A copy of the project, and the database that it runs on (empty: SQLite in its folder)."""

    path: Path
    database: str

    def run(self, *arguments: str) -> str:
        """Run Python over the copy; gives what it wrote."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("JIEDUI_", "DJANGO_"))}
        environment = {
            "PYTHONPATH": f"{self.path / 'src'}{os.pathsep}{self.path}",
            "JIEDUI_DATA": str(self.path / "data"),
            "JIEDUI_DATABASE_URL": self.database,
            "JIEDUI_DEMONSTRATION": "1",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            env=clean | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgres"))],
)
def project(request, tmp_path_factory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("project")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src/jiedui", path / "src/jiedui", ignore=ignore)
    shutil.copytree(ROOT / "scripts", path / "scripts", ignore=ignore)
    shutil.copy(HERE / "clinics.py", path / "src/jiedui/ledgers/kinds")
    if request.param == "sqlite":
        yield Project(path, "")
        return
    server = postgres_url()
    assert server is not None
    name = f"jiedui_new_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield Project(path, f"{server.rpartition('/')[0]}/{name}")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def found(project) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(project.run(str(HERE / "walk.py"), str(project.path)))
    assert said["code"] == str(project.path / "src/jiedui/__init__.py")
    assert said["database"] == ("postgresql" if project.database else "sqlite")
    return said


def words(page: dict[str, Any]) -> str:
    """The text of a page as one reads it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page["text"])).split())


def page(found: dict[str, Any], name: str, status: int = 200) -> str:
    assert found["pages"][name]["status"] == status
    return words(found["pages"][name])


def control(found: dict[str, Any], name: str, of: str) -> str:
    """The control of that name with its label and problems, as HTML."""
    text = found["pages"][name]["text"]
    match = re.search(rf'<(?:input|select|textarea)[^>]*\bname="{of}"[^>]*>', text)
    assert match, f"no control {of} in {name!r}"
    return match[0]


def test_the_file_alone_was_added(project):
    added = project.path / "src/jiedui/ledgers/kinds/clinics.py"
    assert "clinics" not in "".join(
        path.read_text("utf-8")
        for path in (project.path / "src/jiedui").rglob("*.py")
        if path != added and "migrations" not in path.parts
    )


def test_one_migration_adds_its_table_and_touches_nothing_else(found):
    (text,) = found["migrations"].values()
    operations = re.findall(r"migrations\.(\w+)\(", text)
    assert operations[0] == "CreateModel"
    assert set(operations) <= {"CreateModel", "AddIndex", "AddConstraint"}
    assert set(re.findall(r"name='(\w+Version)'|model_name='(\w+)'", text)) <= {
        ("ClinicsVersion", ""),
        ("", "clinicsversion"),
    }
    assert "'db_table': 'jd_v_clinics'" in text
    assert "('contact_vault'" in text
    assert "('doctors_count'" in text


def test_it_stands_among_the_ledgers(found):
    assert "义诊巡诊台账" in page(found, "index")


def test_the_form_has_every_field_and_no_other(found):
    assert "巡诊地点" in page(found, "empty form")
    text = found["pages"]["empty form"]["text"]
    names = set(re.findall(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"', text))
    fields = {
        *("programme", "pairing", "place", "form", "held", "hospital", "contact", "patients"),
        *("spent", "opens", "charged", "wards", "kind", "areas"),
        *("stops-0-place", "stops-0-on_day"),
        *("doctors-0-name", "doctors-0-post", "doctors-0-officer"),
    }
    assert fields <= names
    assert not {"state", "owner", "year", "sources", "sources-0-document"} & names


def test_problems_stand_at_their_controls(found):
    text = page(found, "bad", 422)
    for said in (
        "“开展日期”应为真实存在的日期",
        "“形式”可选：义诊、巡诊",
        "“诊疗人次”应为整数",
        "“经费”应带单位填写",
        "“开诊时刻”应写到分",
        "“是否收费”请填“是”或“否”",
        "北京市朝阳区（110105）、吉林省长春市朝阳区（220104）",
        "请填写“所属地区”",
    ):
        # Once in the summary, once at the control.
        assert text.count(said) == 2, said
    for name in ("held", "patients", "spent", "stops-0-place", "doctors-0-name", "place"):
        assert 'aria-invalid="true"' in control(found, "bad", name), name
    for name in ("contact", "doctors-0-post"):
        assert 'aria-invalid="true"' not in control(found, "bad", name), name


def test_what_was_typed_stays_in_the_form(found):
    assert 'value="2024-02-30"' in control(found, "bad", "held")
    assert 'value="1,2OO"' in control(found, "bad", "patients")
    assert 'value="主任医师"' in control(found, "bad", "doctors-0-post")


def test_a_broken_rule_is_told_in_its_words(found):
    text = page(found, "broken rule", 422)
    assert "义诊不收费" in text
    assert "是否收费：是" in text


def test_the_entry_shows_what_was_typed_in_one_wording(found):
    assert found["pages"]["good"]["status"] == 302
    text = page(found, "entry")
    for said in (
        "36",
        "1.25万元",
        "甘肃省甘南藏族自治州夏河县",
        "2024-05-21",
        "2024-05-21 08:30",
        "眼科；骨科",
        "2024",
    ):
        assert said in text


def test_an_amendment_is_a_second_version_with_its_difference(found):
    assert found["pages"]["amend form"]["status"] == 200
    assert found["pages"]["amended"]["status"] == 302
    text = page(found, "entry after")
    assert re.search(r"诊疗人次 36 → 40", text)
    assert "补录（示例）" in text


def test_a_form_that_nobody_touched_changes_nothing(found):
    """Prefilled controls read back to the very values: the digest, which is theirs, is the same."""
    assert found["pages"]["amended with nothing"]["status"] == 302
    before, after = (json.loads(found["pages"][n]["text"]) for n in ("api after", "api again"))
    assert after["version"] > before["version"]
    assert after["values"] == before["values"]
    assert after["digest"] == before["digest"]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("list", 1),
        ("sorted", 1),
        ("filter: hit", 1),
        ("filter: place above", 1),
        ("filter: miss", 0),
        ("filter: other day", 0),
        ("filter: moment", 1),
        ("filter: other moment", 0),
        ("filter: no day", 0),
        ("filter: four parts", 0),
    ],
)
def test_the_list_is_narrowed_by_its_filters(found, name, rows):
    assert f"共 {rows} 条" in page(found, name)
    assert ("1.25万元" in page(found, name)) is bool(rows)


def test_the_export_has_every_field_under_its_heading(found):
    assert found["pages"]["export"]["status"] == 200
    (row,) = csv.DictReader(io.StringIO(found["pages"]["export"]["text"].removeprefix("\ufeff")))
    assert row["诊疗人次（人次）"] == "40"
    assert row["经费（万元）"] == "1.25"
    assert row["开展日期"] == "2024-05-21"
    assert row["开诊时刻"] == "2024-05-21 08:30"
    assert row["是否收费"] == "否"
    assert row["科室"] == "眼科、骨科"
    assert row["演示数据"]


def test_the_interface_gives_what_its_schema_says(found):
    schema = json.loads(found["pages"]["schema"]["text"])
    values = schema["$defs"]["ClinicsValues"]["properties"]
    (entry,) = json.loads(found["pages"]["api"]["text"])["entries"]
    assert entry["values"].keys() == values.keys()
    assert entry["values"]["patients"] == 40
    assert entry["values"]["spent"] == 1_250_000
    assert entry["values"]["opens"] == "2024-05-21T08:30"
    assert entry["values"]["charged"] is False
    assert entry["values"]["wards"] == ["eyes", "bones"]
    assert entry["values"]["stops"] == [{"place": "623027", "on_day": "2024-05-21"}]
    assert entry["values"]["year"] == 2024
    assert "free" in json.dumps(values["form"])


def test_its_indicators_are_figures(found):
    by_code = {one["indicator"]: one for one in found["figures"]}
    assert (by_code["T90"]["value"], by_code["T90"]["unit"]) == (40, "人次")
    assert (by_code["T91"]["value"], by_code["T91"]["unit"]) == (1_250_000, "分")
    assert [one["by"] for one in found["by month"]] == [{"month": "2024-05", "form": "free"}]
    (cut,) = json.loads(found["pages"]["api figure"]["text"])["figures"]
    assert (cut["value"], cut["by"]) == (40, {"month": "2024-05"})


def test_the_board_and_the_figures_pages_show_them(found):
    board = page(found, "board")
    assert "义诊巡诊人次 40 人次" in board
    assert "义诊巡诊经费 1.25 万元" in board
    assert "1250000" not in board
    text = page(found, "figure")
    assert "sum(patients)" in text
    assert "40 人次" in text
    assert "计入的记录（1 条）" in text
    assert "1.25 万元" in page(found, "money figure")


def test_protected_names_are_nowhere_but_in_the_vault(found):
    assert found["in the tables"] == ["甲示例"]
    assert set(NAMES) <= set(found["names in forms"])
    seen = words(found["partner"]["entry"])
    assert found["partner"]["entry"]["status"] == 200
    assert "甲示例" in seen
    assert not [name for name in NAMES if name in json.dumps(found["partner"], ensure_ascii=False)]


def test_the_neighbour_finds_nothing_of_it(found):
    assert "共 0 条" in words(found["neighbour"]["list"])
    assert found["neighbour"]["entry"]["status"] == 404
    assert json.loads(found["neighbour"]["api"]["text"])["total"] == 0


def test_the_reference_page_describes_it(found):
    section = found["reference"].partition("## 义诊巡诊台账 (`clinics`)")[2].partition("\n## ")[0]
    for said in ("`patients`", "whole number 人次", "`doctors[].name`", "义诊不收费", "`T90`"):
        assert said in section


def test_the_book_verifies(found, project):
    assert found["entry"]
    assert "全部相符" in project.run("-m", "jiedui.cli", "verify")
