"""Every setting, read once from the environment; a wrong value is a sentence, not a traceback."""

from collections.abc import Mapping
from functools import lru_cache
from os import environ
from pathlib import Path

import msgspec
from msgspec import Struct

_SHORTEST_KEY = 32


class SettingsError(Exception):
    """A setting is missing or wrong; the text says which and what was expected."""


class Settings(Struct, frozen=True, kw_only=True):
    """Named like the environment variables, in lower case."""

    host: str = "127.0.0.1"
    port: int = 8000
    https: bool = False
    base_url: str = ""
    data_dir: Path = Path("var")
    database_url: str | None = None
    redis_url: str | None = None
    web_workers: int = 1
    pool_size: int = 4  # statements are short: more connections than cores only get in each other's way
    secret_key: str = ""
    previous_secret_keys: str = ""
    sendgrid_api_key: str | None = None
    sendgrid_url: str = "https://api.sendgrid.com"
    sendgrid_timeout: float = 15
    mail_from: str = "billets@journees-numeriques.example"
    mail_from_name: str = "Journées numériques"
    organiser_name: str = "MRC d’Argenteuil"
    organiser_address: str = "MRC d’Argenteuil, Lachute (Québec), Canada"  # where an edition says none
    organiser_email: str = "bonjour@journees-numeriques.example"  # likewise
    privacy_email: str = "vie-privee@journees-numeriques.example"  # the person responsible for personal data
    mailbox: bool = False
    worker_concurrency: int = 4
    trusted_proxies: str = ""
    rate_per_email: int = 12
    rate_per_address: int = 600
    rate_per_person: int = 30
    rate_window_seconds: int = 600
    log_level: str = "info"

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The key that signs, then those that are only still accepted."""
        return (self.secret_key, *filter(None, map(str.strip, self.previous_secret_keys.split(","))))

    @property
    def public_url(self) -> str:
        """Where people reach the program, without a final slash."""
        scheme = "https" if self.https else "http"
        return (self.base_url or f"{scheme}://{self.host}:{self.port}").rstrip("/")

    @property
    def mailbox_is_open(self) -> bool:
        """The mailbox page exists only where it is asked for and no real message can leave."""
        return self.mailbox and not self.sendgrid_api_key


def check_for_service(settings: Settings) -> None:
    """What web and worker cannot do without; raises ``SettingsError``."""
    if len(settings.secret_key) < _SHORTEST_KEY:
        raise SettingsError(f"SECRET_KEY is missing or too short: at least {_SHORTEST_KEY} random characters")
    if not settings.database_url or not settings.redis_url:
        raise SettingsError("DATABASE_URL and REDIS_URL are needed")


def load(variables: Mapping[str, str]) -> Settings:
    """Reads the variables named after the fields; empty counts as absent. Raises ``SettingsError``."""
    given = {
        field.name: variables[field.name.upper()]
        for field in msgspec.structs.fields(Settings)
        if variables.get(field.name.upper())
    }
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error).replace("$.", "").replace("Expected", "expected")) from None


@lru_cache
def current() -> Settings:
    """The settings of this process."""
    return load(environ)


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError
