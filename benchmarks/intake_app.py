"""The settings of the intake bench's peers; importing it is enough.

The database is set as Jiedui's own: the same journal, the same pragmas.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.apps import AppConfig
from django.conf import settings

from jiedui.site import environment


class Peer(AppConfig):
    """The app whose models `intake_peer` declares."""

    name = "benchmarks"
    label = "peer"


if not settings.configured:
    Path(os.environ["JIEDUI_DATA"]).mkdir(parents=True, exist_ok=True)
    settings.configure(
        DATABASES={"default": environment.databases(environment.read())["default"]},
        INSTALLED_APPS=["django.contrib.contenttypes", "benchmarks.intake_app.Peer"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
        LANGUAGE_CODE="zh-hans",
    )
    django.setup()
