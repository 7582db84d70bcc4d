"""The walk through a copy of the project to which one file was added: run with its path first.

Writes as JSON what every page, command and file made of the new ledger; `test_new_ledger` judges.
Not collected as a test: it needs a Django of its own, over the copy's tables.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

GOOD = {
    "programme": "east-west",
    "place": "夏河县",
    "form": "free",
    "held": "2024-05-21",
    "contact": "郑样例",
    "patients": "３６人次",
    "spent": "1.25万元",
    "opens": "2024年5月21日8时30分",
    "charged": "否",
    "wards": ["eyes", "bones"],
    "stops-0-place": "夏河县",
    "stops-0-on_day": "2024年5月21日",
    "doctors-0-name": "甲示例",
    "doctors-0-officer": "是",
    "doctors-1-name": "吴样本",
}
BAD = {
    "form": "surgery",
    "held": "2024-02-30",
    "patients": "1,2OO",
    "spent": "12.5",
    "opens": "2024-05-21",
    "charged": "也许",
    "stops-0-place": "朝阳区",
    "doctors-0-post": "主任医师",
}


def main(project: Path) -> None:
    """Migrate, fill, ask every page, and print what came."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiedui.site.settings"
    import django

    django.setup()
    from django.db import connection

    found: dict[str, Any] = {"code": sys.modules["jiedui"].__file__, "database": connection.vendor}
    found["migrations"] = migrate(project)
    found |= ask(project)
    found["reference"] = reference()
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str))


def migrate(project: Path) -> dict[str, str]:
    """Make the migration and the tables; gives the new migration files with their text."""
    from django.core.management import call_command

    from jiedui.site.store import setup

    folder = project / "src/jiedui/site/store/migrations"
    before = set(folder.glob("*.py"))
    call_command("makemigrations", verbosity=0, interactive=False)
    new = {path.name: path.read_text("utf-8") for path in folder.glob("*.py") if path not in before}
    setup.migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    return new


def ask(project: Path) -> dict[str, Any]:
    """Walk as the clerk from an empty list to figures; then look as the neighbour."""
    from jiedui import ledgers
    from jiedui.site import demonstration
    from jiedui.site.store import door, people

    demonstration.prepare()
    kinds = ledgers.ledgers()
    clerk = people.viewer_of("clerk")
    assert clerk is not None
    pairing = str(door.options(kinds["pairings"], clerk)[0][0])
    hospital = str(door.options(kinds["parties"], clerk)[0][0])
    site = Visitor("clerk")
    found: dict[str, Any] = {"pages": site.pages}
    site.get("index", "/ledgers")
    site.get("empty form", "/ledgers/clinics/new")
    site.post("bad", "/ledgers/clinics/new", BAD)
    good = GOOD | {"pairing": pairing, "hospital": hospital}
    site.post("broken rule", "/ledgers/clinics/new", good | {"charged": "是"})
    there = site.post("good", "/ledgers/clinics/new", good)
    entry = there.partition("?")[0]
    found["entry"] = entry
    site.get("entry", entry)
    form = site.get("amend form", f"{entry}/amend")
    changed = good | {"patients": "40", **around(form, "补录（示例）")}
    found["names in forms"] = [name for name in ("郑样例", "甲示例", "吴样本") if name in form]
    site.post("amended", f"{entry}/amend", changed)
    site.get("entry after", entry)
    site.get("api after", f"/api{entry.replace('clinics', 'clinics/entries')}")
    form = site.get("amend form again", f"{entry}/amend")
    site.post("amended with nothing", f"{entry}/amend", filled(form) | around(form, "复核（示例）"))
    site.get("api again", f"/api{entry.replace('clinics', 'clinics/entries')}")
    lists(site, hospital)
    found["figures"] = [one.as_json() for one in door.figures(["T90", "T91"], clerk)]
    by_month = door.figures(["T90"], clerk, by=("month", "form"))
    found["by month"] = [one.as_json() for one in by_month]
    neighbour = Visitor("neighbour")
    found["neighbour"] = neighbour.pages
    neighbour.get("list", "/ledgers/clinics")
    neighbour.get("entry", entry)
    neighbour.get("api", "/api/ledgers/clinics/entries")
    partner = Visitor("partner")
    found["partner"] = partner.pages
    partner.get("entry", entry)
    partner.get("list", "/ledgers/clinics")
    partner.get("export", "/ledgers/clinics/export.csv")
    partner.get("api", "/api/ledgers/clinics/entries")
    found["in the tables"] = written(project, ("郑样例", "吴样本", "甲示例"))
    return found


