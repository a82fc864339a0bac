"""How the API says what is wrong: every error as `application/problem+json` (RFC 9457) of a stable
type, each explained on `/api/`; and the parameters that can be wrong.
"""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.views.decorators.csrf import csrf_exempt

from comparison.api import openapi
from comparison.publishing import drafts
from comparison.sharing.json_file import as_text
from comparison.web.comparison_request import CannotBeReadNow, IsWithheld, origin_of
from comparison.web.routing.renamed import Moved, within
from comparison.web.withheld import as_withheld, words_of

log = logging.getLogger(__name__)
METHODS = ("GET", "HEAD", "OPTIONS")
PROBLEM = "application/problem+json"
CLEAN = re.compile("[A-Za-z0-9_-]{1,40}")  # a parameter's name that can be told without harm
View = Callable[..., HttpResponseBase]


class Refused(Exception):
    """A request that gets a problem for an answer: one of `openapi.PROBLEMS`, and what was wrong
    with which parameter.
    """

    def __init__(self, kind: str, detail: str, errors: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, errors


def problem(refused: Refused) -> HttpResponse:
    status, title = openapi.PROBLEMS[refused.kind]
    body: dict[str, Any] = {
        "type": openapi.type_of(refused.kind),
        "title": title,
        "status": status,
        "detail": refused.detail,
    }
    if refused.errors:
        body["errors"] = [
            {"parameter": parameter, "detail": detail} for parameter, detail in refused.errors
        ]
    return HttpResponse(
        as_text(body), status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"}
    )


def for_programs(view: View) -> View:
    """Let a view answer programs of any site: GET and HEAD alone, and every error as a problem.

    csrf_exempt: else a wrong method would be told 403 for its missing token, where 405 is the
    truth. Nothing is written.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answered(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return answer


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        cross_origin = {
            "Access-Control-Allow-Methods": ", ".join(METHODS),
            "Access-Control-Allow-Headers": "If-None-Match",
        }
        return HttpResponse(
            status=204,
            headers={"Allow": ", ".join(METHODS), "Access-Control-Max-Age": "86400"} | cross_origin,
        )
    if request.method not in METHODS:
        response = problem(
            Refused("wrong-method", "This address is only read: send GET, HEAD or OPTIONS.")
        )
        response["Allow"] = ", ".join(METHODS)
        return response
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        return problem(refused)
    except Moved as address:  # answered here, so that a program of another site may follow
        return HttpResponsePermanentRedirect(
            within(str(address)), headers={"Cache-Control": "public, max-age=3600"}
        )
    except IsWithheld as withheld:
        return as_withheld(request, problem(Refused("withheld", _in_words(request, withheld))))
    except CannotBeReadNow:
        response = problem(Refused("no-database", "It was published, and cannot be read now."))
        response["Retry-After"] = "30"
        return response
    except Http404:
        return problem(
            Refused("no-such-comparison", "No comparison of this name has been published.")
        )
    except PermissionDenied as denied:
        return problem(Refused("not-permitted", str(denied)))
    except drafts.Unpublishable as error:
        return problem(Refused("unfinished-draft", str(error)))
    except SuspiciousOperation:
        return problem(Refused("bad-request", "The request could not be read."))
    except (DatabaseError, InterfaceError):
        log.exception("The database does not answer; %s is not answered.", request.path)
        response = problem(Refused("no-database", "The site cannot look that up at the moment."))
        response["Retry-After"] = "30"
        return response
    except Exception:
        got_request_exception.send(sender=None, request=request)
        log.exception("%s broke.", request.path)
        return problem(Refused("broken", "Something broke on our side."))


def _in_words(request: HttpRequest, withheld: IsWithheld) -> str:
    """Return why something is withheld, and where what can be read is found."""
    words = words_of(withheld, origin=origin_of(request))
    instead = " can be read: ".join(words.instead) if words.instead else ""
    return "\n".join(filter(None, (words.what, words.reason, instead)))


def only(request: HttpRequest, *known: str) -> dict[str, str]:
    """Return the parameters of a request. Refused if there is one that the address does not know,
    or one twice.
    """
    errors = [
        (name if CLEAN.fullmatch(name) else "", "means nothing here")
        for name in request.GET
        if name not in known
    ]
    errors += [
        (name, "is given more than once") for name in known if len(request.GET.getlist(name)) > 1
    ]
    if errors:
        names = (
            f"This address takes {' and '.join(known)}, each once."
            if known
            else "This address takes no parameters."
        )
        raise Refused("wrong-parameter", names, tuple(errors))
    return {name: value for name, value in request.GET.items() if isinstance(value, str)}


def whole_number(given: dict[str, str], name: str, most: int) -> int | None:
    """Return a parameter as a whole number from 1, or None where it is not given. Refused if it is
    anything else.
    """
    text = given.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text) or int(text) > most:
        raise Refused(
            "wrong-parameter",
            f"{name} has to be a whole number from 1 to {most}.",
            ((name, "is no such number"),),
        )
    return int(text)
