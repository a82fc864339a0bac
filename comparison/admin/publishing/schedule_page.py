"""The page where a publisher sets a time for a draft, or withdraws it.

What becomes of it is said by `publishing/editorial/schedules.py`. A time is the clock's on the
wall, in the site's zone: the night when an hour is missing or comes twice is asked about.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import is_key, opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.publishing.effect import flips_of
from comparison.admin.publishing.published import MAY_PUBLISH
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Schedule
from comparison.publishing import publish
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.editorial import reviews, schedules
from comparison.publishing.editorial.schedules import NotScheduled
from comparison.rendering.addresses import address_of

FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
AGAIN = (("", "---------"), ("0", "the first time"), ("1", "the second time"))


class WallTimeField(forms.DateTimeField):
    """A day and a time as a clock shows them, without a zone."""

    def to_python(self, value: Any) -> Any:
        for form in FORMS:
            try:
                return datetime.strptime(str(value or "").strip(), form)
            except ValueError:
                continue
        if value in self.empty_values:
            return None
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class ScheduleForm(forms.Form):
    """A moment by the clock on the wall, and the change note."""

    due = WallTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": "Set a day and a time.",
            "invalid": "Write it like this: 2027-03-28 09:30",
        },
    )
    again = forms.ChoiceField(
        label="That hour comes twice",
        choices=AGAIN,
        required=False,
        help_text="When clocks are put back in the night, an hour comes twice. Else leave it.",
    )
    reason = forms.CharField(
        label="Why the verdict changes",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        required=False,
        help_text="It opens the change note: readers will ask.",
    )
    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="What is different then, and why. Readers see it.",
        error_messages={"required": "Say in the change note what is different then."},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if due := given.get("due"):
            try:
                given["due"] = moment_of(due, given.get("again", ""))
            except ValidationError as error:
                self.add_error("again" if error.code == "twice" else "due", error)
        return given


def moment_of(wall: datetime, again: str = "") -> datetime:
    """Return the moment when the site's clock shows a time. again: "1" for the second time that it
    does so. Raises ValidationError where it never does, or twice and nothing is said.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise ValidationError(
            f"That night the clocks are put forward: there is no {wall:%H:%M} on {wall:%Y-%m-%d}. "
            "Set a time an hour later."
        )
    if first.utcoffset() != second.utcoffset() and again not in ("0", "1"):
        raise ValidationError(
            f"That night {wall:%H:%M} comes twice: say which time is meant.", code="twice"
        )
    return (second if again == "1" else first).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """All that the page reads."""

    comparison: Comparison  # whose draft it is
    present: Schedule | None  # what is set; None = nothing
    last_look: datetime | None  # when the command ran last; None = never
    is_late: bool  # the command should have come
    zone: str  # in which times are meant
    review: str  # what an approval lacks, or nothing
    has_problems: bool  # the draft
    seen: str  # digest of the draft that is shown
    publish: str  # where its changes stand
    form: ScheduleForm  # for the time and the note
    refusal: str  # why nothing was set just now, or nothing


def schedule_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What is set for a draft, and the forms to set a time and to withdraw it."""
    comparison = opened_comparison(model_admin, request, pk)
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    if request.method == "POST" and (asked := ask_on_publishing(request)):
        return asked
    is_withdrawn = request.method == "POST" and "withdraw" in request.POST
    form = ScheduleForm(request.POST if request.method == "POST" and not is_withdrawn else None)
    refusal, editor = "", _who(request)
    try:
        if is_withdrawn:
            key = request.POST["withdraw"]
            own = Schedule.objects.filter(comparison=pk, pk=int(key) if is_key(key) else 0)
            schedules.withdraw(own.values_list("pk", flat=True).first() or 0, editor)
            messages.success(request, "Withdrawn: nothing is published by itself.")
            return HttpResponseRedirect(admin_address(Comparison, "schedule", pk))
        if form.is_valid():
            given, seen = form.cleaned_data, request.POST.get("seen", "")
            schedules.set_time(
                comparison, editor, given["due"], _note(comparison, given, seen), seen
            )
            messages.success(request, "Set. A change to the draft keeps it from being published.")
            return HttpResponseRedirect(admin_address(Comparison, "schedule", pk))
    except publish.ReasonMissing as missing:
        form.add_error("reason", str(missing))
    except NotScheduled as refused:
        refusal = str(refused)
    page = _page(comparison, form, refusal)
    title = f"Publish {comparison} later"
    return in_frame(model_admin, request, "comparison/schedule.html", title, page)


def _note(comparison: Comparison, given: dict[str, Any], seen: str) -> str:
    """Return the change note, with the reason where a verdict changes. Raises ReasonMissing."""
    is_seen = kept_draft(comparison).draft.digest == seen  # else it is refused for that
    flips = flips_of(comparison) if is_seen else ()
    return publish.with_reason(given["note"], given["reason"], flips)


def withdraw_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """One press of a button on the first page: what was set does not happen, also where its
    comparison is gone.
    """
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    home = HttpResponseRedirect(address_of("admin:index"))
    if request.method != "POST":
        return home
    if asked := ask_on_publishing(request):
        return asked
    key = request.POST.get("withdraw", "")
    known = Schedule.objects.within_reach().filter(pk=int(key) if is_key(key) else 0)
    try:
        withdrawn = schedules.withdraw(
            known.values_list("pk", flat=True).first() or 0, _who(request)
        )
    except NotScheduled as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Withdrawn: {withdrawn.slug} is not published by itself.")
    return home


def _who(request: HttpRequest) -> str:
    return request.user.get_username()


def _page(comparison: Comparison, form: ScheduleForm, refusal: str) -> SchedulePage:
    draft = kept_draft(comparison).draft
    last = schedules.last_look()
    return SchedulePage(
        comparison=comparison,
        present=schedules.open_of(comparison),
        last_look=last,
        is_late=schedules.is_late(last),
        zone=settings.TIME_ZONE,
        review=reviews.refusal(comparison, draft.digest),
        has_problems=draft.document is None,
        seen=draft.digest,
        publish=admin_address(Comparison, "publish", comparison.pk),
        form=form,
        refusal=refusal,
    )
