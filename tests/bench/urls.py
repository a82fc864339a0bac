"""The site's addresses, plus what it is measured against: `/bare/<size>/`, a Django view that does
nothing but return so many bytes, and the rivals.
"""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comparison.urls import handler404, handler500
from comparison.urls import urlpatterns as of_the_site
from tests.bench.rivals import views as rivals


@cache
def _body(size: int) -> bytes:
    return b"x" * size


def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(_body(size))


urlpatterns = [
    path("bare/<int:size>/", bare),
    path("rivals/computed.js", rivals.computed_script),
    path("rivals/computed/<slug:slug>/", rivals.computed),
    path("rivals/plain/<slug:slug>/", rivals.plain),
    *of_the_site,
]
__all__ = ["handler404", "handler500", "urlpatterns"]
