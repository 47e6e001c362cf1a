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
        import_module("balsts.registry.waking").wake_on_news(_look_at_news)


def _look_at_news() -> None:
    # Imported when it is needed: whoever only asks something should not wait for all that the job does.
    import_module("balsts.cases.background").defer_news()
