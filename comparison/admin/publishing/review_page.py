"""The page of a draft's review: ask for a look, approve, send back, and who did so before.

What a review is worth is said by `publishing/editorial/reviews.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.publishing.published import MAY_PUBLISH
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Review
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.editorial import reviews
from comparison.publishing.editorial.reviews import NotReviewed, Standing
from comparison.rendering.addresses import Home

MAY_ASK = "comparison.change_comparison"
MAY_DEMAND = "comparison.demand_review"
# what is sent: what it takes, and what is said when it is done
DONE = {
    "ask": (MAY_ASK, "Asked. Whoever may publish sees it on the first page."),
    "approve": (MAY_PUBLISH, "Approved as it is: a change makes that void."),
    "send-back": (MAY_PUBLISH, "Sent back, with your words."),
    "demand": (MAY_DEMAND, "From now on it is published when somebody else has approved it."),
    "waive": (MAY_DEMAND, "From now on it is published without a second person."),
}


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that the page reads."""

    comparison: Comparison  # whose draft it is
    standing: Standing  # of the draft as it is now
    steps: list[Review]  # the newest first
    has_problems: bool  # the draft, so that nothing can be approved
    why_not: str  # why this person cannot approve; nothing where they can
    may_ask: bool  # the person
    may_publish: bool  # the person, and so may answer
    may_demand: bool  # the person may say whether it is needed
    seen: str  # digest of the draft that is shown
    publish: str  # where its changes stand
    preview: str  # where it is shown as to readers
    refusal: str  # why nothing was written down just now, or nothing
    comment: str  # as it was typed


def review_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """How a draft's review stands, and the forms to go on with it."""
    comparison = opened_comparison(model_admin, request, pk)
    refusal = ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        permission, words = DONE.get(do, (MAY_ASK, ""))
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if do != "ask" and (asked := ask_on_publishing(request)):
            return asked
        try:
            _do(request, comparison, do)
        except NotReviewed as refused:
            refusal = str(refused)
        else:
            messages.success(request, words)
            return HttpResponseRedirect(admin_address(Comparison, "review", pk))
    page = _page(request, comparison, refusal)
    return in_frame(model_admin, request, "comparison/review.html", f"Review {comparison}", page)


def _do(request: HttpRequest, comparison: Comparison, do: str) -> None:
    """Write down what was sent. Raises NotReviewed."""
    editor, sent = request.user.get_username(), request.POST
    steps = {"ask": reviews.ask, "approve": reviews.approve, "send-back": reviews.send_back}
    if do in ("demand", "waive"):
        reviews.demand(comparison, editor, is_needed=do == "demand")
    elif do in steps:
        steps[do](comparison, editor, sent.get("comment", ""), sent.get("seen", ""))
    else:
        raise NotReviewed("Choose what is to be done.")


def _page(request: HttpRequest, comparison: Comparison, refusal: str) -> ReviewPage:
    draft = kept_draft(comparison).draft
    editor = request.user.get_username()
    return ReviewPage(
        comparison=comparison,
        standing=reviews.standing_of(comparison, draft.digest),
        steps=reviews.steps_of(comparison),
        has_problems=draft.document is None,
        why_not=reviews.why_not_by(comparison, draft.digest, editor),
        may_ask=request.user.has_perm(MAY_ASK),
        may_publish=request.user.has_perm(MAY_PUBLISH),
        may_demand=request.user.has_perm(MAY_DEMAND),
        seen=draft.digest,
        publish=admin_address(Comparison, "publish", comparison.pk),
        preview=Home(comparison.slug, "draft").path,
        refusal=refusal,
        comment=request.POST.get("comment", "") if refusal else "",
    )
