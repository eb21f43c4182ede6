"""The menu: what each package offers to whoever may use it."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel import editions, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import OPEN_TO_ALL, Permission
from digital_days.kernel.web.announced import is_shown_to
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.urls import in_language, url


class MenuItem(Struct, frozen=True, kw_only=True):
    """A route in the menu; ``edition_slug`` is filled in where ``in_edition``.

    With ``way_out`` it is also what an error page offers, in these words; ``personal`` stands in one's own menu.
    """

    message: str
    route: str
    permission: Permission
    in_edition: bool = True
    signed_out_only: bool = False
    personal: bool = False
    way_out: str = ""


_items: list[MenuItem] = []


def add_items(items: Sequence[MenuItem]) -> None:
    """Called at start-up by the composition root, in the order of the menu. Again is harmless."""
    _items.extend(item for item in items if item not in _items)


def navigation_for(viewer: Viewer | None, edition: Edition | None, path: str) -> list[dict[str, object]]:
    """What this person may open from here; a page of no edition leads into the likeliest one."""
    edition = edition or likely_edition(viewer, path)
    shown = []
    for item in _items:
        if item.in_edition and edition is None:
            continue
        if not _is_offered(item, viewer, edition):
            continue
        target = _target(item, edition)
        current = target == in_language(path, i18n.current())
        shown.append({"label": _(item.message), "url": target, "current": current, "personal": item.personal})
    return shown


def likely_edition(viewer: Viewer | None, path: str) -> Edition | None:
    """The one the address names, else the nearest in which this person has something to do, else the nearest."""
    shown = [edition for edition in editions.remembered() if is_shown_to(viewer, edition)]
    known = sorted(shown, key=lambda edition: not edition.announced)  # what is being prepared leads nobody astray
    named = [edition for edition in known if edition.slug == in_language(path, "fr").split("/")[1]]
    theirs = [edition for edition in known if viewer and viewer.roles.get(edition.slug)]
    return next(iter([*named, *theirs, *known]), None)


def ways_out(edition: Edition | None) -> list[dict[str, str]]:
    """Where whoever has lost the way goes on."""
    return [
        {"label": _(item.way_out), "url": _target(item, edition)}
        for item in _items
        if item.way_out and (edition or not item.in_edition)
    ]


def _target(item: MenuItem, edition: Edition | None) -> str:
    return url(item.route, edition_slug=edition.slug) if item.in_edition and edition else url(item.route)


def _is_offered(item: MenuItem, viewer: Viewer | None, edition: Edition | None) -> bool:
    if item.signed_out_only:
        return viewer is None
    if item.permission in OPEN_TO_ALL:
        return True
    if viewer is None:
        return False
    return item.permission is Permission.SIGNED_IN or viewer.may(item.permission, edition.slug if edition else "")
