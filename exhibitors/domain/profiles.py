"""What the public reads of an exhibitor: written by whoever acts for it, shown once it is published."""

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from exhibitors.domain.logos import hold_logo
from exhibitors.domain.profile_words import ProfileWords


class NothingToShow(Conflict):
    message = N_("Il manque une phrase de présentation : sans elle, la fiche ne peut pas être publiée.")


class NotAcceptedYet(Conflict):
    message = N_("La fiche pourra être publiée quand la candidature sera acceptée.")


class Link(Struct, frozen=True):
    """``url`` is one that ``domain.links`` lets through."""

    label: str
    url: str


class ProfileTexts(ProfileWords, frozen=True, kw_only=True):
    """What an exhibitor says: needs by their slugs, activities by their public codes, the logo by its name."""

    name: str
    links: tuple[Link, ...] = ()
    logo: str = ""
    needs: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


class Profile(ProfileTexts, frozen=True, kw_only=True):
    """As it is stored; ``version`` is the row's."""

    listed: bool
    version: str


_PROFILE = """
    SELECT x.name, x.summary_fr, x.summary_en, x.description_fr, x.description_en, x.links, x.logo, x.listed,
        ARRAY(SELECT t.slug FROM exhibitor_need n JOIN need_term t ON t.id = n.need WHERE n.exhibitor = x.id
            ORDER BY t.position, t.id) AS needs,
        ARRAY(SELECT a.activity_code FROM exhibitor_activity a WHERE a.exhibitor = x.id ORDER BY a.id) AS activities,
        x.xmin::text AS version
    FROM exhibitor x WHERE x.id = $1
"""
_WRITE = """
    UPDATE exhibitor SET name = $3, summary_fr = $4, summary_en = $5, description_fr = $6, description_en = $7,
        links = $8, logo = $9, updated_at = $10
    WHERE id = $1 AND xmin::text = $2 RETURNING listed
"""
_NEEDS = """
    INSERT INTO exhibitor_need (exhibitor, need)
    SELECT x.id, t.id FROM exhibitor x JOIN need_term t ON t.edition = x.edition
    WHERE x.id = $1 AND t.slug = ANY($2) ORDER BY t.position, t.id
"""
_NAMES_OF_NEEDS = """
    SELECT t.name_fr, t.name_en FROM exhibitor_need n JOIN need_term t ON t.id = n.need WHERE n.exhibitor = $1
    ORDER BY t.position, t.id
"""


async def profile_of(exhibitor_id: int) -> Profile:
    """One query; the exhibitor is there."""
    [row] = await database.fetch(_PROFILE, exhibitor_id)
    links = msgspec.json.decode(row["links"], type=tuple[Link, ...])
    lists = {"links": links, "needs": tuple(row["needs"]), "activities": tuple(row["activities"])}
    return Profile(**{**row, **lists})


async def save_profile(exhibitor_id: int, said: ProfileTexts, *, version: str) -> None:
    """What is published changes at once. Raises ``ChangedMeanwhile``, and ``NothingToShow`` where it is published."""
    async with database.transaction():
        logo = await hold_logo(said.logo) if said.logo else ""
        written = await database.fetch_one(
            _WRITE,
            exhibitor_id,
            version,
            said.name,
            said.summary_fr,
            said.summary_en,
            said.description_fr,
            said.description_en,
            msgspec.json.encode(said.links).decode(),
            logo,
            clock.now(),
        )
        if written is None:
            raise ChangedMeanwhile
        if written["listed"] and not said.summary_fr:
            raise NothingToShow
        for table in ("exhibitor_need", "exhibitor_activity"):
            await database.fetch(f"DELETE FROM {table} WHERE exhibitor = $1", exhibitor_id)
        await database.fetch(_NEEDS, exhibitor_id, list(said.needs))
        await database.fetch(
            "INSERT INTO exhibitor_activity (exhibitor, activity_code) SELECT $1, unnest($2::text[])",
            exhibitor_id,
            list(dict.fromkeys(said.activities)),
        )
        await _fill_search_key(exhibitor_id, said)


async def publish_profile(exhibitor_id: int) -> None:
    """Shown in the directory from now on; again is harmless. Raises ``NothingToShow``, ``NotAcceptedYet``."""
    async with database.transaction():
        row = await database.fetch_one(
            "UPDATE exhibitor SET listed = true, updated_at = $2 WHERE id = $1 RETURNING state, summary_fr",
            exhibitor_id,
            clock.now(),
        )
        if row is None or row["state"] != "accepted":
            raise NotAcceptedYet
        if not row["summary_fr"]:
            raise NothingToShow


async def hide_profile(exhibitor_id: int) -> None:
    """Nothing of what was written is lost; again is harmless."""
    await database.fetch(
        "UPDATE exhibitor SET listed = false, updated_at = $2 WHERE id = $1 AND listed", exhibitor_id, clock.now()
    )


async def _fill_search_key(exhibitor_id: int, said: ProfileTexts) -> None:
    needs = await database.fetch(_NAMES_OF_NEEDS, exhibitor_id)
    names = [text for need in needs for text in (need["name_fr"], need["name_en"])]
    key = fold(said.name, said.summary_fr, said.summary_en, *names)
    await database.fetch("UPDATE exhibitor SET search_key = $2 WHERE id = $1", exhibitor_id, key)
