"""Figures as a Django application."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FiguresConfig(AppConfig):
    """Published figures: tables loaded, figures, contradictions found in them."""

    name = "balsts.figures"
    label = "figures"

    def ready(self) -> None:
        """Make the rules of permission known; tables that are part of the product come with the migrations."""
        import_module("balsts.figures.predicates")
        post_migrate.connect(_bring_up_to_date, sender=self, dispatch_uid="balsts.figures")


def _bring_up_to_date(using: str, **_named: Any) -> None:
    from balsts.figures.loading import load_packaged  # models are there only now

    load_packaged(using=using)
