"""The record of who looked: kept whatever happens, seen by those it concerns, and no change to it goes unnoticed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.log import Anchor, Finding, anchor, anchors_in, log_access, verify_log
from balsts.access.models import AccessRecord
from balsts.database.server import APPLICATION, OWNER, Cluster

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
ANNA, JURIS = uuid.UUID(int=1), uuid.UUID(int=2)
WORKER = Acting(uuid.UUID(int=9), uuid.UUID(int=8), "0001000", "social_worker", "social_assistance")
AUDITOR = Acting(None, None, "", "auditor", "audit")


@pytest.fixture
def by_the_owner() -> Iterator[None]:
    """The log is written and checked by the owner of the tables: who could tamper with it. All is rolled back."""
    kept = connections["log"]
    connections["log"] = connections["owner"]
    yield
    connections["log"] = kept


def five_records() -> Anchor:
    for detail in ("search", "adreses", "mājsaimniecība «ā»", 'a "quoted" \\ detail\n\t', "facts"):
        log_access(WORKER, "read", [ANNA], detail)
    found = anchor("log")
    assert found is not None
    return found


def tamper(statement: str) -> None:
    """Switch the triggers off first, as one with the owner's rights can."""
    with connections["log"].cursor() as cursor:
        cursor.execute("ALTER TABLE access_accessrecord DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE access_accessrecord ENABLE TRIGGER USER")


def wrong(*anchors: Anchor) -> list[Finding]:
    return verify_log(anchors, "log")[1]


def test_an_untouched_log_holds(by_the_owner: None) -> None:
    end = five_records()
    assert verify_log([end], "log") == (end.number, [])


@pytest.mark.parametrize(("change", "at", "said"), [
    ("UPDATE access_accessrecord SET detail = 'nothing' WHERE number = {end} - 2", -2, "was changed"),
    ("UPDATE access_accessrecord SET staff = NULL WHERE number = {end}", 0, "was changed"),
    ("UPDATE access_accessrecord SET at = at - interval '1 microsecond' WHERE number = {end} - 1", -1, "was changed"),
    ("DELETE FROM access_accessrecord WHERE number = {end} - 3", -3, "is missing"),
    ("DELETE FROM access_accessrecord WHERE number = {end}", 0, "was cut off"),
    ("""DELETE FROM access_accessrecord WHERE number = {end} - 1;
        UPDATE access_accessrecord SET number = number - 1 WHERE number = {end}""", -1, "was removed"),
    ("""UPDATE access_accessrecord a SET subject = b.subject, detail = b.detail FROM access_accessrecord b
        WHERE a.number = {end} - 1 AND b.number = {end}""", -1, "was changed"),
    ("""UPDATE access_accessrecord SET detail = 'nothing' WHERE number = {end};
        UPDATE access_accessrecord a SET hash = access_record_hash(a) WHERE number = {end}""", 0, "written anew"),
], ids=["text", "who", "when", "removed", "cut off", "renumbered", "exchanged", "hashed anew"])  # fmt: skip
def test_tampering_is_found(by_the_owner: None, change: str, at: int, said: str) -> None:
    end = five_records()
    tamper(change.format(end=end.number))
    findings = wrong(end)
    assert [one.number for one in findings] == [end.number + at]
    assert said in findings[0].what


def test_without_an_anchor_a_cut_off_end_cannot_be_seen(by_the_owner: None) -> None:
    """Why anchors are kept elsewhere."""
    end = five_records()
    tamper(f"DELETE FROM access_accessrecord WHERE number = {end.number}")
    assert wrong() == []


@pytest.mark.parametrize("change", [
    "UPDATE access_accessrecord SET detail = ''", "DELETE FROM access_accessrecord", "TRUNCATE access_accessrecord",
])  # fmt: skip
def test_not_even_the_owner_changes_a_record_by_the_way(by_the_owner: None, change: str) -> None:
    five_records()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic("owner"):
        connections["owner"].cursor().execute(change)


@pytest.mark.parametrize("change", [
    "UPDATE access_accessrecord SET detail = ''", "DELETE FROM access_accessrecord", "TRUNCATE access_accessrecord",
    "ALTER TABLE access_accessrecord DISABLE TRIGGER USER", "DROP TABLE access_accessrecord",
])  # fmt: skip
def test_the_application_has_no_right_to_change_a_record(change: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic("log"):
        connections["log"].cursor().execute(change)


def test_a_writer_cannot_choose_number_day_or_hash() -> None:
    with connections["log"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_accessrecord (number, at, role, purpose, subject, action, detail, previous_hash, hash) "
            "VALUES (7, '2020-01-01', '', '', %s, 'read', '', '', '')", [ANNA]
        )  # fmt: skip
    with in_scope(AUDITOR, "log"):
        assert verify_log(using="log")[1] == []
        assert not AccessRecord.objects.using("log").filter(at__year=2020).exists()


def test_a_person_sees_who_looked_at_their_own_data_and_at_nobody_elses() -> None:
    log_access(WORKER, "search_hit", [ANNA, JURIS], "name and date of birth")
    with in_scope(the_person(ANNA), "log"):
        seen = list(AccessRecord.objects.using("log").values_list("subject", flat=True))
    assert set(seen) == {ANNA}


def test_staff_who_do_not_audit_see_no_record() -> None:
    log_access(WORKER, "read", [ANNA], "facts")
    with in_scope(WORKER, "log"):
        assert not AccessRecord.objects.using("log").exists()
    assert not AccessRecord.objects.using("log").exists()


def test_a_record_stays_when_the_work_that_looked_is_rolled_back() -> None:
    with transaction.atomic():
        log_access(WORKER, "read", [ANNA], "facts")
        transaction.set_rollback(True)
    with in_scope(AUDITOR, "log"):
        assert AccessRecord.objects.using("log").filter(subject=ANNA).exists()


@given(detail=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200))
def test_whatever_a_detail_holds_both_sides_work_out_the_same_hash(detail: str) -> None:
    with transaction.atomic("log"):
        log_access(WORKER, "read", [ANNA], detail)
        with in_scope(AUDITOR, "log"):
            assert verify_log(using="log")[1] == []
        transaction.set_rollback(True, "log")


def test_writers_at_the_same_time_make_one_chain(cluster: Cluster, django_db_setup: None) -> None:
    def write(who: int) -> None:
        with cluster.connect(APPLICATION, autocommit=True) as connection:
            for _ in range(20):
                connection.execute(
                    "INSERT INTO access_accessrecord (role, purpose, subject, action, detail) "
                    "VALUES ('auditor', 'audit', %s, 'read', 'at the same time')", [uuid.UUID(int=who)]
                )  # fmt: skip

    before = numbers(cluster)
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))
    after = numbers(cluster)
    assert after == list(range(1, len(before) + 81))
    with in_scope(AUDITOR):
        assert verify_log()[1] == []


def numbers(cluster: Cluster) -> list[int]:
    with cluster.connect(OWNER) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM access_accessrecord ORDER BY number")]


def test_an_anchor_is_read_as_it_is_printed() -> None:
    one = Anchor(12, "ab" * 32)
    assert list(anchors_in([f"{one}\n", "\n", f"{one} noted on Monday\n"])) == [one, one]
    for line in ("12", "12 abc", "twelve " + "ab" * 32, "12 abcd"):
        with pytest.raises(ValueError):  # noqa: PT011  # each part has words of its own
            list(anchors_in([line]))


def test_the_role_of_the_tests_is_the_applications() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APPLICATION,)
