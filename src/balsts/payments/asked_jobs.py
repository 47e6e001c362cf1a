"""What commands of payments are asked for by their options, and how they tell rows."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date
from typing import Any, TypeVar

from django.db import models

from balsts.access.acting import Acting, in_scope
from balsts.law.engine.errors import InputError
from balsts.payments.withholding_models import Agreed

Row = TypeVar("Row", bound=models.Model)


def one_of(who: Acting, kind: type[Row], option: str, text: str) -> Row:
    """The row that an option names, as far as who acts sees it."""
    try:
        name = uuid.UUID(text)
    except ValueError:
        raise InputError(f"{option}: {text[:40]} is not an identifier; expected one as `list` prints it.") from None
    with in_scope(who):
        found = kind._default_manager.filter(pk=name).first()
    if found is None:
        raise InputError(f"{option}: this payer has none of that identifier; `list` shows what there is.")
    return found


def day_of(option: str, text: str) -> date:
    """The day that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option}: {text[:40]} is not a day; expected YYYY-MM-DD.") from None


def state_of(one: Agreed) -> str:
    """Where something is that takes two people."""
    if one.ended_by is not None:
        return "ended"
    return "proposed" if one.agreed_by is None else "agreed"


def told(arguments: argparse.Namespace, rows: list[dict[str, Any]]) -> int:
    """Print rows as JSON, or one a line."""
    if arguments.json:
        print(json.dumps(rows, sort_keys=True, ensure_ascii=False))
        return 0
    for row in rows:
        print("; ".join(f"{name} {value}" for name, value in row.items() if value not in ("", None)))
    if not rows:
        print("there is none")
    return 0
