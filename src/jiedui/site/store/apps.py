"""Django's entry for the store."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The app whose tables these are."""

    name = "jiedui.site.store"
    label = "store"
    verbose_name = "结对"
