"""How questions, answers and what registers know are shown, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from balsts.cases import means
from balsts.cases.answers import Shown
from balsts.cases.forms import Field, Sheet
from balsts.exchange.texts import Text
from balsts.law.engine.quantities import month_from, month_words
from balsts.portal import words
from balsts.portal.applications.opening import Opened
from balsts.portal.registers.views import language
from balsts.registry.statements import Origin

_LETTERS = 4


@dataclass(frozen=True)
class KnownShown:
    """What is known of a question, in words."""

    value: str
    origin: str
    as_of: date
    months: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FieldShown:
    """A question on a page: what is asked, what stands in it, and what is wrong with that."""

    name: str
    right_name: str
    kind: str
    title: str
    hint: str
    value: str
    is_right: str
    error: str = ""
    right_error: str = ""
    known: KnownShown | None = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowShown:
    """An answer on the page where answers are checked; `against` is what is known, where the person says otherwise."""

    title: str
    value: str
    note: str = ""
    against: KnownShown | None = None


@dataclass
class Page:
    """A page of the form with its answers, on the page where answers are checked."""

    sheet: Sheet
    title: str
    rows: list[RowShown] = field(default_factory=list)
    is_done: bool = True


def said(text: Text | None) -> str:
    """A text in the language of the page; nothing where there is none."""
    return text.in_language(language()) if text else ""


def title_of(opened: Opened, sheet: Sheet) -> str:
    """The title of a page, with the name of whom the whole page is about."""
    name = opened.circle.name(sheet.about)
    return f"{said(sheet.title)}: {name}" if name else said(sheet.title)


def _label(opened: Opened, sheet: Sheet, one: Field) -> str:
    name = "" if sheet.about else opened.circle.name(one.about)
    several = opened.circle.subjects(one.question.about)
    title = said(one.question.title)
    return f"{name}: {title}" if name and (len(several) > 1 or one.question.about != "applicant") else title


def fields_shown(
    opened: Opened, sheet: Sheet, typed: Mapping[str, str] | None, errors: Mapping[str, Text]
) -> list[FieldShown]:
    """The questions of a page, with what was typed or what was answered before."""
    return [_field(opened, sheet, one, typed, errors) for one in sheet.fields]


def _field(
    opened: Opened, sheet: Sheet, one: Field, typed: Mapping[str, str] | None, errors: Mapping[str, Text]
) -> FieldShown:
    code, about = one.question.code, one.about
    shown, kept = opened.known.get((code, about)), opened.answers.value(code, about)
    if typed is not None:
        value, is_right = typed.get(one.name, ""), typed.get(one.right_name, "")
    else:
        value = "" if kept is None else written(one.kind, kept)
        is_right = "true" if opened.answers.is_confirmed(code, about) else "false" if kept is not None else ""
    return FieldShown(
        one.name, one.right_name, one.kind, _label(opened, sheet, one), said(one.question.hint), value, is_right,
        said(errors.get(one.name)), said(errors.get(one.right_name)),
        known_shown(one, shown) if shown else None, choices_of(one),
    )  # fmt: skip


def choices_of(one: Field) -> tuple[tuple[str, str], ...]:
    """The answers of a choice and of a yes or no, in words."""
    if one.kind == "flag":
        return (("true", _("Yes")), ("false", _("No")))
    if one.input is not None:
        return tuple((code, str(words.CHOICES.get((one.input.key, code), code))) for code in one.choices)
    return tuple((code, said(text)) for code, text in one.question.choices)


def written(kind: str, value: str) -> str:
    """A kept answer as somebody would type it."""
    if kind == "money" and language() == "lv":
        return value.replace(".", ",")
    if kind == "day":
        return words.day_words(date.fromisoformat(value))
    return value


def value_words(one: Field, value: str) -> str:
    """A kept answer in words."""
    if one.kind in ("flag", "choice"):
        return dict(choices_of(one)).get(value, value)
    if one.kind == "money":
        return f"{written('money', value)} €"
    if one.kind == "month":
        return month_words(month_from(value), language())
    if one.kind == "account":
        return " ".join(value[i : i + _LETTERS] for i in range(0, len(value), _LETTERS))
    return written(one.kind, value)


def known_shown(one: Field, shown: Shown) -> KnownShown:
    """What is known, in words: the value, who says it, when it was told, and month by month."""
    origin = Origin.objects.filter(code=shown.origin).first()
    months = tuple((month_words(month_from(month), language()), value_words(one, value))
                   for month, value in shown.months)  # fmt: skip
    name = words.origin_words(origin) if origin else shown.origin
    return KnownShown(value_words(one, shown.value), name, date.fromisoformat(shown.as_of), months)


# -- checking ------------------------------------------------------------------------------------------------------


def pages_shown(opened: Opened) -> list[Page]:
    """All pages with their answers, in order."""
    found = []
    for sheet in opened.sheets:
        page = Page(sheet, title_of(opened, sheet))
        for one in sheet.fields:
            page.rows.append(_row(opened, sheet, one))
            is_open = not opened.answers.is_answered(one.question.code, one.about)
            page.is_done = page.is_done and not (is_open and one.question.is_required)
        found.append(page)
    return found


def _row(opened: Opened, sheet: Sheet, one: Field) -> RowShown:
    answers, code, about = opened.answers, one.question.code, one.about
    shown, value = answers.shown.get(code, {}).get(about), answers.value(code, about)
    title = _label(opened, sheet, one)
    if shown is not None and answers.is_confirmed(code, about):
        return RowShown(title, value_words(one, shown.value), _("Confirmed by you; known from a register."))
    if value is None:
        return RowShown(title, _("not answered"))
    against = known_shown(one, shown) if shown is not None and shown.value != value else None
    return RowShown(title, value_words(one, value), "", against)


def income_total(opened: Opened) -> str:
    """The income a month that the means declaration comes to; empty for a type without one."""
    found = means.lines(opened.declared, sorted(opened.circle.visible), opened.answers)
    return f"{written('money', means.total(found))} €" if found else ""
