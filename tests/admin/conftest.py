"""The drinks as a draft and as a release, and who edits them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comparison.models import (
    Comparison,
)
from comparison.publishing import publish
from tests.admin.drinks import (
    TREE,
    drafted,
    logged_in,
    member,
)


@pytest.fixture
def drinks() -> Comparison:
    return drafted(TREE)


@pytest.fixture
def released(drinks) -> Comparison:
    publish.publish(drinks, "ada", "The first release.")
    return drinks


@pytest.fixture
def root() -> Client:
    return logged_in(User.objects.create_superuser("root"))


@pytest.fixture
def editor() -> Client:
    return logged_in(member("eve", "Editor"))


@pytest.fixture
def writer() -> Client:
    return logged_in(member("wim", "Writer"))
