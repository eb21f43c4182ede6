"""What an edition says about itself, and whether it speaks English."""

from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database, editions
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import NoSuchEdition


class EditionTexts(Struct, frozen=True, kw_only=True):
    """All that organisers write about it; the names are those of the columns."""

    name_fr: str
    name_en: str = ""
    tagline_fr: str = ""
    tagline_en: str = ""
    place_fr: str = ""
    place_en: str = ""
    starts_on: date
    ends_on: date
    organiser_name: str = ""
    postal_address: str = ""
    contact_email: str = ""


class EditionSettings(EditionTexts, frozen=True, kw_only=True):
    """As they are on record. ``version`` is the row's: whoever changes it says which one they have seen."""

    version: str
    slug: str
    announced: bool
    english_ground_fr: str
    english_ground_en: str
    registered: int


_TEXTS = EditionTexts.__struct_fields__
_SETTINGS = f"""
    SELECT {", ".join(_TEXTS)}, xmin::text AS version, slug, announced, english_ground_fr, english_ground_en,
        (SELECT count(*) FROM registration r WHERE r.edition = e.id) AS registered
    FROM edition e WHERE id = $1 AND draft_of IS NULL
"""
_DRAFT_FOLLOWS = """
    UPDATE edition d SET name_fr = e.name_fr, starts_on = e.starts_on, ends_on = e.ends_on
    FROM edition e WHERE e.id = $1 AND d.draft_of = e.id
"""


async def settings_of(edition_id: int) -> EditionSettings:
    """As the database has them, without what the program would say where they are silent."""
    row = await database.fetch_one(_SETTINGS, edition_id)
    if row is None:
        raise NoSuchEdition
    return EditionSettings(**row)


async def change_settings(edition_id: int, texts: EditionTexts, *, version: str) -> None:
    """Public at once. Raises ``ChangedMeanwhile`` when the edition is no longer as it was in that version."""
    said = asdict(texts)
    columns = ", ".join(f"{name} = ${number}" for number, name in enumerate(said, start=3))
    async with database.transaction():
        changed = await database.fetch(
            f"UPDATE edition SET {columns} WHERE id = $1 AND xmin::text = $2 RETURNING id",
            edition_id,
            version,
            *said.values(),
        )
        if not changed:
            raise ChangedMeanwhile
        await database.fetch(_DRAFT_FOLLOWS, edition_id)
    editions.forget()


async def open_english(edition_id: int, french: str, english: str, *, version: str) -> None:
    """There are English pages from now on, for whom these words say; raises ``ChangedMeanwhile``."""
    opened = await database.fetch(
        """
        UPDATE edition SET english_ground_fr = $3, english_ground_en = $4
        WHERE id = $1 AND xmin::text = $2 RETURNING id
        """,
        edition_id,
        version,
        french,
        english,
    )
    editions.forget()
    if not opened:
        raise ChangedMeanwhile


async def close_english(edition_id: int) -> None:
    """There are none any more; English texts stay, to be read when they are opened again."""
    await database.fetch("UPDATE edition SET english_ground_fr = '', english_ground_en = '' WHERE id = $1", edition_id)
    editions.forget()
