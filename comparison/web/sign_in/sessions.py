"""When somebody is signed out by themselves: after doing nothing for a while, after a working day,
and where their role changed.

A session ends by the time that stands in its row, so that nothing has to be written while somebody
reads: it is put off once in a while.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comparison.publishing.store import refused_writes

BEGAN = "began"  # key in a session: when its owner signed in
PUT_OFF = 0.1  # of the idle time has gone before the end is put off again


def connect() -> None:
    """Begin to count whenever somebody signs in."""
    user_logged_in.connect(_begin, dispatch_uid="sessions.begin")


def idle_ends(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that puts off the end of the session of somebody who does something."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        # what no view has looked at is not looked up
        if session.accessed and SESSION_KEY in session and not refused_writes.are_there():
            _put_off(session)
        return response

    return answer


def end_others(user: Any, but: str | None = None) -> int:
    """End an account's sessions; return how many there were. but: the key of one that stays."""
    mine = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=mine).delete()
    return len(mine)


def _begin(request: HttpRequest, **_: Any) -> None:
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()  # a time to put away what is over
    request.session[BEGAN] = now.timestamp()
    request.session.set_expiry(_end(now, now))


def _put_off(session: Any) -> None:
    now = timezone.now()
    if BEGAN not in session:  # of a version that did not count
        session[BEGAN] = now.timestamp()
    began = datetime.fromtimestamp(session[BEGAN], now.tzinfo)
    end, idle = _end(now, began), timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    if end - session.get_expiry_date() > idle * PUT_OFF or "_session_expiry" not in session:
        session.set_expiry(end)


def _end(now: datetime, began: datetime) -> datetime:
    """Return when a session ends if nothing more is done. No idle time: with the day alone."""
    last = began + timedelta(hours=settings.SESSION_HOURS)
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(last, now + idle) if idle else last
