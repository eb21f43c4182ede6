"""The organisers' pages, in parts: one menu of the parts, and under it one of the pages of the part where one is."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.web.urls import url


class MenuPart(Struct, frozen=True, kw_only=True):
    """``pages`` are routes of an edition with their words, in the order of the menu; the first opens the part."""

    words: str
    pages: tuple[tuple[str, str], ...]


_parts: list[MenuPart] = []


def add_parts(parts: Sequence[MenuPart]) -> None:
    """Called at start-up by the composition root, in the order of the menu. Again is harmless."""
    _parts.extend(part for part in parts if part not in _parts)


def organiser_menu(edition: Edition, route: str) -> list[dict[str, object]]:
    """For ``organiser_menu.html``; ``route`` is the page that shows it."""
    return [
        {
            "label": _(part.words),
            "url": url(part.pages[0][0], edition_slug=edition.slug),
            "current": any(name == route for name, _words in part.pages),
            "pages": [
                {"label": _(words), "url": url(name, edition_slug=edition.slug), "current": name == route}
                for name, words in part.pages
            ],
        }
        for part in _parts
    ]
