"""How editors see drafts: lists, forms, publishing. Never a rule of its own: models and
`publishing` say what is valid.
"""

from django.contrib import admin

from comparison.admin import (
    comparisons,
    criteria,
    figures,
    options,
    releases,
    sources,
    statements,
    suggestions,
)

__all__ = [
    "cases",
    "comparisons",
    "criteria",
    "figures",
    "options",
    "releases",
    "sources",
    "statements",
    "suggestions",
]

admin.site.site_header = "Evenhand"
admin.site.site_title = "Evenhand"
admin.site.index_title = "Evenhand"
