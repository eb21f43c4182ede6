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


def test_wrong_value_is_told_with_its_name():
    with pytest.raises(SettingsError, match="port"):
        load({"PORT": "eighty"})


def test_previous_keys_are_still_accepted_after_the_one_that_signs():
    settings = structs.replace(GOOD, previous_secret_keys="old, older,")

    assert settings.secret_keys == ("k" * 32, "old", "older")


@pytest.mark.parametrize(
    "wrong", [{"secret_key": ""}, {"secret_key": "short"}, {"database_url": None}, {"redis_url": ""}]
)
def test_nothing_is_served_without_a_key_or_servers(wrong: dict[str, str | None]):
    check_for_service(GOOD)

    with pytest.raises(SettingsError):
        check_for_service(structs.replace(GOOD, **wrong))


def test_mailbox_is_closed_where_real_messages_leave():
    assert structs.replace(GOOD, mailbox=True).mailbox_is_open
    assert not structs.replace(GOOD, mailbox=True, sendgrid_api_key="SG.x").mailbox_is_open
    assert not GOOD.mailbox_is_open
