"""The one message about a release: what it changes for somebody who has places, speaks, or both."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee, CalendarEntry, Organizer, cancellation, invitation
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.held_places import CALENDARS, HeldPlace, places_called
from scheduling.domain.release_promises import TOPIC, Promised, PromisedAppearance, PromisedPlace
from scheduling.mails.parts import attendee_of, calendar, entry_of, language, mail, organizer_of


class ToldPlace(Struct, frozen=True, kw_only=True):
    """A place as it is now, beside what it was; ``choose``: something else of the person is at the same time."""

    place: HeldPlace
    was: PromisedPlace
    url: str

    @property
    def choose(self) -> bool:
        """Whether the person still has to say which they keep."""
        return self.place.must_choose


async def release(message: Message) -> Mail | None:
    """Nothing when everything it was promised for has been told again since, or the person has no address."""
    promised = msgspec.convert(message.payload, Promised)
    who = await database.fetch_one("SELECT name, email, locale FROM person WHERE id = $1", message.person_id)
    if who is None or not who["email"] or message.edition_id is None:
        return None
    edition = await edition_numbered(message.edition_id)
    places = await _still_true(promised.places)
    appearances = await _not_told_again(message, promised.appearances)
    if not places and not appearances:
        return None
    locale = language(message, who["locale"], edition)
    to = Attendee(name=spoken_name(who["name"]), email=who["email"])
    with i18n.use(locale):
        files = _files(places, appearances, edition, to, promised, locale)
        context = _context(places, appearances, edition, to.name)
    return mail("scheduling/mail/release", context, to=to, edition=edition, locale=locale, attachments=tuple(files))


async def _still_true(promised: Sequence[PromisedPlace]) -> list[tuple[PromisedPlace, HeldPlace]]:
    """What has happened to a place since has, or will have, a message of its own."""
    found = await places_called([each.place for each in promised])
    return [
        (each, found[each.place])
        for each in promised
        if each.place in found and found[each.place].place_sequence == each.sequence
    ]


async def _not_told_again(message: Message, promised: Sequence[PromisedAppearance]) -> list[PromisedAppearance]:
    if not promised:
        return []
    rows = await database.fetch(
        """
        SELECT each->>'uid' AS uid FROM outbox_message m, jsonb_array_elements(m.payload->'appearances') each
        WHERE m.person = $1 AND m.topic = $2 AND m.id > $3
        """,
        message.person_id,
        TOPIC,
        message.id,
    )
    later = {row["uid"] for row in rows}
    return [each for each in promised if each.uid not in later]


def _context(
    places: Sequence[tuple[PromisedPlace, HeldPlace]],
    appearances: Sequence[PromisedAppearance],
    edition: Edition,
    name: str,
) -> dict[str, object]:
    told = [
        ToldPlace(place=place, was=was, url=absolute(private_path("scheduling:place", "place", place.code)))
        for was, place in places
    ]
    registration = next((place.registration for _was, place in places if place.registration), None)
    titles = [each.place.title for each in told] + [each.title for each in appearances]
    return {
        "name": name,
        "moved": [each for each in told if each.was.what != "cancelled"],
        "called_off": [each for each in told if each.was.what == "cancelled"],
        "appearances": {what: [each for each in appearances if each.what == what] for what in ("new", "moved", "gone")},
        "titles": titles,
        "speaks_only": not told,
        "agenda_url": absolute(private_path("site:agenda", "agenda", registration)) if registration else "",
        "programme_url": absolute(url("scheduling:programme", edition_slug=edition.slug)),
        "changes_url": absolute(url("scheduling:changes", edition_slug=edition.slug)),
    }


def _files(
    places: Sequence[tuple[PromisedPlace, HeldPlace]],
    appearances: Sequence[PromisedAppearance],
    edition: Edition,
    to: Attendee,
    promised: Promised,
    locale: str,
) -> list[Attachment]:
    """One for each entry: a program that gets two in one file takes the first, or none."""
    organizer = organizer_of(edition)
    entries = [(place.is_on, entry_of(place), attendee_of(place)) for _was, place in places]
    entries += [(each.what != "gone", _entry(each, edition, promised), to) for each in appearances]
    return [
        _file(is_on, entry, organizer, attendee, locale, f"{edition.slug}-{position}")
        for position, (is_on, entry, attendee) in enumerate(entries, start=1)
    ]


def _file(
    is_on: bool, entry: CalendarEntry, organizer: Organizer, attendee: Attendee, locale: str, name: str
) -> Attachment:
    if is_on:
        return calendar(invitation(entry, organizer, attendee, locale), "REQUEST", name)
    gone = structs.replace(entry, status="CANCELLED")
    return calendar(cancellation(gone, organizer, attendee, locale), "CANCEL", name)


def _entry(appearance: PromisedAppearance, edition: Edition, promised: Promised) -> CalendarEntry:
    """Releases are numbered upwards: the number is the sequence of what a speaker's calendar holds."""
    return CalendarEntry(
        uid=f"{appearance.uid}@{CALENDARS}",
        sequence=promised.release,
        summary=appearance.title,
        description="",
        location=appearance.place,
        starts_at=appearance.starts_at,
        ends_at=appearance.ends_at,
        status="CONFIRMED",
        updated_at=promised.at,
        url=absolute(url("scheduling:programme", edition_slug=edition.slug)),
    )
