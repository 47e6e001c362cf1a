"""Cases as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """From need to decision: applications, determinations, decisions, awards, appeals."""

    name = "balsts.cases"
    label = "cases"

    def ready(self) -> None:
        """Make the rules of permission known, and have a job look at what the registry tells."""
        import_module("balsts.cases.predicates")
        import_module("balsts.registry.waking").wake_on_news(import_module("balsts.cases.deferring").defer_news)
