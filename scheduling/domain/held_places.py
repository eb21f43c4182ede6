"""A place with everything that a mail, a page or a calendar says about it: one query each."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.consents import ASKED, OPTIONAL
from digital_days.kernel.i18n import _, localized
from digital_days.kernel.web.urls import url
from scheduling.domain.places import NoSuchPlace

CALENDARS = "places.digital-days"


class HeldPlace(Struct, frozen=True, kw_only=True):
    """``state`` and ``place_sequence`` are the place's own, ``slot_state`` what became of the slot under it.

    ``ends_waiting``: with this place the person left lines of other activities at that time (``domain/waiting.py``).
    ``asks``: its organisers ask questions, answered on its page.
    """

    code: str
    state: str
    reason: str
    place_sequence: int
    slot_sequence: int
    slot_state: str
    updated_at: datetime
    starts_at: datetime
    ends_at: datetime
    activity_code: str
    slot_code: str
    title_fr: str
    title_en: str
    summary_fr: str
    summary_en: str
    room_fr: str
    room_en: str
    venue_fr: str
    venue_en: str
    address: str
    edition_id: int
    edition_slug: str
    person_id: int
    person_name: str
    person_email: str
    person_locale: str
    registration: str | None
    unconfirmed: list[str]
    ends_waiting: bool
    asks: bool

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def summary(self) -> str:
        """In the reader's language."""
        return localized(self.summary_fr, self.summary_en)

    @property
    def room(self) -> str:
        """In the reader's language; empty without one."""
        return localized(self.room_fr, self.room_en)

    @property
    def venue(self) -> str:
        """In the reader's language."""
        return localized(self.venue_fr, self.venue_en)

    @property
    def where(self) -> str:
        """Room, venue and address, as far as they are known and differ."""
        return ", ".join(dict.fromkeys(filter(None, (self.room, self.venue, self.address))))

    @property
    def path(self) -> str:
        """The activity's page, with this slot chosen; a path of this site, in the reader's language."""
        return url(
            "scheduling:activity",
            edition_slug=self.edition_slug,
            activity_code=self.activity_code,
            plage=self.slot_code,
        )

    @property
    def uid(self) -> str:
        """One for the person and the slot, for life: a place keeps its code through cancelling and coming back.

        The program's address may change, and a calendar would then keep the entry twice.
        """
        return f"{self.code}@{CALENDARS}"

    @property
    def sequence(self) -> int:
        """Grows with every change of the place's state and of the slot's time, room or state; never falls."""
        return self.place_sequence + self.slot_sequence

    @property
    def questions(self) -> list[str]:
        """About what somebody has ticked for the person's address, and the person has not answered yet."""
        return [_(ASKED[purpose]) for purpose in OPTIONAL if purpose in self.unconfirmed]

    @property
    def is_on(self) -> bool:
        """Whether the person is expected there."""
        return self.state == "confirmed" and self.slot_state == "scheduled"

    @property
    def must_choose(self) -> bool:
        """Whether a release has moved it onto something else of the person's agenda: they keep one of both."""
        return self.is_on and self.reason == "choose"

    @property
    def was_held(self) -> bool:
        """Whether it was ever confirmed: whoever asks again after giving it back may be refused since."""
        return self.state == "confirmed" or self.place_sequence > 0

    @property
    def has_started(self) -> bool:
        """From then on nothing is cancelled online."""
        return self.starts_at <= clock.now()


