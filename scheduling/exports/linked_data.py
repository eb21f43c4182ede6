"""The programme as search engines read it: schema.org Events as JSON-LD (https://schema.org/Event).

Documents to be written into a ``<script type="application/ld+json">``, which escapes them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from digital_days.kernel.i18n import TORONTO
from scheduling.exports.public_slots import PublicEdition, PublicSlot

CONTEXT = "https://schema.org"
SPOKEN: dict[str, object] = {"fr": "fr-CA", "en": "en-CA", "bi": ["fr-CA", "en-CA"]}

Document = dict[str, Any]


def festival(edition: PublicEdition, slots: Iterable[PublicSlot]) -> Document:
    """The edition, and each slot as a part of it. O(n)."""
    return {
        "@context": CONTEXT,
        **_edition(edition),
        "description": edition.description,
        "startDate": str(edition.starts_on),
        "endDate": str(edition.ends_on),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "inLanguage": SPOKEN.get(edition.language, edition.language),
        "isAccessibleForFree": True,
        "location": _place(edition.place or edition.name, edition.place),
        "organizer": _organiser(edition),
        "subEvent": [_event(slot, edition) for slot in slots],
    }


def slot_events(edition: PublicEdition, slots: Sequence[PublicSlot]) -> Document:
    """Slots of one activity, each as an Event of its own that is part of the edition."""
    part = {"superEvent": {**_edition(edition), "startDate": str(edition.starts_on)}}
    return {"@context": CONTEXT, "@graph": [{**_event(slot, edition), **part} for slot in slots]}


def _edition(edition: PublicEdition) -> Document:
    return {"@type": "Event", "@id": edition.url, "name": edition.name, "url": edition.url}


def _event(slot: PublicSlot, edition: PublicEdition) -> Document:
    event: Document = {
        "@type": "Event",
        "@id": slot.url,
        "name": slot.title,
        "url": slot.url,
        "startDate": _local(slot.starts_at),
        "endDate": _local(slot.ends_at),
        "eventStatus": f"{CONTEXT}/{_status(slot)}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "inLanguage": SPOKEN.get(slot.language, slot.language),
        "isAccessibleForFree": True,
        "location": _place(
            ", ".join(dict.fromkeys(filter(None, (slot.room, slot.venue)))) or edition.place or edition.name,
            slot.address or edition.place,
        ),
        "organizer": _organiser(edition),
        **_offers(slot),
    }
    if slot.summary:
        event["description"] = slot.summary
    if slot.speakers:
        event["performer"] = [{"@type": "Person", "name": each.name, "url": each.url} for each in slot.speakers]
    if slot.previous_starts_at and not slot.cancelled:
        event["previousStartDate"] = _local(slot.previous_starts_at)
    return event


def _status(slot: PublicSlot) -> str:
    if slot.cancelled:
        return "EventCancelled"
    return "EventRescheduled" if slot.previous_starts_at else "EventScheduled"


def _offers(slot: PublicSlot) -> Document:
    if slot.cancelled:
        return {}
    available = "InStock" if slot.left is None or slot.left else "SoldOut"
    offer = {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "CAD",
        "availability": f"{CONTEXT}/{available}",
        "url": slot.url,
    }
    if slot.seats is None:
        return {"offers": offer}
    return {"offers": offer, "maximumAttendeeCapacity": slot.seats, "remainingAttendeeCapacity": slot.left}


def _place(name: str, address: str) -> Document:
    where = {"@type": "PostalAddress", "addressRegion": "QC", "addressCountry": "CA"}
    return {"@type": "Place", "name": name, "address": {**where, "streetAddress": address} if address else where}


def _organiser(edition: PublicEdition) -> Document:
    return {"@type": "Organization", "name": edition.organiser, "email": edition.email, "url": edition.url}


def _local(moment: datetime) -> str:
    return moment.astimezone(TORONTO).isoformat()
