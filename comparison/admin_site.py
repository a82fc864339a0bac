"""The admin as this site has it: who was signed out while typing signs in and goes on, and what
cannot be saved is said there.
"""

import copy
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from comparison.models.accounts import seen_by
from comparison.publishing.releases import AWAY
from comparison.rendering.addresses import address_of
from comparison.web.limits.sign_in_limit import not_in_vain, wait_before_trying
from comparison.web.refusals import Refusal, carried_in, home, refuse, sign_in_and_go_on, typed_in

View = Callable[..., HttpResponse]
AGAIN = "Press the button to send it again. Until then nothing of it is saved."


class EditorsSite(AdminSite):
    """Django's admin, with refusals that are pages of it."""

    login_template = "admin/sign_in.html"
    index_title = "Your work"

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the kinds of rows by subject, as the guide for content files has them."""
        # the rooms of the admin register their pages here, so they are read after this module
        from comparison.admin.home.subjects import by_subject

        apps = super().get_app_list(request, app_label)
        return apps if app_label else by_subject(apps)

    def get_urls(self) -> list[Any]:
        """Return Django's addresses, but for the one that leads to any row's page by its key."""
        return [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the drafts and what is to be done about them, and below them all kinds of rows."""
        from comparison.admin.home.home_page import home_page

        kinds = self.get_app_list(request)
        page = home_page(request, may_see=bool(kinds))
        more = {"app_list": kinds, "available_apps": kinds, "page": page}
        return super().index(request, {**more, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let a page answer who was signed out, and what the database refuses, with what
        was typed; and know no other comparison than those that its editor edits.
        """
        whole = super().admin_view(_answering(view), cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (
                request.method == "POST"
                and not self.has_permission(request)
                and (typed := typed_in(request))
            ):
                return sign_in_and_go_on(request, typed)
            with seen_by(request.user):
                return whole(request, *args, **kwargs)

        return update_wrapper(answer, view)

    def _not_now(self, request: HttpRequest, wait: int, context: dict[str, Any]) -> HttpResponse:
        """Show the page for signing in to somebody who has tried too often: nothing was tried."""
        shown = copy.copy(request)
        shown.method = "GET"
        response = super().login(shown, {**context, "minutes_to_wait": -(-wait // 60)})
        response.status_code = 429
        response["Retry-After"] = str(wait)
        return response

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign somebody in; who was typing gets it back, to be sent again."""
        typed = carried_in(request) if request.method == "POST" else None
        if request.method == "POST" and (wait := wait_before_trying(request)):
            return self._not_now(request, wait, {"typed": typed, **(extra_context or {})})
        try:
            response = super().login(request, {"typed": typed, **(extra_context or {})})
        except AWAY:
            if request.method == "POST":
                not_in_vain(request)  # nobody looked at the password
            raise
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            not_in_vain(request)
        if typed is None or not isinstance(response, HttpResponseRedirect):
            return response
        if not url_has_allowed_host_and_scheme(
            typed.address, allowed_hosts=None
        ) or not _is_in_the_admin(typed.address):
            return response
        page = Refusal(
            "You are signed in again",
            f"Here is what you had typed. {AGAIN}",
            (home(),),
            typed,
            may_resend=True,
        )
        answer = refuse(request, 200, page)
        answer.cookies = response.cookies
        return answer


def _is_in_the_admin(address: str) -> bool:
    return address.startswith(address_of("admin:index"))


def _answering(view: View) -> View:
    """Let a page say what the database refuses, and what is no address to open."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                return _not_by_an_address(request, response)
            return response.render() if hasattr(response, "render") else response
        except IntegrityError:
            text = (
                "Somebody saved something just now that does not go together with it: the "
                "same short name, or a row that it "
                f"needs is gone. Nothing was saved. {AGAIN} The form then says what is in the way."
            )
            return refuse(
                request,
                409,
                Refusal(
                    "That could not be saved", text, (home(),), typed_in(request), may_resend=True
                ),
            )
        except (OverflowError, DataError):
            text = "A number in it is larger than any that is kept here. Nothing was saved."
            return refuse(
                request, 400, Refusal("That could not be read", text, (home(),), typed_in(request))
            )

    return update_wrapper(answer, view)


def _not_by_an_address(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """Say that something is done by pressing a button, to who opened its address: Django's answer
    is an empty page.
    """
    text = (
        "Nothing was done: this address is for a button of the admin. To sign out, press “Log "
        "out” at the top of this page."
    )
    answer = refuse(request, 405, Refusal("That is done by a button", text, (home(),)))
    answer["Allow"] = response["Allow"]
    return answer
