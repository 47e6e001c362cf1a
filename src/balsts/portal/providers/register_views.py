"""The register as everybody sees it: searched, and a provider with its entries and their history. No sign-in."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from balsts.portal.providers.forms import FilterForm
from balsts.portal.providers.shown import municipality_names, provider_shown
from balsts.services.providers import provider_of, providers_by_id, providers_found

_A_PAGE = 25


@require_GET
def found(request: HttpRequest) -> HttpResponse:
    """Providers with entries that count today, filtered by service, municipality and name."""
    form = FilterForm(request.GET or None)
    today = timezone.localdate()
    page: dict[str, Any] = {"form": form}
    if form.is_bound and not form.is_valid():
        return render(request, "portal/providers/register.html", page, status=400)
    asked = form.cleaned_data if form.is_bound else {"service": "", "municipality": "", "name": ""}
    ids = providers_found(on=today, service=asked["service"], municipality=asked["municipality"], name=asked["name"])
    shown = Paginator(ids, _A_PAGE).get_page(request.GET.get("page"))
    names = municipality_names()
    rows = [provider_shown(one, today, names) for one in providers_by_id(shown.object_list, on=today)]
    kept = request.GET.copy()
    kept.pop("page", None)
    page |= {"shown": shown, "rows": rows, "number": len(ids), "today": today, "kept": kept.urlencode()}
    return render(request, "portal/providers/register.html", page)


@require_GET
def provider(request: HttpRequest, number: str) -> HttpResponse:
    """A provider by registration number: entries that count, those to come, and those that ended or were removed."""
    one = provider_of(number)
    if one is None:
        raise Http404
    today = timezone.localdate()
    shown = provider_shown(one, today, municipality_names())
    return render(request, "portal/providers/provider.html", {"one": shown, "today": today})
