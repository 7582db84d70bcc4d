"""Tokens: what another program shows to read or write as an account does."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Token(models.Model):
    """One token of one account: its hash, what it may do, until when, and the day of its last use.

    The token itself is not here: it is shown once, when it is made.
    """

    SCOPE = "account: its own, and all for the operator, by site.store.tokens"

    key = models.CharField(max_length=13, primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    writes = models.BooleanField(default=False)
    made = models.DateTimeField()
    expires = models.DateField()
    used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        """The table's name."""

        db_table = "jd_token"

    def __str__(self) -> str:
        return self.key
