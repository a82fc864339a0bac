"""Whether a form of a reader's was sent from a page of this site.

There is no token in it: nobody is signed in, so a token would keep nothing from anybody who sends
from a machine of their own, and it would make the page another one for each visitor, with a cookie.
What is kept out is that other sites let the browsers of their visitors send. Browsers say where a
form came from (`Sec-Fetch-Site`, all of them since 2023; `Origin`, all since 2020); older ones may
say nothing, and are believed.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from comparison.web.comparison_request import called_by

OWN = frozenset({"same-origin", "none"})  # "none": typed, or sent again by the browser itself


def is_from_another_site(request: HttpRequest) -> bool:
    """Return whether the browser says that another site had a form sent."""
    origin, site = request.headers.get("Origin", ""), request.headers.get("Sec-Fetch-Site", "")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    if site:
        return site not in OWN
    if not origin and (referer := request.headers.get("Referer", "")):
        scheme, host, *_ = urlsplit(referer)
        origin = f"{scheme}://{host}"
    return bool(origin) and origin != called_by(request)
