"""The door for application servers: `comparison.wsgi:application`.

Whatever starts it: what is set wrongly, or would be unsafe, is one sentence, and nothing is served.
"""

import gc
import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver

NOT_STARTED = 3  # by this code gunicorn, too, knows that a worker will never start


def _application() -> WSGIHandler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
    try:
        django.setup(set_prefix=False)
        from comparison.management.start import refuse_to_start  # settings are there now

        refuse_to_start()
    except ImproperlyConfigured as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(NOT_STARTED) from None
    from comparison.publishing import shared_links
    from comparison.publishing.store import follower
    from comparison.web.caches.hub_entries import make_all
    from comparison.web.caches.made_ahead import make_new_releases_ready

    def after_each_look() -> None:
        make_new_releases_ready()
        shared_links.write_down_sometimes()

    _ = get_resolver().url_patterns  # all code is read now, not at the first request
    gc.collect()
    gc.freeze()  # it stays: the collector passes it over
    if settings.IS_FOLLOWED:
        follower.start(then=make_all, each=after_each_look)
    return WSGIHandler()


application = _application()
