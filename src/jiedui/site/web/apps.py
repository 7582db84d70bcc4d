"""The pages as an installed app, so that templates and static files are found."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages; no tables of their own."""

    name = "jiedui.site.web"
    label = "jiedui_web"
    verbose_name = "Jiedui pages"
