"""The same page in the other language is always a page of ours."""

import httpx
import pytest

from digital_days.kernel.i18n import Locale
from digital_days.kernel.web.urls import in_language
from tests.factories import make_edition


@pytest.mark.parametrize(
    ("path", "locale", "expected"),
    [
        ("/", "en", "/en"),
        ("/en", "fr", "/"),
        ("/en/", "fr", "/"),
        ("/jn2027", "en", "/en/jn2027"),
        ("/en/jn2027", "fr", "/jn2027"),
        ("/en/jn2027", "en", "/en/jn2027"),
        ("/english", "en", "/en/english"),
        ("//evil.example", "fr", "/evil.example"),
        ("/en//evil.example", "fr", "/evil.example"),
        ("/en/\\evil.example", "fr", "/evil.example"),
        ("/en///evil.example", "en", "/en/evil.example"),
    ],
)
def test_page_in_a_language_is_on_this_site(path: str, locale: Locale, expected: str):
    assert in_language(path, locale) == expected


@pytest.mark.parametrize("path", ["/en//evil.example/x/y", "//evil.example/x/y"])
async def test_language_switch_of_a_missing_page_stays_here(db: None, client: httpx.AsyncClient, path: str):
    await make_edition()

    answer = await client.get(f"http://test.example{path}")

    assert answer.status_code == 404
    assert 'href="//' not in answer.text
