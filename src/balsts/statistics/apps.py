"""Statistics as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """From decisions, services and money to figures: definitions, live series, disclosure control."""

    name = "balsts.statistics"
    label = "statistics"
