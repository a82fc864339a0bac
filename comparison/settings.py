"""Every choice of the site, read from the environment. Safe by default; the README has a row for
each variable.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from comparison import variables

ROOT = Path(__file__).resolve().parent.parent

# --- where things are -----------------------------------------------------------------------------

VAR = Path(variables.text("VAR_DIR", str(ROOT / "var")))
# what is published, as files: readers get it from there
PUBLISHED_DIR = Path(variables.text("PUBLISHED_DIR", str(VAR / "published")))
IS_FOLLOWED = True  # a server looks for new releases in a thread of its own
CONTENT_DIR = Path(variables.text("CONTENT_DIR", str(ROOT / "content")))

# --- safety ---------------------------------------------------------------------------------------

DEBUG = variables.switch("DEBUG", default=False)
SECRET_KEY = variables.text("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random text, or SECRET_KEY_FILE to a file "
        "that holds one; "
        "`make run` makes one for you."
    )
# False only where no TLS stands in front, as on a developer's own machine
HTTPS = variables.switch("HTTPS", default=True)
# what links that leave the site begin with; empty = with what each request asked for
SITE_URL = variables.origin("SITE_URL")
if SITE_URL and SITE_URL.startswith("https:") is not HTTPS:
    raise ImproperlyConfigured(
        "SITE_URL and HTTPS contradict each other. Set SITE_URL to https://host with HTTPS=1, or "
        "to http://host with HTTPS=0."
    )
_OWN_HOST = re.sub(":[0-9]+$", "", urlsplit(SITE_URL).netloc)
ALLOWED_HOSTS = variables.hosts(
    "ALLOWED_HOSTS", [_OWN_HOST] if SITE_URL else ["localhost", "127.0.0.1", "[::1]"]
)
if SITE_URL and _OWN_HOST not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_OWN_HOST)
SECURITY_CONTACT = variables.contact("SECURITY_CONTACT")  # empty = none is named
CSRF_TRUSTED_ORIGINS = variables.origins("CSRF_TRUSTED_ORIGINS")
# one that always sets X-Forwarded-Proto and X-Forwarded-For
BEHIND_PROXY = variables.switch("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# for all hosts below this one, and for browsers' own lists: an administrator's to decide
HSTS_IS_DECIDED = variables.is_given("HSTS_SUBDOMAINS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = variables.switch("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = variables.switch("HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# after minutes without a click, and whatever is done, after hours; 0 minutes = not by idling
SESSION_IDLE_MINUTES = variables.whole_number("SESSION_IDLE_MINUTES", 60)
SESSION_HOURS = variables.whole_number("SESSION_HOURS", 12, least=1, most=8_760)
SESSION_COOKIE_AGE = 3600 * SESSION_HOURS
# who needs a code besides the password: on one's own machine nobody has to
SECOND_FACTOR = variables.one_of(
    "SECOND_FACTOR", "publishing" if HTTPS else "off", ("off", "publishing", "everybody")
)
OTP_TOTP_ISSUER = _OWN_HOST or "Evenhand"  # what an app calls the account's site
OTP_TOTP_SYNC = False  # a clock that goes wrong is half a minute off at most, and stays so
OTP_TOTP_THROTTLE_FACTOR = 0  # `sign_in_limit.py` counts; this would lock an account for days
CSRF_FAILURE_VIEW = "comparison.web.views.errors.unproven"
# said in our own words by `checks.py`
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "manifest-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

# --- the application ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django_otp",
    "django_otp.plugins.otp_totp",
    "comparison.apps.ComparisonConfig",
    "comparison.apps.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_htmx",
    "simple_history",
]
MIDDLEWARE = [
    "comparison.web.operation.request_log.request_log",
    "comparison.web.security_headers.content_security_policy",
    "comparison.web.security_headers.shut_off",
    "comparison.web.operation.health.health",  # under any host, and without HTTPS
    "django.middleware.security.SecurityMiddleware",
    "comparison.web.caches.static_files.StaticFiles",
    "comparison.web.caches.shared_caches.tagged",
    "comparison.web.caches.shared_caches.without_editors_cookies",
    "comparison.web.views.errors.without_waiting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "comparison.web.routing.nearly_right.nearly_right",
    "comparison.web.routing.methods.only_read",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "comparison.web.sign_in.second_factor.demanded",
    "comparison.web.sign_in.sessions.idle_ends",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "comparison.urls"
WSGI_APPLICATION = "comparison.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # the reader's pages: compiled templates, several times as fast on the regions that change
    # (`make bench`)
    {
        "NAME": "reader",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {"environment": "comparison.rendering.jinja.environment", "autoescape": True},
    },
]

# --- where things are kept ------------------------------------------------------------------------

DATABASES = {"default": variables.database("DATABASE_URL", f"sqlite:///{VAR / 'evenhand.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "comparison.publishing.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits for its turn instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA synchronous=NORMAL",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)  # seconds
DATABASES["default"]["CONN_MAX_AGE"] = variables.whole_number("CONN_MAX_AGE", 600)
CACHES = {"default": variables.cache("CACHE_URL", "locmemcache://")}
# one that hangs is taken for dead, soon
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["OPTIONS"] = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5} | CACHES[
        "default"
    ].get("OPTIONS", {})
# bytes of releases, of what is made of them, and of answers that a process keeps
MEMORY = 1_000_000 * variables.whole_number("MEMORY_MB", 200)
SIMPLE_HISTORY_DATE_INDEX = False  # lines are asked for by row, or by comparison and time
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["comparison.permissions.AccountBackend"]
PASSWORD_HASHERS = [
    "comparison.web.sign_in.hashing.PatientHasher",  # Django's first, with more patience
    *[name for name in global_settings.PASSWORD_HASHERS if "PBKDF2PasswordHasher" not in name],
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "comparison.web.sign_in.passwords.Rules"}]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [(kind, ROOT / "static" / kind) for kind in ("fonts", "img")]
STATICFILES_FINDERS = [
    "comparison.rendering.joined_files.JoinedFilesFinder",  # css and js
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_ROOT = ROOT / "static" / "top"  # icons, which are asked for at the top of the site

# --- what `manage.py serve` starts ----------------------------------------------------------------

HOST = variables.text("HOST", "") or "127.0.0.1"
PORT = variables.whole_number("PORT", 8000, least=1)
WORKERS = variables.whole_number("WORKERS", 2, least=1, most=64)
WORKER_MEMORY = variables.whole_number("WORKER_MEMORY", 600, least=150)  # megabytes

# --- language, time, records ----------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = variables.time_zone("TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # where a refused address would have led elsewhere
SENTRY_DSN = variables.error_service("SENTRY_DSN")  # empty = errors are in the log alone
LOG_FORMAT = variables.one_of("LOG_FORMAT", "text", ("text", "json"))
ACCESS_LOG = variables.switch("ACCESS_LOG", default=False)  # every request, else some
SLOW_REQUEST = variables.seconds("SLOW_REQUEST", 1.0)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "comparison.web.operation.log_lines.Lines", "form": LOG_FORMAT}},
    "handlers": {
        "console": {"class": "comparison.web.operation.log_lines.Console", "formatter": "lines"},
    },
    "root": {"handlers": ["console"], "level": variables.log_level("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},  # what is not found is no fault of ours
    },
}
