"""Access as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Institutions, roles, purposes, permission, and the record of who looked."""

    name = "balsts.access"
    label = "access"
