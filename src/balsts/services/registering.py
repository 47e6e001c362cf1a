"""Registering providers: taking in an application, drafting what its decision enters, changes or removes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Municipality
from balsts.access.predicates import require
from balsts.cases import entries
from balsts.cases.chain import draft_decision
from balsts.cases.errors import CaseNotReady, EntryRefused
from balsts.cases.models import Application, Case, Decision, Organisation
from balsts.cases.opening import receive
from balsts.cases.types.declaration import Register
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError, nearest
from balsts.services.catalogue import registered_services

TYPE = "provider_registration"
PURPOSE = "provider_register"


def the_register() -> Register:
    """The register of social service providers, as declared."""
    found = case_type(TYPE).register
    assert found is not None
    return found


def apply(
    who: Acting, provider: Organisation, *, key: uuid.UUID, since: date, answers: Mapping[str, Any],
    offers: Sequence[Mapping[str, Any]], channel: str, received_on: date | None = None,
) -> Application:  # fmt: skip
    """Take in an application for registration: which services at which addresses, each an entry.

    Args:
        key: made when the form was begun; the same twice is one application.
        answers: to the questions of the case type's form.

    Raises:
        AccessDenied: who acts may not apply for a provider.
        EntryRefused: an entry asked for does not follow the register's declaration.
    """
    content = _checked({"enter": list(offers)})
    given = {"provider": provider.name} | dict(answers) | {"entries": content["enter"]}
    return receive(who, TYPE, key=key, organisation=provider, since=since, answers=given, channel=channel,
                   received_on=received_on)  # fmt: skip


def draft_registration(
    who: Acting, case: Case, offers: Sequence[Mapping[str, Any]], *, since: date, reasons: str = "",
    changes: Sequence[Mapping[str, Any]] = (),
) -> Decision:  # fmt: skip
    """Draft the decision that enters services at addresses, for five years from a day, or changes what is entered.

    Args:
        changes: each the `key` of an entry with the fields that differ.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        EntryRefused: an entry does not follow the register's declaration, or is not there to be changed.
        CaseNotReady: another decision is being made.
    """
    content = _checked({"enter": list(offers), "change": list(changes)})
    return _draft(who, case, Decision.Kind.GRANT, content, since, reasons)


def draft_removal(who: Acting, case: Case, keys: Iterable[str], *, ground: str, since: date, reasons: str) -> Decision:
    """Draft the decision that removes entries of the provider of a case from a day on, on a declared ground.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        EntryRefused: no such ground or entry.
        CaseNotReady: no reasons are given, or another decision is being made.
    """
    if not reasons.strip():
        raise CaseNotReady(f"Case {case.number}: a removal needs its reasons.")
    content = _checked({"end": [{"key": key, "ground": ground} for key in keys]})
    return _draft(who, case, Decision.Kind.END, content, since, reasons)


def draft_refusal(who: Acting, case: Case, reasons: str) -> Decision:
    """Draft the decision that refuses registration.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: no reasons are given, or another decision is being made.
    """
    if not reasons.strip():
        raise CaseNotReady(f"Case {case.number}: a refusal needs its reasons.")
    return draft_decision(who, case, kind=Decision.Kind.REFUSE, reasons=reasons.strip())


def _draft(
    who: Acting, case: Case, kind: str, content: dict[str, list[dict[str, Any]]], since: date, reasons: str
) -> Decision:
    with in_scope(who):
        require("cases.work", who, case)
        if case.type != TYPE or case.organisation_id is None:
            raise CaseNotReady(f"Case {case.number} is not about a provider's registration.")
        believed = entries.entries_of(the_register(), organisation=case.organisation_id)
        entries.planned(the_register(), content, since, believed)  # what cannot be done now is not drafted
        given = {part: found for part, found in content.items() if found}
        return draft_decision(who, case, kind=kind, content=given, since=since, reasons=reasons.strip())


def _checked(content: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found = entries.checked(the_register(), content)
    known = registered_services()
    places = {one["municipality"] for one in found["enter"] + found["change"] if "municipality" in one}
    there = set(Municipality.objects.filter(code__in=places).values_list("code", flat=True))
    for one in found["enter"]:
        if one["service"] not in known:
            raise EntryRefused(
                f"{one['service']}: nobody is registered for this service.{nearest(one['service'], known)}"
            )
    if places - there:
        raise EntryRefused(f"{', '.join(sorted(places - there))}: no municipality has this code.")
    return found


def case_of(who: Acting, number: uuid.UUID) -> Case:
    """A case of a provider's registration that who acts sees; used inside `in_scope(who)`.

    Raises:
        DomainError: there is none that they see.
    """
    found = Case.objects.filter(pk=number, type=TYPE).select_related("organisation").first()
    if found is None:
        raise DomainError("There is no such case of the register of providers.")
    require("cases.read", who, found)
    return found
