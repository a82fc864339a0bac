"""How the first process writes its few lines: as the site's own are written,
`web/operation/log_lines.py`, without any of the site, which only its workers have.
"""

import json
import logging
import sys
import time
from typing import Any


class Lines(logging.Formatter):
    """Writes a record as a line. form: "text" or "json"."""

    def __init__(self, form: str = "text") -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        fields = {
            "time": f"{at}.{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": "granian",
            "message": " ".join(record.getMessage().split()),
        }
        return json.dumps(fields) if self.form == "json" else " ".join(fields.values())


def configuration(form: str) -> dict[str, Any]:
    """Return what granian sets its log up with."""
    stream = {"class": "logging.StreamHandler", "formatter": "lines", "stream": sys.stderr}
    quiet = {"handlers": ["lines"], "level": "WARNING", "propagate": False}
    return {
        "formatters": {"lines": {"()": Lines, "form": form}},
        "handlers": {"lines": stream},
        "loggers": {"_granian": quiet, "granian.access": quiet},
    }
