"""The kinds of pages that the browser tests look at: in `make test` those that break most easily,
in `make soak` all of them, at every width.
"""

import os

SOAK = "SOAK" in os.environ
WIDTHS = (320, 360, 584, 768, 1024, 1280, 1920, 2560)
FEWER = WIDTHS if SOAK else (320, 1280)
EVERY_WIDTH = ("/long-names/",)
OF_A_COMPARISON = (
    "", "parts/", "sources/", "search/?find=async", "sensitivity/", "freshness/", "changes/",
    "share/", "suggest/", "embed/",
)  # fmt: skip
SECTIONS = (
    "architecture/", "choose-when/", "costs/", "deployment/", "migrations/", "popularity/",
    "practices/", "pros-and-cons/",
    "questions/", "security/", "stories/", "together/", "trends/",
)  # fmt: skip
FRAMEWORKS: tuple[str, ...] = ("",)
SERVERS: tuple[str, ...] = ()
NAMED: tuple[str, ...] = (
    "", "parts/", "search/?find=async", "sensitivity/", "freshness/", "share/", "embed/",
    "architecture/", "costs/", "figures/", "options/",
    "cell/throughput/swift/", "sources/agency/", "tree/", "why/whole/", "?options=swift,whole,both",
)  # fmt: skip
MANY: tuple[str, ...] = ("",)
FIVE: tuple[str, ...] = ()
ALONE: tuple[str, ...] = ("/", "/method/")
# Of the admin: what holds most or is laid out by us, and the one of Django's own forms that breaks
# most easily.
KINDS_OF_ROWS: tuple[str, ...] = ("claim",)
ACCOUNTS: tuple[str, ...] = ("auth/group/add/",)
NOWHERE = "/no-such-page/"
SPACED: tuple[str, ...] = ("/long-names/",)
if SOAK:
    FRAMEWORKS = (
        *OF_A_COMPARISON, *SECTIONS, "cell/performance/fastapi/", "tree/", "samples/",
        "search/?find=nothing-like-it",
        "?q=nothing-like-it", "suggest/orm/django/", "why/fastapi/",
        "?off=orm&must=async-support,admin-panel&options=fastapi,django",
    )  # fmt: skip
    SERVERS = (*OF_A_COMPARISON, *SECTIONS, "why/uwsgi/", "@1/")
    NAMED = (
        *OF_A_COMPARISON, *SECTIONS, "cell/throughput/swift/", "sources/agency/", "tree/",
        "why/whole/", "changes/1..2/",
        "samples/", "@1/?use=gone", "?from=1", "?options=swift,whole", "?options=swift,whole,both",
    )  # fmt: skip
    MANY = (*OF_A_COMPARISON, "why/option-3/")
    FIVE = ("", "parts/")
    ALONE = ("/", "/method/", "/api/", NOWHERE)
    KINDS_OF_ROWS = (
        "advice", "answeredquestion", "cell", "claim", "component", "costline", "criterion",
        "derivedfigure", "figure", "group",
        "hybrid", "migration", "option", "point", "popularity", "question", "release", "run",
        "sample", "source", "story",
        "usecase", "workload",
    )  # fmt: skip
    ACCOUNTS = (
        "", "auth/", "auth/user/", "auth/user/add/", "auth/user/1/change/",
        "auth/user/1/password/", "auth/user/1/delete/",
        "auth/user/1/history/", "auth/group/", "auth/group/add/", "auth/group/1/change/",
        "password_change/",
    )  # fmt: skip
    SPACED = (
        "/long-names/", "/long-names/?options=swift,whole",
        "/long-names/?options=swift,whole,both", "/long-names/sensitivity/",
        "/long-names/cell/throughput/swift/", "/five-options/", "/many-options/",
        "/fastapi-vs-django/", "/python-app-servers/",
    )  # fmt: skip

KINDS = {
    **{f"frameworks {path or 'page'}": f"/fastapi-vs-django/{path}" for path in FRAMEWORKS},
    **{f"servers {path or 'page'}": f"/python-app-servers/{path}" for path in SERVERS},
    **{f"long names {path or 'page'}": f"/long-names/{path}" for path in NAMED},
    **{f"many options {path or 'page'}": f"/many-options/{path}" for path in MANY},
    **{f"five options {path or 'page'}": f"/five-options/{path}" for path in FIVE},
    **{f"alone {path}": path for path in ALONE},
}

# `make test` lets axe look at each page of ours in the tests of that page; here are the wide ones.
FOR_AXE = (
    KINDS if SOAK else {kind: KINDS[kind] for kind in ("many options page", "long names page")}
)
