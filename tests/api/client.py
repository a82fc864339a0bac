"""The API, asked as a program of another site asks it."""

from django.test import Client


def ask(address, status=200, method="get", **headers):
    response = getattr(
        Client(headers=headers, enforce_csrf_checks=True, raise_request_exception=False), method
    )(address)
    assert response.status_code == status, (address, response.status_code, response.content[:300])
    return response
