"""A person's agenda as a calendar to subscribe to."""

from collections.abc import Iterable

from digital_days.kernel import i18n
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.calendar_file import CalendarEntry, Organizer, feed
from digital_days.kernel.editions import Edition
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute


def agenda_feed(items: Iterable[AgendaItem], edition: Edition) -> bytes:
    """Cancelled items stay in it as such, so that calendars take them out; no address of anybody is in it."""
    return feed(
        [_entry(item) for item in items],
        name=edition.name,
        organizer=Organizer(name=edition.name, email=current().mail_from),
        language=i18n.current(),
    )


def _entry(item: AgendaItem) -> CalendarEntry:
    return CalendarEntry(
        uid=item.uid,
        sequence=item.sequence,
        summary=item.title,
        description=item.summary,
        location=item.place,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        status="CANCELLED" if item.cancelled else "CONFIRMED",
        updated_at=item.updated_at,
        url=absolute(item.path) if item.path else "",
    )
