"""schema.org Events."""

from datetime import timedelta

from msgspec.structs import replace

from scheduling.exports.linked_data import festival, slot_events
from tests.scheduling.exports.test_programme_ics import EDITION, SLOT

ORGANISER = {
    "@type": "Organization",
    "name": "MRC d’Argenteuil",
    "email": "info@example.org",
    "url": "https://example.org/jn2027/programme",
}
EVENT = {
    "@type": "Event",
    "@id": SLOT.url,
    "name": "Mots de passe, sans jargon",
    "description": "Un atelier pour commencer.",
    "url": SLOT.url,
    "startDate": "2027-10-21T13:30:00-04:00",
    "endDate": "2027-10-21T15:00:00-04:00",
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
    "inLanguage": "fr-CA",
    "isAccessibleForFree": True,
    "location": {
        "@type": "Place",
        "name": "Salle 2, Bibliothèque",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Bibliothèque",
            "addressRegion": "QC",
            "addressCountry": "CA",
        },
    },
    "organizer": ORGANISER,
    "performer": [
        {"@type": "Person", "name": "Denise Roy", "url": "https://example.org/d"},
        {"@type": "Person", "name": "Bob", "url": "https://example.org/b"},
    ],
    "offers": {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "CAD",
        "availability": "https://schema.org/InStock",
        "url": SLOT.url,
    },
    "maximumAttendeeCapacity": 12,
    "remainingAttendeeCapacity": 3,
}


def test_festival_is_an_event_of_events() -> None:
    assert festival(EDITION, [SLOT]) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "https://example.org/jn2027/programme",
        "name": "Journées numériques",
        "description": "Apprivoiser le numérique",
        "url": "https://example.org/jn2027/programme",
        "startDate": "2027-10-21",
        "endDate": "2027-10-22",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": "fr-CA",
        "isAccessibleForFree": True,
        "location": {
            "@type": "Place",
            "name": "Lachute",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Lachute",
                "addressRegion": "QC",
                "addressCountry": "CA",
            },
        },
        "organizer": ORGANISER,
        "subEvent": [EVENT],
    }


def test_slots_of_an_activity_are_parts_of_the_festival() -> None:
    assert slot_events(EDITION, [SLOT])["@graph"] == [
        {
            **EVENT,
            "superEvent": {
                "@type": "Event",
                "@id": "https://example.org/jn2027/programme",
                "name": "Journées numériques",
                "url": "https://example.org/jn2027/programme",
                "startDate": "2027-10-21",
            },
        }
    ]


def test_full_slot_is_sold_out_and_free_entry_has_no_capacity() -> None:
    full, free = festival(EDITION, [replace(SLOT, left=0), replace(SLOT, seats=None, left=None)])["subEvent"]

    assert (full["offers"]["availability"], full["remainingAttendeeCapacity"]) == ("https://schema.org/SoldOut", 0)
    assert free["offers"]["availability"] == "https://schema.org/InStock"
    assert "remainingAttendeeCapacity" not in free


def test_cancelled_slot_keeps_its_date_and_offers_nothing() -> None:
    [gone] = festival(EDITION, [replace(SLOT, cancelled=True)])["subEvent"]

    assert (gone["eventStatus"], gone["startDate"]) == ("https://schema.org/EventCancelled", EVENT["startDate"])
    assert "offers" not in gone


def test_moved_slot_says_when_it_was_to_begin() -> None:
    [moved] = festival(EDITION, [replace(SLOT, previous_starts_at=SLOT.starts_at - timedelta(days=1))])["subEvent"]

    assert (moved["eventStatus"], moved["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2027-10-20T13:30:00-04:00",
    )


def test_languages_are_told_as_they_are_spoken() -> None:
    both, german = festival(EDITION, [replace(SLOT, language="bi"), replace(SLOT, language="de")])["subEvent"]

    assert (both["inLanguage"], german["inLanguage"]) == (["fr-CA", "en-CA"], "de")


def test_slot_without_a_room_is_in_the_edition_s_place() -> None:
    [somewhere] = festival(EDITION, [replace(SLOT, room="", venue="", address="")])["subEvent"]

    assert (somewhere["location"]["name"], somewhere["location"]["address"]["streetAddress"]) == ("Lachute", "Lachute")
