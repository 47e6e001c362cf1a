"""Every address of the portal. A page not named in `portal.session.middleware` is open to staff at work alone."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from balsts.portal.api import described, tokens
from balsts.portal.looked import views as looked
from balsts.portal.persons import case_views, rights_views, search_views
from balsts.portal.registers import views as registers
from balsts.portal.session import residents
from balsts.portal.session import views as session
from balsts.portal.session.identity import NAME

urlpatterns = [
    path("", session.start, name="start"),
    path("language/", session.language, name="language"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", second_factor.index, name="mfa_index"),
    path("account/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("role/", session.choose_work, name="choose_work"),
    path("reason/", session.reason, name="reason"),
    path("find/", search_views.find, name="find"),
    path("persons/<uuid:person>/", case_views.person, name="person"),
    path("persons/<uuid:person>/facts/", case_views.facts, name="person_facts"),
    path("persons/<uuid:person>/registers/", registers.asked, name="person_registers"),
    path("households/<uuid:household>/", case_views.household, name="household"),
    path("households/<uuid:household>/rights/", rights_views.rights, name="household_rights"),
    path("households/<uuid:household>/registers/ask/", registers.ask, name="household_ask"),
    path("me/who-looked/", looked.who_looked, name="who_looked"),
    path("me/sign-in/", residents.sign_in, name="resident_sign_in"),
    # The library looks the address up by this name, with our name for the provider.
    path("me/signed-in/", residents.signed_in, {"provider_id": NAME}, name="openid_connect_callback"),
    path("me/sign-in/<str:token>/", session.resident_door, name="resident_door"),
    path("me/leave/", session.leave, name="resident_leave"),
    path("api/oauth2/token", tokens.token, name="api_token"),
    path("api/v1/openapi.json", described.openapi, name="api_openapi"),
    path("api/v1/", described.api.urls),
]

handler403 = session.denied
handler404 = session.not_found
handler500 = session.failed
