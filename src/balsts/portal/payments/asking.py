"""Pages of payments that ask by a form: what is sent is done once, and what goes wrong is said on the page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.access.sendings import done_once
from balsts.law.engine.errors import DomainError
from balsts.portal.problems import problem_of
from balsts.portal.session.forms import GovukForm


@dataclass(frozen=True)
class Step:
    """A step that may be taken of a claim, an order or a choice.

    Attributes:
        may: by its abilities, whether who acts takes such steps at all.
        is_open: whether it can be taken now; a page of one that cannot leads back.
        is_done: whether who acts has taken it already, so that a form sent twice is no error.
    """

    title: Any
    says: Any
    button: Any
    form: type[GovukForm]
    may: Callable[[Acting], bool]
    is_open: Callable[[Acting, Any], bool]
    take: Callable[[Acting, Any, dict[str, Any]], object]
    is_done: Callable[[Acting, Any], bool] = lambda _who, _of: False


def prepares(who: Acting) -> bool:
    """Whether who acts records what others agree to."""
    return who.may("prepare_payments")


def approves(who: Acting) -> bool:
    """Whether who acts agrees to what others recorded."""
    return who.may("approve_payments")


def prepares_or_approves(who: Acting) -> bool:
    """Whether who acts ends what is recorded."""
    return prepares(who) or approves(who)


def is_waiting(of: Any) -> bool:
    """Whether what takes two people waits for the second."""
    return of.agreed_by is None and of.ended_by is None


def waits_for(who: Acting, of: Any) -> bool:
    """Whether it waits, and who acts is not who stated it."""
    return is_waiting(of) and of.by_staff != who.staff


def is_agreed_by(who: Acting, of: Any) -> bool:
    """Whether who acts agreed to it."""
    return of.agreed_by is not None and of.agreed_by == who.staff


def is_ended_by(who: Acting, of: Any) -> bool:
    """Whether who acts ended it."""
    return of.ended_by is not None and of.ended_by == who.staff


def barred_words(who: Acting, rows: Iterable[Any]) -> str:
    """Why who acts cannot agree to those of some rows that wait; empty where they can, or nothing waits."""
    waiting = [one for one in rows if is_waiting(one)]
    if not waiting:
        return ""
    if not approves(who):
        return gettext("A head of payments agrees to what waits here.")
    if any(one.by_staff == who.staff for one in waiting):
        return gettext("You stated this yourself, so another head of payments agrees to it.")
    return ""


def refused(request: HttpRequest) -> HttpResponse:
    """That who acts may not do this."""
    return render(request, "portal/403.html", status=403)


def asked(
    request: HttpRequest, form: GovukForm, page: dict[str, Any], take: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """A page with a form; by POST, what it asks for is done.

    Args:
        page: `title`, `button`, `back` (an address) and `back_name`; `says` and whatever else the page shows.
        take: does it by what was sent, and returns the address that comes next.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(take(form.cleaned_data))
        except AccessDenied:
            return refused(request)
        except DomainError as error:
            page["problem"] = problem_of(error)
    status = 409 if "problem" in page else 422 if form.errors else 200
    return render(request, "portal/payments/asked.html", page | {"form": form}, status=status)


def step_asked(request: HttpRequest, who: Acting, step: Step, of: Any, page: dict[str, Any]) -> HttpResponse:
    """A step confirmed, and by POST taken; one that is done already is no error, one that is not open leads back."""
    if not step.may(who):
        return refused(request)
    is_sent = request.method == "POST"
    if step.is_done(who, of) or not (is_sent or step.is_open(who, of)):
        return redirect(page["back"])
    form = step.form(request.POST if is_sent else None, request.FILES if is_sent else None)
    page = {"title": step.title, "says": step.says, "button": step.button} | page

    def take(said: dict[str, Any]) -> str:
        step.take(who, of, said)
        return str(page["back"])

    return asked(request, form, page, take)


def sent_once(who: Acting, what: str, said: dict[str, Any], does: Callable[[], Any]) -> uuid.UUID | None:
    """Do what a form asks for once for its key; the identifier of what it made, where that has one of its own."""
    sent = sorted((name, str(value)) for name, value in said.items() if name != "key")

    def made() -> uuid.UUID | None:
        found = getattr(does(), "pk", None)
        return found if isinstance(found, uuid.UUID) else None

    return done_once(who, said["key"], f"{what} {sent}".encode(), made)


def open_steps(who: Acting, steps: dict[str, Step], of: Any) -> list[tuple[str, Step]]:
    """The steps that who acts can take now."""
    return [(code, one) for code, one in steps.items() if one.may(who) and one.is_open(who, of)]


def identifier(text: str | None) -> uuid.UUID | None:
    """An identifier from an address; what is none is as if it were not there."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def number_after(text: str | None, most: int = 2**63 - 1) -> int:
    """A number from an address; what is none is as if it were not there."""
    return int(text) if text and text.isascii() and text.isdigit() and int(text) <= most else 0


def staff_numbers(rows: Iterable[Any]) -> list[Any]:
    """Who stated, agreed to and ended some rows that take two people."""
    return [each for one in rows for each in (one.by_staff, one.agreed_by, one.ended_by) if each]
