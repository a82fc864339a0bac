"""The API as a program meets it: what it answers, what it refuses and how."""

import json

import jsonschema_rs
import pytest
from django.db import DatabaseError

from comparison.api import openapi
from comparison.models import Comparison
from comparison.publishing import releases
from tests import worlds
from tests.api.client import ask
from tests.tools import publish, withdraw

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/comparisons"
OF_ONE = ("", "/releases", "/releases/1", "/decision", "/releases/1/decision")


def problem(address, status, kind, **more):
    """Return a problem's body, after a look at everything that all problems have in common."""
    response = ask(address, status, **more)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"
    body = response.json()
    assert (body["type"], body["status"]) == (f"/api/#{kind}", status)
    assert body["title"]
    assert body["detail"]
    return body


# --- what it answers ------------------------------------------------------------------------------


def test_comparisons_come_a_page_at_a_time(django_assert_max_num_queries):
    for slug in ("one", "three", "two"):
        publish(slug=slug)
    with django_assert_max_num_queries(1):
        first = ask(f"{ROOT}?limit=2")
    assert [item["slug"] for item in first.json()["comparisons"]] == ["one", "three"]
    following = first.json()["next"].removeprefix("http://testserver")
    assert first.headers["Link"] == f'<http://testserver{following}>; rel="next"'
    last = ask(following)
    assert [item["slug"] for item in last.json()["comparisons"]] == ["two"]
    assert last.json()["next"] is None
    assert "Link" not in last.headers


def test_no_comparison_is_an_empty_list():
    assert ask(ROOT).json() == {"comparisons": [], "next": None}


def test_a_comparison_names_all_that_a_query_may_name(tiny):
    told = ask(f"{ROOT}/tiny").json()
    assert [item["slug"] for item in told["criteria"]] == ["speed", "ease", "cost"]
    assert [item["slug"] for item in told["options"]] == ["ada", "bob", "cyd"]
    assert told["use_cases"] == [
        {"slug": "race", "name": "A race", "family": None},
        {"slug": "thrift", "name": "Thrift", "family": None},
    ]
    assert told["release"]["number"] == 1
    assert told["licence"] == "CC BY 4.0"
    for address in (
        told["releases"],
        told["decision"],
        told["release"]["document"],
        told["release"]["page"],
    ):
        ask(address.removeprefix("http://testserver"))


def test_releases_come_newest_first_a_page_at_a_time(tiny, django_assert_max_num_queries):
    publish(title="Two")
    publish(title="Three")
    # the newest number, its document where nobody has read it yet, the list
    with django_assert_max_num_queries(3):
        first = ask(f"{ROOT}/tiny/releases?limit=2").json()
    assert [item["number"] for item in first["releases"]] == [3, 2]
    last = ask(first["next"].removeprefix("http://testserver")).json()
    assert [item["number"] for item in last["releases"]] == [1]
    assert last["next"] is None
    assert last["newest"] == 3


def test_a_release_is_the_file_beside_the_page(tiny):
    publish(title="Two")
    assert ask(f"{ROOT}/tiny/releases/1").json() == ask("/tiny/@1/release.json").json()
    assert ask(f"{ROOT}/tiny/releases/1").json()["document"]["title"] == "Ada, Bob or Cyd?"


@pytest.mark.parametrize(
    "query",
    ["", "use=race&off=ease", "w=speed:0,cost:5", "must=cost", "options=ada,bob", "distrust=first"],
)
def test_a_decision_is_the_one_of_the_page(tiny, query):
    told, shown = (
        ask(f"{ROOT}/tiny/decision?{query}").json(),
        ask(f"/tiny/-/data.json?{query}").json(),
    )
    assert told["decision"] == {
        key: value for key, value in shown["decision"].items() if key != "ranked"
    }
    assert told["selection"] == query
    assert (
        told["decision"]["leaders"]
        == ask(f"/tiny/-/view.json?{query}").json()["verdict"]["leaders"]
    )


def test_a_decision_of_a_release_does_not_follow(tiny):
    before = ask(f"{ROOT}/tiny/releases/1/decision").json()
    tree = worlds.tiny_tree()
    tree["criteria"][0]["cells"]["ada"]["score"] = 0
    publish(criteria=tree["criteria"])
    assert ask(f"{ROOT}/tiny/releases/1/decision").json() == before
    assert (
        ask(f"{ROOT}/tiny/decision").json()["decision"]["leaders"] != before["decision"]["leaders"]
    )


def test_a_name_that_has_gone_is_noted_and_the_rest_is_answered(tiny):
    told = ask(f"{ROOT}/tiny/decision?off=gone,speed&utm=x").json()
    assert told["selection"] == "off=speed"
    assert {(note["kind"], note["value"]) for note in told["notes"]} == {
        ("unknown-name", "gone"),
        ("unknown-key", "utm"),
    }


