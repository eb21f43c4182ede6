"""A group as its contact sees it: its people, their tickets, and their places in what was asked for."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from scheduling.domain.group_lines import label_of
from scheduling.domain.slots import SUMMARY, WITH_ROOM, SlotSummary


class NoSuchGroup(NotFound):
    message = N_("Ce groupe n’existe pas ou n’existe plus.")


class MemberPlace(Struct, frozen=True, kw_only=True):
    """A member's place in one of the group's slots."""

    id: int
    code: str
    slot: str
    state: str
    starts_at: datetime
    slot_state: str

    @property
    def is_on(self) -> bool:
        """Whether the member is expected there."""
        return self.state == "confirmed" and self.slot_state == "scheduled"


class Member(Struct, kw_only=True):
    """``is_theirs``: the person has answered for the address, and the name is theirs to change."""

    code: str
    kind: str
    position: int
    name: str
    note: str
    person: int
    email: str
    is_theirs: bool
    registration: str | None
    is_active: bool
    places: list[MemberPlace] = []

    @property
    def label(self) -> str:
        """The name the contact wrote, or what stands for it."""
        return self.name or label_of(self.position, self.kind)

    @property
    def has_ticket(self) -> bool:
        """Whether a ticket lets them in."""
        return bool(self.registration) and self.is_active

    @property
    def spoken_code(self) -> str:
        """The ticket's code in two halves; empty without one."""
        return f"{self.registration[:5]}-{self.registration[5:]}" if self.registration and self.is_active else ""

    def place_in(self, slot: str) -> MemberPlace | None:
        """Their place in this slot of the group, whatever became of it."""
        return next((place for place in self.places if place.slot == slot), None)


class Group(Struct, kw_only=True):
    """``contact`` is none once that person has gone."""

    id: int
    code: str
    edition: int
    edition_slug: str
    kind: str
    organisation: str
    contact: int | None
    contact_name: str
    contact_email: str
    contact_locale: str
    audience: str
    slot_codes: list[str]
    last_position: int
    slots: list[SlotSummary] = []
    members: list[Member] = []

    @property
    def unnamed(self) -> int:
        """Names that are to come."""
        return sum(not member.name for member in self.members)

    @property
    def open_slots(self) -> list[SlotSummary]:
        """Where something can still be changed."""
        now = clock.now()
        return [slot for slot in self.slots if slot.state == "scheduled" and slot.starts_at > now]

    def missing(self) -> list[tuple[int, str]]:
        """Who has got no place yet in what has not begun; what somebody gave back is their wish."""
        return [
            (member.person, slot.code)
            for member in self.members
            for slot in self.open_slots
            if (place := member.place_in(slot.code)) is None or place.state == "refused"
        ]


_GROUP = """
    SELECT g.id, g.code, g.edition, e.slug AS edition_slug, g.kind, g.organisation, g.contact,
        coalesce(c.name, '') AS contact_name, coalesce(c.email, '') AS contact_email,
        coalesce(c.locale, 'fr') AS contact_locale, g.audience,
        ARRAY(SELECT jsonb_array_elements_text(g.slots)) AS slot_codes,
        coalesce((SELECT max(m.position) FROM group_member m WHERE m.group_registration = g.id), 0)::int
            AS last_position
    FROM group_registration g JOIN edition e ON e.id = g.edition LEFT JOIN person c ON c.id = g.contact
"""


async def group_called(code: str) -> Group:
    """The group with this public code, and its people in their order; raises ``NoSuchGroup``."""
    row = await database.fetch_one(f"{_GROUP} WHERE g.code = $1", code)
    if row is None:
        raise NoSuchGroup
    group = Group(**row)
    group.slots = await slots_called(group.edition, group.slot_codes)
    group.members = await _members(group)
    return group


async def slots_called(edition_id: int, codes: Sequence[str]) -> list[SlotSummary]:
    """Those of this edition, by time."""
    rows = await database.fetch(
        f"SELECT {SUMMARY} FROM {WITH_ROOM} WHERE s.code = ANY($1) AND a.edition = $2 ORDER BY s.starts_at, s.id",
        list(codes),
        edition_id,
    )
    return [SlotSummary(**row) for row in rows]


async def _members(group: Group) -> list[Member]:
    rows = await database.fetch(
        """
        SELECT m.code, m.position, m.name, m.note, m.person, w.email, w.proved_at IS NOT NULL AS is_theirs,
            r.code AS registration, coalesce(r.state = 'active', false) AS is_active
        FROM group_member m JOIN person w ON w.id = m.person
        LEFT JOIN registration r ON r.person = m.person AND r.edition = $2
        WHERE m.group_registration = $1 ORDER BY m.position
        """,
        group.id,
        group.edition,
    )
    members = {row["person"]: Member(kind=group.kind, **row) for row in rows}
    held = await database.fetch(
        """
        SELECT p.person, p.id, p.code, s.code AS slot, p.state, s.starts_at, s.state AS slot_state
        FROM place p JOIN slot s ON s.id = p.slot WHERE p.person = ANY($1) AND s.code = ANY($2)
        ORDER BY s.starts_at, p.id
        """,
        list(members),
        group.slot_codes,
    )
    for row in held:
        place = MemberPlace(**{name: value for name, value in row.items() if name != "person"})
        members[row["person"]].places = [*members[row["person"]].places, place]
    return list(members.values())


class GroupLine(Struct, frozen=True, kw_only=True):
    """A group in a list."""

    code: str
    kind: str
    organisation: str
    contact_name: str
    contact_email: str
    people: int
    unnamed: int
    places: int
    created_at: datetime


_LINES = """
    SELECT g.code, g.kind, g.organisation, coalesce(c.name, '') AS contact_name,
        coalesce(c.email, '') AS contact_email, g.created_at,
        (SELECT count(*) FROM group_member m WHERE m.group_registration = g.id) AS people,
        (SELECT count(*) FROM group_member m WHERE m.group_registration = g.id AND m.name = '') AS unnamed,
        (SELECT count(*) FROM group_member m JOIN place p ON p.person = m.person AND p.state = 'confirmed'
            JOIN slot s ON s.id = p.slot
            WHERE m.group_registration = g.id AND g.slots ? s.code) AS places
    FROM group_registration g LEFT JOIN person c ON c.id = g.contact
"""


async def groups_of(edition_id: int) -> list[GroupLine]:
    """All of the edition, the newest first; one query."""
    rows = await database.fetch(f"{_LINES} WHERE g.edition = $1 ORDER BY g.created_at DESC, g.id DESC", edition_id)
    return [GroupLine(**row) for row in rows]


async def groups_by(contact: int, edition_id: int) -> list[GroupLine]:
    """Those that this person has registered."""
    rows = await database.fetch(
        f"{_LINES} WHERE g.edition = $1 AND g.contact = $2 ORDER BY g.created_at DESC, g.id DESC", edition_id, contact
    )
    return [GroupLine(**row) for row in rows]
