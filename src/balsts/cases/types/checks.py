"""Checks of all case types together (lint): forms and registers tell what the law reads, and each right has a type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balsts.cases.types.declaration import CaseType, Question
from balsts.cases.types.reading import case_types, unasked
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.texts import Text
from balsts.law.engine.law import Law
from balsts.law.engine.vocabulary import Month, month_number
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.fact_types import RELATION_KINDS

FIRST_MONTH, MONTHS = month_number(2026, 1), 24
"""The months for which applications are taken: from the first one on, so many."""
PAYERS = ("state", "municipality")
"""Whose rights must belong to a case type; insurance is asked for elsewhere."""

_SERVICE = Text("To piešķir kā pakalpojumu, ne ar pabalsta iesniegumu.", "Granted as a service, not by an application.")
_KITS = Text("Izsniedz pēc statusa izziņas; iesnieguma nav.", "Handed out on proof of the status, without application.")
_PAST = Text("Izmaksāja bez iesnieguma; termiņš ir beidzies.", "Was paid without an application; its time is over.")
WITHOUT_TYPE: Mapping[str, Text] = {
    "assistant_administration": _SERVICE,
    "assistant_service_funding": _SERVICE,
    "assistant_wage": _SERVICE,
    "long_term_care_client_share": _SERVICE,
    "food_kits": _KITS,
    "hygiene_kits": _KITS,
    "child_food_kits": _KITS,
    "child_hygiene_kits": _KITS,
    "school_kits": _KITS,
    "covid_child_grant": _PAST,
    "covid_disabled_child_grant": _PAST,
    "covid_pensioner_grant": _PAST,
    "energy_benefit": _PAST,
    "energy_child_benefit": _PAST,
    "energy_pension_benefit": _PAST,
    "ukraine_work_start_grant": Text(
        "Atcelts no 2026. gada 1. janvāra; iesniegumus pieņem no 2026. gada.",
        "Abolished from 1 January 2026; applications are taken from 2026 on.",
    ),
    "refugee_one_off_support": Text(
        "Izmaksā Pilsonības un migrācijas lietu pārvalde.", "Paid by the Office of Citizenship and Migration Affairs."
    ),
}
"""Rights of the state and municipalities that nobody applies for by a case type, and why."""
_TIES = {key for key, _ in RELATION_KINDS.values()}


def complaints(types: Mapping[str, CaseType] | None = None) -> list[str]:
    """What is wrong with the declared case types; nothing when all is well."""
    checked = case_types() if types is None else types
    law = latvia()
    found = [
        f"{one.code}: {what}"
        for one in checked.values()
        for check in (_of_facts, _of_codes, _of_texts, _of_questions)
        for what in check(one, law)
    ]
    return [*found, *_of_rights(checked, law)]


def inputs_of(declared: CaseType, law: Law) -> set[str]:
    """The inputs that the law reads for a case type in any month for which applications are taken; ties left out."""
    found: set[str] = set()
    for number in range(FIRST_MONTH, FIRST_MONTH + MONTHS):
        month = Month(number)
        in_force = wire(law, month)
        codes = [one for one in declared.codes if one in (*in_force.rights, *in_force.statuses)]
        names = wire(law, month, wanted=codes).inputs if codes else ()
        found |= {CATALOGUE.by_name[name].key for name in names if name in CATALOGUE.by_name}
    return found - _TIES


def _of_facts(declared: CaseType, law: Law) -> Iterator[str]:
    """Every input is told by a register, asked, found by staff, or has a reason; and none is asked in vain."""
    read = inputs_of(declared, law)
    needed = {one.key: one for one in declared.facts}
    asked = {one.code for one in _questions(declared) if one.kind == "fact"}
    found_by_staff = {one.fact for one in declared.discretions if one.fact}
    for key in sorted(read - asked - found_by_staff):
        fact = needed.get(key)
        if fact is None and key not in unasked():
            yield f"the law reads {key}; no register tells it, the form does not ask it, and no reason is given."
        elif fact is not None and not fact.registers and fact.why is None:
            yield f"{key} has no register, no question and no reason (why)."
    for key in sorted(found_by_staff - read):
        yield f"{key} is left to staff, and the law does not read it for {', '.join(declared.codes)}."
    for key in sorted((needed.keys() | asked) - read):
        yield f"{key} is asked for, and the law does not read it for {', '.join(declared.codes)}."
    for fact in declared.facts:
        for register in fact.registers:
            if declared.purpose not in REGISTERS[register].purposes:
                yield f"{register} may not be asked for {fact.key} for the purpose {declared.purpose}."


def _of_codes(declared: CaseType, law: Law) -> Iterator[str]:
    """Rights and statuses that exist at some time, given to whom the case is about."""
    months = [wire(law, Month(FIRST_MONTH + one)) for one in range(MONTHS)]
    for code in declared.codes:
        if not any(code in (*month.rights, *month.statuses) for month in months):
            yield f"{code} is in force in none of the {MONTHS} months from January 2026 on."
    for code in declared.rights:
        entities = {one.entity for one in law.rules[code]}
        if declared.subject == "person" and "household" in entities:
            yield f"{code} is a right of a household; the subject of the case is a person."
        payers = {one.right.payer for one in law.rules[code] if one.right}
        if "municipality" in payers and declared.office != "social_service":
            yield f"{code} is paid by the municipality, and {declared.office} decides."
        if "state" in payers and declared.office == "social_service":
            yield f"{code} is paid by the state, and a social service decides."
    if not declared.codes and declared.register is None:
        yield "it grants nothing."


def _of_texts(declared: CaseType, law: Law) -> Iterator[str]:
    """Every text stands in both languages, and they differ."""
    texts = [declared.name, declared.says, *(one.title for one in declared.pages)]
    texts += [one.title for one in declared.evidence]
    texts += [one.title for one in declared.discretions]
    texts += [one.title for one in _questions(declared)]
    texts += [words for one in _questions(declared) for _, words in one.choices]
    texts += [one.hint for one in _questions(declared) if one.hint]
    for one in texts:
        if not one.lv or not one.en or one.lv == one.en:
            yield f"a text is not in both languages: «{one.lv}», «{one.en}»."


def _of_questions(declared: CaseType, law: Law) -> Iterator[str]:
    """Codes are used once; a condition names a question of an earlier page; choices are given."""
    earlier: set[str] = set()
    for page in declared.pages:
        for one in page.questions:
            if one.code in earlier:
                yield f"{one.code} is asked twice."
            if one.only_if is not None and one.only_if[0] not in earlier:
                yield f"{one.code} depends on {one.only_if[0]}, which no earlier page asks."
            if (one.kind == "choice") != bool(one.choices):
                yield f"{one.code}: choices belong to a question of kind choice."
        earlier |= {one.code for one in page.questions}
    for evidence in declared.evidence:
        if evidence.only_if is not None and evidence.only_if[0] not in earlier:
            yield f"evidence {evidence.code} depends on {evidence.only_if[0]}, which the form does not ask."


def _of_rights(types: Mapping[str, CaseType], law: Law) -> Iterator[str]:
    """Each right that the state or a municipality pays belongs to one case type, or has a reason for none."""
    for code in law.rights():
        payers = {one.right.payer for one in law.rules[code] if one.right}
        owners = sorted(one.code for one in types.values() if code in one.rights)
        if len(owners) > 1:
            yield f"{code} belongs to several case types: {', '.join(owners)}."
        if owners and code in WITHOUT_TYPE:
            yield f"{code} belongs to {owners[0]}, and a reason says that nobody applies for it."
        if not owners and code not in WITHOUT_TYPE and payers & set(PAYERS):
            yield f"{code} belongs to no case type, and no reason is given."
    for code in sorted(WITHOUT_TYPE.keys() - set(law.rights())):
        yield f"{code} has a reason for no case type, and is no right of the law."


def _questions(declared: CaseType) -> list[Question]:
    return [one for page in declared.pages for one in page.questions]


def open_questions(types: Mapping[str, CaseType] | None = None) -> list[tuple[str, Text]]:
    """What the acts do not settle yet, by case type, once each."""
    found: dict[tuple[str, Text], None] = {}
    for one in (case_types() if types is None else types).values():
        cited = [one.cited, one.grant.cited, *(term.cited for term in one.terms.values())]
        cited += [discretion.cited for discretion in one.discretions]
        found |= dict.fromkeys((one.code, each.question) for each in cited if each.question)
    return list(found)