def test_a_name_that_was_withdrawn_is_told_with_its_name_and_release():
    withdraw()
    told = ask(f"{ROOT}/tiny/decision?off=ease,never").json()["notes"]
    assert told == [
        {"kind": "withdrawn", "key": "off", "value": "ease", "name": "Ease", "release": 1},
        {"kind": "unknown-name", "key": "off", "value": "never"},
    ]
    schemas = openapi.description()["components"]["schemas"]
    assert all(jsonschema_rs.is_valid(schemas["Note"], note) for note in told)


def test_only_an_answer_that_follows_says_which_release_is_the_newest(tiny):
    publish(title="Two")
    assert ask(f"{ROOT}/tiny/decision").json()["newest"] == 2
    assert "Link" not in ask(f"{ROOT}/tiny/decision").headers
    for number in (1, 2):
        decision, whole = (
            ask(f"{ROOT}/tiny/releases/{number}/decision"),
            ask(f"{ROOT}/tiny/releases/{number}"),
        )
        assert "newest" not in decision.json() and "newest" not in whole.json()["release"]
        assert (
            decision.headers["Link"]
            == f'<http://testserver{ROOT}/tiny/decision>; rel="latest-version"'
        )
    schemas = openapi.description()["components"]["schemas"]
    for schema in (schemas["DecisionAnswer"], schemas["WholeRelease"]["properties"]["release"]):
        assert "newest" in schema["properties"] and "newest" not in schema["required"]


def test_a_renamed_comparison_is_found_by_its_old_name_from_any_site(tiny):
    Comparison.objects.filter(slug="tiny").update(slug="small")
    publish(slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}])
    for old, new in (
        (f"{ROOT}/tiny/decision?off=ease", f"{ROOT}/small/decision?off=ease"),
        ("/tiny/release.json", "/small/release.json"),
    ):
        response = ask(old, 301)
        assert response.headers["Location"] == new
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert [item["number"] for item in ask(f"{ROOT}/small/releases").json()["releases"]] == [2, 1]
    assert [item["slug"] for item in ask(ROOT).json()["comparisons"]] == ["small"]


# --- caches, other sites, methods -----------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [ROOT, *(f"{ROOT}/tiny{part}" for part in OF_ONE), "/api/v1/openapi.json"]
)
def test_an_answer_is_not_sent_twice_and_any_site_may_read_it(tiny, address):
    first = ask(address)
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    caching = "31536000, immutable" if "releases/1" in address else "0, s-maxage=4, stale-"
    assert first.headers["Cache-Control"].startswith(f"public, max-age={caching}")
    assert not first.cookies
    again = ask(address, 304, **{"If-None-Match": first.headers["ETag"]})
    assert again.content == b""
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert ask(address, method="head").headers["ETag"] == first.headers["ETag"]
    packed = ask(address, **{"Accept-Encoding": "gzip"})
    assert (packed.headers["ETag"] == first.headers["ETag"]) is (
        "Content-Encoding" not in packed.headers
    )


@pytest.mark.parametrize("address", [ROOT, *(f"{ROOT}/tiny{part}" for part in OF_ONE)])
def test_a_new_release_is_a_new_answer_but_to_who_asked_for_another(tiny, address):
    first = ask(address)
    publish(title="Two", options=worlds.tiny_tree()["options"])
    ask(
        address,
        304 if "/releases/1" in address else 200,
        **{"If-None-Match": first.headers["ETag"]},
    )


EVERYWHERE = [
    ROOT,
    *(f"{ROOT}/tiny{part}" for part in OF_ONE),
    "/api/",
    "/api/v1/openapi.json",
    "/api/x",
]
FILES = [
    "/tiny/-/view.csv",
    "/tiny/-/view.json",
    "/tiny/-/view.md",
    "/tiny/-/data.json",
    "/tiny/release.json",
    "/tiny/@1/release.json",
]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_wrong_method_hears_which_are_right(tiny, method):
    for address in (*EVERYWHERE, *FILES):
        problem(address, 405, "wrong-method", method=method)
        assert ask(address, 405, method).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_another_site_may_ask_with_a_tag(tiny):
    response = ask(f"{ROOT}/tiny", 204, "options", Origin="https://other.example")
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]


# --- what it refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["nothing", "NOTHING", "api", "-"])
def test_a_missing_comparison_is_a_404(slug):
    for part in OF_ONE:
        problem(f"{ROOT}/{slug}{part}", 404, "no-such-comparison")


