import re

import pytest
from running import APPLICATIONS, SAMPLES

LISTED = set(re.findall(r"^ {6}- (\S+\.py)$", (SAMPLES.parent / "samples.yaml").read_text(encoding="utf-8"), re.MULTILINE))
THERE = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.py") if path.parent.name != "tests"}


def test_every_file_of_a_program_is_listed_and_every_listed_file_is_there():
    assert LISTED == THERE


@pytest.mark.parametrize("option", APPLICATIONS)
def test_every_topic_has_a_program_and_tests(option):
    topics = {path.split("/")[0] for path in THERE} - {"stand_in"}
    assert topics == {path.parent.parent.name for path in SAMPLES.glob(f"*/{option}/*.py")}
    assert topics == {path.stem.removeprefix("test_").replace("_", "-") for path in SAMPLES.glob("tests/test_*.py")} - {"listing"}
