"""Meetings as lines of a person's agenda."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.i18n import _, localized
from digital_days.kernel.web.urls import url

CALENDARS = "rencontres.digital-days"


def title_of(name: str, organisation: str) -> str:
    """With whom, in the reader's language."""
    return _("Rencontre éclair : %(name)s, %(organisation)s", name=name, organisation=organisation)


class SeatedMeeting(Struct, frozen=True, kw_only=True):
    """A meeting with whom one of the two meets, where, and how calendars know it."""

    code: str
    seat: str
    state: str
    sequence: int
    number: int
    table_number: int
    starts_at: datetime
    ends_at: datetime
    updated_at: datetime
    name: str
    organisation: str
    about: str
    edition_slug: str
    place_fr: str
    place_en: str

    @property
    def uid(self) -> str:
        """The same whatever becomes of round and table; another one for the other of the two."""
        return f"{self.code}-{self.seat}@{CALENDARS}"

    @property
    def is_on(self) -> bool:
        """Whether they are expected, or were."""
        return self.state != "cancelled"

    @property
    def title(self) -> str:
        """In the reader's language."""
        return title_of(self.name, self.organisation)

    @property
    def where(self) -> str:
        """The table, and the hall where it is known."""
        return seated_at(self.table_number, localized(self.place_fr, self.place_en))

    @property
    def path(self) -> str:
        """Its page."""
        return url("matchmaking:meeting", edition_slug=self.edition_slug, meeting=self.code)


def seated_at(table_number: int, place: str) -> str:
    """« Table 3, Salle des Lilas »."""
    return ", ".join(filter(None, (_("Table %(number)s", number=table_number), place)))


_SEATED = """
    SELECT m.code, me.code AS seat, m.state, m.sequence, m.round AS number, m.table_number, m.starts_at, m.ends_at,
        m.updated_at, p.name, o.name AS organisation, o.about, e.slug AS edition_slug,
        coalesce(d.place_fr, '') AS place_fr, coalesce(d.place_en, '') AS place_en
    FROM match_participant me
    JOIN meeting m ON me.id IN (m.business, m.resource)
    JOIN match_participant other ON other.id = CASE me.id WHEN m.business THEN m.resource ELSE m.business END
    JOIN person p ON p.id = other.person
    JOIN match_organisation o ON o.id = other.organisation
    JOIN edition e ON e.id = m.edition
    LEFT JOIN speed_dating d ON d.edition = m.edition
    WHERE me.{of} ORDER BY m.starts_at, m.id
"""


async def meetings_seated(person_id: int, edition_id: int) -> list[SeatedMeeting]:
    """All of this person's in the edition, cancelled ones included; one query."""
    rows = await database.fetch(_SEATED.format(of="person = $1 AND me.edition = $2"), person_id, edition_id)
    return [SeatedMeeting(**row) for row in rows]


async def meetings_of_seat(participant: str) -> list[SeatedMeeting]:
    """The same, by the participant's code."""
    return [SeatedMeeting(**row) for row in await database.fetch(_SEATED.format(of="code = $1"), participant)]


async def agenda_items(person_id: int, edition_id: int) -> list[AgendaItem]:
    """For the kernel's agenda and its feed."""
    return [
        AgendaItem(
            uid=each.uid,
            sequence=each.sequence,
            updated_at=each.updated_at,
            title=each.title,
            summary=each.title,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.where,
            path=each.path,
            cancelled=not each.is_on,
        )
        for each in await meetings_seated(person_id, edition_id)
    ]
