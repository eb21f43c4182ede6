"""Mails rendered from pairs of templates."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from digital_days.kernel.i18n import Locale
from digital_days.kernel.mail import Organiser, WithoutSender, render_mail
from digital_days.kernel.web import templates

ORGANISER = Organiser(
    event="Café numérique", name="MRC d’Argenteuil", address="430, rue Grace", email="bonjour@jn.example"
)
TEXT = """{% extends "mail/layout.txt" %}
{% block subject %}
{{ _("Mon agenda") }} :
{{ title }}
{% endblock %}
{% block content %}
{{ name }} — {{ locale }}
{% endblock %}
"""
HTML = """{% extends "mail/layout.html" %}
{% block content %}<p>{{ name }}</p>{% endblock %}
"""


@pytest.fixture(autouse=True)
def letters(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "letter.txt").write_text(TEXT)
    (tmp_path / "letter.html").write_text(HTML)
    templates.environment.cache_clear()
    templates.add_folders({"tests": tmp_path})
    yield
    templates.environment.cache_clear()


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_mail_speaks_the_recipients_language_in_all_its_parts(locale: Locale) -> None:
    mail = render_mail(
        "tests/letter",
        {"title": "Pare-feu & co", "name": "Bob <b>"},
        locale=locale,
        to_email="bob@example.org",
        to_name="Bob",
        organiser=ORGANISER,
    )

    assert mail.subject.endswith(": Pare-feu & co")
    assert f"Bob <b> — {locale}" in mail.text
    assert "430, rue Grace" in mail.text
    assert f'<html lang="{locale}">' in mail.html
    assert "<p>Bob &lt;b&gt;</p>" in mail.html
    assert "Pare-feu &amp; co</title>" in mail.html
    assert (mail.to_email, mail.to_name, mail.reply_to) == ("bob@example.org", "Bob", "bonjour@jn.example")
    assert mail.from_name == "Café numérique"
    assert mail.text.count("Pare-feu") == 0


@pytest.mark.parametrize("missing", [{"address": " "}, {"email": ""}])
def test_mail_is_refused_when_its_foot_would_lack_an_address(missing: dict[str, str]) -> None:
    with pytest.raises(WithoutSender):
        render_mail(
            "tests/letter",
            {"title": "Pare-feu", "name": "Bob"},
            locale="fr",
            to_email="bob@example.org",
            to_name="Bob",
            organiser=structs.replace(ORGANISER, **missing),
        )
