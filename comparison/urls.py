"""The whole URL map on one screen."""

from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, re_path, register_converter
from django.views.decorators.http import require_safe

from comparison import api, crawlers, embed, feeds, pictures, sharing, suggesting, views
from comparison.asking import REGIONS


class RegionConverter:
    """A part of a page by its name: what has another name is no region, and may be a file."""

    regex = "|".join(REGIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegionConverter, "region")

of_a_comparison = [
    path("", views.comparison, name="comparison"),
    path("parts/", views.parts, name="parts"),
    path("cell/<criterion>/<option>/", views.cell, name="cell"),
    path("sources/", views.sources, name="sources"),
    path("sources/<source>/", views.source, name="source"),
    path("tree/", views.tree, name="tree"),
    path("samples/", views.samples, name="samples"),
    path("search/", views.search, name="search"),
    path("why/<option>/", views.why, name="why"),
    path("sensitivity/", views.sensitivity, name="sensitivity"),
    path("freshness/", views.freshness, name="freshness"),
    path("changes/", views.changes, name="changes"),
    path("changes/<span>/", views.changes_between, name="changes_between"),
    path("share/", sharing.share, name="share"),
    path("suggest/", suggesting.lead, name="lead"),
    path("suggest/<criterion>/<option>/", suggesting.lead, name="lead_about"),
    path("embed/", embed.embed, name="embed"),
    path("-/share/copies/", sharing.copies, name="copies"),
    path("-/card.png", pictures.picture, name="picture"),
    path("-/qr.svg", sharing.code, name="code"),
    path("-/section/<section>/", views.section_region, name="section_region"),
    path("-/data.json", views.data, name="data"),
    *[path(f"-/view.{form}", api.view, {"form": form}, name=f"view_{form}") for form in ("csv", "json", "md")],
    path("release.json", api.release_file, name="release_file"),
    path("-/claims/<criterion>/<option>/", views.claims, name="claims"),
    path("-/<region:region>/", views.region, name="region"),
    path("<slug:section>/", views.section, name="section"),
]

for_programs = [
    path("", api.about, name="about"),
    path("v1/openapi.json", api.description, name="description"),
    path("v1/comparisons", api.comparisons, name="comparisons"),
    path("v1/comparisons/<slug:slug>", api.comparison, name="comparison"),
    path("v1/comparisons/<slug:slug>/releases", api.releases, name="releases"),
    path("v1/comparisons/<slug:slug>/releases/<number>", api.release, name="release"),
    path("v1/comparisons/<slug:slug>/decision", api.decision, name="decision"),
    path("v1/comparisons/<slug:slug>/releases/<number>/decision", api.decision, name="decision_of_release"),
    re_path("", api.nothing, name="nothing"),  # whatever is left, line ends too, which no path converter takes
]

urlpatterns = [
    path("<slug:slug>/-/<region:region>/", views.region),  # asked for most, so it is looked at first
    path("admin/", admin.site.urls),
    path("api/", include((for_programs, "api"))),
    path("", views.hub, name="hub"),
    path("method/", views.method, name="method"),
    path("favicon.ico", views.favicon),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", require_safe(index), {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", require_safe(sitemap), {"sitemaps": crawlers.SITEMAPS}, name="sitemap"),
    path("oembed", embed.oembed, name="oembed"),
    path("-/comparisons/", views.hub_region, name="hub_region"),
    path("feed.xml", feeds.of_site, name="site_feed"),
    path("<slug:slug>/feed.xml", feeds.of_comparison, name="feed"),
    path("<slug:slug>/suggest/", suggesting.suggest, name="suggest"),
    path("<slug:slug>/@<release>/", views.comparison, name="pinned"),
    path("<slug:slug>/@<release>/", include((of_a_comparison, "of_release"))),
    path("<slug:slug>/", include(of_a_comparison)),
    re_path(r"^(?P<slug>[-\w]+)/@(?P<release>[^/]+)/(?P<rest>(?s:.+))\Z", views.elsewhere, name="elsewhere_of_release"),
    re_path(r"^(?P<slug>[-\w]+)/(?P<rest>(?s:.+))\Z", views.elsewhere, name="elsewhere"),
]
handler400 = "comparison.errors.unreadable"
handler403 = "comparison.errors.denied"
handler404 = "comparison.errors.not_found"
handler500 = "comparison.errors.broken"
