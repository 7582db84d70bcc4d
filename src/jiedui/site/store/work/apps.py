"""Django's entry for the tables of the work database."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The app whose tables these are; `store.router` keeps them out of the book."""

    name = "jiedui.site.store.work"
    label = "work"
    verbose_name = "结对的工作"
