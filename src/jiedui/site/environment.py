"""What the environment says, read once: where data lives, which database, which keys.

Secrets come from the environment; on the embedded database they are otherwise made at first
use and kept beside the data, readable by their owner alone.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from jiedui.problems import JieduiError

WORK_SCHEMA = "jiedui_work"
DEMONSTRATION_MARK = "demonstration"


class SettingError(JieduiError):
    """A variable of the environment that cannot be used; names it and what it should be."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables that Jiedui knows, under the names the operator's page lists."""

    folder: Path
    database: str
    hosts: tuple[str, ...]
    demonstration: bool
    debug: bool
    https: bool

    def secret(self, variable: str, file: str) -> str:
        """A secret from `variable`, else from `file` in the data folder, made when absent.

        Raises `SettingError` when the variable is set and shorter than 32 characters.
        """
        given = os.environ.get(variable)
        if given is not None:
            if len(given) < 32:
                msg = f"{variable} has {len(given)} characters; 32 or more are needed"
                raise SettingError(msg)
            return given
        path = self.folder / file
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return _make_secret(path)


def _make_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_hex(32)
    try:
        # Exclusive creation: of two processes that start at once, one makes the key.
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(made)
    return made


def read() -> Environment:
    """Read the environment; nothing is created."""
    folder = Path(os.environ.get("JIEDUI_DATA", ".data")).absolute()
    hosts = os.environ.get("JIEDUI_HOSTS", "127.0.0.1,localhost,[::1]")
    return Environment(
        folder=folder,
        database=os.environ.get("JIEDUI_DATABASE_URL", ""),
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        # A book that was made for demonstration says so for ever, whoever opens it and how.
        demonstration=os.environ.get("JIEDUI_DEMONSTRATION", "") == "1"
        or (folder / DEMONSTRATION_MARK).exists(),
        debug=os.environ.get("JIEDUI_DEBUG", "") == "1",
        https=os.environ.get("JIEDUI_HTTPS", "") == "1",
    )


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's two databases: the book (`default`) and the work beside it.

    Sessions and lock-outs stand apart, so that nobody waits for an import: a second file on
    SQLite, a schema of their own on PostgreSQL.
    Raises `SettingError` when JIEDUI_DATABASE_URL is not a postgresql:// address.
    """
    if environment.database:
        return {
            "default": _postgresql(environment.database, "public"),
            "work": _postgresql(environment.database, WORK_SCHEMA),
        }
    return {
        "default": _sqlite(environment.folder / "jiedui.db"),
        "work": _sqlite(environment.folder / "work.db", "NORMAL"),
    }


def _sqlite(path: Path, synchronous: str = "FULL") -> dict[str, Any]:
    # After a power cut the last sessions may be lost, and the last steps of a job done again; what
    # was answered of the book never is. Signing in waits for no disk that a load keeps busy.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; "
            "PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(address: str, schema: str) -> dict[str, Any]:
    should = "JIEDUI_DATABASE_URL should read postgresql://user:password@host:port/name"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        # Not its words: they quote the address, and a password may stand in it.
        raise SettingError(should) from None
    name = parts.path.lstrip("/")
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise SettingError(should)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {**options, "options": f"-c search_path={schema} -c timezone=UTC"},
    }
