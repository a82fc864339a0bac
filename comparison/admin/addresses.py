"""Addresses of the admin's pages, by what they are about."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode

from comparison.rendering.addresses import with_query


def admin_address(model: type[models.Model], page: str, *args: Any, **query: Any) -> str:
    """Return the address of an admin page about a model: `changelist`, `add`, or `change` with the
    row's key.
    """
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
    return with_query(address, urlencode(query))
