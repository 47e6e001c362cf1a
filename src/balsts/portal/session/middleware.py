"""Who acts in a request. Every page is closed until somebody is signed in and has said as what and why they work."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from balsts.access.acting import in_scope
from balsts.portal.session.state import acting_in, remember_wanted

OPEN = frozenset({
    "account_login", "api_docs", "api_openapi", "api_token", "card_verify", "mfa_authenticate", "language",
    "openid_connect_callback",
    "resident_door", "resident_sign_in", "start", "support", "support_questions", "law", "law_act", "law_changes",
    "law_folder", "law_parameter", "law_questions", "law_rule", "law_search", "providers", "providers_csv",
    "providers_json", "provider", "provider_complaint", "spdci_described", "spdci_keys", "spdci_search",
    # published figures
    "statistics", "statistics_download", "statistics_embed", "statistics_find", "statistics_findings",
    "statistics_report", "statistics_reports", "statistics_row", "statistics_table", "statistics_tables",
    "statistics_audit", "statistics_budget", "statistics_budget_consolidated", "statistics_budget_frame",
    "statistics_budget_measures", "statistics_eu_fund", "statistics_eu_funds", "statistics_programme",
    "statistics_programmes", "statistics_research", "statistics_services", "statistics_strategy",
    # open data
    "statistics_open_data", "statistics_catalogue", "statistics_sdmx_structure", "statistics_sdmx_data",
    "statistics_columns", "statistics_loaded",
    "statistics_live", "statistics_live_download", "statistics_live_indicator",
})  # fmt: skip
"""Pages for anybody, and addresses where each request proves by itself who asks."""
SIGNED_IN = frozenset({
    "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_index", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "choose_work",
})  # fmt: skip
"""Pages for a signed-in account that has not said yet as what it works."""
FOR_RESIDENTS = frozenset({
    "person", "person_facts", "who_looked", "account_logout", "resident_leave", "provider_apply", "provider_draft",
    "provider_draft_provider", "provider_draft_place", "provider_draft_entry", "provider_evidence",
    "provider_document_remove", "provider_send", "provider_sent",
    "applications", "person_apply", "application_tasks", "application_discard", "application_page",
    "application_evidence", "application_document_remove", "application_check", "application_sent", "document",
    "my_support", "my_cases", "my_case", "my_decision", "my_contest", "my_payments", "case_notice", "case_attachment",
    "my_unclaimed", "settle_unclaimed",
})  # fmt: skip
"""Pages for a resident; whose data they show is asked of the rules all the same."""
API = "api"
"""Addresses of this namespace ask by themselves who calls, and answer whom they do not know with a problem."""
_BEFORE_SECOND_FACTOR = SIGNED_IN - {"choose_work", "mfa_deactivate_totp"}


class ActingMiddleware:
    """Puts who acts into `request.acting`, ends sessions that lasted too long, and closes pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; what is shown of persons is kept by no cache."""
        _keep_or_end(request)
        request.acting = acting_in(request)  # type: ignore[attr-defined]
        # A page that only shows asks all its questions as one who acts: the database is told once.
        who = request.acting if request.method in ("GET", "HEAD") else None  # type: ignore[attr-defined]
        with in_scope(who) if who else nullcontext():
            response = self._get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: object, named: object
    ) -> HttpResponse | None:
        """Answer instead of a page that is closed to who asks."""
        page = request.resolver_match.url_name if request.resolver_match else None
        if request.resolver_match and API in request.resolver_match.namespaces:
            return None
        who = request.acting  # type: ignore[attr-defined]
        if page in OPEN:
            return None
        if who is not None and who.terms is None:
            return None if page in FOR_RESIDENTS else redirect("my_support")
        if not request.user.is_authenticated:
            if page in FOR_RESIDENTS and request.method == "GET":
                remember_wanted(request)
            return redirect(f"{settings_login()}?{urlencode({'next': request.get_full_path()})}")
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None if page in _BEFORE_SECOND_FACTOR else redirect("mfa_activate_totp")
        if who is None and page not in SIGNED_IN:
            return redirect("choose_work")
        return None


def settings_login() -> str:
    """Where one signs in."""
    from django.urls import reverse  # the addresses are not known yet when middleware is imported

    return reverse(settings.LOGIN_URL)


def _keep_or_end(request: HttpRequest) -> None:
    """Keep a session that is used, and end one that has lasted too long.

    To keep it is to write it; done with each request, that would be a write for each page that only shows.
    """
    session, now = request.session, time.time()
    began = session.get("began_at")
    if began is None:
        if request.user.is_authenticated or "resident" in session:
            session["began_at"] = session["used_at"] = now
    elif now - began > settings.SESSION_LASTS_AT_MOST_SECONDS:
        logout(request)
    elif now - session.get("used_at", 0) > settings.SESSION_KEPT_EVERY_SECONDS:
        session["used_at"] = now
