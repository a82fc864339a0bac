"""The site's settings, plus one bare view to measure against."""

from comparison.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
