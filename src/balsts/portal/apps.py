"""The portal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What each role sees."""

    name = "balsts.portal"
    label = "portal"
