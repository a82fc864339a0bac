"""What was done that an administrator may have to look up: a record of the log with a name and
facts, written once it holds, and never when it was taken back.
"""

import logging
from functools import partial

from django.db import transaction

log = logging.getLogger("comparison.events")


def tell(event: str, /, **facts: object) -> None:
    """Write an event down when what it tells of is in the database. facts: names, no texts."""
    transaction.on_commit(partial(log.info, event, extra={"fields": facts}))
