"""Passwords of tests: kept as in earnest, by the same function, with the least work that it can be given."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 that is quick; in earnest it is slow on purpose, which in tests would be a third of a second each time."""

    time_cost, memory_cost, parallelism = 1, 8, 1
