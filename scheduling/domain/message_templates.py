"""What organisers write again and again: words kept under a name, copied with the edition."""

import asyncpg
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from scheduling.domain.organiser_messages import Texts

_LARGEST_NUMBER = 2**31 - 1
_COLUMNS = "id, name, subject_fr, subject_en, body_fr, body_en"


class NoSuchTemplate(NotFound):
    message = N_("Ce modèle n’existe pas ou n’existe plus.")


class TemplateNameTaken(Conflict):
    message = N_("Un autre modèle porte déjà ce nom.")


class MessageTemplate(Struct, frozen=True, kw_only=True):
    """Kept words; ``id`` is the database's."""

    id: int
    name: str
    subject_fr: str
    subject_en: str
    body_fr: str
    body_en: str


async def templates_of(edition_id: int) -> list[MessageTemplate]:
    """By name; one query."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM message_template WHERE edition = $1 ORDER BY lower(name), id", edition_id
    )
    return [MessageTemplate(**row) for row in rows]


async def template_numbered(edition_id: int, number: int) -> MessageTemplate:
    """Raises ``NoSuchTemplate``, also for another edition's."""
    row = None
    if 0 < number <= _LARGEST_NUMBER:
        row = await database.fetch_one(
            f"SELECT {_COLUMNS} FROM message_template WHERE edition = $1 AND id = $2", edition_id, number
        )
    if row is None:
        raise NoSuchTemplate
    return MessageTemplate(**row)


async def add_template(edition_id: int, name: str, texts: Texts) -> None:
    """One more; a form sent twice is one template. Raises ``TemplateNameTaken``."""
    row = await database.fetch_one(
        """
        INSERT INTO message_template (edition, name, subject_fr, subject_en, body_fr, body_en, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (edition, name) DO UPDATE SET name = EXCLUDED.name
        RETURNING subject_fr, subject_en, body_fr, body_en
        """,
        edition_id,
        name,
        texts.subject_fr,
        texts.subject_en,
        texts.body_fr,
        texts.body_en,
        clock.now(),
    )
    if row is None or Texts(**row) != texts:
        raise TemplateNameTaken


async def change_template(edition_id: int, number: int, name: str, texts: Texts) -> None:
    """Drafts that were begun with it keep what they have. Raises ``TemplateNameTaken``."""
    await template_numbered(edition_id, number)
    try:
        await database.fetch(
            """
            UPDATE message_template SET name = $3, subject_fr = $4, subject_en = $5, body_fr = $6, body_en = $7,
                updated_at = $8 WHERE edition = $1 AND id = $2
            """,
            edition_id,
            number,
            name,
            texts.subject_fr,
            texts.subject_en,
            texts.body_fr,
            texts.body_en,
            clock.now(),
        )
    except asyncpg.UniqueViolationError:
        raise TemplateNameTaken from None


async def remove_template(edition_id: int, number: int) -> None:
    """Again raises ``NoSuchTemplate``."""
    await template_numbered(edition_id, number)
    await database.fetch("DELETE FROM message_template WHERE edition = $1 AND id = $2", edition_id, number)
