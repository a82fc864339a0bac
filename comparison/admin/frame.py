"""A page of our own within the frame of the admin."""

from typing import Any

from django.contrib import admin
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


def of_the_site(
    request: HttpRequest, template: str, title: str, page: object, *, status: int = 200
) -> TemplateResponse:
    """Return a page about no kind of row, in full; who is not signed in sees no way elsewhere. It
    is never kept: it may hold a secret.
    """
    around = admin.site.each_context(request)
    shown = {**around, "title": title, "page": page}
    shown["is_nav_sidebar_enabled"] &= around["has_permission"]
    headers = {"Cache-Control": "private, no-store"}
    response = TemplateResponse(request, f"admin/{template}", shown, status=status, headers=headers)
    response.render()
    return response
