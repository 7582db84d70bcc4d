"""How passwords are kept: Argon2, with the cost that it had when the password was set."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

__all__ = ["Argon2"]


class Argon2(Argon2PasswordHasher):
    """Django's hasher, but that signing in never writes: it would wait for a load to end.

    A password gets a later version's cost when it is next set.
    """

    def must_update(self, encoded: str) -> bool:  # noqa: ARG002 - the shape that Django asks
        """Never at a sign-in."""
        return False
