"""The first process writes its lines as the site writes its own."""

import json
import logging

import pytest

from comparison.server import granian_log
from comparison.web.operation import log_lines

RECORD = logging.LogRecord(
    "_granian", logging.ERROR, "", 0, "Unexpected exit\nfrom %s", ("w1",), None
)


def test_a_line_of_text_begins_as_ours_do():
    own, ours = granian_log.Lines().format(RECORD), log_lines.Lines().format(RECORD)
    assert own.split(" ")[:2] == ours.split(" ")[:2]
    assert own.endswith("ERROR granian Unexpected exit from w1")


def test_a_line_of_json_has_the_same_names():
    own = json.loads(granian_log.Lines("json").format(RECORD))
    ours = json.loads(log_lines.Lines("json").format(RECORD))
    assert (own["time"], own["level"], set(own)) == (ours["time"], "ERROR", set(ours))


@pytest.mark.parametrize("form", log_lines.FORMS)
def test_it_is_what_granian_takes(form):
    configuration = granian_log.configuration(form)
    assert configuration["formatters"]["lines"]["form"] == form
    assert set(configuration["loggers"]) == {"_granian", "granian.access"}
