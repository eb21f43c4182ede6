"""Organisers write the rules of an activity: they count at once, whatever has been released."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.activity_rules import NO_RULES, RULES, Rules, forget, rules_in
from scheduling.domain.offers import go_on
from scheduling.domain.places import AGAIN, TRIES, Overtaken


class AudienceGone(Conflict):
    message = N_("Ce public a été enlevé : choisissez-en un autre, ou ne réservez rien.")


class RuledSlot(Struct, frozen=True, kw_only=True):
    """A public slot of the activity; ``answered`` of its places say something."""

    code: str
    starts_at: datetime
    ends_at: datetime
    seats: int | None
    taken: int
    answered: int


class RuledActivity(Struct, frozen=True, kw_only=True):
    """An activity of the draft with its rules. ``version`` is empty while it has none; ``answered`` by question."""

    source_id: str
    code: str
    title_fr: str
    title_en: str
    rules: Rules
    version: str
    slots: Sequence[RuledSlot]
    answered: dict[str, int]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)


_SLOTS = """
    SELECT s.code, s.starts_at, s.ends_at, s.seats, s.taken, (
        SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed' AND p.answers <> '{}'
    ) AS answered
    FROM slot s JOIN activity a ON a.id = s.activity
    WHERE a.edition = $1 AND a.source_id = $2 AND s.state = 'scheduled' ORDER BY s.starts_at, s.id
"""
_ANSWERED = """
    SELECT k.code, count(*) AS answers
    FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
    CROSS JOIN LATERAL jsonb_object_keys(p.answers) AS k (code)
    WHERE a.edition = $1 AND a.source_id = $2 GROUP BY 1
"""
_WRITE = """
    INSERT INTO activity_rules AS r (edition, activity, opens_at, closes_at, reserved_seats, reserved_for,
        reserved_until, prerequisites_fr, prerequisites_en, questions, updated_at)
    VALUES ($1, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (edition, activity) DO UPDATE SET opens_at = EXCLUDED.opens_at, closes_at = EXCLUDED.closes_at,
        reserved_seats = EXCLUDED.reserved_seats, reserved_for = EXCLUDED.reserved_for,
        reserved_until = EXCLUDED.reserved_until, prerequisites_fr = EXCLUDED.prerequisites_fr,
        prerequisites_en = EXCLUDED.prerequisites_en, questions = EXCLUDED.questions, updated_at = EXCLUDED.updated_at
        WHERE r.xmin::text = $3
    RETURNING r.id
"""
_FORGET_ANSWERS = """
    UPDATE place p SET answers = p.answers - $3::text[]
    FROM slot s JOIN activity a ON a.id = s.activity
    WHERE s.id = p.slot AND a.edition = $1 AND a.source_id = $2 AND p.answers ?| $3::text[]
"""
# Held until the end: who removes an audience waits, then sees the seats reserved for it.
_HOLD_AUDIENCE = """
    SELECT l.id FROM label l JOIN edition e ON e.id = l.edition
    WHERE l.facet = 'audience' AND l.slug = $2
        AND (e.draft_of = $1 OR e.id = $1 AND NOT EXISTS (SELECT FROM edition d WHERE d.draft_of = $1))
    FOR KEY SHARE OF l
"""
_HOLD = """
    SELECT s.id FROM slot s JOIN activity a ON a.id = s.activity
    WHERE a.edition = $1 AND a.source_id = $2 ORDER BY s.id FOR NO KEY UPDATE OF s
"""


async def ruled_activity(edition_id: int, source_id: str, *, code: str, title_fr: str, title_en: str) -> RuledActivity:
    """The rules as they are on record, the public slots that they hold for, and what has been answered."""
    row = await database.fetch_one(
        f"SELECT r.xmin::text AS version, {RULES} FROM activity_rules r WHERE r.edition = $1 AND r.activity = $2",
        edition_id,
        source_id,
    )
    answered = await database.fetch(_ANSWERED, edition_id, source_id)
    return RuledActivity(
        source_id=source_id,
        code=code,
        title_fr=title_fr,
        title_en=title_en,
        rules=rules_in(row) if row else NO_RULES,
        version=row["version"] if row else "",
        slots=[RuledSlot(**slot) for slot in await database.fetch(_SLOTS, edition_id, source_id)],
        answered={each["code"]: each["answers"] for each in answered},
    )


async def write_rules(edition_id: int, source_id: str, rules: Rules, *, version: str) -> None:
    """In place of those seen in that ``version``; answers to questions that are there no more go.

    Seats that are no longer reserved are offered to who waits. One transaction; raises ``ChangedMeanwhile``,
    ``AudienceGone``, or ``Overtaken`` where too many register at the same time.
    """
    for _try in range(TRIES):
        try:
            async with database.transaction():
                await _write(edition_id, source_id, rules, version=version)
        except asyncpg.PostgresError as error:
            if error.sqlstate not in AGAIN or database.in_transaction():
                raise
        else:
            forget()
            return
    raise Overtaken


async def _write(edition_id: int, source_id: str, rules: Rules, *, version: str) -> None:
    now = clock.now()
    before = await database.fetch_one(
        "SELECT questions::text FROM activity_rules WHERE edition = $1 AND activity = $2", edition_id, source_id
    )
    if rules.reserves and not await database.fetch(_HOLD_AUDIENCE, edition_id, rules.reserved_for):
        raise AudienceGone
    said = structs.asdict(rules)
    questions = msgspec.json.encode(said.pop("questions")).decode()
    written = await database.fetch(_WRITE, edition_id, source_id, version, *said.values(), questions, now)
    if not written or (version and not before):
        raise ChangedMeanwhile
    asked = {question.code for question in rules.questions}
    gone = _codes(before["questions"]) - asked if before else set()
    if gone:
        await database.fetch(_FORGET_ANSWERS, edition_id, source_id, sorted(gone))
    slots = await database.fetch(_HOLD, edition_id, source_id)
    await go_on([slot["id"] for slot in slots], now)


def _codes(stored: str) -> set[str]:
    return {each["code"] for each in msgspec.json.decode(stored)}
