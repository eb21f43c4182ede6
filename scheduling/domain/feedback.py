"""What people thought of an activity: each person once, and nobody can tell who said what.

The answer is added to what others answered (``feedback``: numbers, and words in alphabetical order); that somebody
has answered is noted apart (``feedback_given``), without a time. Neither row leads to the other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_, localized
from digital_days.kernel.private_links import private_path

OPEN_FOR = timedelta(days=60)
"""After the edition's last day; then nobody answers any more, and who has answered is forgotten."""

ENOUGH = 3
"""Fewer answers than this are shown to nobody: they could be guessed from who was there."""

RATINGS: dict[int, str] = {
    5: N_("Excellente"),
    4: N_("Très bonne"),
    3: N_("Correcte"),
    2: N_("Plutôt décevante"),
    1: N_("Décevante"),
}
"""Of an activity, best first."""

_COLUMNS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


class Occasion(Struct, frozen=True, kw_only=True):
    """An activity that is over and about which this person has not answered yet; ``path`` needs no signing in."""

    activity: str
    title_fr: str
    title_en: str
    ended_at: datetime
    path: str

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def question_path(self) -> str:
        """The same form, opened where it asks about this activity."""
        return f"{self.path}#activity-{self.activity}"


class Opinion(Struct, frozen=True, kw_only=True):
    """One answer: ``rating`` is a key of ``RATINGS``; the words may be empty."""

    activity: str
    rating: int
    helped: str = ""
    better: str = ""


class Results(Struct, frozen=True, kw_only=True):
    """All answers about an activity; below ``ENOUGH`` only that there are some."""

    activity: str
    title_fr: str
    title_en: str
    counts: dict[int, int]
    helped: list[str]
    better: list[str]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def answers(self) -> int:
        """How many people answered."""
        return sum(self.counts.values())

    @property
    def is_enough(self) -> bool:
        """Whether they may be shown."""
        return self.answers >= ENOUGH


# Whoever was seen, or had a place and was not missed at the door. ``holder`` has a ticket's id, person and edition;
# ``$2`` is the moment.
OCCASIONS = """
    was_there AS (
        SELECT h.id AS holder, t.slot FROM attendance t JOIN holder h ON h.id = t.registration
        WHERE t.state = 'present'
        UNION
        SELECT h.id AS holder, x.slot FROM place x JOIN holder h ON h.person = x.person
        WHERE x.state = 'confirmed' AND NOT EXISTS (
            SELECT FROM attendance t WHERE t.slot = x.slot AND t.registration = h.id AND t.state = 'absent'
        )
    ), occasion AS (
        SELECT h.id AS registration, a.id AS activity, a.code, a.title_fr, a.title_en, max(s.ends_at) AS ended_at
        FROM was_there w JOIN slot s ON s.id = w.slot AND s.state = 'scheduled' AND s.ends_at <= $2
        JOIN activity a ON a.id = s.activity JOIN holder h ON h.id = w.holder AND h.edition = a.edition
        WHERE NOT EXISTS (SELECT FROM feedback_given g WHERE g.registration = h.id AND g.activity = a.id)
        GROUP BY h.id, a.id
    )
"""
_OPEN = f"""
    WITH holder AS (
        SELECT r.id, r.person, r.edition FROM registration r JOIN edition e ON e.id = r.edition
        WHERE r.code = $1 AND e.ends_on >= $3
    ), {OCCASIONS}
"""


async def occasions(registration: str) -> list[Occasion]:
    """What the holder of this ticket (its code) may say something about now, by time."""
    rows = await database.fetch(
        f"{_OPEN} SELECT code AS activity, title_fr, title_en, ended_at FROM occasion ORDER BY ended_at, activity",
        *_asked(registration),
    )
    path = private_path("scheduling:feedback", "feedback", registration)
    return [Occasion(**row, path=path) for row in rows]


async def say_opinions(registration: str, opinions: Sequence[Opinion]) -> int:
    """How many of them counted: one about something not open to this person, or said before, changes nothing."""
    counted = 0
    async with database.transaction():
        for opinion in sorted(
            opinions, key=lambda each: each.activity
        ):  # everybody in one order: nobody waits in a ring
            row = await database.fetch_one(
                f"""
                {_OPEN} INSERT INTO feedback_given (registration, activity)
                SELECT registration, activity FROM occasion WHERE code = $4
                ON CONFLICT (registration, activity) DO NOTHING RETURNING activity
                """,
                *_asked(registration),
                opinion.activity,
            )
            if row is not None:
                await _add_up(row["activity"], opinion)
                counted += 1
    return counted


async def results(edition_id: int) -> list[Results]:
    """By title; what is not enough to be shown is not read."""
    rows = await database.fetch(
        """
        SELECT a.code, a.title_fr, a.title_en, f.one, f.two, f.three, f.four, f.five, f.helped, f.better
        FROM feedback f JOIN activity a ON a.id = f.activity WHERE a.edition = $1 ORDER BY a.search_key, a.id
        """,
        edition_id,
    )
    return [_results(row) for row in rows]


async def forget_who_answered(now: datetime) -> None:
    """Once nobody can answer any more; what was said stays with its activity."""
    await database.fetch(
        """
        DELETE FROM feedback_given g USING activity a, edition e
        WHERE a.id = g.activity AND e.id = a.edition AND e.ends_on < $1
        """,
        (now - OPEN_FOR).date(),
    )


async def _add_up(activity: int, opinion: Opinion) -> None:
    column = _COLUMNS[opinion.rating]
    await database.fetch(
        f"""
        INSERT INTO feedback AS f (activity, {column}, helped, better) VALUES ($1, 1, $2, $3)
        ON CONFLICT (activity) DO UPDATE SET {column} = f.{column} + 1,
            helped = (SELECT coalesce(jsonb_agg(w ORDER BY w), '[]') FROM
                jsonb_array_elements_text(f.helped || EXCLUDED.helped) w),
            better = (SELECT coalesce(jsonb_agg(w ORDER BY w), '[]') FROM
                jsonb_array_elements_text(f.better || EXCLUDED.better) w)
        """,
        activity,
        _words(opinion.helped),
        _words(opinion.better),
    )


def _asked(registration: str) -> tuple[object, ...]:
    now = clock.now()
    return (registration, now, (now - OPEN_FOR).date())


def _words(text: str) -> str:
    return msgspec.json.encode([text] if text else []).decode()


def _results(row: database.Row) -> Results:
    counts = {rating: row[column] for rating, column in _COLUMNS.items()}
    shown = sum(counts.values()) >= ENOUGH
    return Results(
        activity=row["code"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        counts=counts,
        helped=msgspec.json.decode(row["helped"]) if shown else [],
        better=msgspec.json.decode(row["better"]) if shown else [],
    )
