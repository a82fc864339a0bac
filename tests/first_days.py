"""A site as it is before anybody signs in, with something to publish: prints the link of its first
administrator. For tests whose server keeps its data in VAR_DIR.
"""

import sys

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from comparison.models import Comparison  # noqa: E402

if __name__ == "__main__":
    User.objects.all().delete()
    Comparison.objects.filter(slug="fastapi-vs-django").update(title="FastAPI, or Django?")
    call_command("first_administrator", origin=sys.argv[1])
