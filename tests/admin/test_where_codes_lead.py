"""The page that shows new recovery codes, once, leads on within this site and nowhere else."""

import re
import time

import pytest

from comparison.web.sign_in import second_factor
from tests.admin.drinks import logged_in, member
from tests.codes import code_at

pytestmark = pytest.mark.django_db
PASSWORD = "seven grey kettles sing"
SET_UP = "/admin/second-factor/set-up/"


@pytest.mark.parametrize("waiting", [{}, {"typed:title": "Half a page"}])
@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "javascript:a()"])
def test_a_link_that_names_another_site_leads_to_the_admins_first_page(address, waiting):
    eve = member("eve", "Editor")
    eve.set_password(PASSWORD)
    eve.save()
    client = logged_in(eve)
    page = client.get(SET_UP, {"next": address}).content.decode()
    signed = re.search(r'name="key" value="([^"]*)"', page)[1]
    code = code_at(second_factor.key_in(signed, eve), time.time())
    sent = {"key": signed, "password": PASSWORD, "code": code, "next": address, **waiting}
    shown = client.post(SET_UP, sent).content.decode()
    assert "recovery-codes" in shown
    assert address not in shown
    assert '<a href="/admin/">I have them. Go on</a>' in shown
