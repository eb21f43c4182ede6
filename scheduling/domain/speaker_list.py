"""The speakers of a draft as its organisers look them up: who, where they appear, what is still missing."""

from collections.abc import Collection

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_, localized
from digital_days.kernel.people import fold
from scheduling.domain.programme import initials_of
from scheduling.domain.speaker_links import LastSent, last_sent

MISSING = {
    "biography": N_("Biographie"),
    "english": N_("Biographie en anglais"),
    "portrait": N_("Portrait"),
    "availability": N_("Disponibilités"),
    "address": N_("Adresse courriel"),
}
"""What can be missing, in words; ``english`` only where the edition opens English."""


class Listed(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    organisation: str
    ambassador: bool
    email: str
    portrait: str
    activities: list[str]
    missing: list[str]
    sent: LastSent | None

    @property
    def initials(self) -> str:
        """Where there is no portrait."""
        return initials_of(self.name)


_SPEAKERS = """
    SELECT s.code, s.name, s.organisation, s.ambassador, s.email, s.person, coalesce(p.digest, '') AS portrait,
        s.biography_fr <> '' OR s.biography_en <> '' AS biography, s.biography_en <> '' AS english,
        EXISTS (SELECT FROM availability v WHERE v.speaker = s.id) AS availability,
        t.french, t.english AS translated
    FROM speaker s LEFT JOIN portrait p ON p.digest = s.portrait CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(a.title_fr ORDER BY a.id), '{}') AS french,
            coalesce(array_agg(a.title_en ORDER BY a.id), '{}') AS english
        FROM activity_speaker l JOIN activity a ON a.id = l.activity WHERE l.speaker = s.id
    ) t WHERE s.edition = $1
"""


async def speakers_of(draft_id: int, *, words: str = "", without: str = "", in_english: bool) -> list[Listed]:
    """By name; those who have every word in name, organisation, address or activities, and lack what ``without`` names.

    Two queries, whatever their number.
    """
    rows = await database.fetch(_SPEAKERS, draft_id)
    sent = await last_sent([row["person"] for row in rows if row["person"]])
    listed = [_listed(row, sent.get(row["code"]), in_english=in_english) for row in rows]
    wanted = fold(words).split()
    found = [each for each in listed if _has(each, wanted) and (not without or without in each.missing)]
    return sorted(found, key=lambda each: fold(each.name))


def _listed(row: database.Row, sent: LastSent | None, *, in_english: bool) -> Listed:
    there = {
        "biography": row["biography"],
        "english": row["english"] or not in_english or not row["biography"],
        "portrait": row["portrait"],
        "availability": row["availability"],
        "address": row["email"],
    }
    return Listed(
        code=row["code"],
        name=row["name"],
        organisation=row["organisation"],
        ambassador=row["ambassador"],
        email=row["email"],
        portrait=row["portrait"],
        activities=[localized(*titles) for titles in zip(row["french"], row["translated"], strict=True)],
        missing=[what for what in MISSING if not there[what]],
        sent=sent,
    )


def _has(listed: Listed, words: Collection[str]) -> bool:
    text = fold(listed.name, listed.organisation, listed.email, *listed.activities)
    return all(word in text for word in words)
