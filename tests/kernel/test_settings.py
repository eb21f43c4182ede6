"""Settings say what is wrong in a sentence, before anything is served."""

from pathlib import Path

import pytest
from msgspec import structs

from digital_days.kernel.settings import Settings, SettingsError, check_for_service, load

GOOD = Settings(secret_key="k" * 32, database_url="postgresql://db/x", redis_url="redis://q")


def test_settings_are_read_from_variables_named_after_them():
    assert load({"PORT": "9000", "HTTPS": "1", "DATA_DIR": "/data", "SENDGRID_API_KEY": ""}) == Settings(
        port=9000, https=True, data_dir=Path("/data")
    )


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("PORT", "eighty", ("un nombre entier", "a whole number")),
        ("HTTPS", "maybe", ("1 (oui) ou 0 (non)", "1 (yes) or 0 (no)")),
        ("SENDGRID_TIMEOUT", "soon", ("un nombre", "a number")),
        ("BASE_URL", "example", ("une adresse comme https://exemple.org", "an address such as https://example.org")),
        ("LOG_LEVEL", "loud", ("debug, info, warning, error, critical",) * 2),
    ],
)
def test_wrong_value_is_told_in_both_languages_with_what_is_accepted(name: str, value: str, accepted: tuple[str, str]):
    with pytest.raises(SettingsError) as refusal:
        load({name: value})

    assert str(refusal.value) == (
        f"{name}={value} n’est pas accepté. Valeurs possibles : {accepted[0]}.\n"
        f"{name}={value} is not accepted. Possible values: {accepted[1]}."
    )


def test_previous_keys_are_still_accepted_after_the_one_that_signs():
    settings = structs.replace(GOOD, previous_secret_keys="old, older,")

    assert settings.secret_keys == ("k" * 32, "old", "older")


@pytest.mark.parametrize(
    "wrong", [{"secret_key": ""}, {"secret_key": "short"}, {"database_url": None}, {"redis_url": ""}]
)
def test_nothing_is_served_without_a_key_or_servers(wrong: dict[str, str | None]):
    check_for_service(GOOD)

    with pytest.raises(SettingsError, match=r"(SECRET_KEY manque|Il faut DATABASE_URL).*\n"):
        check_for_service(structs.replace(GOOD, **wrong))


def test_no_real_mail_leaves_in_the_name_of_an_example():
    named = {"mail_from": "a@jn.org", "organiser_address": "Lachute", "organiser_email": "b@jn.org"}

    with pytest.raises(SettingsError, match=r"il faut aussi PRIVACY_EMAIL\."):
        check_for_service(structs.replace(GOOD, sendgrid_api_key="SG.x", **named))
    check_for_service(structs.replace(GOOD, sendgrid_api_key="SG.x", privacy_email="c@jn.org", **named))


def test_blank_settings_count_as_absent():
    assert load({"PORT": " ", "HTTPS": "\t", "ORGANISER_EMAIL": " "}) == Settings()


def test_mailbox_is_closed_where_real_messages_leave():
    assert structs.replace(GOOD, mailbox=True).mailbox_is_open
    assert not structs.replace(GOOD, mailbox=True, sendgrid_api_key="SG.x").mailbox_is_open
    assert not GOOD.mailbox_is_open
