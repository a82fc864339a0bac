"""The door for application servers: `comparison.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
application = get_wsgi_application()
