"""A meeting as one of the two sees it, with what they have said of it and, once both agree, the other's address."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized
from matchmaking.domain.agenda_items import seated_at
from matchmaking.domain.outcome_words import NextStep
from matchmaking.domain.pool import Side


class NoSuchMeeting(NotFound):
    message = N_("Cette rencontre n’existe pas, ou n’est pas la vôtre.")


class Met(Struct, frozen=True, kw_only=True):
    """``side`` is the reader's own. ``email`` is the other's, empty until both have agreed.

    ``useful`` 0: nothing said yet. ``begins_at``: as the moderator's clock has it.
    """

    id: int
    code: str
    edition_id: int
    state: str
    number: int
    table_number: int
    starts_at: datetime
    ends_at: datetime
    side: Side
    participant: int
    name: str
    organisation: str
    about: str
    useful: int
    next_step: NextStep
    project: str
    note: str
    shares: bool
    said: int
    email: str
    begins_at: datetime
    place_fr: str
    place_en: str

    @property
    def has_begun(self) -> bool:
        """Whether there can be something to say."""
        return self.state != "cancelled" and (self.state != "planned" or self.begins_at <= clock.now())

    @property
    def where(self) -> str:
        """The table, and the hall where it is known."""
        return seated_at(self.table_number, localized(self.place_fr, self.place_en))

    @property
    def is_answered(self) -> bool:
        """Whether the reader has said something of it."""
        return self.said > 0


_MET = """
    SELECT m.id, m.code, m.edition AS edition_id, m.state, m.round AS number, m.table_number, m.starts_at, m.ends_at,
        CASE me.id WHEN m.business THEN 'business' ELSE 'resource' END AS side, me.id AS participant,
        p.name, o.name AS organisation, o.about,
        coalesce(mine.useful, 0) AS useful, coalesce(mine.next_step, '') AS next_step,
        coalesce(mine.project, '') AS project, coalesce(mine.note, '') AS note,
        coalesce(mine.shares_contact, false) AS shares, coalesce(mine.said, 0) AS said,
        CASE WHEN mine.shares_contact AND theirs.shares_contact THEN p.email ELSE '' END AS email,
        coalesce(r.began_at, m.starts_at) AS begins_at,
        coalesce(d.place_fr, '') AS place_fr, coalesce(d.place_en, '') AS place_en
    FROM match_participant me
    JOIN meeting m ON me.id IN (m.business, m.resource)
    JOIN match_participant other ON other.id = CASE me.id WHEN m.business THEN m.resource ELSE m.business END
    JOIN person p ON p.id = other.person
    JOIN match_organisation o ON o.id = other.organisation
    LEFT JOIN meeting_round r ON r.edition = m.edition AND r.number = m.round
    LEFT JOIN speed_dating d ON d.edition = m.edition
    LEFT JOIN meeting_outcome mine ON mine.meeting = m.id AND mine.participant = me.id
    LEFT JOIN meeting_outcome theirs ON theirs.meeting = m.id AND theirs.participant = other.id
    WHERE me.person = $1 AND me.edition = $2
"""


async def meetings_met(person_id: int, edition_id: int) -> list[Met]:
    """All of this person's, by time, cancelled ones left out; one query."""
    rows = await database.fetch(f"{_MET} AND m.state <> 'cancelled' ORDER BY m.starts_at, m.id", person_id, edition_id)
    return [Met(**row) for row in rows]


async def meeting_met(person_id: int, edition_id: int, code: str) -> Met:
    """Raises ``NoSuchMeeting`` for everybody but the two."""
    row = await database.fetch_one(f"{_MET} AND m.code = $3", person_id, edition_id, code)
    if row is None:
        raise NoSuchMeeting
    return Met(**row)
