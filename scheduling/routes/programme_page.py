"""What the programme's page shows: tabs, choices, grids."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, structs

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO, _, format_day
from digital_days.kernel.web.urls import url
from scheduling.domain.programme import Programme, Room, Slot
from scheduling.domain.programme_filters import (
    ALL_DAYS,
    PARAMETERS,
    Filters,
    Mine,
    languages_of,
    matching,
    shown_day,
)
from scheduling.domain.programme_grid import Grid, Row, grid_of
from scheduling.exports.linked_data import festival
from scheduling.routes.labels import day_name, given_in, language_name
from scheduling.routes.public_slots import public_edition, public_slot
from scheduling.routes.takeaway import takeaway

WIDEST = 7
"""So many columns fit a wide screen; beyond, a day is read by the hour on every screen."""
FEW = 4
"""Up to so many hours a day is walked through without help."""


class Day(Struct, frozen=True, kw_only=True):
    name: str
    grid: Grid[Slot, Room]

    @property
    def is_wide(self) -> bool:
        """Whether it has more rooms than fit beside one another."""
        return sum(column.lanes for column in self.grid.columns) > WIDEST

    @property
    def hours(self) -> list[Row[Slot]]:
        """The first row of each hour at which something begins, to jump to in a long day."""
        first: dict[tuple[date, int], Row[Slot]] = {}
        for row in self.grid.rows:
            local = row.at.astimezone(TORONTO)
            if row.starts:
                first.setdefault((local.date(), local.hour), row)
        return list(first.values()) if len(first) > FEW else []


def programme_page(edition: Edition, programme: Programme, filters: Filters, mine: Mine) -> dict[str, object]:
    """``mine`` is the reader's own, on a page that nobody else gets."""
    found = matching(programme, filters, mine)
    today = clock.now().astimezone(TORONTO).date()
    chosen = shown_day(programme.days, filters, today)
    shown = [slot for slot in found if chosen in (None, slot.day)]
    return {
        "audiences": programme.labels["audience"],
        "filters": filters,
        "choices": [
            (PARAMETERS[facet], filters.labels.get(facet, ""), [(each.slug, str(each.name)) for each in labels])
            for facet, labels in programme.labels.items()
            if len(labels) > 1
        ],
        "languages": [(code, language_name(code)) for code in languages_of(programme)],
        "tabs": _tabs(edition, programme.days, filters, chosen, found),
        "count": _activities(shown),
        "moments": len(shown),
        "count_elsewhere": _activities(found) if not shown else 0,
        "days": [_day(day, shown, programme) for day in programme.days if any(slot.day == day for slot in shown)],
        "is_empty": not programme.slots,
        "everything": url("scheduling:programme", edition_slug=edition.slug),
        "every_day": _address(edition, filters, ALL_DAYS),
        "unfiltered": _address(edition, Filters(day=filters.day), filters.day),
        "held": mine.held,
        "favourites": mine.favourites,
        "hidden": _without_day(programme, filters, mine, chosen) - len(shown) if filters.fitting else 0,
        "day_is_empty": not mine.busy,
        "without_day": _address(edition, structs.replace(filters, fitting=False), filters.day),
        "given_in": given_in,
        "takeaway": takeaway(edition, filters),
        "linked_data": _linked_data(edition, programme) if not (filters or filters.day) else {},
    }


def _without_day(programme: Programme, filters: Filters, mine: Mine, day: date | None) -> int:
    """How many there would be if the reader's day did not count."""
    found = matching(programme, structs.replace(filters, fitting=False), mine)
    return len([slot for slot in found if day in (None, slot.day)])


def _linked_data(edition: Edition, programme: Programme) -> dict[str, object]:
    """All of it, on the one page that shows no part of it only."""
    return festival(public_edition(edition), [public_slot(slot, edition) for slot in programme.slots])


def _activities(slots: Sequence[Slot]) -> int:
    return len({slot.activity.code for slot in slots})


def _day(day: date, slots: Sequence[Slot], programme: Programme) -> Day:
    return Day(name=format_day(day), grid=grid_of([slot for slot in slots if slot.day == day], programme.rooms))


def _tabs(
    edition: Edition, days: Sequence[date], filters: Filters, chosen: date | None, found: Sequence[Slot]
) -> list[dict[str, object]]:
    if len(days) < 2:
        return []
    tabs: list[dict[str, object]] = [
        {
            "label": _with_count(day_name(day), [slot for slot in found if slot.day == day], filters),
            "url": _address(edition, filters, str(day)),
            "current": day == chosen,
        }
        for day in days
    ]
    everything = _with_count(_("Tous les jours"), found, filters)
    return [*tabs, {"label": everything, "url": _address(edition, filters, ALL_DAYS), "current": chosen is None}]


def _with_count(name: str, slots: Sequence[Slot], filters: Filters) -> str:
    return f"{name} ({len(slots)})" if filters else name


def _address(edition: Edition, filters: Filters, day: str) -> str:
    chosen = structs.replace(filters, day=day)
    return f"{url('scheduling:programme', edition_slug=edition.slug)}?{chosen.query}"
