"""What the editor's pages show: days, grid, conflicts; the form of a slot."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO, _, format_day, ngettext
from digital_days.kernel.web.urls import url
from scheduling.domain.event_days import every_day
from scheduling.domain.planning import PlacedSlot, Planning
from scheduling.domain.programme_grid import grid_of
from scheduling.engine.conflicts import PlannedRoom
from scheduling.routes.labels import day_name
from scheduling.routes.programme_page import WIDEST


def days_of(edition: Edition, planning: Planning) -> list[date]:
    """Those of the edition, and any other that has a slot."""
    return every_day(edition.starts_on, edition.ends_on, {slot.day for slot in planning.slots})


def day_wanted(days: Sequence[date], asked: str) -> date:
    """The one asked for; else today; else the first."""
    today = clock.now().astimezone(TORONTO).date()
    return next((day for day in days if day.isoformat() == asked), today if today in days else days[0])


def day_page(edition: Edition, planning: Planning, day: date) -> dict[str, Any]:
    """All that one day shows, and how many conflicts the others have."""
    slots = [slot for slot in planning.slots if slot.day == day]
    grid = grid_of(slots, planning.rooms)
    return {
        "day": day,
        "tabs": [_tab(edition, planning, each, day) for each in days_of(edition, planning)],
        "slots": {slot.code: slot for slot in planning.slots},
        "grid": grid,
        "is_wide": sum(column.lanes for column in grid.columns) > WIDEST,
        "conflicts": [each for each in planning.conflicts if each.day == day],
        "unplaced": planning.unplaced,
    }


def about_room(room: PlannedRoom) -> str:
    """« 20 personnes, 8 postes »; empty where nobody knows."""
    capacity, workstations = room.capacity or 0, room.workstations or 0
    known = [
        ngettext("%(num)s personne", "%(num)s personnes", capacity) if capacity else "",
        ngettext("%(num)s poste de travail", "%(num)s postes de travail", workstations) if workstations else "",
    ]
    return ", ".join(filter(None, known))


def form_choices(edition: Edition, planning: Planning) -> dict[str, Any]:
    """The days and rooms that a slot may have."""
    return {
        "days": [(day.isoformat(), format_day(day)) for day in days_of(edition, planning)],
        "rooms": [
            (room.id, f"{room.name} ({about})" if (about := about_room(room)) else room.name) for room in planning.rooms
        ],
    }


def address(edition: Edition, slot: PlacedSlot) -> str:
    """The slot on the page of its day."""
    page = url("scheduling:editor", edition_slug=edition.slug, jour=slot.day.isoformat())
    return f"{page}#plage-{slot.code}"


def _tab(edition: Edition, planning: Planning, day: date, shown: date) -> dict[str, object]:
    slots = sum(slot.day == day for slot in planning.slots)
    found = sum(each.day == day for each in planning.conflicts)
    words = [
        day_name(day),
        ngettext("%(num)s plage", "%(num)s plages", slots) if slots else _("rien encore"),
        *([ngettext("%(num)s conflit", "%(num)s conflits", found)] if found else []),
    ]
    page = url("scheduling:editor", edition_slug=edition.slug, jour=day.isoformat())
    return {"label": " · ".join(words), "url": page, "current": day == shown}
