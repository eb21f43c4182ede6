"""Which addresses may stand on an exhibitor's public page."""

import pytest

from digital_days.kernel.errors import Invalid
from exhibitors.domain.links import LinkTooLong, NotWhole, OtherScheme, WithPassword, checked_link


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://exemple.ca", "https://exemple.ca"),
        ("  http://www.exemple.ca:8080/page?a=1&b=2#haut ", "http://www.exemple.ca:8080/page?a=1&b=2#haut"),
        ("HTTPS://Exemple.ca/À-propos", "HTTPS://Exemple.ca/À-propos"),
        ("https://hôtel-de-ville.québec", "https://hôtel-de-ville.québec"),
        ("https://exemple.ca/@atelier", "https://exemple.ca/@atelier"),
        ("mailto:Info@Exemple.ca", "mailto:info@exemple.ca"),
    ],
)
def test_address_that_leads_somewhere_is_kept(typed: str, kept: str):
    assert checked_link(typed) == kept


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("javascript:alert(1)", OtherScheme),
        ("JavaScript:alert(1)", OtherScheme),
        ("java\nscript:alert(1)", NotWhole),
        (" \x01javascript:alert(1)", NotWhole),
        ("data:text/html,<b>x", OtherScheme),
        ("data:text/html;base64,PGI+", OtherScheme),
        ("vbscript:x", OtherScheme),
        ("file:///etc/passwd", OtherScheme),
        ("ftp://exemple.ca", OtherScheme),
        ("tel:+15145550100", OtherScheme),
        ("exemple.ca", NotWhole),
        ("www.exemple.ca/page", NotWhole),
        ("/page", NotWhole),
        ("//exemple.ca", NotWhole),
        ("../page", NotWhole),
        ("", NotWhole),
        ("https:exemple.ca", NotWhole),
        ("https:/exemple.ca", NotWhole),
        ("https://", NotWhole),
        ("https://localhost", NotWhole),
        ("https://127.0.0.1/", NotWhole),
        ("https://[::1]/", NotWhole),
        ("https://[::1", NotWhole),
        ("https://exemple.ca:99999", NotWhole),
        ("https://exemple .ca", NotWhole),
        ("https://exemple.ca\\@mechant.ca", NotWhole),
        ("https://exemple.ca/\u202egpj.exe", NotWhole),
        ("https://bob:secret@exemple.ca", WithPassword),
        ("https://bob@exemple.ca", WithPassword),
        ("https://@exemple.ca", WithPassword),
        ("mailto:", NotWhole),
        ("mailto:bob", NotWhole),
        ("mailto:bob@exemple.ca?bcc=tous@exemple.ca", NotWhole),
        ("https://exemple.ca/" + "a" * 500, LinkTooLong),
    ],
)
def test_address_that_does_something_else_is_refused_in_words(typed: str, refusal: type[Invalid]):
    with pytest.raises(refusal) as refused:
        checked_link(typed)

    assert str(refused.value).endswith((".", "mailto seulement."))
