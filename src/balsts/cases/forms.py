"""The form of a case type for one applicant: its sheets, the fields on each, and what is read from what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import schwifty
from schwifty.exceptions import SchwiftyException

from balsts.cases.answers import Answers, Shown
from balsts.cases.circle import NOBODY, Circle
from balsts.cases.types.declaration import CaseType, NeededFact, Question
from balsts.exchange.texts import Text
from balsts.law.engine.errors import DomainError
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import cents_from, euros, month_from, month_text
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.values import written

MEANS = "means"
"""The code of the sheets of the means declaration, one for each member: `means-1`, `means-2` …"""
SINCE = Question(
    "since", "month", "case",
    Text("No kura mēneša lūdzat?", "From which month do you ask for it?"),
    Text("Piemēram, 2026-02.", "Such as 2026-02."), is_required=True,
)  # fmt: skip
"""Asked of types that can be granted for months before the application."""
_MOST = {"text": 200, "long_text": 4000}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_IS_RIGHT = "-is-right"
_SAY_WHETHER = Text("Izvēlieties, vai tas ir pareizi.", "Choose whether this is right.")
_ENTER = {
    "money": Text("Ierakstiet summu, piemēram, 171,00.", "Enter an amount such as 171.00."),
    "day": Text("Ierakstiet dienu, piemēram, 04.05.1990.", "Enter a day such as 04.05.1990."),
    "month": Text("Ierakstiet mēnesi, piemēram, 2026-02.", "Enter a month such as 2026-02."),
    "number": Text("Ierakstiet veselu skaitli.", "Enter a whole number."),
    "flag": Text("Izvēlieties «jā» vai «nē».", "Choose yes or no."),
    "choice": Text("Izvēlieties vienu no atbildēm.", "Choose one of the answers."),
    "account": Text(
        "Ierakstiet konta numuru, piemēram, LV80BANK0000435195001.",
        "Enter an account number such as LV80BANK0000435195001.",
    ),
    "text": Text("Ierakstiet atbildi, ne garāku kā 200 zīmes.", "Enter an answer of at most 200 characters."),
    "long_text": Text("Ierakstiet atbildi, ne garāku kā 4000 zīmes.", "Enter an answer of at most 4000 characters."),
}
_OF_KIND = {"yes_no": "flag", "whole": "number"}


class NotAnAnswer(DomainError):
    """What was typed is no answer of its question; `text` says what to enter, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Field:
    """A question about one subject."""

    question: Question
    about: str

    @property
    def name(self) -> str:
        """What it is called in a form that is sent."""
        return f"{self.question.code}-{self.about}" if self.about else self.question.code

    @property
    def right_name(self) -> str:
        """What the question is called whether what is known is right."""
        return f"{self.name}{_IS_RIGHT}"

    @property
    def input(self) -> Input | None:
        """The law's input that it asks for, if it asks for one."""
        return CATALOGUE.by_key[self.question.code] if self.question.kind == "fact" else None

    @property
    def kind(self) -> str:
        """What is typed: money, day, month, number, flag, choice, text, long_text or account."""
        if self.input is not None:
            return self.input.kind
        return _OF_KIND.get(self.question.kind, self.question.kind)

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes of the answers of a choice."""
        if self.input is not None:
            return tuple(self.input.choice_names) if self.input.kind == "choice" else ()
        return tuple(code for code, _ in self.question.choices)


@dataclass(frozen=True)
class Sheet:
    """A page of a form for one applicant; `about` names a subject that the whole page is about."""

    code: str
    title: Text
    fields: tuple[Field, ...]
    about: str = NOBODY


def sheets(declared: CaseType, circle: Circle, answers: Answers) -> list[Sheet]:
    """The pages that the applicant fills, as far as the answers so far ask for them, in order.

    Of members whose data the applicant may not see, nothing is asked that a register tells.
    """
    told = {one.key for one in declared.facts if one.registers}
    found = []
    if declared.grant.back_months:
        found.append(Sheet("since", SINCE.title, (Field(SINCE, NOBODY),)))
    found += list(_means(declared, circle))
    for page in declared.pages:
        fields = tuple(
            Field(question, subject)
            for question in page.questions
            for subject in circle.subjects(question.about)
            if is_asked(question, subject, answers) and (circle.sees(subject) or question.code not in told)
        )
        if fields:
            found.append(Sheet(page.code, page.title, fields))
    return found


def _means(declared: CaseType, circle: Circle) -> Iterator[Sheet]:
    """The means declaration (iztikas līdzekļu deklarācija): the income of each member, one page a member."""
    questions = [_income(one) for one in declared.facts if one.is_averaged]
    if not questions:
        return
    title = Text("Ienākumi pēdējos mēnešos", "Income of the last months")
    for number, subject in enumerate(filter(circle.sees, circle.subjects("member")), start=1):
        yield Sheet(f"{MEANS}-{number}", title, tuple(Field(one, subject) for one in questions), subject)


def _income(needed: NeededFact) -> Question:
    one = CATALOGUE.by_key[needed.key]
    return Question(one.key, "fact", "member", Text(one.lv[:1].upper() + one.lv[1:], one.en[:1].upper() + one.en[1:]),
                    Text("Vidēji mēnesī, pēc nodokļiem. Ja nav, ierakstiet 0.",
                         "Each month on average, after tax. Enter 0 if there is none."), is_required=True)  # fmt: skip


def is_asked(question: Question, subject: str, answers: Answers) -> bool:
    """Whether the answers so far ask for a question about a subject."""
    if question.only_if is None:
        return True
    other, counting = question.only_if
    said = answers.value(other, subject)
    return (answers.value(other, NOBODY) if said is None else said) in counting


def missing(declared: CaseType, circle: Circle, answers: Answers) -> list[tuple[Sheet, Field]]:
    """What must still be answered, with the page that asks for it."""
    return [
        (sheet, one)
        for sheet in sheets(declared, circle, answers)
        for one in sheet.fields
        if one.question.is_required and not answers.is_answered(one.question.code, one.about)
    ]


# -- reading -------------------------------------------------------------------------------------------------------


def read(field: Field, typed: str) -> str | None:
    """What was typed, in the one way it is kept; None where an answer that may be left out is.

    Raises:
        NotAnAnswer: it is none, or it is left out and must not be.
    """
    text = typed.strip()
    if not text:
        if field.question.is_required:
            raise NotAnAnswer(_ENTER[field.kind])
        return None
    try:
        return _written(field, text)
    except (ValueError, DomainError, SchwiftyException):
        raise NotAnAnswer(_ENTER[field.kind]) from None


def _written(field: Field, text: str) -> str:
    kind = field.kind
    plain = _plain(kind, text)
    if field.input is not None:
        return written(field.input, plain)
    if kind == "money":
        return euros(_not_negative(cents_from(plain)))
    if kind == "day":
        return date.fromisoformat(plain).isoformat()
    if kind == "month":
        return month_text(month_from(plain))
    if kind == "number":
        return str(_not_negative(int(plain)))
    if kind == "account":
        return str(schwifty.IBAN(plain))
    if kind in _MOST:
        return _short(plain, _MOST[kind])
    known = ("true", "false") if kind == "flag" else field.choices
    if plain not in known:
        raise ValueError
    return plain


def _plain(kind: str, text: str) -> str:
    """As people write it → as it is kept: a decimal comma, a day with points, digits in groups."""
    if kind == "money":
        return re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    if kind == "day" and (found := _DAY.fullmatch(text)):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    if kind == "long_text":
        return text.replace("\r\n", "\n")
    return text


def _not_negative(number: int) -> int:
    if number < 0:
        raise ValueError
    return number


def _short(text: str, most: int) -> str:
    if len(text) > most or "\0" in text:
        raise ValueError
    return text


Known = Mapping[tuple[str, str], Shown]
"""What registers say, by question and whom it is about."""


def take(sheet: Sheet, typed: Mapping[str, str], answers: Answers, known: Known) -> dict[str, Text]:
    """Put what was typed on a page into the answers, as far as it can be read.

    Returns:
        What to enter instead, by the names of the fields; nothing when all is well.
    """
    errors = {}
    for field in sheet.fields:
        code, shown = field.question.code, known.get((field.question.code, field.about))
        is_right = typed.get(field.right_name, "")
        if shown is not None and is_right == "true":
            answers.confirms(code, field.about, shown)
            continue
        if shown is not None and is_right != "false":
            errors[field.right_name] = _SAY_WHETHER
            continue
        try:
            value = read(field, typed.get(field.name, ""))
        except NotAnAnswer as error:
            errors[field.name] = error.text
            continue
        if value is None:
            answers.leave_out(code, field.about)
        else:
            answers.says(code, field.about, value, shown)
    return errors


def prune(declared: CaseType, circle: Circle, answers: Answers) -> None:
    """Forget answers to what is no longer asked, since another answer changed or somebody moved out."""
    asked = {(one.question.code, one.about) for sheet in sheets(declared, circle, answers) for one in sheet.fields}
    for kept in (answers.values, answers.confirmed):
        for code, about in [(code, about) for code, found in kept.items() for about in found]:
            if (code, about) not in asked:
                answers.leave_out(code, about)


def refused(declared: CaseType, circle: Circle, answers: Answers) -> list[str]:
    """The names of fields whose kept answer the form of today could not have given; nothing when all is well."""
    found = []
    asked = {(one.question.code, one.about): one for sheet in sheets(declared, circle, answers) for one in sheet.fields}
    for code, by_subject in answers.values.items():
        for about, value in by_subject.items():
            field = asked.get((code, about))
            if field is None or not _is_kept(field, value):
                found.append(field.name if field else code)
    return found


def _is_kept(field: Field, value: str) -> bool:
    try:
        return read(field, value) == value
    except NotAnAnswer:
        return False
