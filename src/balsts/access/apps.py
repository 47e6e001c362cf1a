"""Access as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Institutions, roles, purposes, permission, and the record of who looked."""

    name = "balsts.access"
    label = "access"

    def ready(self) -> None:
        """Make the rules of permission known."""
        import_module("balsts.access.predicates")
