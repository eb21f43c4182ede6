"""A speaker of a draft, with what only the organisers and they themselves may know."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.codes import normalize
from scheduling.domain.programme import initials_of
from scheduling.domain.speakers import NoSuchSpeaker


class Profile(Struct, frozen=True, kw_only=True):
    """``edition`` is the public one that the draft belongs to; ``version`` is the row's, for whoever will write it."""

    id: int
    code: str
    source_id: str
    version: str
    draft: int
    edition: int
    name: str
    organisation: str
    ambassador: bool
    biography_fr: str
    biography_en: str
    email: str
    person: int | None
    needs: str
    portrait: str

    @property
    def initials(self) -> str:
        """Where there is no portrait."""
        return initials_of(self.name)


_PROFILE = """
    SELECT s.id, s.code, s.source_id, s.xmin::text AS version, s.edition AS draft, e.draft_of AS edition, s.name,
        s.organisation, s.ambassador, s.biography_fr, s.biography_en, s.email, s.person, s.needs,
        coalesce(p.digest, '') AS portrait
    FROM speaker s JOIN edition e ON e.id = s.edition LEFT JOIN portrait p ON p.digest = s.portrait
    WHERE e.draft_of IS NOT NULL AND s.code = $1
"""


async def profile_anywhere(code: str) -> Profile:
    """The speaker with this code, of whatever draft; raises ``NoSuchSpeaker``, also for a public speaker's code."""
    row = await database.fetch_one(_PROFILE, normalize(code))
    if row is None:
        raise NoSuchSpeaker
    return Profile(**row)


async def profile_called(edition_id: int, code: str) -> Profile:
    """The speaker of this edition's draft; raises ``NoSuchSpeaker``, also for another edition's."""
    profile = await profile_anywhere(code)
    if profile.edition != edition_id:
        raise NoSuchSpeaker
    return profile


async def public_code(profile: Profile) -> str:
    """Under which the public knows them; empty before they are in a published version."""
    row = await database.fetch_one(
        "SELECT code FROM speaker WHERE edition = $1 AND source_id = $2", profile.edition, profile.source_id
    )
    return str(row["code"]) if row else ""
