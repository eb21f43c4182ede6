"""Every setting, read once from the environment; a wrong value is a sentence, not a traceback."""

from collections.abc import Mapping
from functools import lru_cache
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from digital_days.kernel.sentences import Unable

_SHORTEST_KEY = 32
_ACCEPTED = {
    int: ("un nombre entier", "a whole number"),
    float: ("un nombre", "a number"),
    bool: ("1 (oui) ou 0 (non)", "1 (yes) or 0 (no)"),
}
_SAID_IN_MAILS = ("mail_from", "organiser_address", "organiser_email", "privacy_email")
_LOG_LEVELS = ("debug", "info", "warning", "error", "critical")


class SettingsError(Unable):
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
    organiser_address: str = "Lachute (Québec), Canada"  # where an edition says none
    organiser_email: str = "bonjour@journees-numeriques.example"  # likewise
    privacy_email: str = "vie-privee@journees-numeriques.example"  # the person responsible for personal data
    mailbox: bool = False
    worker_concurrency: int = 4
    trusted_proxies: str = ""
    allowed_hosts: str = ""
    rate_per_email: int = 12
    rate_per_address: int = 600
    rate_per_person: int = 30
    rate_window_seconds: int = 600
    log_level: str = "info"

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The key that signs, then those that are only still accepted."""
        return (self.secret_key, *listed(self.previous_secret_keys))

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
        raise SettingsError(
            f"SECRET_KEY manque ou est trop courte : il faut au moins {_SHORTEST_KEY} caractères au hasard.",
            f"SECRET_KEY is missing or too short: at least {_SHORTEST_KEY} random characters are needed.",
        )
    if not settings.database_url or not settings.redis_url:
        raise SettingsError("Il faut DATABASE_URL et REDIS_URL.", "DATABASE_URL and REDIS_URL are needed.")
    examples = [name.upper() for name in _SAID_IN_MAILS if getattr(settings, name) == getattr(Settings(), name)]
    if settings.sendgrid_api_key and examples:
        raise SettingsError(
            f"Avec SENDGRID_API_KEY, de vrais courriels partent : il faut aussi {', '.join(examples)}.",
            f"With SENDGRID_API_KEY real mails leave: {', '.join(examples)} are needed too.",
        )


def listed(text: str) -> tuple[str, ...]:
    """What stands between the commas, without spaces around."""
    return tuple(filter(None, map(str.strip, text.split(","))))


def load(variables: Mapping[str, str]) -> Settings:
    """Reads the variables named after the fields; empty counts as absent. Raises ``SettingsError``."""
    given = {
        field.name: _read(field.name.upper(), value, field.type)
        for field in msgspec.structs.fields(Settings)
        if (value := variables.get(field.name.upper(), "").strip())
    }
    settings = Settings(**given)
    if settings.log_level.lower() not in _LOG_LEVELS:
        raise _refused("LOG_LEVEL", settings.log_level, ", ".join(_LOG_LEVELS), ", ".join(_LOG_LEVELS))
    if settings.base_url and not _is_web_address(settings.base_url):
        raise _refused(
            "BASE_URL",
            settings.base_url,
            "une adresse comme https://exemple.org",
            "an address such as https://example.org",
        )
    return settings


@lru_cache
def current() -> Settings:
    """The settings of this process."""
    return load(environ)


def _read(name: str, value: str, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind, strict=False, dec_hook=_path)
    except msgspec.ValidationError:
        raise _refused(name, value, *_ACCEPTED[kind]) from None


def _refused(name: str, value: str, french: str, english: str) -> SettingsError:
    return SettingsError(
        f"{name}={value} n’est pas accepté. Valeurs possibles : {french}.",
        f"{name}={value} is not accepted. Possible values: {english}.",
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError
