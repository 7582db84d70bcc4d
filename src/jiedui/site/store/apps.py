"""Django's entry for the store."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The app whose tables these are."""

    name = "jiedui.site.store"
    label = "store"
    verbose_name = "结对"

    def ready(self) -> None:
        """Let nobody who signs in write to the book: he would wait for a load to end.

        Django writes the moment of the last sign-in into the account, which stands in the book.
        """
        from django.contrib.auth.signals import user_logged_in

        user_logged_in.disconnect(dispatch_uid="update_last_login")
