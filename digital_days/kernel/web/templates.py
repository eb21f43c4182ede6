"""Jinja: one environment for pages and mails, each package's templates under its own name."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)

from digital_days.kernel import consents, i18n
from digital_days.kernel.money import format_money
from digital_days.kernel.typography import french_spaces
from digital_days.kernel.web.urls import absolute, url

KERNEL = Path(__file__).parent.parent
DIST = KERNEL / "static" / "dist"

_folders: dict[str, Path] = {}


def add_folders(folders: Mapping[str, Path]) -> None:
    """Names a package's templates; called at start-up by the composition root. Again is harmless."""
    if not folders.items() <= _folders.items():
        _folders.update(folders)
        environment.cache_clear()


@cache
def environment() -> Environment:
    """The shared environment; missing variables are errors, HTML is escaped, French is the source."""
    env = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(KERNEL / "templates"),
                PrefixLoader({name: FileSystemLoader(folder) for name, folder in _folders.items()}),
            ]
        ),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    env.globals.update(url=url, absolute=absolute, asset=asset, needs_consent=consents.NEEDS.text)
    env.filters.update(
        date=i18n.format_date,
        duration=i18n.format_duration,
        day=i18n.format_day,
        decimal=i18n.format_decimal,
        time=i18n.format_time,
        time_left=i18n.format_time_left,
        time_range=i18n.format_time_range,
        paragraphs=paragraphs,
        french=french_spaces,
        money=format_money,
    )
    return env


def render(template: str, context: Mapping[str, object]) -> str:
    """The page or mail in the current language."""
    return environment().get_template(template).render(locale=i18n.current(), **context)


def asset(name: str) -> str:
    """The address of a built file; its content is in its name, so it never goes stale."""
    return "/static/" + _manifest()[name]


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs, which blank lines set apart."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


@cache
def _manifest() -> dict[str, str]:
    built: dict[str, str] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return built


def _gettext(message: str) -> str:
    return i18n._(message)


def _ngettext(singular: str, plural: str, count: int) -> str:
    return i18n.plural_form(singular, plural, count)