_HELD = """
    SELECT p.code, p.state, p.reason, p.sequence AS place_sequence, s.sequence AS slot_sequence, s.state AS slot_state,
        greatest(p.updated_at, s.updated_at, a.updated_at) AS updated_at, s.starts_at, s.ends_at,
        a.code AS activity_code, s.code AS slot_code, a.title_fr, a.title_en, a.summary_fr, a.summary_en,
        coalesce(r.name, '') AS room_fr, coalesce(r.name_en, '') AS room_en, coalesce(r.venue, '') AS venue_fr,
        coalesce(r.venue_en, '') AS venue_en, coalesce(r.address, '') AS address,
        a.edition AS edition_id, e.slug AS edition_slug,
        w.id AS person_id, w.name AS person_name, w.email AS person_email, w.locale AS person_locale,
        g.code AS registration, coalesce(q.questions <> '[]', false) AS asks,
        array(
            SELECT c.purpose FROM consent c
            WHERE c.person = p.person AND c.edition = a.edition AND c.withdrawn_at IS NULL
            GROUP BY c.purpose HAVING bool_and(c.proved_at IS NULL)
        ) AS unconfirmed,
        EXISTS (SELECT FROM waiting_entry w WHERE w.because = p.code AND w.because <> '') AS ends_waiting
    FROM place p
    JOIN slot s ON s.id = p.slot
    JOIN activity a ON a.id = s.activity
    JOIN edition e ON e.id = a.edition
    JOIN person w ON w.id = p.person
    LEFT JOIN room r ON r.id = s.room
    LEFT JOIN activity_rules q ON q.edition = a.edition AND q.activity = a.source_id
    LEFT JOIN registration g ON g.person = p.person AND g.edition = a.edition
"""


async def held_place(code: str) -> HeldPlace:
    """The place with this public code; raises ``NoSuchPlace``."""
    row = await database.fetch_one(f"{_HELD} WHERE p.code = $1", code)
    if row is None:
        raise NoSuchPlace
    return HeldPlace(**row)


async def places_called(codes: Collection[str]) -> dict[str, HeldPlace]:
    """Each by its code, as far as they exist; one query."""
    rows = await database.fetch(f"{_HELD} WHERE p.code = ANY($1)", list(codes))
    return {row["code"]: HeldPlace(**row) for row in rows}


async def places_in_the_way(person_id: int, starts_at: datetime, ends_at: datetime) -> list[HeldPlace]:
    """Those that the person holds in this span, in whatever edition; by time. Touching ends do not count."""
    rows = await database.fetch(
        f"""
        {_HELD} WHERE p.person = $1 AND p.state = 'confirmed' AND s.state = 'scheduled'
            AND s.starts_at < $3 AND $2 < s.ends_at
        ORDER BY s.starts_at, p.id
        """,
        person_id,
        starts_at,
        ends_at,
    )
    return [HeldPlace(**row) for row in rows]


async def places_of(person_id: int, edition_id: int) -> list[HeldPlace]:
    """Those that the person has, or had and gave back; by time."""
    rows = await database.fetch(
        f"""
        {_HELD} WHERE p.person = $1 AND a.edition = $2 AND (p.state = 'confirmed' OR p.sequence > 0)
        ORDER BY s.starts_at, p.id
        """,
        person_id,
        edition_id,
    )
    return [HeldPlace(**row) for row in rows]


async def titles_of_places(codes: Collection[str]) -> dict[str, str]:
    """For each of these places the title of its activity, in the reader's language; one query."""
    rows = await database.fetch(
        """
        SELECT p.code, a.title_fr, a.title_en
        FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity WHERE p.code = ANY($1)
        """,
        list(codes),
    )
    return {row["code"]: localized(row["title_fr"], row["title_en"]) for row in rows}


async def places_by_person(people: Sequence[int], edition_id: int) -> dict[int, list[HeldPlace]]:
    """Where each of these people is expected, by time; one query however many they are, none for nobody."""
    if not people:
        return {}
    rows = await database.fetch(
        f"""
        {_HELD} WHERE p.person = ANY($1::bigint[]) AND a.edition = $2 AND p.state = 'confirmed'
            AND s.state = 'scheduled'
        ORDER BY s.starts_at, p.id
        """,
        people,
        edition_id,
    )
    places: dict[int, list[HeldPlace]] = {}
    for row in rows:
        places.setdefault(row["person_id"], []).append(HeldPlace(**row))
    return places
