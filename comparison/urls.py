"""The whole URL map on one screen."""

from django.contrib import admin
from django.urls import include, path

from comparison import views

of_a_comparison = [
    path("", views.comparison, name="comparison"),
    path("parts/", views.parts, name="parts"),
    path("cell/<criterion>/<option>/", views.cell, name="cell"),
    path("sources/", views.sources, name="sources"),
    path("sources/<source>/", views.source, name="source"),
    path("tree/", views.tree, name="tree"),
    path("samples/", views.samples, name="samples"),
    path("search/", views.search, name="search"),
    path("sensitivity/", views.sensitivity, name="sensitivity"),
    path("freshness/", views.freshness, name="freshness"),
    path("-/section/<section>/", views.section_region, name="section_region"),
    path("-/data.json", views.data, name="data"),
    path("-/claims/<criterion>/<option>/", views.claims, name="claims"),
    path("-/<region>/", views.region, name="region"),
    path("<slug:section>/", views.section, name="section"),
]

urlpatterns = [
    path("<slug:slug>/-/<region>/", views.region),  # asked for most, so it is looked at first
    path("admin/", admin.site.urls),
    path("", views.hub, name="hub"),
    path("favicon.ico", views.favicon),
    path("-/comparisons/", views.hub_region, name="hub_region"),
    path("<slug:slug>/@<release>/", views.comparison, name="pinned"),
    path("<slug:slug>/@<release>/", include((of_a_comparison, "of_release"))),
    path("<slug:slug>/", include(of_a_comparison)),
    path("<slug:slug>/<path:rest>", views.elsewhere, name="elsewhere"),
]
handler404 = "comparison.views.not_found"
handler500 = "comparison.views.broken"
