"""A page of our own within the frame of the admin."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse


def in_frame(
    model_admin: Any,
    request: HttpRequest,
    template: str,
    title: str,
    page: object,
    *,
    status: int = 200,
    **more: Any,
) -> TemplateResponse:
    """Return a page of the admin: its template below `admin/comparison/`, its title, and the record
    that the template reads.
    """
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "page": page,
        **more,
    }
    return TemplateResponse(request, f"admin/comparison/{template}", context, status=status)
