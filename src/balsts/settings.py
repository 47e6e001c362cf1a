"""Django's settings. They are those of production; what one machine needs otherwise comes from its environment.

BALSTS_HOSTS         names under which others reach the portal; without it only this machine is served, without TLS
DATABASE_URL         the application's way into one's own PostgreSQL; without it the embedded one is used
DATABASE_OWNER_URL   the owner's way into it, for migrations alone
BALSTS_SECRET_KEY    signs sessions; without it the one made when the embedded server was set up
BALSTS_DATA          the folder of the embedded server
"""

from __future__ import annotations

from balsts.database.connections import databases, hosts, secret_key

SERVES_OTHERS = bool(hosts())

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = hosts() or ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "balsts.access",
    "balsts.registry",
    "balsts.exchange",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

DATABASES = databases()
DATABASE_ROUTERS = ["balsts.database.connections.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
TIME_ZONE = "Europe/Riga"
USE_TZ = True

AUTH_USER_MODEL = "access.StaffAccount"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Half an hour without work ends a session, and so does the browser: offices share rooms and machines.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "balsts_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVES_OTHERS
CSRF_COOKIE_HTTPONLY = True
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
