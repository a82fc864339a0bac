"""The form of a row that is not there any more, or not for who asks any more."""

from django.http import Http404, HttpRequest, HttpResponse

from comparison.admin.forms.django_classes import AnyPages


class GivesBack(AnyPages):
    """Gives back what was typed into the form of a row that somebody deleted meanwhile; Django
    would drop it.
    """

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        if request.method == "POST":
            raise Http404
        to_the_list = super()._get_obj_does_not_exist_redirect  # type: ignore[misc]
        answer: HttpResponse = to_the_list(request, opts, object_id)
        return answer
