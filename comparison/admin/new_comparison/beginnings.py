"""The page "New comparison": the ways to begin one, and what was begun and is not published yet."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.content_upload import may_write_whole_drafts
from comparison.admin.new_comparison.guided_steps import HalfWay, half_way
from comparison.models import Comparison

MOST = 12  # comparisons that are named


@dataclass(frozen=True, slots=True)
class BeginningsPage:
    """All that the page reads."""

    half_way: tuple[HalfWay, ...]  # drafts that no reader has seen yet
    to_copy: tuple[Comparison, ...]  # what could be copied, the first by title
    more_to_copy: int  # how many there are besides
    may_write_whole_drafts: bool  # so that a copy and a .zip are offered


def beginnings_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The ways to begin a comparison, in plain words."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    comparisons = list(Comparison.objects.order_by("title", "pk"))
    page = BeginningsPage(
        half_way(MOST),
        tuple(comparisons[:MOST]),
        max(0, len(comparisons) - MOST),
        may_write_whole_drafts(request.user),
    )
    return in_frame(model_admin, request, "comparison/beginnings.html", "New comparison", page)
