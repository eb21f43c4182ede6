"""Any slots of the public programme as a calendar to subscribe to (RFC 5545; iTIP PUBLISH, RFC 5546)."""

from collections.abc import Iterable

from digital_days.kernel.calendar_file import CalendarEntry, Organizer, feed
from digital_days.kernel.i18n import _
from scheduling.exports.public_slots import PublicEdition, PublicSlot

CALENDARS = "programme.digital-days"
"""A slot and somebody's place in it are two entries, told apart by this; nothing here may change with an address."""


def programme_ics(slots: Iterable[PublicSlot], edition: PublicEdition, *, sender: str, name: str = "") -> bytes:
    """The same slots in any order give the same bytes. O(n log n).

    Cancelled slots stay as such, so that calendars take them out. ``sender`` is the address that mails come from,
    ``name`` the calendar's, else the edition's.
    """
    return feed(
        [_entry(slot) for slot in slots],
        name=name or edition.name,
        organizer=Organizer(name=edition.name, email=sender),
        language=edition.language,
    )


def _entry(slot: PublicSlot) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{slot.code}@{CALENDARS}",
        sequence=slot.sequence,
        summary=slot.title,
        description="\n\n".join(filter(None, (slot.summary, _with(slot)))),
        location=", ".join(dict.fromkeys(filter(None, (slot.room, slot.venue, slot.address)))),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status="CANCELLED" if slot.cancelled else "CONFIRMED",
        updated_at=slot.updated_at,
        url=slot.url,
    )


def _with(slot: PublicSlot) -> str:
    names = ", ".join(person.name for person in slot.speakers)
    return _("Avec : %(names)s", names=names) if names else ""
