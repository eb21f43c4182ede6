"""What must hold in every programme, wherever it comes from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from digital_days.kernel.i18n import TORONTO, _, format_date, format_time_range
from scheduling.imports.findings import Findings, Where
from scheduling.imports.model import ImportedSlot


class PlacedSlot(Struct, frozen=True):
    where: Where
    title: str
    slot: ImportedSlot


def overlaps(placed: Iterable[PlacedSlot], zone: ZoneInfo, findings: Findings) -> None:
    """Two slots in one room at one time: an error with both titles and times, at the later of the two."""
    rooms: dict[str, list[PlacedSlot]] = defaultdict(list)
    for each in placed:
        if each.slot.room is not None:
            rooms[each.slot.room].append(each)
    for room, slots in rooms.items():
        going_on: list[PlacedSlot] = []
        for each in sorted(slots, key=lambda one: (one.slot.starts_at, one.slot.ends_at)):
            # A handful of neighbours says it all; a hostile file would ask for every pair.
            going_on = [one for one in going_on if one.slot.ends_at > each.slot.starts_at][-5:]
            for other in going_on:
                findings.error(each.where, _clash(other, each, room, zone))
            going_on.append(each)
            if findings.full:
                return


def lasts(starts_at: datetime, ends_at: datetime, where: Where, findings: Findings) -> bool:
    """Whether the slot ends after it starts, and within a week; an error where it doesn't."""
    if ends_at < starts_at:
        findings.error(where, _("La fin est avant le début : corrigez l’une des deux heures."))
    elif ends_at == starts_at:
        findings.error(where, _("La plage ne dure pas : la fin doit être après le début."))
    elif (ends_at - starts_at).days >= 7:
        findings.error(where, _("La plage dure plus d’une semaine : vérifiez les dates."))
    else:
        return True
    return False


def edition_days(starts_on: date, ends_on: date, where: Where, findings: Findings) -> bool:
    """Whether the edition ends on or after its first day, within a year; an error where it doesn't."""
    if ends_on < starts_on:
        findings.error(where, _("L’édition finit avant de commencer : corrigez l’une des deux dates."))
    elif (ends_on - starts_on).days > 366:
        findings.error(
            where,
            _(
                "Du %(first)s au %(last)s, l’édition dure plus d’un an : vérifiez l’année des dates.",
                first=format_date(starts_on),
                last=format_date(ends_on),
            ),
        )
    else:
        return True
    return False


def _clash(one: PlacedSlot, other: PlacedSlot, room: str, zone: ZoneInfo) -> str:
    return _(
        "Dans la salle « %(room)s », « %(one)s » (%(one_time)s) et « %(other)s » (%(other_time)s) se chevauchent "
        "le %(day)s : changez l’heure ou la salle de l’une des deux.",
        room=room,
        one=one.title,
        one_time=_hours(one.slot, zone),
        other=other.title,
        other_time=_hours(other.slot, zone),
        day=format_date(_wall_clock(other.slot.starts_at, zone)),
    )


def _hours(slot: ImportedSlot, zone: ZoneInfo) -> str:
    return format_time_range(_wall_clock(slot.starts_at, zone), _wall_clock(slot.ends_at, zone))


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    # The formats show Toronto's time; a file from elsewhere must be quoted with the times it wrote.
    return moment.astimezone(zone).replace(tzinfo=TORONTO)
