"""Documents that belong to users, each with an embedding once one has been computed: Django.

    DATABASE=documents.sqlite3 python app.py migrate
    DATABASE=documents.sqlite3 uvicorn app:application

`POST` and `GET /people/{name}/documents`, `PUT /documents/{id}/embedding`, `DELETE /people/{name}` (documents included). Who
may do so is left out here: see the viewset sample. The tables are in library/models.py, the addresses in library/views.py.
"""

import os
import sys

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management import execute_from_command_line

settings.configure(
    ROOT_URLCONF="library.views",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "library"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DATABASE", "documents.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_asgi_application()
