"""Records of cases in the shapes in which the API gives them out; to be called in the scope of who calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from psycopg.types.range import DateRange

from balsts.cases.appeals import contest_by
from balsts.cases.changes import sums
from balsts.cases.determining import doubts_of
from balsts.cases.models import (
    Appeal,
    Application,
    Attachment,
    Award,
    Case,
    Change,
    Decision,
    Determination,
    DeterminationLine,
    Event,
    Message,
    RegisterEntry,
    Task,
)
from balsts.cases.selectors import steps_of
from balsts.cases.types.declaration import CaseType, Question, Term
from balsts.exchange.texts import Text as Texts
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.portal.api.chain_shapes import (
    AppealOut,
    AwardMonthOut,
    ChangeLineOut,
    ChangeOut,
    DecisionOut,
    DeterminationOut,
    DoubtOut,
    LineOut,
    StepOut,
)
from balsts.portal.api.draft_shapes import DocumentOut
from balsts.portal.api.shapes import (
    ApplicationOut,
    CaseOut,
    CaseRow,
    CaseTypeOut,
    EntryOut,
    EventOut,
    MessageOut,
    Office,
    QuestionOut,
    TaskOut,
    TermOut,
    Text,
)
from balsts.portal.law_of_request import law_of_request


def text(one: Texts) -> Text:
    """A text in both languages."""
    return Text(lv=one.lv, en=one.en)


def case_type_out(one: CaseType) -> CaseTypeOut:
    """A case type."""
    return CaseTypeOut(
        code=one.code, name=text(one.name), says=text(one.says), act=one.cited.act, article=one.cited.article,
        subject=one.subject, office=one.office, rights=list(one.rights), statuses=list(one.statuses),
        is_automatic=one.is_automatic, terms={code: _term(term) for code, term in one.terms.items()},
        questions=[_question(each) for page in one.pages for each in page.questions],
    )  # fmt: skip


def _term(one: Term) -> TermOut:
    return TermOut(count=one.count, unit=one.unit, act=one.cited.act, article=one.cited.article)


def _question(one: Question) -> QuestionOut:
    return QuestionOut(code=one.code, kind=one.kind, about=one.about, title=text(one.title),
                       is_required=one.is_required, choices=[code for code, _title in one.choices])  # fmt: skip


def application_out(one: Application, case: Case) -> ApplicationOut:
    """An application with the case it opened."""
    return ApplicationOut(id=one.pk, case=case.pk, number=case.number, type=case.type, channel=one.channel,
                          received_on=one.received_on, since=one.since, due_on=case.due_on)  # fmt: skip


def case_row(one: Case) -> CaseRow:
    """A case in a list."""
    return CaseRow.model_validate(one)


def case_out(one: Case) -> CaseOut:
    """A case with the numbers of what is in it."""
    office = one.institution
    return CaseOut(
        **case_row(one).model_dump(), subject=one.subject_id, household=one.household_id,
        organisation=one.organisation_id, closed_at=one.closed_at, assigned_to=one.assigned_to_id,
        institution=Office(id=office.pk, name=Text(lv=office.name_lv, en=office.name_en)),
        applications=list(one.applications.order_by("submitted_at").values_list("pk", flat=True)),
        determinations=list(one.determinations.order_by("made_at").values_list("pk", flat=True)),
        decisions=list(one.decisions.order_by("made_at").values_list("pk", flat=True)),
        appeals=list(one.appeals.order_by("pk").values_list("pk", flat=True)),
    )  # fmt: skip


def event_out(one: Event) -> EventOut:
    """Something that happened, without the name of whoever did it."""
    by: Literal["staff", "person", "platform"] = "platform"
    if one.by_staff or one.by_person:
        by = "staff" if one.by_staff else "person"
    return EventOut(at=one.at, kind=one.kind, about=one.about, by=by, detail=one.detail)


def document_out(one: Attachment) -> DocumentOut:
    """A document that was handed in, without its content."""
    return DocumentOut(id=one.pk, kind=one.kind, name=one.name, media_type=one.media_type, size=one.file.size,
                       received_at=one.received_at)  # fmt: skip


def task_out(one: Task) -> TaskOut:
    """Something to do."""
    return TaskOut(id=one.pk, case=one.case_id, kind=one.kind, detail=one.detail, due_on=one.due_on,
                   assigned_to=one.assigned_to_id, made_at=one.made_at, done_at=one.done_at)  # fmt: skip


def message_out(one: Message) -> MessageOut:
    """A message."""
    return MessageOut(id=one.pk, at=one.at, by="staff" if one.by_staff else "person", text=one.text,
                      read_at=one.read_at)  # fmt: skip


def determination_out(one: Determination) -> DeterminationOut:
    """A determination with its lines and doubts."""
    return DeterminationOut(
        id=one.pk, case=one.case_id, cause=one.cause, since=one.months.lower, until=one.months.upper,
        knowledge_at=one.knowledge_at, law=one.law_id, made_at=one.made_at,
        doubts=[DoubtOut.model_validate(each) for each in doubts_of(one)],
        lines=[_line(each) for each in one.lines.order_by("code", "months", "pk")],
    )  # fmt: skip


def word(stored: str) -> Any:
    """A word that the database holds to the choices that the shape names."""
    return stored


def _line(one: DeterminationLine) -> LineOut:
    return LineOut(kind=word(one.kind), code=one.code, payee=one.payee_id, beneficiaries=one.beneficiaries,
                   since=one.months.lower, until=one.months.upper, amount=one.amount, per=one.per,
                   question=one.question)  # fmt: skip


def decision_out(one: Decision) -> DecisionOut:
    """A decision with its steps."""
    return DecisionOut(
        id=one.pk, case=one.case_id, number=one.number, kind=one.kind, state=word(one.state), since=one.since,
        determination=one.determination_id, application=one.application_id, replaces=one.replaces_id,
        is_automatic=one.is_automatic, needs_second=one.needs_second, reasons=one.reasons, made_at=one.made_at,
        contest_by=contest_by(one), steps=[StepOut.model_validate(each) for each in steps_of(one)],
    )  # fmt: skip


def appeal_out(one: Appeal) -> AppealOut:
    """A contested decision."""
    return AppealOut(
        id=one.pk, case=one.case_id, decision=one.decision_id, number=one.number, received_on=one.received_on,
        due_on=one.due_on, grounds=one.grounds, outcome=word(one.outcome), reasons=one.reasons,
        decided_at=one.decided_at, new_decision=one.new_decision_id,
    )  # fmt: skip


def change_out(one: Change, *, is_staff: bool) -> ChangeOut:
    """What changed, line by line; to staff also the facts, ties and law that differ."""
    came_to = sums(law_of_request(), one.lines.all())
    lines = [ChangeLineOut(month=each.month, code=each.code, payee=each.payee_id, before=each.before, after=each.after)
             for each in one.lines.order_by("month", "code", "pk")]  # fmt: skip
    return ChangeOut(id=one.pk, cause=one.cause, state=word(one.state), found_at=one.found_at, before=one.before_id,
                     after=one.after_id, reason=one.reason, decision=one.decision_id, lines=lines,
                     arrears=came_to.arrears, overpaid=came_to.overpaid, monthly=came_to.monthly,
                     because=one.because if is_staff else [])  # fmt: skip


def award_months(awards: Iterable[Award], since: Month, until: Month) -> list[AwardMonthOut]:
    """What awards give in each month of [since, until); what is given once stands in its first month."""
    found = []
    for award in awards:
        for month in map(Month, range(since, until)):
            day = first_day(month)
            span = next((one for one in award.spans.all() if _lies_in(day, one.months)), None)
            if not _lies_in(day, award.months) or (span is None and award.kind == Award.Kind.RIGHT):
                continue
            if span is not None and span.per == "once" and day != span.months.lower:
                continue
            found.append(AwardMonthOut(
                month=day, kind=word(award.kind), code=award.code, payee=award.payee_id,
                amount=span.amount if span else None, per=span.per if span else "", decision=award.decision_id,
            ))  # fmt: skip
    return sorted(found, key=lambda one: (one.month, one.kind, one.code, str(one.payee)))


def _lies_in(day: date, months: DateRange) -> bool:
    return (months.lower is None or months.lower <= day) and (months.upper is None or day < months.upper)


def entry_out(one: RegisterEntry, public: frozenset[str]) -> EntryOut:
    """An entry with the fields that everybody may see."""
    body = one.organisation
    return EntryOut(
        id=one.pk, register_code=one.register, registration_number=body.registration_number if body else None,
        organisation=body.name if body else None, valid_from=one.valid.lower, valid_until=one.valid.upper,
        fields={code: value for code, value in one.content.items() if code in public},
    )  # fmt: skip
