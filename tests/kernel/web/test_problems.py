"""Failures tell the log where they happened and nothing of whom; signing in leads back to pages only."""

import logging
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from litestar import Litestar, Request

from digital_days.kernel.web.problems import failed
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("db")


def sent_to(answer: httpx.Response) -> tuple[str, list[str]]:
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    return target.path, parse_qs(target.query).get("next", [])


async def test_signing_in_leads_back_to_the_page_with_its_query(client: httpx.AsyncClient):
    await make_edition()

    answer = await client.get("/en/jn2027/accueil?q=B%C3%A9a&x=1")

    assert sent_to(answer) == ("/en/connexion", ["/jn2027/accueil?q=B%C3%A9a&x=1"])


async def test_signing_in_leads_to_no_address_that_only_takes_forms(client: httpx.AsyncClient):
    answer = await client.post("/jn2027/accueil/entrees/ABC")

    assert sent_to(answer) == ("/connexion", [])


@pytest.mark.parametrize("path", ["/api/v1/zz", "/en/api/v1/zz", "/api/v1/a/b", "/api/v2/x"])
async def test_unknown_address_of_the_api_is_answered_with_problem_details(client: httpx.AsyncClient, path: str):
    answer = await client.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == ("Page not found" if path.startswith("/en") else "Page introuvable")


def test_log_of_a_failure_quotes_nobody(app: Litestar, caplog: pytest.LogCaptureFixture):
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "litestar_app": app}
    request: Request[None, None, None] = Request(scope)  # type: ignore[type-var, arg-type] # the least a page needs
    try:
        raise ValueError("bob@example.ca")
    except ValueError as error:
        with caplog.at_level(logging.ERROR):
            failed(request, error)

    assert "ValueError at " in caplog.text
    assert __file__ in caplog.text
    assert "bob@example.ca" not in caplog.text
