"""The site that is asked: `content/` and small worlds beside it, published on a day that never
passes.

Knows nothing of the site's rooms but its settings, its commands and `tests.worlds`: so it works
before and after a move.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from tempfile import TemporaryDirectory

# later than all that was read for content/; two folders compared are of one day
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
EDITOR = "eve"
HOST = "localhost"
OURS = [
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CACHE_URL",
    "CONTENT_DIR",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "SECRET_KEY_FILE",
    "TIME_ZONE",
]  # settings of the machine that are not those of this site
FILLING = 14  # small comparisons more than fit on one page of the hub, together with all others


@contextmanager
def prepared_site(*, with_worlds: bool = True) -> Iterator[None]:
    """Set Django up on a folder of its own, with the clock stopped, everything published and an
    editor's account. with_worlds: the small ones, too, not what is shipped alone.
    """
    with TemporaryDirectory(prefix="evenhand-snapshot-") as folder:
        for name in OURS:
            os.environ.pop(name, None)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "comparison.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # a browser's event loop may run beside
            "DJANGO_SUPERUSER_PASSWORD": "a-long-password-for-tests-7",
            "SECRET_KEY": "only-for-tests-and-long-enough-to-pass-the-check-0123456789",
            "VAR_DIR": folder,
            "HTTPS": "0",
            "LOG_LEVEL": "CRITICAL",
        }
        _stop_the_clock()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("prepare", verbosity=0, stdout=StringIO())
        call_command(
            "createsuperuser",
            interactive=False,
            username=EDITOR,
            email="eve@example.org",
            verbosity=0,
        )
        if with_worlds:
            _publish_worlds()
        yield


def _stop_the_clock() -> None:
    """Let every reading of Django's clock be the same; before anything of the site is imported,
    which may keep the function.
    """
    from django.utils import timezone

    timezone.now = lambda: NOW


def _publish_worlds() -> None:
    from tests import worlds

    tiny = worlds.tiny_tree()
    worlds.publish(tiny, "First release.")
    worlds.publish(
        worlds.with_scores(worlds.tiny_tree(summary="Ada has slowed down."), speed_ada=5),
        "Measured again.",
    )

    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.gappy_tree())
    worlds.publish(worlds.large_tree(30, 20, claims_per_cell=1, slug="wide"))
    scores = {
        f"{criterion}_{option}": 6
        for criterion in ("speed", "ease", "cost")
        for option in ("ada", "bob", "cyd")
    }
    worlds.publish(worlds.with_scores(worlds.tiny_tree(slug="ties"), **scores))

    worlds.publish(worlds.tiny_tree(slug="named-before"))
    leads = [{"kind": "comparison", "old": "named-before", "new": "named-now"}]
    worlds.publish(worlds.tiny_tree(slug="named-now", renamed=leads))

    worlds.publish(worlds.full_tree(slug="drafted", renamed=[]))
    worlds.draft(worlds.full_tree(slug="drafted", renamed=[], question="Which one, if not both?"))
    worlds.draft(worlds.tiny_tree(slug="unfinished", title=""))

    for number in range(FILLING):
        worlds.publish(worlds.tiny_tree(slug=f"filling-{number:02}", title=f"Filling {number:02}"))
