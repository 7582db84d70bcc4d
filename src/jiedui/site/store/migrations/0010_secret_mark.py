"""A mark beside each sealed name, by which rules find the same name in two offices' entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps

_AT_ONCE = 500


def fill(apps: Apps, _editor: Any) -> None:
    """Open every box and mark it; one that does not open stays without, as verification tells."""
    from jiedui.site.store import vault

    secrets = apps.get_model("store", "Secret")
    changed = []
    for one in secrets.objects.order_by("ref").iterator(_AT_ONCE):
        box = vault.Box(one.ref, one.owner, bytes(one.nonce), bytes(one.box))
        name = vault.open_box(box)
        if name is not None:
            one.mark = vault.mark(name)
            changed.append(one)
        if len(changed) == _AT_ONCE:
            secrets.objects.bulk_update(changed, ["mark"])
            changed.clear()
    secrets.objects.bulk_update(changed, ["mark"])


class Migration(migrations.Migration):
    """Adds the column, and fills it."""

    dependencies = (("store", "0009_batches"),)
    operations = (
        migrations.AddField("secret", "mark", models.CharField(default="", max_length=32)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
