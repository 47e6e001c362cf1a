"""What pages have in common: what somebody may not do is answered by a page that says so; what a form was sent with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from balsts.access.errors import AccessDenied

_View = Callable[..., HttpResponse]


def refused_to_others(view: _View) -> _View:
    """Answer with the page of what one may not do, wherever the rules of permission refuse."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except AccessDenied:
            return render(request, "portal/403.html", status=403)

    return guarded


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing at all; None where it is only opened."""
    return request.POST if request.method == "POST" else None
