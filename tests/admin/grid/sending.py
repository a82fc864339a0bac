"""What a grid sends, and is told."""

import json
from typing import Any

from django.test import Client

from comparison.models import Comparison
from tests.admin.drinks import admin_page


def send(client: Client, draft: Comparison, grid: str, *cells: dict[str, object]) -> dict[str, Any]:
    """Return what a grid is told about cells that it sends."""
    answer = client.post(
        admin_page(draft, "grid", draft.pk, grid),
        json.dumps({"cells": cells}),
        content_type="application/json",
    )
    assert answer.headers["Content-Type"] == "application/json"
    return {"status": answer.status_code, **answer.json()}