def lists(site: Visitor, hospital: str) -> None:
    """Ask for lists, filters, the export, the interface, figures and the board."""
    site.get("list", "/ledgers/clinics")
    site.get("filter: hit", f"/ledgers/clinics?form=free&held=2024-05&hospital={hospital}")
    site.get("filter: place above", "/ledgers/clinics?place=甘肃省&charged=0")
    site.get("filter: miss", "/ledgers/clinics?form=tour")
    site.get("filter: other day", "/ledgers/clinics?held=2023")
    site.get("filter: moment", "/ledgers/clinics?opens=2024-05-21")
    site.get("filter: other moment", "/ledgers/clinics?opens=2024-06..")
    site.get("filter: no day", "/ledgers/clinics?held=99999999999999999999")
    site.get("filter: four parts", "/ledgers/clinics?held=2024-05-21-7")
    site.get("sorted", "/ledgers/clinics?order=-spent")
    site.get("export", "/ledgers/clinics/export.csv")
    site.get("schema", "/api/ledgers/clinics/schema")
    site.get("api", "/api/ledgers/clinics/entries?form=free")
    site.get("api figure", "/api/figures/T90?by=month")
    site.get("board", "/?year=2024")
    site.get("figure", "/figures/T90")
    site.get("money figure", "/figures/T91")


class Visitor:
    """A browser without scripts, signed in as one of the demonstration's accounts."""

    def __init__(self, username: str) -> None:
        """Sign in."""
        from django.test import Client

        self.client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        self.pages: dict[str, dict[str, Any]] = {}
        self.post("signed in", "/sign-in/demonstration", {"username": username})

    def get(self, name: str, address: str) -> str:
        """Ask for a page, keep it under a name, give its text."""
        return self._keep(name, self.client.get(address))

    def post(self, name: str, address: str, words: dict[str, Any]) -> str:
        """Post a form, keep the answer, give the address it leads to."""
        answer = self.client.post(address, words)
        self._keep(name, answer)
        return answer.headers.get("Location", "")

    def _keep(self, name: str, answer: Any) -> str:
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode()
        self.pages[name] = {"status": answer.status_code, "text": text}
        return text


def filled(page: str) -> dict[str, list[str]]:
    """What a browser posts when nobody touches the form of an entry."""
    from lxml import html

    (form,) = (one for one in html.fromstring(page).forms if "held" in one.fields)
    posted: dict[str, list[str]] = {}
    for name, value in form.form_values():
        posted.setdefault(name, []).append(value)
    return posted


def around(page: str, why: str) -> dict[str, Any]:
    """What a form of amendment brings beside the fields: its hidden controls, and the reason."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    reason = re.search(r'<(?:input|textarea)[^>]*\bname="((?:\w+-)?why)"', page)
    return dict(hidden) | ({reason[1]: why} if reason else {})


def written(project: Path, names: tuple[str, ...]) -> list[str]:
    """Which names stand readable in any table, or in the files of an embedded database."""
    from django.db import connection, connections

    content = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content += repr(cursor.fetchall()).encode()
    connections.close_all()
    content += b"".join(path.read_bytes() for path in sorted((project / "data").glob("*.db*")))
    return [name for name in names if name.encode() in content]


def reference() -> str:
    """The reference page of ledgers as the copy's script writes it."""
    from scripts.reference import made

    with contextlib.redirect_stdout(io.StringIO()):
        return made()["ledgers.md"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
