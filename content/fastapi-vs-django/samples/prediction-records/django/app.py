"""Which model predicted what, and from what: Django, with its admin.

    export DATABASE=predictions.sqlite3 LANGUAGE_MODEL_URL=http://127.0.0.1:9000
    python app.py migrate
    python app.py createsuperuser                               # for the admin
    uvicorn app:application

`POST` and `GET /models`, `POST` and `GET /models/{id}/predictions`. A prediction is made by the language model and kept only
if it succeeds; a model with predictions cannot be removed. People look at both at `/admin/`.
"""

import os
import secrets
import sys

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management import execute_from_command_line

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50),  # made anew: logins end when the process does
    ROOT_URLCONF="registry.views",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "django.contrib.staticfiles",
        "registry",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DATABASE", "predictions.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    STATIC_URL="static/",
    USE_TZ=True,
    LANGUAGE_MODEL_URL=os.environ.get("LANGUAGE_MODEL_URL", "http://127.0.0.1:9000"),
)

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_asgi_application()
