"""Foreign keys lifted while much is loaded, and put back: checked all at once, which takes a hundredth of the time.

What is lifted is written down in the transaction that lifts it, and struck off in the one that puts it back, so a load
that was killed leaves a list from which the next run goes on. While anything is lifted, the application may not write.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, connections, transaction
from psycopg import sql

from balsts.law.engine.errors import DomainError
from balsts.registry.load_models import LiftedConstraint


def lift(tables: list[str]) -> None:
    """Lift the foreign keys of tables. Triggers stay: they are asked of many rows at once."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])",
            [tables],
        )
        for table, name, definition in cursor.fetchall():
            LiftedConstraint.objects.using("owner").create(table=table, name=name, definition=definition)
            cursor.execute(_alter(table, "DROP CONSTRAINT {}", name))


def put_back(tell: Callable[[str], None] = lambda name: None) -> None:
    """Put back what is lifted, from whichever load.

    Raises:
        DomainError: rows contradict a constraint; it stays lifted, and the application may not write until they are
            taken out.
    """
    for one in LiftedConstraint.objects.using("owner").order_by("pk"):
        tell(one.name)
        try:
            with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
                cursor.execute(_alter(one.table, "ADD CONSTRAINT {} " + one.definition, one.name))
                LiftedConstraint.objects.using("owner").filter(pk=one.pk).delete()
        except IntegrityError:
            raise DomainError(
                f"{one.table}: loaded rows contradict {one.name}. It stays lifted and the application may not write "
                "until they are taken out; then run the load again."
            ) from None


def is_lifted() -> bool:
    """Whether anything is lifted."""
    return LiftedConstraint.objects.using("owner").exists()


def _alter(table: str, change: str, name: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} ").format(sql.Identifier(table)) + sql.SQL(change).format(sql.Identifier(name))
