"""The archive for installing without a network: what may be in it, and that it installs.

The licences, the settings and the installer's refusals are tried on small made-up wheels and
archives; the last test makes the real one and uses it where no network is.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scripts import reference
from scripts.bundle import licences, making, wheels
from scripts.bundle.wheels import BundleError

ROOT = Path(__file__).parent.parent.parent
FILES = making.FILES


def wheel(folder: Path, said: str, *members: str, name: str = "made_up") -> Path:
    """A wheel with these words of its licence and these further files."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{said}\n"
        archive.writestr(f"{name}-1.0.dist-info/METADATA", metadata)
        for member in members:
            archive.writestr(member, "text")
    return path


TEXT = "made_up-1.0.dist-info/licenses/LICENSE"


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License-Expression: Apache-2.0 OR GPL-3.0-only", "Apache-2.0 OR GPL-3.0-only"),
        ("License: MIT License", "MIT"),
        ("License: Some rights\n  reserved\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT"),
    ],
)  # fmt: skip
def test_a_licence_is_read_as_packages_say_it(tmp_path: Path, said: str, licence: str) -> None:
    found = licences.of_wheel(wheel(tmp_path, said, TEXT))
    assert (found.licence, found.texts) == (licence, {TEXT: b"text"})


@pytest.mark.parametrize(
    ("said", "members", "named"),
    [
        ("License-Expression: GPL-3.0-or-later", (TEXT,), "GPL-3.0-or-later"),
        ("License-Expression: MIT AND GPL-2.0-only", (TEXT,), "MIT AND GPL-2.0-only"),
        ("License: LGPL", (TEXT,), "LGPL"),
        ("Summary: nothing said", (TEXT,), "nothing"),
        ("License-Expression: MIT", ("made_up/license.py",), "no text of its licence"),
        ("License-Expression: MIT", (TEXT, "made_up.libs/libgpl-ab12.so.1"), "libgpl"),
    ],
)
def test_what_may_not_be_handed_on_is_refused(
    tmp_path: Path, said: str, members: tuple[str, ...], named: str
) -> None:
    with pytest.raises(BundleError, match=f"made-up.*{re.escape(named)}"):
        licences.of_all([wheel(tmp_path, said, *members)])


def test_a_licence_that_was_read_is_read_again_when_its_words_change(tmp_path: Path) -> None:
    text = "psycopg-1.0.dist-info/LICENSE.txt"
    good = wheel(tmp_path, "License-Expression: LGPL-3.0-only", text, name="psycopg")
    assert "replaceable" in licences.listing([licences.of_wheel(good)])
    changed = wheel(tmp_path, "License-Expression: AGPL-3.0-only", text, name="psycopg")
    with pytest.raises(BundleError, match=r"now says AGPL-3\.0-only"):
        licences.of_wheel(changed)


def test_the_lock_is_read_whole() -> None:
    text = (
        "one==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "two_x==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
        "Three.Y==3.0 ; implementation_name != 'pypy' \\\n    --hash=sha256:dd\n"
    )
    assert wheels.locked(text) == [
        wheels.Locked("one", "1.0", frozenset({"aa", "bb"})),
        wheels.Locked("three-y", "3.0", frozenset({"dd"})),
    ]
    with pytest.raises(BundleError, match="python_version"):
        wheels.locked("one==1.0 ; python_version < '3.12' \\\n    --hash=sha256:aa\n")


def test_wheels_of_another_hash_or_number_are_not_the_locked_ones(tmp_path: Path) -> None:
    path = wheel(tmp_path, "License-Expression: MIT", TEXT)
    one = wheels.Locked("made-up", "1.0", frozenset({wheels.sha256(path)}))
    assert wheels.held(tmp_path, [one]) == [path]
    assert wheels.held(tmp_path, [wheels.Locked("made-up", "1.0", frozenset({"00"}))]) is None
    assert wheels.held(tmp_path, [one, one]) is None


@pytest.mark.parametrize("name", ["jiedui/vault.key", "static/work.db", "a.pem"])
def test_no_key_and_no_book_gets_in(name: str) -> None:
    making.refuse_secrets(["jiedui.env", "jiedui/keys.js"])
    with pytest.raises(BundleError, match=name):
        making.refuse_secrets(["jiedui.env", name])


def test_the_settings_have_every_variable_that_is_read() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (FILES / "jiedui.env").read_text("utf-8"), re.MULTILINE)
    unit = (FILES / "systemd/jiedui.service").read_text("utf-8")
    assert len(named) == len(set(named))
    assert set(named) == reference.variables() | set(re.findall(r"\$\{(SERVE_[A-Z]+)\}", unit))


