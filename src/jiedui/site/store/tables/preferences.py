"""Preferences: how a person wants the pages, which is no part of the book."""

from __future__ import annotations

from django.db import models


class Preference(models.Model):
    """What one account chose: the language of its pages, by its code (zh-hans, en).

    In the work database, beside the sessions: a choice of looks is not chained, and a backup of
    the book does not carry it.
    """

    SCOPE = "account: its own, by site.store.preferences"

    account = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=10)

    class Meta:
        """The table's name."""

        app_label = "work"
        db_table = "jd_preference"

    def __str__(self) -> str:
        return f"{self.account} {self.language}"
