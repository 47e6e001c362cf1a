"""Pages of the walk: the start, one question a page, the check of answers, the result, what if.

What was answered travels from page to page in a hidden field and is gone when the page is shut: no session, no cookie,
no address and no log holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from balsts.law.engine.errors import DomainError
from balsts.law.engine.vocabulary import Month
from balsts.portal.public.answers import Answers, AnswersRefusedError, opened, sealed
from balsts.portal.public.check import blocks_of
from balsts.portal.public.fields import this_month
from balsts.portal.public.names import names_of
from balsts.portal.public.over_wage import over_wage, picture
from balsts.portal.public.questions import (
    CHECK,
    answered,
    form_of,
    heading_of,
    next_page,
    page_before,
    pages_of,
    sections_of,
)
from balsts.portal.public.result import found_by
from balsts.portal.public.what_if import NO_CHANGE, WhatIfForm, compared
from balsts.portal.session.views import remember_language
from balsts.portal.words import PERIODS

RESULT, WHAT_IF = "result", "what-if"
_FIRST = "household"


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What the walk is, what it asks and what it keeps: nothing."""
    return render(request, "portal/public/support.html")


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Take the answers of one page and show the next one."""
    if request.method == "GET":
        return redirect("support")
    try:
        answers = opened(request.POST["answers"]) if "answers" in request.POST else Answers()
        page, wanted = _place(request, answers)
    except AnswersRefusedError:
        return render(request, "portal/public/refused.html", status=400)
    if "language" in request.POST:
        return _in_language(request, answers, page)
    if wanted is not None:
        return _show(request, answers, wanted)
    if page == WHAT_IF:
        return _what_if(request, answers, WhatIfForm(answers, request.POST))
    form = form_of(page, answers, request.POST)
    if not form.is_valid():
        return _question(request, answers, page, form)
    answers = answered(answers, page, form.given())
    return _show(request, answers, next_page(answers))


def _place(request: HttpRequest, answers: Answers) -> tuple[str, str | None]:
    """The page that was sent, and the page asked for besides, if any.

    Raises:
        AnswersRefusedError: there is no such page after these answers.
    """
    page = request.POST.get("page", _FIRST)
    wanted = request.POST.get("to") if "answers" in request.POST else _FIRST
    known = {*pages_of(answers), CHECK, RESULT, WHAT_IF}
    if page not in known or wanted not in {*known, None}:
        raise AnswersRefusedError("There is no such page after these answers. Start the questions again.")
    return page, wanted if wanted is not None or page not in (CHECK, RESULT) else page


def _in_language(request: HttpRequest, answers: Answers, page: str) -> HttpResponse:
    """The page once more in another language, without what was typed into it and not sent yet."""
    chosen = request.POST["language"]
    if translation.check_for_language(chosen):
        translation.activate(chosen)
    return remember_language(request, _show(request, answers, page), chosen)


def _show(request: HttpRequest, answers: Answers, page: str) -> HttpResponse:
    """A page as it is opened: result and what if only after every question."""
    if page in (CHECK, RESULT, WHAT_IF) and next_page(answers) != CHECK:
        page = next_page(answers)
    if page == CHECK:
        return _page(request, answers, CHECK, "portal/public/check.html", {"blocks": blocks_of(answers)})
    if page == RESULT:
        return _result(request, answers)
    if page == WHAT_IF:
        return _what_if(request, answers, WhatIfForm(answers, initial=NO_CHANGE))
    return _question(request, answers, page, form_of(page, answers))


def _question(request: HttpRequest, answers: Answers, page: str, form: Any) -> HttpResponse:
    section = next(one.title for one in sections_of(answers) if page in one.pages)
    is_change = page in answers.pages and next_page(answers) == CHECK
    shown = {"form": form, "heading": heading_of(page, answers), "section": section,
             "back": CHECK if is_change else page_before(answers, page)}  # fmt: skip
    return _page(request, answers, page, "portal/public/question.html", shown)


def _result(request: HttpRequest, answers: Answers) -> HttpResponse:
    lang = _lang()
    try:
        found = found_by(answers, Month(this_month()), lang)
    except DomainError:
        return _do_not_fit(request, answers)
    due = [{"one": one, "per": PERIODS[one.shown.per]} for one in found.due]
    return _page(request, answers, RESULT, "portal/public/result.html", {"found": found, "due": due, "back": CHECK})


def _what_if(request: HttpRequest, answers: Answers, form: WhatIfForm) -> HttpResponse:
    """The form of changes, the comparison if one was sent, and the rights over the wage of an adult."""
    lang, month = _lang(), Month(this_month())
    adult = request.POST.get("adult", "")
    adult = adult if adult in answers.adults else answers.adults[0]
    try:
        stack = over_wage(answers, adult, month, lang)
        change = form.cleaned_data if form.is_bound and form.is_valid() else None
        comparison = compared(answers, change, month, lang) if change else None
    except DomainError:
        return _do_not_fit(request, answers)
    names = names_of(answers)
    table = [
        (wage, [band.cents[place] for band in stack.bands], stack.totals[place], wage * 100 + stack.totals[place])
        for place, wage in enumerate(stack.wages_eur)
    ]  # fmt: skip
    return _page(request, answers, WHAT_IF, "portal/public/what_if.html", {
        "form": form, "comparison": comparison, "stack": stack, "picture": picture(stack, lang), "table": table,
        "adult": adult, "adult_name": names[adult], "back": RESULT,
        "adults": [(one, names[one]) for one in answers.adults],
    })  # fmt: skip


def _do_not_fit(request: HttpRequest, answers: Answers) -> HttpResponse:
    return _page(request, answers, CHECK, "portal/public/do_not_fit.html", {}, status=409)


def _page(
    request: HttpRequest, answers: Answers, page: str, template: str, shown: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page that carries the answers on."""
    return render(request, template, {"answers": sealed(answers), "page": page, **shown}, status=status)


def _lang() -> str:
    return "lv" if get_language() == "lv" else "en"
