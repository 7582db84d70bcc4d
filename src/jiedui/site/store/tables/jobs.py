"""Work that takes long: asked for by a person, done by whoever holds its lease."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One piece of work over a batch, in the work database.

    `state` is queued, running, done, failed or cancelled. `holder` does it until `lease`; after
    that anybody may take it up again. `asked` and `told` are JSON: what was asked for, and in
    words what came of it. Nothing of a sheet's cells stands here.
    """

    SCOPE = "owner: only the office whose workbook it is, by site.store.jobs"

    key = models.CharField(max_length=13, primary_key=True)
    owner = models.BigIntegerField()
    account = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    batch = models.CharField(max_length=13)
    asked = models.TextField(default="{}")
    state = models.CharField(max_length=10, default="queued")
    phase = models.CharField(max_length=10, blank=True)
    done = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    phase_began = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, blank=True)
    lease = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    cancelling = models.BooleanField(default=False)
    made = models.DateTimeField()
    told = models.TextField(default="{}")

    class Meta:
        """Found by the batch, and by what is due; one live job a batch."""

        app_label = "work"
        db_table = "jd_job"
        indexes = (
            models.Index(fields=("batch", "-made"), name="jd_job_batch"),
            models.Index(fields=("state", "made"), name="jd_job_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("batch",),
                condition=models.Q(state__in=("queued", "running")),
                name="jd_job_once",
            ),
        )

    def __str__(self) -> str:
        return self.key
