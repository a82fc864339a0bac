"""The whole URL map on one screen."""

from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from comparison.api import views
from comparison.sharing import embed, feeds, oembed, share_page, social_card
from comparison.web.operation import health
from comparison.web.regions import FORMER_NAMES, REGIONS
from comparison.web.views import analysis, comparison, crawlers, evidence, history, hub, suggestions


class RegionConverter(StringConverter):
    """A part of a page by its name: what has another name is no region, and may be a file."""

    regex = "|".join((*REGIONS, *FORMER_NAMES))

    def to_python(self, value: str) -> str:
        return FORMER_NAMES.get(value, value)


register_converter(RegionConverter, "region")

of_a_comparison = [
    path("", comparison.comparison, name="comparison"),
    path("parts/", comparison.parts, name="parts"),
    path("cell/<criterion>/<option>/", comparison.cell, name="cell"),
    path("cell/<criterion>/", comparison.criterion, name="criterion"),
    path("case/<use_case>/", comparison.use_case, name="use_case"),
    path("sources/", evidence.sources, name="sources"),
    path("sources/<source>/", evidence.source, name="source"),
    path("options/", evidence.options, name="options"),
    path("figures/", evidence.figures, name="figures"),
    path("tree/", evidence.tree, name="tree"),
    path("samples/", evidence.samples, name="samples"),
    path("search/", evidence.search, name="search"),
    path("why/<option>/", analysis.why, name="why"),
    path("sensitivity/", analysis.sensitivity, name="sensitivity"),
    path("freshness/", evidence.freshness, name="freshness"),
    path("changes/", history.changes, name="changes"),
    path("changes/<span>/", history.changes_between, name="changes_between"),
    path("share/", share_page.share, name="share"),
    path("suggest/", suggestions.lead, name="lead"),
    path("suggest/<criterion>/<option>/", suggestions.lead, name="lead_about"),
    path("embed/", embed.embed, name="embed"),
    path("-/share/copies/", share_page.copies, name="copies"),
    path("-/card.png", social_card.picture, name="picture"),
    path("-/qr.svg", share_page.code, name="code"),
    path("-/figure/<figure>/", evidence.figure_region, name="figure_region"),
    path("-/section/<section>/", evidence.section_region, name="section_region"),
    path("-/case/<use_case>/", comparison.use_case_region, name="use_case_region"),
    path("-/data.json", views.decision, {"beside_page": True}, name="data"),
    *[
        path(f"-/view.{form}", views.view, {"form": form}, name=f"view_{form}")
        for form in ("csv", "json", "md")
    ],
    path("release.json", views.release_file, name="release_file"),
    path("-/claims/<criterion>/<option>/", comparison.claims, name="claims"),
    path("-/claims/<criterion>/", comparison.cells, name="cells"),
    path("-/newest/", comparison.newest, name="newest"),
    path("-/<region:region>/", comparison.region, name="region"),
    path("<slug:section>/", evidence.section, name="section"),
]

for_programs = [
    path("", views.about, name="about"),
    path("v1/openapi.json", views.description, name="description"),
    path("v1/comparisons", views.comparisons, name="comparisons"),
    path("v1/comparisons/<slug:slug>", views.comparison, name="comparison"),
    path("v1/comparisons/<slug:slug>/releases", views.releases, name="releases"),
    path("v1/comparisons/<slug:slug>/releases/<release>", views.release, name="release"),
    path("v1/comparisons/<slug:slug>/decision", views.decision, name="decision"),
    path(
        "v1/comparisons/<slug:slug>/releases/<release>/decision",
        views.decision,
        name="decision_of_release",
    ),
    # whatever is left, line ends too, which no path converter takes
    re_path("", views.nothing, name="nothing"),
]

urlpatterns = [
    # asked for most, so it is looked at first
    path("<slug:slug>/-/<region:region>/", comparison.region),
    path("admin/", admin.site.urls),
    path("api/", include((for_programs, "api"))),
    path("", hub.hub, name="hub"),
    path("method/", hub.method, name="method"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path(
        "sitemap.xml",
        crawlers.of_this_site(index),
        {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<section>.xml",
        crawlers.of_this_site(sitemap),
        {"sitemaps": crawlers.SITEMAPS},
        name="sitemap",
    ),
    path("oembed", oembed.oembed, name="oembed"),
    path("-/comparisons/", hub.hub_region, name="hub_region"),
    path("feed.xml", feeds.of_site, name="site_feed"),
    path("<slug:slug>/feed.xml", feeds.of_comparison, name="feed"),
    path("<slug:slug>/suggest/", suggestions.suggest, name="suggest"),
    path("<slug:slug>/@<release>/", comparison.comparison, name="pinned"),
    path("<slug:slug>/@<release>/", include((of_a_comparison, "of_release"))),
    path("<slug:slug>/", include(of_a_comparison)),
    # a link to a preview whose last slash was lost, or that was written in capitals
    re_path(r"^(?P<slug>[-\w]+)/@(?P<release>(?i:preview-)[^/]+)\Z", comparison.comparison),
    re_path(
        r"^(?P<slug>[-\w]+)/@(?P<release>[^/]+)/(?P<rest>(?s:.+))\Z",
        comparison.elsewhere,
        name="elsewhere_of_release",
    ),
    re_path(r"^(?P<slug>[-\w]+)/(?P<rest>(?s:.+))\Z", comparison.elsewhere, name="elsewhere"),
]
handler400 = "comparison.web.views.errors.unreadable"
handler403 = "comparison.web.views.errors.denied"
handler404 = "comparison.web.views.errors.not_found"
handler500 = "comparison.web.views.errors.broken"
