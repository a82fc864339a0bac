"""The page from which a draft is looked at."""

import pytest

from comparison.models import Cell
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import Target
from tests.admin.drinks import admin_page, change_page, opens

pytestmark = pytest.mark.django_db


def send(client, comparison, link):
    return client.post(admin_page(comparison, "preview", comparison.pk), {"link": link})


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("http://testserver/tea-or-coffee/?w=strength:1", "?w=strength:1"),
        ("/tea-or-coffee/?use=morning&from=1", "?use=morning&from=1"),
        (" http://testserver/tea-or-coffee/@1/?off=decaf ", "?off=decaf"),
        ("/tea-or-coffee/sources/?off=decaf", "sources/?off=decaf"),
        ("/tea-or-coffee/cell/strength/tea/", "cell/strength/tea/"),
        ("/tea-or-coffee/share/?off=decaf", "?off=decaf"),
        ("/tea-or-coffee/changes/1..2/?off=decaf", "?off=decaf"),
        ("/tea-or-coffee/no/such/page/", ""),
    ],
)
def test_a_readers_link_opens_the_preview_in_its_state(released, editor, link, address):
    response = send(editor, released, link)
    assert response.status_code == 302
    assert response["Location"] == f"/{released.slug}/@draft/{address}"
    assert editor.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("", "Paste a link first."),
        ("http://elsewhere.example/tea-or-coffee/", "another site"),
        ("//elsewhere.example/tea-or-coffee/", "another site"),
        ("javascript:alert(1)", "no address of a page here"),
        ("http://testserver:99x/tea-or-coffee/", "another site"),
        ("http://[/", "no address of a page here"),
        ("http://testserver/", "of another comparison"),
        ("/fastapi-vs-django/?w=orm:5", "of another comparison"),
    ],
)
def test_any_other_link_is_refused_in_words_and_kept(released, editor, link, words):
    response = send(editor, released, link)
    assert response.status_code == 200
    html = response.content.decode()
    assert words in html
    assert f'value="{link}"' in html or not link


def test_a_link_for_people_without_an_account_is_made_by_one_press(released, editor, client):
    page = admin_page(released, "preview", released.pk)
    opens(editor, page)
    link = editor.post(page, {"share": "Make a link"}).context["page"].link
    assert link.startswith(f"http://testserver/{released.slug}/@preview-")
    assert client.get(link).status_code == 200


def test_no_link_is_made_where_the_comparison_is_withheld_and_the_page_says_why(released, writer):
    page = admin_page(released, "preview", released.pk)
    withholding.withhold(Target(released.slug, 1), "root", "A court said so.", 0)
    for response in (writer.get(page), writer.post(page, {"share": "Make a link"})):
        assert response.status_code == 200
        assert response.context["page"].link == ""
        html = response.content.decode()
        assert "No link is made. The comparison is withheld for legal reasons." in html
        assert 'name="share"' not in html


def test_a_row_is_seen_beside_its_form_and_by_this_site_alone(released, editor):
    cell = Cell.objects.filter(criterion__slug="strength", option__slug="tea").get()
    html = editor.get(change_page(cell))
    assert "frame-src 'self'" in html.headers["Content-Security-Policy"]
    preview = editor.get(f"/{released.slug}/@draft/cell/strength/tea/")
    assert f'href="{preview.request["PATH_INFO"]}" data-beside' in html.content.decode()
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    published = editor.get(f"/{released.slug}/cell/strength/tea/")
    assert "frame-ancestors 'none'" in published.headers["Content-Security-Policy"]
    assert published.headers["X-Frame-Options"] == "DENY"
