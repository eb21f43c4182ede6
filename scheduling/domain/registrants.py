"""Everybody registered for an edition, as its organisers list, search and export them."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.codes import normalize
from digital_days.kernel.i18n import localized
from digital_days.kernel.people import fold

PER_PAGE = 50
BATCH = 500
_MOST_WORDS = 6


class Wanted(Struct, frozen=True, kw_only=True):
    """Words of a name or address, or a ticket's code; an activity's code; ``cancelled`` for those who gave all back."""

    words: str = ""
    activity: str = ""
    cancelled: bool = False

    def __bool__(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.words or self.activity or self.cancelled)


class Registrant(Struct, frozen=True, kw_only=True):
    """A registration; ``places`` are (title in French, title in English, beginning) of those held, by time."""

    code: str
    name: str
    email: str
    locale: str
    registered_at: datetime
    places: list[tuple[str, str, datetime]]

    @property
    def held(self) -> list[tuple[str, datetime]]:
        """The places, titles in the reader's language."""
        return [(localized(title_fr, title_en), starts_at) for title_fr, title_en, starts_at in self.places]


class RegistrantPage(Struct, frozen=True, kw_only=True):
    """``count`` is of all pages."""

    rows: Sequence[Registrant]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.count // PER_PAGE))


# A key begins with the name, without accents: its order is that of a French reader.
_FOUND = """
    FROM registration r JOIN person p ON p.id = r.person
    WHERE r.edition = $1 AND (r.state = 'active') <> $2
        AND ((' ' || p.search_key) LIKE ALL ($3::text[]) OR r.code = $4)
        AND ($5 = '' OR EXISTS (
            SELECT FROM place x JOIN slot s ON s.id = x.slot JOIN activity a ON a.id = s.activity
            WHERE x.person = p.id AND x.state = 'confirmed' AND a.code = $5
        ))
"""
_PEOPLE = "SELECT r.id, r.code, r.edition, r.person, r.created_at, p.name, p.email, p.locale, p.search_key"
# What each holds is looked up for those of the page alone, not for all who come before it.
_HELD = """
    SELECT r.id, r.code, r.name, r.email, r.locale, r.created_at AS registered_at, ARRAY(
        SELECT (a.title_fr, a.title_en, s.starts_at)
        FROM place x JOIN slot s ON s.id = x.slot JOIN activity a ON a.id = s.activity
        WHERE x.person = r.person AND x.state = 'confirmed' AND s.state = 'scheduled' AND a.edition = r.edition
        ORDER BY s.starts_at, x.id
    ) AS places
"""


async def registrants(edition_id: int, wanted: Wanted, page: int) -> RegistrantPage:
    """One page of those that fit, by name; two queries, whatever their number."""
    asked = _asked(edition_id, wanted)
    counted = await database.fetch_one(f"SELECT count(*) AS found {_FOUND}", *asked)
    count = int(counted["found"]) if counted else 0
    page = min(page, max(1, -(-count // PER_PAGE)))
    rows = await database.fetch(
        f"""
        WITH r AS ({_PEOPLE} {_FOUND} ORDER BY p.search_key, r.id LIMIT $6 OFFSET $7)
        {_HELD} FROM r ORDER BY r.search_key, r.id
        """,
        *asked,
        PER_PAGE,
        PER_PAGE * (page - 1),
    )
    return RegistrantPage(rows=[_registrant(row) for row in rows], count=count, page=page)


async def every_registrant(edition_id: int, wanted: Wanted) -> AsyncIterator[list[Registrant]]:
    """All that fit, by age, a batch at a time: no more of them is in memory, and no transaction is kept open."""
    last = 0
    while True:
        rows = await database.fetch(
            f"WITH r AS ({_PEOPLE} {_FOUND} AND r.id > $6 ORDER BY r.id LIMIT $7) {_HELD} FROM r ORDER BY r.id",
            *_asked(edition_id, wanted),
            last,
            BATCH,
        )
        if not rows:
            return
        last = rows[-1]["id"]
        yield [_registrant(row) for row in rows]


def _asked(edition_id: int, wanted: Wanted) -> tuple[object, ...]:
    words = [f"% {word}%" for word in fold(wanted.words).split()[:_MOST_WORDS]]
    return (edition_id, wanted.cancelled, words, normalize(wanted.words), wanted.activity)


def _registrant(row: database.Row) -> Registrant:
    return Registrant(
        code=row["code"],
        name=row["name"],
        email=row["email"],
        locale=row["locale"],
        registered_at=row["registered_at"],
        places=[tuple(each) for each in row["places"]],
    )
