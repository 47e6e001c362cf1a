"""What a case type declares: who may ask for what, by which form and facts, who decides, by when, and what follows.

One file a type, `types/<code>.yaml`; `reading.py` reads and checks it. A new type needs no page, no table, no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from balsts.exchange.contract import Certainty
from balsts.exchange.texts import Text

Subject = Literal["household", "person", "organisation"]
Unit = Literal["days", "working_days", "months"]
About = Literal["applicant", "partner", "child", "member", "household", "case"]
QuestionKind = Literal["fact", "text", "long_text", "day", "month", "money", "whole", "yes_no", "choice", "account"]
Second = Literal["always", "never", "above"]
FieldKind = Literal["text", "long_text", "whole", "choice", "municipality", "catalogue"]


@dataclass(frozen=True)
class Cited:
    """Where in the law something stands, how sure that is, and what is still open about it."""

    act: str
    article: str
    certainty: Certainty
    rests_on: str
    question: Text | None = None


@dataclass(frozen=True)
class Term:
    """A term of procedure (termiņš): so many days, working days or months from the day something happened."""

    count: int
    unit: Unit
    cited: Cited


@dataclass(frozen=True)
class Question:
    """One question of a form. Of kind `fact` it asks for an input of the law, whose type and title it takes.

    Attributes:
        code: the name of the answer; of a fact, the law's input.
        about: whom it is asked of: the applicant, the partner, each child, each member, or the case as a whole.
        is_required: whether the form can be sent without an answer.
        only_if: a question of an earlier page, of the same subject or of the case, and the answers that make this one
            be asked; empty: always.
    """

    code: str
    kind: QuestionKind
    about: About
    title: Text
    hint: Text | None
    is_required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    only_if: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Page:
    """A page of a form: one thing asked (a question, or a few that belong together)."""

    code: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class NeededFact:
    """An input of the law that the case needs, and where it comes from: registers in the order asked, else declared.

    `is_averaged`: the act counts the monthly average of the window before the application. `why`: the reason why
    neither a register nor the form tells it.
    """

    key: str
    registers: tuple[str, ...]
    is_averaged: bool = False
    why: Text | None = None


@dataclass(frozen=True)
class Evidence:
    """A document that may or must be handed in (pierādījums)."""

    code: str
    title: Text
    is_required: bool
    only_if: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Discretion:
    """A discretion that the act gives (izvērtējums): what staff may decide, and what it changes.

    `effect`: `refuse` stops all rights of the case, `set_amount` gives a right the amount that staff set,
    `accept_fact` states a fact as found by staff, `note` only stands in the decision. `fact`: the one that is left to
    staff; empty: any that is doubtful.
    """

    code: str
    title: Text
    effect: Literal["refuse", "set_amount", "accept_fact", "note"]
    cited: Cited
    fact: str = ""


@dataclass(frozen=True)
class Grant:
    """How long what is granted lasts: until the law itself ends it, or so many months as a rule of the law says.

    Attributes:
        months_rule: a rule of the law that counts the months; empty: open-ended.
        window_months: full months before the application whose average counts as income; 0: none.
        back_months: for how many months before that of the application it can be asked.
    """

    months_rule: str
    window_months: int
    cited: Cited
    back_months: int = 0


@dataclass(frozen=True)
class EntryField:
    """A field of a register entry; a public one is shown to everybody, any other to the office that keeps the register.

    `kind`: text, a whole number, one of `choices`, a municipality by its code, or a code of a catalogue, which is a
    file of the package that the declaration names; its names are the choices.
    """

    code: str
    kind: FieldKind
    title: Text
    is_public: bool
    is_required: bool = True
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Register:
    """A register in which the decision makes entries (reģistrs): its fields, key, validity and grounds of removal.

    `key_fields` make one entry each, so that a provider with two services at three addresses has six. An entry of
    so many `valid_years` counts on the same day of its last year, too.
    """

    code: str
    name: Text
    fields: tuple[EntryField, ...]
    key_fields: tuple[str, ...]
    valid_years: int
    removal_grounds: tuple[tuple[str, Text], ...]
    cited: Cited


@dataclass(frozen=True)
class CardKind:
    """A card or certificate that decisions of the type give (apliecība): for how many years."""

    code: str
    name: Text
    valid_years: int
    cited: Cited


@dataclass(frozen=True)
class CaseType:
    """A declared case type (lietas veids).

    Attributes:
        series: the letters that case numbers begin with.
        purpose: the purpose for which staff look into its cases (`access.roles`).
        office: who decides: `social_service` of the person's municipality, or a national office by its code.
        prepares, checks: the roles that draft and that check and sign.
        rights, statuses: codes of the law that it can grant.
        second: whether a second person must check: always, never, or above an amount of cents a month or at once.
        is_automatic: whether the act leaves no discretion, so that certain facts may decide by themselves.
        terms: `decide` from the day of receipt, `contest` from the day of notice, `hear` for an appeal, `answer` for a
            complaint.
        recovery: what the acts say of sums paid too much (`overpaid`) and too little (`arrears`).
    """

    code: str
    name: Text
    says: Text
    cited: Cited
    series: str
    subject: Subject
    purpose: str
    office: str
    prepares: str
    checks: str
    rights: tuple[str, ...]
    statuses: tuple[str, ...]
    second: Second
    second_above_cents: int
    is_automatic: bool
    grant: Grant
    terms: dict[str, Term]
    pages: tuple[Page, ...]
    facts: tuple[NeededFact, ...]
    evidence: tuple[Evidence, ...]
    discretions: tuple[Discretion, ...]
    register: Register | None = None
    cards: tuple[CardKind, ...] = ()
    recovery: Mapping[str, Cited] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Rights and statuses together."""
        return (*self.rights, *self.statuses)

    def question(self, code: str) -> Question | None:
        """The question of a code, if the form has it."""
        return next((one for page in self.pages for one in page.questions if one.code == code), None)
