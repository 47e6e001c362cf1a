"""Queries that are put into SQL once in a process and then only sent, for what pages ask again and again.

Django takes about ten times as long to put a query into SQL as the database takes to answer it (1.2 and 0.13 ms were
measured for the events of a case), so pages that ask twenty of them spend most of their time there; see
docs/adr/0021-what-pages-ask-is-put-into-sql-once.md. What is kept is the text alone, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row", bound=Model)


class Kept(Generic[Row]):
    """A query for whole rows, with values that are given each time it is asked.

        _EVENTS = Kept(lambda case: Event.objects.filter(case=case).order_by("-at"))
        _EVENTS(case.pk)

    Args:
        make: makes the query of values. It is called once, with places for the values, so it may not look into them:
            compare keys (not rows) with `=`, several with `any_of`, and leave days to whoever asks.
    """

    every: ClassVar[list[Kept[Any]]] = []
    """All there are, for the test that compares each with what Django asks."""

    def __init__(self, make: Callable[..., QuerySet[Row]]) -> None:
        self.make = make
        self._sent: _Sent[Row] | None = None
        Kept.every.append(self)

    def __call__(self, *values: object) -> list[Row]:
        """The rows for some values, in the order of what the query asks for them."""
        if self._sent is None:
            self._sent = _Sent(self.make(*(_Place(number) for number in range(len(values)))))
        return self._sent.rows(values)

    def first(self, *values: object) -> Row | None:
        """The first row for some values; None if there is none. All are read: ask for one in the query."""
        return next(iter(self(*values)), None)


class _Sent(Generic[Row]):
    """A query in SQL, and how rows are made of its answer, as Django's own queries make them."""

    def __init__(self, query: QuerySet[Row]) -> None:
        if query._iterable_class is not ModelIterable or query.query.annotations:  # noqa: SLF001
            raise TypeError("A kept query gives whole rows: neither values nor annotations.")
        self._database = query.db
        compiler: Any = query.query.get_compiler(query.db)
        self._sql, self._parameters = compiler.as_sql()
        self._compiler = compiler
        self._converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        fields = compiler.klass_info["select_fields"]
        self._from, self._until = fields[0], fields[-1] + 1
        self._model: type[Row] = compiler.klass_info["model"]
        self._names = [expression.target.attname for expression, _, _ in compiler.select[self._from : self._until]]
        populators: Any = get_related_populators  # the stubs know another version's
        self._related = populators(compiler.klass_info, compiler.select, query.db)

    def rows(self, values: Sequence[object]) -> list[Row]:
        given: list[Any] = [values[one.number] if isinstance(one, _Place) else one for one in self._parameters]
        with connections[self._database].cursor() as cursor:
            cursor.execute(self._sql, given)
            answer: Iterable[Sequence[Any]] = cursor.fetchall()
        if self._converters:
            answer = self._compiler.apply_converters(answer, self._converters)
        return [self._row(one) for one in answer]

    def _row(self, values: Sequence[Any]) -> Row:
        row = self._model.from_db(self._database, self._names, values[self._from : self._until])
        for related in self._related:
            related.populate(values, row)
        return row


class _Place(Expression):
    """Where a value goes that is given each time."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter, marked by this itself."""
        return "%s", [self]


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """`field__any_of=[…]`: as `in`, with one parameter however many there are, so that the text stays the same."""

    lookup_name = "any_of"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, _connection: Any) -> Any:
        """The list as one parameter."""
        return "%s", [list(value)]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """In SQL."""
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} = ANY ({right})", (*of_left, *of_right)


class _Read(QuerySet[Row]):
    """Rows that are here already; what is asked of them beyond all of them is asked of the table."""

    def __init__(self, model: type[Row]) -> None:
        super().__init__(model)
        self._result_cache: list[Row] = []
        self._prefetch_done = True

    def _chain(self) -> Any:
        return self.model._default_manager.filter(pk__in=[one.pk for one in self._result_cache])


def attach(owners: Iterable[Model], name: str, rows: Iterable[Model]) -> None:
    """Give owners what hangs on them, read apart: `owner.name.all()` asks no more, and each row knows its owner.

    Args:
        name: as the owner calls them, the `related_name`.
        rows: in the order in which each owner has them; those of others are left out.
    """
    found: dict[Any, tuple[Model, list[Model]]] = {}
    for owner in owners:
        relation: Any = owner._meta.get_field(name)
        read: Any = _Read(relation.related_model)
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = read  # where Django looks first
        found[owner.pk] = owner, read._result_cache  # noqa: SLF001
    for row in rows if found else ():
        if (of := found.get(getattr(row, relation.field.attname))) is not None:
            setattr(row, relation.field.name, of[0])
            of[1].append(row)
