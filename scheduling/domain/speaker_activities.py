"""Where a speaker is expected: as the organisers plan it, beside what they have published."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized
from scheduling.domain.speaker_profiles import Profile


class Moment(Struct, frozen=True, kw_only=True):
    starts_at: datetime
    ends_at: datetime
    room: str


class Expected(Struct, frozen=True, kw_only=True):
    """One moment of an activity; without ``planned`` it is to disappear, or has no time yet when nothing is public."""

    title: str
    planned: Moment | None
    public: Moment | None

    @property
    def moves(self) -> bool:
        """Whether the public still reads another time or room."""
        return self.planned is not None and self.public is not None and self.planned != self.public


_MOMENTS = """
    SELECT a.source_id AS activity, coalesce(s.source_id, '') AS slot, a.title_fr, a.title_en, s.starts_at, s.ends_at,
        concat_ws(', ', r.name, nullif(r.venue, '')) AS room,
        concat_ws(', ', coalesce(nullif(r.name_en, ''), r.name), coalesce(nullif(r.venue_en, ''), nullif(r.venue, '')))
            AS room_en
    FROM speaker p JOIN activity_speaker l ON l.speaker = p.id JOIN activity a ON a.id = l.activity
    LEFT JOIN slot s ON s.activity = a.id AND s.state = 'scheduled' LEFT JOIN room r ON r.id = s.room
    WHERE p.edition = $1 AND p.source_id = $2 ORDER BY s.starts_at, a.id, s.id
"""


async def expected_at(profile: Profile) -> list[Expected]:
    """In order of time, those without a time last; two queries."""
    planned = await _moments(profile.draft, profile.source_id)
    public = await _moments(profile.edition, profile.source_id)
    found = [
        Expected(title=title, planned=moment, public=public[key][1] if key in public else None)
        for key, (title, moment) in planned.items()
    ]
    found += [
        Expected(title=title, planned=None, public=moment)
        for key, (title, moment) in public.items()
        if moment and key not in planned
    ]
    return sorted(found, key=_when)


async def _moments(edition_id: int, source_id: str) -> dict[tuple[str, str], tuple[str, Moment | None]]:
    rows = await database.fetch(_MOMENTS, edition_id, source_id)
    return {(row["activity"], row["slot"]): (localized(row["title_fr"], row["title_en"]), _moment(row)) for row in rows}


def _moment(row: database.Row) -> Moment | None:
    if row["starts_at"] is None:
        return None
    return Moment(starts_at=row["starts_at"], ends_at=row["ends_at"], room=localized(row["room"], row["room_en"]))


def _when(expected: Expected) -> tuple[bool, str]:
    moment = expected.planned or expected.public
    return moment is None, moment.starts_at.isoformat() if moment else ""
