"""Django's settings. They are those of production; what one machine needs otherwise comes from its environment.

BALSTS_HOSTS         names under which others reach the portal; without it only this machine is served, without TLS
DATABASE_URL         the application's way into one's own PostgreSQL; without it the embedded one is used
DATABASE_OWNER_URL   the owner's way into it, for migrations alone
BALSTS_SECRET_KEY    signs sessions; without it the one made when the embedded server was set up
BALSTS_SEAL_FILE     the office's seal of letters; must be named with DATABASE_URL: documents/seal.py
BALSTS_DATA          the folder of the embedded server
BALSTS_SPDCI_FILE    which partners may search the registry by the SPDCI standard; without it none
BALSTS_PAYMENT_FILES  where files for banks and from them are kept, else in the data folder
BALSTS_PUBLIC_ADDRESS, BALSTS_OPEN_DATA_*  where open data is reached, its licence and contact:
                     statistics/open_data/publisher.py
BALSTS_RESIDENTS_*   who confirms the identity of residents: portal/session/identity.py
"""

from __future__ import annotations

import os
from pathlib import Path

from balsts.database.connections import databases, hosts, is_embedded, secret_key
from balsts.database.server import data_folder
from balsts.portal.session.identity import provider_from_environment

SERVES_OTHERS = bool(hosts())
EMBEDDED_FOLDER = data_folder() if is_embedded() else None
PAYMENT_FILES = Path(os.environ.get("BALSTS_PAYMENT_FILES") or data_folder() / "payments")
"""Where files for banks and from them are kept; it goes into backups beside the database."""

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = hosts() or ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "balsts.access",
    "balsts.registry",
    "balsts.exchange",
    "balsts.cases",
    "balsts.payments",
    "balsts.figures",
    "balsts.statistics",
    "balsts.portal",  # before the libraries below: its templates and translations go before theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "crispy_forms",
    "crispy_forms_gds",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "balsts.portal.api.problems.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "balsts.portal.session.middleware.ActingMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "balsts.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"i18n": "balsts.portal.templatetags.kept_texts"},
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # ours takes the place of Django's own `i18n` on purpose
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # files are served out of the package: no step of collecting them
WHITENOISE_AUTOREFRESH = False
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
# Nothing from elsewhere, no script at all, no style in the page itself.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

DATABASES = databases()
DATABASE_ROUTERS = ["balsts.database.connections.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
TIME_ZONE = "Europe/Riga"
USE_TZ = True

AUTH_USER_MODEL = "access.StaffAccount"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "balsts.portal.session.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "balsts.portal.session.sign_in_forms.SignInForm",
    "reauthenticate": "balsts.portal.session.sign_in_forms.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
MFA_ADAPTER = "balsts.portal.session.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "balsts.portal.session.sign_in_forms.CodeForm",
    "reauthenticate": "balsts.portal.session.sign_in_forms.CodeAgainForm",
    "activate_totp": "balsts.portal.session.sign_in_forms.NewAuthenticatorForm",
}
MFA_TOTP_ISSUER = "Balsts"
MFA_TOTP_TOLERANCE = 1  # a code typed while it runs out still counts, as RFC 6238 (5.2) advises
RESIDENTS_PROVIDER = provider_from_environment()
SOCIALACCOUNT_ADAPTER = "balsts.portal.session.residents.ResidentAdapter"
SOCIALACCOUNT_PROVIDERS = RESIDENTS_PROVIDER.as_settings() if RESIDENTS_PROVIDER else {}
# Five wrong passwords from one place shut an account for that place for half an hour.
# Attempts, and codes that were used once, are counted in the database: all processes of a server share them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_shared",
                      "OPTIONS": {"MAX_ENTRIES": 100_000}},
          # Parts of pages that are alike for everybody of a role.
          "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # fmt: skip
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "portal/session/locked_out.html"
AXES_VERBOSE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Half an hour without work ends a session, and so do ten hours of work and the browser: offices share rooms.
SESSION_COOKIE_AGE = 30 * 60
SESSION_LASTS_AT_MOST_SECONDS = 10 * 3600
SESSION_KEPT_EVERY_SECONDS = 60  # of use; so a session that is not used ends after 29 to 30 minutes
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "balsts_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVES_OTHERS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "balsts.portal.session.views.expired"
SECURE_SSL_REDIRECT = SERVES_OTHERS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVES_OTHERS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVES_OTHERS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# What goes wrong is written down without personal data: the texts of errors name records, never persons.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
