"""How passwords are kept: Argon2id, with the cost that it had when the password was set.

Cost: 46 MiB once over in one thread, the first of those that OWASP holds to be equally strong
(Password Storage Cheat Sheet). Django's 100 MiB in eight threads keep a small server busy for a
third of a second while others wait.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

__all__ = ["Argon2"]


class Argon2(Argon2PasswordHasher):
    """Django's hasher, but that signing in never writes: it would wait for a load to end.

    A password gets a later version's cost when it is next set.
    """

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1

    def must_update(self, encoded: str) -> bool:  # noqa: ARG002 - the shape that Django asks
        """Never at a sign-in."""
        return False
