"""What people need to take part. Health may be read from it, so it is kept apart, seen by few and soon forgotten.

What a signed-in person or the holder of the ticket's link says is their own word: it replaces everything. What comes
with a stranger's form belongs to the place that it asked for: it counts as unconfirmed while that place is held, it
adds up, and it never stands beside somebody's own word.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock, consents, database, i18n
from digital_days.kernel.i18n import N_, _

KEPT = timedelta(days=7)
"""After the last day of the edition; the sentence that people agree to says so."""

LONGEST = 300

KINDS = {
    "interpreter": N_("Interprète en langue des signes québécoise (LSQ)"),
    "wheelchair": N_("Place pour un fauteuil roulant"),
    "hearing": N_("Boucle auditive ou amplification"),
}


class Said(Struct, frozen=True, kw_only=True):
    """One statement; empty when there is nothing to prepare."""

    interpreter: bool = False
    wheelchair: bool = False
    hearing: bool = False
    other: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing needed, as far as it says."""
        return not (self.ticked or self.other)

    @property
    def ticked(self) -> list[str]:
        """Names of ``KINDS``."""
        return [kind for kind in KINDS if getattr(self, kind)]

    @property
    def labels(self) -> list[str]:
        """In the reader's language; what was written stays as it was."""
        return [*(_(KINDS[kind]) for kind in self.ticked), *([self.other] if self.other else [])]


class Needs(Said, frozen=True, kw_only=True):
    """All that is on record for a registration; ``unconfirmed``: some of it by whoever typed the address."""

    unconfirmed: bool = False


STATED = """
    coalesce(bool_or(n.interpreter), false) AS interpreter, coalesce(bool_or(n.wheelchair), false) AS wheelchair,
    coalesce(bool_or(n.hearing), false) AS hearing,
    coalesce(string_agg(DISTINCT nullif(n.other, ''), '; '), '') AS other,
    coalesce(bool_or(n.place IS NOT NULL), false) AS unconfirmed
"""
"""The columns of ``Needs``, out of ``COUNTING`` grouped by registration."""
COUNTING = "need n LEFT JOIN place said_with ON said_with.id = n.place"
COUNTS = "(n.place IS NULL OR said_with.state = 'confirmed')"


async def needs_of(registration: str) -> Needs:
    """What the holder of this registration needs, empty where nobody has said anything."""
    row = await database.fetch_one(
        f"SELECT {STATED} FROM {COUNTING} JOIN registration g ON g.id = n.registration WHERE g.code = $1 AND {COUNTS}",
        registration,
    )
    return Needs(**row) if row else Needs()


async def needs_by_registration(edition_id: int) -> dict[str, Needs]:
    """Of everybody whose ticket opens the door and who needs something, by the ticket's code; one query."""
    rows = await database.fetch(
        f"""
        SELECT g.code, {STATED} FROM {COUNTING} JOIN registration g ON g.id = n.registration
        WHERE g.edition = $1 AND g.state = 'active' AND {COUNTS} GROUP BY g.id
        """,
        edition_id,
    )
    return {row["code"]: Needs(**{name: row[name] for name in Needs.__struct_fields__}) for row in rows}


async def say_with_place(place: str, said: Said, *, organiser: str) -> None:
    """As a stranger's form says it: while the place is held, unless the person has spoken for themselves."""
    if said.is_empty:
        return
    await database.fetch(
        """
        INSERT INTO need (registration, place, interpreter, wheelchair, hearing, other, words, locale, said_at)
        SELECT g.id, p.id, $2, $3, $4, $5, $6, $7, $8
        FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
        JOIN registration g ON g.person = p.person AND g.edition = a.edition
        WHERE p.code = $1 AND p.state = 'confirmed'
            AND NOT EXISTS (SELECT FROM need own WHERE own.registration = g.id AND own.place IS NULL)
        ON CONFLICT (place) DO UPDATE SET interpreter = need.interpreter OR EXCLUDED.interpreter,
            wheelchair = need.wheelchair OR EXCLUDED.wheelchair, hearing = need.hearing OR EXCLUDED.hearing,
            other = coalesce(nullif(need.other, ''), EXCLUDED.other)
        """,
        place,
        *_values(said, organiser),
    )


async def follow_correction(key: str, place: str, *, organiser: str) -> None:
    """What came with the form of this key goes with its place to the right address, as far as nobody spoke there."""
    row = await database.fetch_one(
        """
        DELETE FROM need n USING idempotency_key k, place p
        WHERE k.key = $1 AND p.code = k.code AND n.place = p.id
        RETURNING n.interpreter, n.wheelchair, n.hearing, n.other
        """,
        key,
    )
    if row:
        await say_with_place(place, Said(**row), organiser=organiser)


async def add_own(person_id: int, edition_id: int, said: Said, *, organiser: str) -> None:
    """What a signed-in person says when they book adds to their own word."""
    if said.is_empty:
        return
    await database.fetch(
        """
        INSERT INTO need (registration, interpreter, wheelchair, hearing, other, words, locale, said_at)
        SELECT g.id, $3, $4, $5, $6, $7, $8, $9 FROM registration g WHERE g.person = $1 AND g.edition = $2
        ON CONFLICT (registration) WHERE place IS NULL DO UPDATE SET
            interpreter = need.interpreter OR EXCLUDED.interpreter,
            wheelchair = need.wheelchair OR EXCLUDED.wheelchair, hearing = need.hearing OR EXCLUDED.hearing,
            other = coalesce(nullif(EXCLUDED.other, ''), need.other), words = EXCLUDED.words,
            locale = EXCLUDED.locale, said_at = EXCLUDED.said_at
        """,
        person_id,
        edition_id,
        *_values(said, organiser),
    )


async def say_own(registration: str, said: Said, *, organiser: str) -> None:
    """The person's own word from now on, whatever was said before; empty, nothing is kept."""
    async with database.transaction():
        row = await database.fetch_one("SELECT id FROM registration WHERE code = $1 FOR NO KEY UPDATE", registration)
        if row is None:
            return
        await database.fetch("DELETE FROM need WHERE registration = $1", row["id"])
        if not said.is_empty:
            await database.fetch(
                """
                INSERT INTO need (registration, interpreter, wheelchair, hearing, other, words, locale, said_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (registration) WHERE place IS NULL DO UPDATE SET
                    interpreter = EXCLUDED.interpreter, wheelchair = EXCLUDED.wheelchair, hearing = EXCLUDED.hearing,
                    other = EXCLUDED.other, words = EXCLUDED.words, locale = EXCLUDED.locale,
                    said_at = EXCLUDED.said_at
                """,
                row["id"],
                *_values(said, organiser),
            )


async def withdraw_needs(registration: str) -> None:
    """Nothing is kept, at once."""
    await say_own(registration, Said(), organiser="")


async def forget_needs(now: datetime) -> None:
    """A week after the edition; at once what belongs to a place or a registration that is no more."""
    await database.fetch(
        """
        DELETE FROM need n USING registration g, edition e
        WHERE g.id = n.registration AND e.id = g.edition AND (
            e.ends_on < $1 OR g.state <> 'active'
            OR EXISTS (SELECT FROM place p WHERE p.id = n.place AND p.state <> 'confirmed')
        )
        """,
        (now - KEPT).date(),
    )


def _values(said: Said, organiser: str) -> tuple[object, ...]:
    """With the words that were read, and when."""
    return (
        said.interpreter,
        said.wheelchair,
        said.hearing,
        said.other,
        consents.NEEDS.text(organiser),
        i18n.current(),
        clock.now(),
    )
