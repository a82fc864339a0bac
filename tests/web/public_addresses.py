"""Every public address, as `urls.py` has it, in the world that has one of everything."""

import re

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

from comparison.web.regions import REGIONS

# What paths name.
NAMES = {
    "slug": ["full"],
    "release": ["1"],
    "number": ["1"],
    "criterion": ["speed"],
    "option": ["swift"],
    "source": ["agency"],
    "span": ["1..2"],
    "region": list(REGIONS),
    "section": ["costs", "questions"],
    "figure": ["latency"],
    "use_case": ["first-product"],
}
# Addresses whose path is a regular expression, spelled out.
OF_ANY_PATH = ["full/no/such/page/", "full/@1/no/such/page/"]


def routes(patterns, before=""):
    """Return every route of some patterns, whole, as `urls.py` writes it."""
    spelled = []
    for one in patterns:
        if isinstance(one.pattern, RegexPattern):
            continue
        route = before + str(one.pattern)
        spelled += [route] if isinstance(one, URLPattern) else routes(one.url_patterns, route)
    return spelled


def addresses():
    """Return every public address, with all that its path may name."""
    whole = []
    for route in routes(get_resolver().url_patterns):
        if route.startswith("admin/"):
            continue
        spelled = [route.replace("sitemap-<section>", "sitemap-pages")]
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            spelled = [
                re.sub(rf"<(\w+:)?{name}>", value, text)
                for text in spelled
                for value in NAMES[name]
            ]
        whole += spelled
    return list(dict.fromkeys([*whole, *OF_ANY_PATH]))
