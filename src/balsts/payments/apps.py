"""Payments as a Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """From decision to money: what is owed, runs, lines, overpayments found, the ledger."""

    name = "balsts.payments"
    label = "payments"

    def ready(self) -> None:
        """Make the rules of permission known."""
        import_module("balsts.payments.predicates")
