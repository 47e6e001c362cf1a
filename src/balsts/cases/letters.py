"""A decision as a letter: in short and in plain words first, then facts, calculation, articles, how to contest it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from balsts.access.models import StaffAccount
from balsts.access.roles import ROLES
from balsts.cases.determining import explained, trace_of
from balsts.cases.facts_used import UsedFact, facts_used
from balsts.cases.letter_entries import entries_in_short, entry_sections
from balsts.cases.letter_words import WORDS, months_words, per_words, term_words
from balsts.cases.models import Decision, DeterminationLine
from balsts.cases.timeline import month_of_day
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type
from balsts.documents.letter import (
    Block,
    Calculation,
    Column,
    Fact,
    Items,
    Language,
    Letter,
    Paragraph,
    Party,
    Section,
    Signatory,
    Step,
    Table,
)
from balsts.law.engine.quantities import calendar_day, euro_words, month_from, month_words
from balsts.law.latvia import latvia
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Address, PersonName
from balsts.registry.selectors import known

_HOUSEHOLD = "household"
_NOTHING: Mapping[str, Any] = {"rights": [], "refused": []}
_DEPTH = 4
"""A letter tells conditions at the first step and amounts down to this depth; the portal opens every step."""


@dataclass(frozen=True)
class Made:
    """What a letter about a decision is made of.

    Attributes:
        names: of persons, by their identifiers as the trees have them.
        explained: the explanation that the decision was made with, in the language of the letter.
    """

    decision: Decision
    declared: CaseType
    language: Language
    names: Mapping[str, str]
    explained: Mapping[str, Any]
    lines: tuple[DeterminationLine, ...]
    facts: tuple[UsedFact, ...]

    def say(self, key: str, **values: str) -> str:
        """A phrase in the language of the letter."""
        return WORDS[self.language][key].format(**values)

    def right(self, code: str) -> str:
        """The name of a right or status in the wording that holds at the beginning."""
        version = latvia().version(code, self.decision.since) or latvia().rules[code][-1]
        return version.lv if self.language == "lv" else version.en


def letter_of(decision: Decision, language: Language, *, is_draft: bool = False) -> Letter:
    """The letter that makes a decision known; to be called in the scope of the platform."""
    made = _made(decision, language)
    case = decision.case
    office = case.institution
    name = office.name_lv if language == "lv" else office.name_en
    place = office.municipality.name if office.municipality else WORDS[language]["capital"]
    contact = tuple(one for one in (office.telephone, office.email) if one)
    return Letter(
        language=language,
        sender=Party(name, (office.address,) if office.address else (), contact),
        addressee=_addressee(decision),
        place=place,
        on=timezone.localdate(),
        number=decision.number,
        title=made.say(f"title_{decision.kind}", name=made.declared.name.in_language(language)),
        summary=tuple(_summary(made)),
        sections=tuple(_sections(made)),
        signatory=_signatory(made),
        verification=made.say("verification"),
        is_draft=is_draft,
    )


def _made(decision: Decision, language: Language) -> Made:
    determination = decision.determination
    lines = tuple(determination.lines.order_by("months", "code", "pk")) if determination else ()
    used = tuple(facts_used(determination)) if determination else ()
    reasons = _explained(decision)[language]
    persons = {one.person for one in used if one.person} | {decision.case.subject_id} - {None}
    return Made(decision, case_type(decision.case.type), language, names_of(persons), reasons, lines, used)


def _explained(decision: Decision) -> Mapping[str, Any]:
    """What the decision was made with; of a draft, what it would be made with."""
    if decision.determination is None:
        return {"lv": _NOTHING, "en": _NOTHING}
    if decision.state in (Decision.State.DRAFTED, Decision.State.CHECKED):
        return explained(decision.determination)
    return trace_of(decision)


def names_of(persons: Iterable[uuid.UUID | None]) -> dict[str, str]:
    """The newest known names of persons, by their identifiers."""
    found = known(PersonName).filter(person__in=[one for one in persons if one]).order_by("valid")
    return {str(one.person_id): f"{one.given_names} {one.surname}" for one in found}


def _addressee(decision: Decision) -> Party:
    case = decision.case
    if case.organisation is not None:
        return Party(case.organisation.name, (case.organisation.registration_number,))
    today = timezone.localdate()
    homes = known(Address).filter(person=case.subject_id, valid__contains=today)
    by_kind = {one.kind: one.text for one in homes}
    home = by_kind.get(Address.Kind.POSTAL) or by_kind.get(Address.Kind.DECLARED) or ""
    return Party(names_of([case.subject_id]).get(str(case.subject_id), "–"), (home,) if home else ())


# -- in short ------------------------------------------------------------------------------------------------------


def _summary(made: Made) -> Iterator[str]:
    lang = made.language
    granted = [one for one in made.lines if one.kind == DeterminationLine.Kind.RIGHT and one.amount]
    for line in granted:
        yield made.say("granted", right=made.right(line.code), amount=_amount(line, lang),
                       per=per_words(line.per, lang), months=_months(made, line))  # fmt: skip
    for line in made.lines:
        if line.kind == DeterminationLine.Kind.STATUS:
            yield made.say("status", status=made.right(line.code), months=_months(made, line))
    if made.decision.determination is not None:
        given = {one.code for one in made.lines}
        for code in made.declared.rights:
            if code not in given and latvia().version(code, made.decision.since):
                yield made.say("not_granted", right=made.right(code))
    if made.declared.register is not None:
        yield from entries_in_short(made.decision, made.declared.register, lang)
    elif made.decision.kind == Decision.Kind.END:
        yield made.say("ended")
    term = made.declared.terms["contest"]
    yield made.say("contest_short", term=term_words(term, lang))
    if made.decision.is_automatic:
        yield made.say("automatic", contact=_contact(made))


def _amount(line: DeterminationLine, lang: str) -> str:
    assert line.amount is not None
    return euro_words(line.amount, lang)


def _months(made: Made, line: DeterminationLine) -> str:
    is_open = not made.declared.grant.months_rule and made.decision.determination is not None and (
        line.months.upper == made.decision.determination.months.upper
    )  # fmt: skip
    last = None if is_open else month_of_day(line.months.upper) - 1
    return months_words(month_of_day(line.months.lower), last, made.language)


def _contact(made: Made) -> str:
    office = made.decision.case.institution
    name = office.name_lv if made.language == "lv" else office.name_en
    return ", ".join(one for one in (name, office.telephone, office.email) if one)


# -- sections ------------------------------------------------------------------------------------------------------


def _sections(made: Made) -> Iterator[Section]:
    if made.declared.register is not None:
        yield from entry_sections(made.decision, made.declared.register, made.language)
    if made.facts:
        yield Section(made.say("facts"), tuple(_facts(made)))
    if made.explained["rights"]:
        yield Section(made.say("calculation"), tuple(_calculation(made)))
    if made.explained["refused"]:
        yield Section(made.say("refused"), tuple(_refused(made)))
    reasons = [one for one in (made.decision.reasons, *_discretion(made)) if one]
    if reasons:
        yield Section(made.say("reasons"), tuple(Paragraph(one) for one in reasons))
    yield Section(made.say("articles"), (Items(tuple(_articles(made))),))
    yield Section(made.say("contest"), tuple(_contest(made)))


def _facts(made: Made) -> Iterator[Block]:
    yield Paragraph(made.say("facts_intro"))
    columns = (Column(made.say("fact")), Column(made.say("source")), Column(made.say("value"), is_amount=True))
    for whose, facts in groupby(made.facts, lambda one: one.person):
        name = made.names.get(str(whose), "–") if whose else made.say("household")
        own = list(facts)
        rows = tuple((one.title(made.language), one.told(made.language), one.value(made.language))
                     for one in own if not one.is_of_nothing)  # fmt: skip
        if rows:
            yield Table(name, columns, rows)
        if nothing := dict.fromkeys(one.title(made.language).lower() for one in own if one.is_of_nothing):
            yield Paragraph(made.say("none_of", name=name, facts="; ".join(nothing)))


def _calculation(made: Made) -> Iterator[Block]:
    if len(made.lines) > 1 or any(one.amount for one in made.lines):
        columns = (Column(made.say("months")), Column(made.say("right")), Column(made.say("amount"), is_amount=True))
        rows = tuple((_months(made, one), made.right(one.code), _amount(one, made.language))
                     for one in made.lines if one.kind == DeterminationLine.Kind.RIGHT and one.amount)  # fmt: skip
        if rows:
            yield Table(made.say("by_month"), columns, rows)
    told: set[str] = set()
    for one in made.explained["rights"]:
        month = month_words(month_from(one["month"]), made.language)
        if one["code"] not in told:  # a later span differs by its month alone; the portal shows each
            yield Paragraph(made.say("how", right=made.right(one["code"]), month=month), is_strong=True)
            yield Calculation(tuple(_step(made, tree, 1) for tree in one["trees"]))
        told.add(one["code"])


def _step(made: Made, tree: Mapping[str, Any], depth: int) -> Step:
    whose = "" if tree["who"] == _HOUSEHOLD else made.names.get(tree["who"], "")
    told = tree.get("from", ()) if depth < _DEPTH else ()
    below = tuple(_step(made, one, depth + 1) for one in told if depth == 1 or "unit" in one)
    has_sum = tree.get("calculation") and tree["calculation"] != tree["result"]
    return Step(
        title=f"{tree['title']} ({whose})" if whose else tree["title"],
        result=_measured(tree, "result"),
        formula=tree.get("formula", "") if has_sum else "",
        calculation=tree["calculation"] if has_sum else "",
        citations=(tree["cited"],) if "cited" in tree else (),
        facts=tuple(_step_facts(tree)),
        notes=(*tree.get("because", ()), *tree.get("open_questions", ())),
        steps=below,
    )


def _step_facts(tree: Mapping[str, Any]) -> Iterator[Fact]:
    for one in tree.get("inputs", ()):
        yield Fact(one["title"], _measured(one, "value"))
    for one in tree.get("parameters", ()):
        yield Fact(one["title"], _measured(one, "value"), one["reference"], calendar_day(one["valid_from"]))


def _measured(tree: Mapping[str, Any], key: str) -> str:
    return f"{tree[key]} {tree['unit']}" if "unit" in tree else str(tree[key])


def _refused(made: Made) -> Iterator[Block]:
    for one in made.explained["refused"]:
        yield Paragraph(made.right(one["code"]), is_strong=True)
        yield Items(tuple(_reason(made, reason) for reason in one["because"]))


def _reason(made: Made, reason: Mapping[str, Any]) -> str:
    if "one_of" in reason:
        ways = [" + ".join(_reason(made, one) for one in way) for way in reason["one_of"]]
        return made.say("one_of", ways="; ".join(ways))
    whose = made.names.get(reason["of"], "")
    condition = reason["condition"][:1].upper() + reason["condition"][1:]
    return made.say("failed", condition=f"{condition} ({whose})" if whose else condition,
                    found=reason["is"].rstrip("."), needed=reason["needed"].rstrip("."))  # fmt: skip


def _discretion(made: Made) -> Iterator[str]:
    stored = made.decision.determination.discretion if made.decision.determination else []
    titles = {one.code: one.title.in_language(made.language) for one in made.declared.discretions}
    for one in stored:
        if "code" in one:
            title = titles.get(one["code"], one["code"])
            fact = f" ({_fact_words(one['fact'], made.language)})" if "fact" in one else ""
            yield f"{title}{fact}: {one['reason']}"


def _fact_words(key: str, language: str) -> str:
    one = BY_KEY[key].input
    return one.lv if language == "lv" else one.en


def _articles(made: Made) -> Iterator[str]:
    cited: dict[str, None] = {}

    def gather(trees: Iterable[Mapping[str, Any]]) -> None:
        for tree in trees:
            if "cited" in tree:
                cited[tree["cited"]] = None
            gather(tree.get("from", ()))

    for one in made.explained["rights"]:
        gather(one["trees"])
    law = latvia()
    for source in (made.declared.cited, made.declared.terms["decide"].cited, made.declared.terms["contest"].cited):
        act = law.acts[source.act]
        title = act["lv"] if made.language == "lv" else act["en"]
        cited[f"{title}, {source.article}" if source.article else title] = None
    yield from cited


def _contest(made: Made) -> Iterator[Block]:
    term = made.declared.terms["contest"]
    yield Paragraph(made.say("contest_long", term=term_words(term, made.language), contact=_contact(made)))
    yield Items((made.say("contest_portal"), made.say("contest_office"), made.say("contest_post")))


def _signatory(made: Made) -> Signatory:
    if made.decision.is_automatic:
        return Signatory(made.say("automatic_signatory"))
    step = made.decision.steps.filter(step=Decision.State.SIGNED).first()
    by = step.by_staff if step else made.decision.drafted_by
    signer = StaffAccount.objects.filter(pk=by).first() if by else None
    role = ROLES[made.declared.checks if made.decision.needs_second else made.declared.prepares]
    title = role.lv if made.language == "lv" else role.en
    return Signatory(title[:1].upper() + title[1:], signer.full_name if signer else "")
