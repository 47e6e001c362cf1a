"""That of one key and day at most one statement is believed: a constraint that the database keeps by a trigger."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class OneAtATime(models.BaseConstraint):
    """At most one statement of a key is believed for a day, whoever writes; a key with an empty column is free.

    `key` are fields of the statement, of which the first `indexed` begin an index. The first also says whom writers
    wait for: a person, a household or a number. The trigger's function is in `migrations/sql`.
    """

    def __init__(self, name: str, key: tuple[str, ...], indexed: int = 1) -> None:
        super().__init__(name=name)
        self.key, self.indexed = tuple(key), indexed

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Nothing inside CREATE TABLE; the trigger follows it."""
        if model is not None and schema_editor is not None:
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """The trigger."""
        name, table, columns = self._in(model, schema_editor)
        return (f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
                f"FOR EACH STATEMENT EXECUTE FUNCTION registry_one_at_a_time({self.indexed}, {columns})")  # fmt: skip

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Without the trigger."""
        name, table, _ = self._in(model, schema_editor)
        return f"DROP TRIGGER {name} ON {table}"

    def validate(self, *_: Any, **__: Any) -> None:
        """The database alone can say, since only it sees what may not be seen by who writes."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """As a migration writes it."""
        path, arguments, named = super().deconstruct()
        return path, tuple(arguments), {**named, "key": self.key, "indexed": self.indexed}

    def __eq__(self, other: object) -> bool:
        """Equal where all that is declared is."""
        return isinstance(other, OneAtATime) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        """By name and key."""
        return hash((self.name, self.key))

    def _in(self, model: Any, schema_editor: Any) -> tuple[str, str, str]:
        columns = ", ".join(f"'{model._meta.get_field(name).column}'" for name in self.key)
        return schema_editor.quote_name(self.name), schema_editor.quote_name(model._meta.db_table), columns
