"""One message for each person whom a release concerns, whatever it changes for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized
from digital_days.kernel.mail import Promise, queue_mails
from digital_days.kernel.outbox import Priority
from scheduling.domain.appearances import Appearance, What
from scheduling.domain.moved_people import Touched
from scheduling.domain.programme_facts import SlotFacts
from scheduling.imports.model import ImportedRoom

TOPIC = "scheduling.release"

Outcome = Literal["moved", "choose", "cancelled"]


class PromisedPlace(Struct, frozen=True, kw_only=True):
    """A place, and when and where it was; ``sequence`` tells whether something else has happened to it since."""

    place: str
    sequence: int
    what: Outcome
    starts_at: datetime
    ends_at: datetime
    room: str
    room_en: str = ""

    @property
    def in_room(self) -> str:
        """Where it was, in the reader's language; empty where nobody knew."""
        return localized(self.room, self.room_en)


class PromisedAppearance(Struct, frozen=True, kw_only=True):
    """A speaker's slot as this release has it (as the one before had it, where it is gone)."""

    uid: str
    what: What
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    where: str
    where_en: str = ""

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def place(self) -> str:
        """Room, venue and address, in the reader's language."""
        return localized(self.where, self.where_en)


class Promised(Struct, kw_only=True):
    """The payload of the message."""

    release: int
    at: datetime
    places: list[PromisedPlace] = []
    appearances: list[PromisedAppearance] = []


async def promise(
    *,
    edition_id: int,
    number: int,
    cancelled: Sequence[Touched],
    moved: Sequence[Touched],
    was: Mapping[int, SlotFacts],
    rooms: Mapping[str, ImportedRoom],
    appearances: Sequence[tuple[What, Appearance]],
    now: datetime,
) -> None:
    """Promises them in the caller's transaction, in one statement. ``rooms`` are those in which the slots were."""
    people: dict[int, Promised] = {}
    told: list[tuple[Outcome, Touched]] = [("choose" if each.choose else "moved", each) for each in moved]
    told += [("cancelled", each) for each in cancelled]
    for what, touched in told:
        slot = was[touched.slot]
        room = rooms.get(slot.room or "")
        people.setdefault(touched.person, Promised(release=number, at=now)).places.append(
            PromisedPlace(
                place=touched.code,
                sequence=touched.sequence,
                what=what,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                room=slot.room or "",
                room_en=(room and room.name_en) or "",
            )
        )
    for change, appearance in appearances:
        people.setdefault(appearance.person, Promised(release=number, at=now)).appearances.append(
            PromisedAppearance(
                uid=f"{appearance.speaker}-{appearance.slot}",
                what=change,
                title_fr=appearance.title_fr,
                title_en=appearance.title_en,
                starts_at=appearance.starts_at,
                ends_at=appearance.ends_at,
                where=appearance.where,
                where_en=appearance.where_en,
            )
        )
    await queue_mails(
        TOPIC,
        [
            Promise(
                person=person,
                dedup_key=f"release:{edition_id}:{number}:{person}",
                payload=msgspec.to_builtins(promised),
            )
            for person, promised in people.items()
        ],
        edition_id=edition_id,
    )
    await _promise_contacts(list(people), edition_id=edition_id, number=number, now=now)


async def _promise_contacts(people: list[int], *, edition_id: int, number: int, now: datetime) -> None:
    """Members of groups without an address hear of it through who registered them; one message a group."""
    await database.fetch(
        """
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, priority, due_at, created_at)
        SELECT DISTINCT 'mail', 'scheduling.group', 'group-release:' || g.code || ':' || $3::text, g.edition, g.contact,
            jsonb_build_object('group', g.code, 'why', 'release'), $5::smallint, $4::timestamptz, $4::timestamptz
        FROM group_registration g JOIN group_member m ON m.group_registration = g.id
        WHERE m.person = ANY($1) AND g.edition = $2 AND g.contact IS NOT NULL
        ON CONFLICT (dedup_key) DO NOTHING
        """,
        people,
        edition_id,
        str(number),
        now,
        Priority.BULK,
    )
