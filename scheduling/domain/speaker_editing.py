"""Organisers and speakers write the draft's speakers; nobody overwrites what they have not seen."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.codes import new_code
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _, localized
from scheduling.domain.availabilities import write_availability
from scheduling.domain.availability_grid import Span
from scheduling.domain.portraits import hold_portrait
from scheduling.domain.speaker_people import call, recipient_of
from scheduling.domain.speaker_profiles import Profile


class ChangedMeanwhile(Conflict):
    message = N_("Cette fiche a changé pendant que vous l’écriviez.")


class StillOnTheProgramme(Conflict):
    message = N_("%(name)s anime encore : %(activities)s. Enlevez d’abord son nom de ces activités.")


class Details(Struct, frozen=True, kw_only=True):
    """What the form says; ``available`` is none where it says what is known already."""

    name: str
    organisation: str = ""
    ambassador: bool = False
    biography_fr: str = ""
    biography_en: str = ""
    email: str = ""
    needs: str = ""
    portrait: str = ""
    available: list[Span] | None = None


async def add_speaker(draft_id: int, details: Details) -> str:
    """The code of a new speaker of the draft. One transaction."""
    code = new_code()
    async with database.transaction():
        row = await _columns(details, person=await recipient_of(details.email, name=details.name))
        names = ", ".join(row)
        places = ", ".join(f"${number}" for number in range(3, len(row) + 3))
        made = await database.fetch_one(
            f"INSERT INTO speaker (edition, code, source_id, {names}) VALUES ($1, $2, $2, {places}) RETURNING id",
            draft_id,
            code,
            *row.values(),
        )
        if made and details.available:
            await write_availability(made["id"], details.available)
    return code


async def save_speaker(profile: Profile, details: Details, *, version: str) -> None:
    """Writes it over the version that its author has seen; raises ``ChangedMeanwhile``. One transaction."""
    async with database.transaction():
        row = await _columns(details, person=await _person_of(profile, details))
        changes = ", ".join(f"{name} = ${number}" for number, name in enumerate(row, start=3))
        written = await database.fetch_one(
            f"UPDATE speaker SET {changes} WHERE id = $1 AND xmin::text = $2 RETURNING id",
            profile.id,
            version,
            *row.values(),
        )
        if written is None:
            raise ChangedMeanwhile
        if details.available is not None:
            await write_availability(profile.id, details.available)


async def remove_speaker(profile: Profile) -> None:
    """Takes the speaker out of the draft, and their link with them; raises ``StillOnTheProgramme``."""
    async with database.transaction():
        # Whoever puts them into an activity at this moment is waited for, and then seen.
        await database.fetch("SELECT FROM speaker WHERE id = $1 FOR UPDATE", profile.id)
        activities = await database.fetch(
            """
            SELECT a.title_fr, a.title_en FROM activity_speaker l JOIN activity a ON a.id = l.activity
            WHERE l.speaker = $1 ORDER BY a.id
            """,
            profile.id,
        )
        if activities:
            titles = ", ".join(_("« %(title)s »", title=localized(*row.values())) for row in activities)
            raise StillOnTheProgramme(name=profile.name, activities=titles)
        await database.fetch("DELETE FROM speaker WHERE id = $1", profile.id)


async def _columns(details: Details, *, person: int | None) -> dict[str, object]:
    row = asdict(details)
    del row["available"]
    portrait = await hold_portrait(details.portrait) if details.portrait else ""
    return {**row, "portrait": portrait, "person": person}


async def _person_of(profile: Profile, details: Details) -> int | None:
    if details.email != profile.email or profile.person is None:
        return await recipient_of(details.email, name=details.name)
    if details.name != profile.name:
        await call(profile.person, details.name, email=details.email)
    return profile.person
