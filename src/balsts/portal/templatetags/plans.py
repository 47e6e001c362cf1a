"""Filters of the pages of programmes, budget, funds, strategy and services."""

from __future__ import annotations

from django import template

from balsts.portal.statistics.plan_tables import number

register = template.Library()
register.filter("exact", number)
