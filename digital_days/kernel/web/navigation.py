"""The menu: what each package offers to whoever may use it."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import OPEN_TO_ALL, Permission
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.urls import in_language, url


class MenuItem(Struct, frozen=True, kw_only=True):
    """A route in the menu; ``edition_slug`` is filled in where ``in_edition``."""

    message: str
    route: str
    permission: Permission
    in_edition: bool = True
    signed_out_only: bool = False


_items: list[MenuItem] = []


def add_items(items: Sequence[MenuItem]) -> None:
    """Called at start-up by the composition root, in the order of the menu. Again is harmless."""
    _items.extend(item for item in items if item not in _items)


def navigation_for(viewer: Viewer | None, edition: Edition | None, path: str) -> list[dict[str, object]]:
    """What this person may open from here."""
    shown = []
    for item in _items:
        if item.in_edition and edition is None:
            continue
        if not _is_offered(item, viewer, edition):
            continue
        target = url(item.route, edition_slug=edition.slug) if item.in_edition and edition else url(item.route)
        shown.append({"label": _(item.message), "url": target, "current": target == in_language(path, i18n.current())})
    return shown


def _is_offered(item: MenuItem, viewer: Viewer | None, edition: Edition | None) -> bool:
    if item.signed_out_only:
        return viewer is None
    if item.permission in OPEN_TO_ALL:
        return True
    if viewer is None:
        return False
    return item.permission is Permission.SIGNED_IN or viewer.may(item.permission, edition.slug if edition else "")
