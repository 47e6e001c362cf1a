"""The exchange with registers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Questions to state registers, their messages, and how far their feeds are read."""

    name = "balsts.exchange"
    label = "exchange"