@pytest.mark.parametrize(
    "file",
    [
        "-/view.csv",
        "-/view.json",
        "-/view.md",
        "-/data.json",
        "release.json",
        "@1/release.json",
    ],
)
def test_a_file_of_a_missing_comparison_is_a_404_for_programs(file):
    problem(f"/nothing/{file}", 404, "no-such-comparison")


@pytest.mark.parametrize(
    "address",
    ["/api/x", "/api/v1/", f"{ROOT}/tiny/x", f"{ROOT}/%00", f"{ROOT}/%0A", f"{ROOT}/a%2Fb"],
)
def test_an_address_that_the_api_has_not_says_so(address):
    problem(address, 404, "no-such-address")


@pytest.mark.parametrize("number", ["2", "99", "999999999"])
def test_a_release_that_was_never_published_is_not_found(tiny, number):
    for part in ("", "/decision"):
        body = problem(f"{ROOT}/tiny/releases/{number}{part}", 404, "no-such-release")
        assert body["errors"] == [{"parameter": "number", "detail": "names no release"}]
        assert body["detail"] == f"Release {number} was never published. The newest is 1."
        problem(f"{ROOT}/nothing/releases/{number}{part}", 404, "no-such-comparison")


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "abc", "9" * 40, "%00", "١", "01"])
def test_what_is_no_number_of_a_release_is_refused(tiny, number):
    for part in ("", "/decision"):
        body = problem(f"{ROOT}/tiny/releases/{number}{part}", 422, "wrong-parameter")
        assert body["errors"][0]["parameter"] == "number"
        problem(f"{ROOT}/nothing/releases/{number}{part}", 404, "no-such-comparison")


def test_a_draft_is_for_editors(tiny):
    for part in ("", "/decision"):
        problem(f"{ROOT}/tiny/releases/draft{part}", 403, "not-permitted")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        (f"{ROOT}?limit=0", "limit"),
        (f"{ROOT}?limit=101", "limit"),
        (f"{ROOT}?limit=ten", "limit"),
        (f"{ROOT}?limit=", "limit"),
        (f"{ROOT}?limit=1&limit=2", "limit"),
        (f"{ROOT}?after=%00", "after"),
        (f"{ROOT}?after=", "after"),
        (f"{ROOT}?after=a%20b", "after"),
        (f"{ROOT}?page=2", "page"),
        (f"{ROOT}/tiny?wat=1", "wat"),
        (f"{ROOT}/tiny?utm_source=x", "utm_source"),
        (f"{ROOT}/tiny?%3Cb%3E=1", ""),
        (f"{ROOT}/tiny?" + "a" * 41, ""),
        (f"{ROOT}/tiny/releases?before=x", "before"),
        (f"{ROOT}/tiny/releases?before=1.0", "before"),
        (f"{ROOT}/tiny/releases/1?x", "x"),
        (f"{ROOT}/tiny/decision?w=speed:fast", "w"),
        (f"{ROOT}/tiny/decision?show=none", "show"),
        (f"{ROOT}/tiny/decision?basis=1", "basis"),
        (f"{ROOT}/tiny/decision?from=-3", "from"),
        (f"{ROOT}/tiny/decision?off=" + "a" * 40_000, ""),
        ("/api/v1/openapi.json?x=1", "x"),
    ],
)  # fmt: skip
def test_a_parameter_of_the_wrong_kind_is_named(tiny, address, parameter):
    body = problem(address, 422, "wrong-parameter")
    assert [error["parameter"] for error in body["errors"]] == [parameter]
    assert body["errors"][0]["detail"]


@pytest.mark.parametrize("query", ["w=speed:fast", "w=speed:", "show=none", "from=-3"])
def test_beside_a_page_a_value_of_the_wrong_kind_is_noted_as_on_the_page(tiny, query):
    for file in ("data.json", "view.json"):
        assert ask(f"/tiny/-/{file}?{query}").json()["notes"][0]["kind"] == "bad-value"


def test_a_query_of_a_thousand_parts_is_refused_in_the_same_form(tiny):
    problem(f"{ROOT}?" + "&".join(f"a{number}=1" for number in range(1500)), 400, "bad-request")


def test_without_the_database_the_api_answers_from_what_is_published(tiny, monkeypatch):
    def away(*_, **__):
        raise DatabaseError

    monkeypatch.setattr("django.db.connection.cursor", away)
    releases.forget()
    for address in (ROOT, f"{ROOT}/tiny", f"{ROOT}/tiny/releases", f"{ROOT}/tiny/releases/1"):
        assert ask(address, 200)


def test_what_breaks_on_our_side_is_a_problem_too(tiny, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret words")

    monkeypatch.setattr("comparison.pages.view.decide", broken)
    assert "secret" not in json.dumps(problem(f"{ROOT}/tiny/decision", 500, "broken"))
