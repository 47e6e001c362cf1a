"""Who acts, as the database is told: once for a piece of work, and again where another takes over within it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.db import connection, transaction

from balsts.access.acting import Acting, in_scope, the_person, the_platform

pytestmark = pytest.mark.django_db(databases=["default"])
ANNA = the_person(uuid.UUID(int=1))


def known() -> tuple[str, str]:
    """The role and the person that the database goes by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_setting('role'), access_setting('person')")
        role, person = cursor.fetchone()
    return role, person


OF_ANNA = ("resident", str(ANNA.person))
OF_NOBODY = ("", "")


def test_whoever_takes_over_within_a_piece_of_work_leaves_it_as_it_was() -> None:
    with in_scope(ANNA):
        assert known() == OF_ANNA
        with in_scope(the_platform()):
            assert known() == (the_platform().role, "")
            with in_scope(ANNA):
                assert known() == OF_ANNA
            assert known() == (the_platform().role, "")
        assert known() == OF_ANNA
    assert known() == OF_NOBODY


def test_what_fails_within_leaves_who_acted_before() -> None:
    class Failed(Exception):
        pass

    with in_scope(ANNA):
        for who in (ANNA, the_platform(), replace(ANNA, person=uuid.UUID(int=2))):
            with pytest.raises(Failed), in_scope(who):
                raise Failed
            assert known() == OF_ANNA
        with pytest.raises(Failed), transaction.atomic(), in_scope(the_platform()):
            raise Failed
        assert known() == OF_ANNA
    assert known() == OF_NOBODY


@pytest.mark.django_db(databases=["default"], transaction=True)
def test_a_connection_forgets_who_acted_with_the_transaction() -> None:
    nobody: Acting | None = getattr(connection, "acting", None)
    with in_scope(ANNA):
        assert known() == OF_ANNA
    assert (nobody, getattr(connection, "acting", None)) == (None, None)
    assert known() == OF_NOBODY


def test_the_same_who_is_not_told_again(django_assert_num_queries) -> None:
    with in_scope(ANNA), django_assert_num_queries(2), in_scope(ANNA):
        pass  # a savepoint, and its end
