"""Pages of a session: choosing one's work, the reason for looking, language, a resident's way in, errors."""

from __future__ import annotations

import uuid

from django.contrib.auth import logout
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balsts.portal.session import door
from balsts.portal.session.forms import ReasonForm, WorkForm
from balsts.portal.session.state import (
    acting_in,
    begin_as_resident,
    begin_work,
    reason_in,
    state_reason,
    work_of,
)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The first page: who is signed in goes on to their work or data, everybody else is told what there is."""
    if "resident" in request.session or request.user.is_authenticated:
        return redirect(home_of(request))
    return render(request, "portal/start.html")


def home_of(request: HttpRequest) -> str:
    """The first page of who is signed in: cases for who decides them, runs for who pays; else finding a person."""
    if "resident" in request.session:
        return "my_support"
    who = acting_in(request)
    if who is not None and who.purpose == "payments":
        return "payment_runs"
    if who is None or not (who.may("decide") or who.may("hear_appeals")):
        return "find"
    return "register_work" if who.purpose == "provider_register" else "worklist"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and go back."""
    return remember_language(request, redirect(_next(request, "start")), request.POST.get("language", ""))


def remember_language(request: HttpRequest, response: HttpResponse, chosen: str) -> HttpResponse:
    """Have the browser keep the language of the pages; one that there is not is left alone."""
    if translation.check_for_language(chosen):
        response.set_cookie("django_language", chosen, max_age=365 * 24 * 3600, httponly=True, samesite="Lax",
                            secure=request.is_secure())  # fmt: skip
    return response


@require_http_methods(["GET", "POST"])
def choose_work(request: HttpRequest) -> HttpResponse:
    """Choose role and purpose; with a single one there is nothing to choose."""
    works = work_of(request)
    if len(works) == 1 and request.acting is None:  # type: ignore[attr-defined]
        begin_work(request, works[0])
        return redirect(home_of(request))
    form = WorkForm(works, request.POST or None)
    if request.method == "POST" and form.is_valid():
        begin_work(request, next(one for one in works if one.key == form.cleaned_data["work"]))
        return redirect(home_of(request))
    return render(request, "portal/session/choose_work.html", {"form": form, "works": works})


@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest) -> HttpResponse:
    """Say why one looks, before a person's page opens."""
    known = reason_in(request) or ("", "")
    form = ReasonForm(request.POST or None, initial={"reason": known[0], "reference": known[1]})
    if request.method == "POST" and form.is_valid():
        state_reason(request, form.cleaned_data["reason"], form.cleaned_data["reference"])
        return redirect(_next(request, "find"))
    return render(request, "portal/session/reason.html", {"form": form, "next": _next(request, "find")})


@require_http_methods(["GET", "POST"])
def resident_door(request: HttpRequest, token: str) -> HttpResponse:
    """A resident's way in with a link of the demonstration; anywhere else there is no such page."""
    try:
        person = door.person_of(token)
    except (BadSignature, door.IsShut):
        raise Http404 from None
    if request.method == "POST":
        return redirect(begin_as_resident(request, uuid.UUID(person)) or "my_support")
    return render(request, "portal/session/resident_door.html")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End a resident's session."""
    logout(request)
    return redirect("account_login")


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something that who acts may not do."""
    return render(request, "portal/403.html", status=403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not come from a page of this session: it stood open too long, or somebody else made it."""
    return render(request, "portal/expired.html", status=403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read: too large, or made by no page of ours."""
    return render(request, "portal/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page; or none that who acts may see, which is not told apart."""
    return render(request, "portal/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong with us; the page asks nothing of the database."""
    return render(request, "portal/500.html", status=500)


def _next(request: HttpRequest, otherwise: str) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return reverse(otherwise)
