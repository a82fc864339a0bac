"""A person's own documents, and one action more: a summary by a language model. Django with Django REST framework.

    export DATABASE=documents.sqlite3 LANGUAGE_MODEL_URL=http://127.0.0.1:9000
    python app.py migrate
    python app.py createsuperuser --username ana
    python app.py drf_create_token ana                          # prints ana's token
    uvicorn app:application

`/documents` and `/documents/{id}` read and write, `POST /documents/analyze` summarises. Every request names its token:
`Authorization: Bearer ...`. The table is in library/models.py, everything about the API in library/api.py.
"""

import os
import sys

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management import execute_from_command_line

settings.configure(
    ROOT_URLCONF="library.api",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "rest_framework.authtoken",
        "library",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DATABASE", "documents.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 50,
    },
    LANGUAGE_MODEL_URL=os.environ.get("LANGUAGE_MODEL_URL", "http://127.0.0.1:9000"),
)

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_asgi_application()
