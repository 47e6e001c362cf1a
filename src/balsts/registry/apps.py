"""The registry as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Persons, households, and what is known about them, from where, since when."""

    name = "balsts.registry"
    label = "registry"

    def ready(self) -> None:
        """Make the rules of permission known."""
        import_module("balsts.registry.predicates")
