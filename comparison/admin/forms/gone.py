"""Rows that are not there any more, or not for who asks any more: their form, and a list in which
they were ticked.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.forms.django_classes import AnyPages
from comparison.admin.forms.scope import is_key

GONE = "They are gone already, or are none of yours: nothing was done."


class GivesBack(AnyPages):
    """Gives back what was typed into the form of a row that somebody deleted meanwhile; Django
    would drop it. Does nothing to ticked rows of which none is there.
    """

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        if request.method == "POST":
            raise Http404
        to_the_list = super()._get_obj_does_not_exist_redirect  # type: ignore[misc]
        answer: HttpResponse = to_the_list(request, opts, object_id)
        return answer

    def response_action(self, request: HttpRequest, queryset: Any, *more: Any) -> Any:
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        there = queryset.filter(pk__in=[key for key in ticked if is_key(key)])
        if ticked and not there.exists():
            self.message_user(request, GONE, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, *more)
