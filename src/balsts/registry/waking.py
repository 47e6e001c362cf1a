"""News wake those who must look again: once for a transaction, however much it states, and after its commit.

The news themselves are written by the database, in the transaction that states something (`news_models`). Should waking
somebody fail, they are not lost: they wait until somebody looks, and that is done once a night in any case.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

_SLEEPERS: list[Callable[[], object]] = []


def wake_on_news(sleeper: Callable[[], object]) -> None:
    """Have somebody woken when there are news; a stage that stands above this one asks for it when it is made ready."""
    if sleeper not in _SLEEPERS:
        _SLEEPERS.append(sleeper)


def tell_after_commit() -> None:
    """There are news: wake whoever wants to know of them once this transaction is committed, and once in it."""
    waiting = transaction.get_connection().run_on_commit
    if not any(one is _wake for _, one, _ in waiting):
        # What goes wrong then is written to the log: what was stated stands, whoever stated it.
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    for sleeper in _SLEEPERS:
        sleeper()
