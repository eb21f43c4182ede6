"""When and where speakers of the public programme are expected: to tell them what a release changes for them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import database

What = Literal["new", "moved", "gone"]
Key = tuple[str, str]
"""The speaker's code and the slot's."""


class Appearance(Struct, frozen=True, kw_only=True):
    """One slot of one speaker who can be written to."""

    person: int
    speaker: str
    slot: str
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    where: str
    where_en: str


async def appearances(edition_id: int) -> dict[Key, Appearance]:
    """Those that take place, by time."""
    rows = await database.fetch(
        """
        SELECT p.person, p.code AS speaker, s.code AS slot, a.title_fr, a.title_en, s.starts_at, s.ends_at,
            concat_ws(', ', nullif(r.name, ''), nullif(r.venue, ''), nullif(r.address, '')) AS where,
            concat_ws(', ', coalesce(nullif(r.name_en, ''), nullif(r.name, '')),
                coalesce(nullif(r.venue_en, ''), nullif(r.venue, '')), nullif(r.address, '')) AS where_en
        FROM slot s JOIN activity a ON a.id = s.activity
        JOIN activity_speaker l ON l.activity = a.id JOIN speaker p ON p.id = l.speaker
        LEFT JOIN room r ON r.id = s.room
        WHERE a.edition = $1 AND s.state = 'scheduled' AND p.person IS NOT NULL ORDER BY s.starts_at, s.id, l.position
        """,
        edition_id,
    )
    return {(row["speaker"], row["slot"]): Appearance(**row) for row in rows}


def changed(
    before: Mapping[Key, Appearance], after: Mapping[Key, Appearance], *, now: datetime
) -> Iterator[tuple[What, Appearance]]:
    """What each of them has to know; what is over concerns nobody any more."""
    for key, appearance in after.items():
        known = before.get(key)
        if appearance.ends_at > now and (known is None or _when_and_where(known) != _when_and_where(appearance)):
            yield "moved" if known else "new", appearance
    for key, appearance in before.items():
        if key not in after and appearance.ends_at > now:
            yield "gone", appearance


async def know_speakers(edition_id: int) -> None:
    """Who the public programme's speakers are, after the draft; those whom the draft has lost keep theirs."""
    await database.fetch(
        """
        UPDATE speaker p SET person = d.person FROM speaker d JOIN edition e ON e.id = d.edition
        WHERE p.edition = $1 AND e.draft_of = $1 AND d.source_id = p.source_id AND d.person IS DISTINCT FROM p.person
        """,
        edition_id,
    )


def _when_and_where(appearance: Appearance) -> tuple[object, ...]:
    return appearance.starts_at, appearance.ends_at, appearance.where
