"""How editors see drafts: lists, forms, publishing. Never a rule of its own: models and
`publishing` say what is valid.
"""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

from comparison.admin import accounts, comparisons, releases, suggestions
from comparison.admin.rows import criteria, figures, options, sources, statements, use_cases

__all__ = [
    "accounts",
    "comparisons",
    "criteria",
    "figures",
    "options",
    "releases",
    "sources",
    "statements",
    "suggestions",
    "use_cases",
]

admin.site.site_header = "Evenhand"
admin.site.site_title = "Evenhand"
admin.site.unregister(TOTPDevice)  # its pages would show every account's key
