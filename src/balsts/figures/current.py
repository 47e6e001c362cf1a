"""The book of published figures as it stands."""

from __future__ import annotations

from balsts.figures.book import Book, packaged


def book() -> Book:
    """The published figures as they stand now."""
    return packaged()
