"""When the speakers of a draft can come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from digital_days.kernel import database
from digital_days.kernel.editions import Edition
from scheduling.domain.availability_grid import USUAL_HOURS, Day, Hours, Span, grid_of, merged
from scheduling.domain.event_days import every_day
from scheduling.domain.rows import insert_rows


async def availabilities_of(draft_id: int) -> dict[int, list[Span]]:
    """By speaker's number, merged and in order; who has said nothing is absent: they come whenever they are asked."""
    rows = await database.fetch(
        """
        SELECT a.speaker, a.starts_at, a.ends_at FROM availability a JOIN speaker s ON s.id = a.speaker
        WHERE s.edition = $1
        """,
        draft_id,
    )
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for row in rows:
        spans[row["speaker"]].append((row["starts_at"], row["ends_at"]))
    return {speaker: merged(theirs) for speaker, theirs in spans.items()}


async def availability_of(speaker_id: int) -> list[Span]:
    """One speaker's, merged and in order; empty when they come whenever they are asked."""
    rows = await database.fetch("SELECT starts_at, ends_at FROM availability WHERE speaker = $1", speaker_id)
    return merged((row["starts_at"], row["ends_at"]) for row in rows)


async def write_availability(speaker_id: int, spans: Sequence[Span]) -> None:
    """Replaces what the speaker has said; inside the transaction that holds their row."""
    await database.fetch("DELETE FROM availability WHERE speaker = $1", speaker_id)
    await insert_rows(
        "availability", [{"speaker": speaker_id, "starts_at": start, "ends_at": end} for start, end in spans]
    )


async def grid_for(edition: Edition) -> list[Day]:
    """The edition's days while its doors are open; where nobody has said when, during the usual hours."""
    rows = await database.fetch(
        """
        SELECT day, min(opens_at) AS opens_at, max(closes_at) AS closes_at FROM opening_hours
        WHERE edition IN (SELECT id FROM edition WHERE id = $1 OR draft_of = $1) GROUP BY day
        """,
        edition.id,
    )
    known: dict[date, Hours] = {row["day"]: (row["opens_at"], row["closes_at"]) for row in rows}
    return grid_of(
        {day: known.get(day, USUAL_HOURS) for day in every_day(edition.starts_on, edition.ends_on, further=known)}
    )