@pytest.mark.parametrize("page", making.PAGES)
def test_the_pages_in_it_point_to_each_other_alone(page: str) -> None:
    words = (ROOT / "docs" / page).read_text("utf-8")
    assert set(re.findall(r"\]\(([^)#]+)", words)) <= set(making.PAGES)


def made_up(folder: Path, **said: str) -> Path:
    """An archive of nothing, unpacked, as for this machine unless something else is said."""
    held: Any = {
        path.relative_to(FILES).as_posix(): path for path in FILES.rglob("*") if path.is_file()
    }
    fits = {"version": "9.9-test", "arch": platform.machine(), "pythons": "3.11 3.12 3.13 3.14",
            "oldest": "3.11.5", "glibc": "2.17"}  # fmt: skip
    held["BUNDLE"] = "".join(f"{k}={v}\n" for k, v in (fits | said).items()).encode()
    archive = making.write(held, "9.9-test", fits["arch"], 946684800, folder)
    subprocess.run(["tar", "xf", archive, "-C", folder], check=True)
    return folder / archive.stem


def refused(here: Path, *arguments: str) -> str:
    """What the installer says when it does not install; and it leaves nothing."""
    prefix = here.parent / "prefix"
    command = ["sh", str(here / "install.sh"), "--files-only", "--prefix", str(prefix)]
    done = subprocess.run([*command, *arguments], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert not (prefix / "current").exists()
    assert done.stderr.startswith("没有安装：")
    return done.stderr


def test_the_installer_refuses_what_was_changed_on_the_way(tmp_path: Path) -> None:
    here = made_up(tmp_path)
    with (here / "README").open("a") as file:
        file.write("x")
    assert "SHA256SUMS" in refused(here)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"arch": "vax"}, "供 vax 的机器用"),
        ({"glibc": "9.0"}, "需要 glibc 9.0 以上"),
        ({"oldest": "3.99.1"}, "太旧；需要 3.99.1 以上"),
        ({"pythons": "3.99"}, "请用 Python 3.99"),
    ],
)
def test_the_installer_refuses_a_machine_that_does_not_fit(
    tmp_path: Path, said: dict[str, str], told: str
) -> None:
    assert told in refused(made_up(tmp_path, **said), "--python", sys.executable)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--python", "/nowhere/python3"], "/nowhere/python3 不能运行"),
        (["--prefix", "relative"], "要从 / 写起"),
        (["--prefix", "/with a space"], "只用字母"),
        (["--prefix", "/with|a/bar&"], "只用字母"),
        (["--prefix"], "后面要写值"),
        (["--prefer"], "不认得 --prefer"),
    ],
)
def test_the_installer_refuses_what_it_cannot_use(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    assert told in refused(made_up(tmp_path), *arguments)


@pytest.mark.parametrize("what", ["--back", "--units"])
def test_there_is_nothing_to_go_back_to_before_the_first(tmp_path: Path, what: str) -> None:
    assert "没有" in refused(made_up(tmp_path), what)


def test_the_same_files_give_the_same_bytes_and_nobodys_name(tmp_path: Path) -> None:
    held = {"b.sh": b"two", "a": b"one"}
    made = []
    for folder, mask in ((tmp_path / "x", 0o022), (tmp_path / "y", 0o077)):
        before = os.umask(mask)
        made.append(making.write(dict(reversed(held.items())), "1", "vax", 1000, folder))
        os.umask(before)
        held = dict(reversed(held.items()))
    assert made[0].read_bytes() == made[1].read_bytes()
    listed = subprocess.run(
        ["tar", "tvf", made[0], "--utc"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["-rw-r--r--", "-rwxr-xr-x", "-rw-r--r--"]
    assert all(" 0/0 " in line and "1970-01-01 00:16" in line for line in listed)


@pytest.mark.parametrize("pythons", ["", "3.11 3.99"])
def test_a_python_that_no_wheels_are_for_is_refused(pythons: str) -> None:
    command = [sys.executable, "-m", "scripts.bundle", "make", "--pythons", pythons]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == f"--pythons should name some of 3.11, 3.12, 3.13: {pythons!r}\n"


@pytest.mark.needs("wheels", "namespace")
def test_it_installs_and_serves_where_no_network_is() -> None:
    """Made, installed, used, backed up, upgraded, gone back from, restored: scripts/bundle."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bundle", "check"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(
        "without a network: installed, used, backed up, upgraded, gone back, restored\n"
    )
