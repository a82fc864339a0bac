"""The page of the link that a new site prints: name and password of its first administrator."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import auth
from django.contrib.auth.forms import UserCreationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters

from comparison.admin.frame import of_the_site
from comparison.admin.sign_in.asking import ask_on_signing_in
from comparison.publishing.events import tell
from comparison.rendering.addresses import address_of
from comparison.web.limits.rate_limit import sender_of
from comparison.web.operation.account_events import METHOD
from comparison.web.refusals import Refusal, refuse
from comparison.web.sign_in import first_link
from comparison.web.sign_in.second_factor import is_asked_on_signing_in


@dataclass(frozen=True, slots=True)
class FirstAdministratorPage:
    """All that the page reads."""

    form: forms.BaseForm  # for name and password
    link: str  # by which somebody came


@sensitive_post_parameters()
def page(request: HttpRequest) -> HttpResponse:
    """Name and password of the first administrator, for whoever has the link; after that, the
    admin.
    """
    given = request.POST if request.method == "POST" else request.GET
    link = given.get("link", "")
    if not first_link.is_good(link):
        return _no_further(request)
    form: Any = UserCreationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title, shown = "The first administrator", FirstAdministratorPage(form, link)
        return of_the_site(request, "sign_in/first_administrator.html", title, shown)
    user = form.save(commit=False)
    try:
        first_link.take(link, user)
    except first_link.NotTaken:
        return _no_further(request)
    tell("first administrator", account=user.get_username(), network=sender_of(request))
    if is_asked_on_signing_in(user):
        return ask_on_signing_in(request, user)
    request.META[METHOD] = "first link"
    auth.login(request, user)
    return HttpResponseRedirect(address_of("admin:index"))


def _no_further(request: HttpRequest) -> HttpResponse:
    if first_link.is_needed():
        text = (
            "It was used, is older than a day, or did not arrive whole. Whoever runs the site "
            "prints a new one: manage.py first_administrator"
        )
    else:
        text = (
            "This site has an administrator already, so the link has done its work. Sign in, or "
            "ask them for an account."
        )
    links = (("Sign in", address_of("admin:login")),)
    return refuse(request, 404, Refusal("This link leads no further", text, links))
