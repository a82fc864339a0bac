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
from django.urls import URLPattern, URLResolver, path

from comparison.models import history
from comparison.models.accounts import seen_by
from comparison.publishing.events import tell
from comparison.publishing.releases import AWAY
from comparison.web.comparison_request import leads_to_draft
from comparison.web.limits.rate_limit import sender_of
from comparison.web.limits.sign_in_limit import (
    count_try,
    not_in_vain,
    password_not_in_vain,
    wait_before_password,
)
from comparison.web.refusals import (
    AGAIN,
    Refusal,
    carried_in,
    go_on,
    home,
    on_the_way,
    refuse,
    sign_in_and_go_on,
    typed_in,
)
from comparison.web.sign_in import hashing
from comparison.web.sign_in.half_way import HalfWay, SignInForm

View = Callable[..., HttpResponse]


class EditorsSite(AdminSite):
    """Django's admin, with refusals that are pages of it."""

    login_template = "admin/sign_in.html"
    login_form = SignInForm
    index_title = "Your work"

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the kinds of rows by subject, as the guide for content files has them."""
        # the rooms of the admin register their pages here, so they are read after this module
        from comparison.admin.home.subjects import by_subject

        apps = super().get_app_list(request, app_label)
        return apps if app_label else by_subject(apps)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the drafts and what is to be done about them, and below them all kinds of rows."""
        from comparison.admin.home.home_page import home_page

        kinds = self.get_app_list(request)
        page = home_page(request, may_see=bool(kinds))
        more = {"app_list": kinds, "available_apps": kinds, "page": page}
        return super().index(request, {**more, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return Django's addresses, and before them those of signing in."""
        from comparison.admin.sign_in import first_administrator, second_factor, second_step

        own = [
            path("login/code/", second_step.second_step, name="second_step"),
            path("second-factor/set-up/", second_step.set_up, name="second_factor_set_up"),
            path("first-administrator/", first_administrator.page, name="first_administrator"),
        ]
        for route, view, name in (
            ("", second_factor.page, "second_factor"),
            ("codes/", second_factor.codes, "second_factor_codes"),
            ("remove/", second_factor.remove, "second_factor_remove"),
        ):
            own.append(path(f"second-factor/{route}", self.admin_view(view), name=name))
        # the one that leads to any row's page by its key is left out
        rest = [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]
        return own + rest

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

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Change one's own password. Who sits at a session that was left open may guess the old
        one: that counts as signing in does.
        """
        if request.method == "POST" and (wait := wait_before_password(request, request.user)):
            text = (
                "There were too many passwords that were not right. This one was not looked at: "
                f"wait {-(-wait // 60)} min, then try again."
            )
            return refuse(request, 429, Refusal("Wait a little", text, (home(),)))
        response: Any = super().password_change(request, extra_context)
        form = getattr(response, "context_data", {}).get("form")
        if form is not None and "old_password" in form.errors:
            name = request.user.get_username()
            tell("password change failed", account=name, network=sender_of(request))
        elif request.method == "POST":
            password_not_in_vain(request, request.user)
        return response

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign somebody in; who was typing gets it back, to be sent again."""
        typed = carried_in(request) if request.method == "POST" else None
        extra_context = {
            "is_of_draft": leads_to_draft(on_the_way(request).address),
            **(extra_context or {}),
        }
        tries, wait = count_try(request) if request.method == "POST" else (0, 0)
        if wait:
            return self._not_now(request, wait, {"typed": typed, **extra_context})
        try:
            with hashing.after(tries):
                response = super().login(request, {"typed": typed, **extra_context})
        except HalfWay as half_way:
            from comparison.admin.sign_in.asking import ask_on_signing_in

            not_in_vain(request)
            return ask_on_signing_in(request, half_way.user)
        except AWAY:
            if request.method == "POST":
                not_in_vain(request)  # nobody looked at the password
            raise
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
            return response
        not_in_vain(request)
        return go_on(request, typed, "You are signed in again") if typed else response


def _answering(view: View) -> View:
    """Let a page say what the database refuses, and what is no address to open."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with history.written_by(request.user):
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
