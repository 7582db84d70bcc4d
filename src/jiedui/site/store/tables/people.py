"""Grants: which account acts in which role for which office, where, and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Grant(models.Model):
    """One person's authority; the office is a party of the register."""

    SCOPE = "account: read for the person who signs in, by site.store.people"

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grant"
    )
    role = models.CharField(max_length=20)
    office = models.BigIntegerField()
    place = models.CharField(max_length=6)
    programmes = models.CharField(max_length=200, blank=True)
    expires = models.DateField(null=True)

    class Meta:
        """The table's name."""

        db_table = "jd_grant"

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
