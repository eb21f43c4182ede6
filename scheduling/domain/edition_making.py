"""A new edition: its organiser's alone until it is announced."""

from datetime import timedelta

from msgspec import structs
from msgspec.structs import asdict

from digital_days.kernel import database, editions, roles
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.errors import Conflict
from digital_days.kernel.events import publish
from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from scheduling.domain.edition_copying import copy_edition
from scheduling.domain.edition_settings import EditionTexts, settings_of
from scheduling.events import EditionCopied

_SAID_AGAIN = ("tagline_fr", "tagline_en", "place_fr", "place_en", "organiser_name", "postal_address", "contact_email")


class SlugTaken(Conflict):
    message = N_("Une autre édition a déjà l’adresse « %(slug)s » : choisissez-en une autre.")


async def make_edition(slug: str, texts: EditionTexts, *, by: int, copied_from: int | None = None) -> None:
    """Makes it, gives it to this person to organise, and fills its draft where it is copied from another.

    What the new one does not say about itself, it says as the other does. One transaction; raises ``SlugTaken``. Tells
    ``EditionCopied`` to those who have something to copy too.
    """
    async with database.transaction():
        days = timedelta(0)
        if copied_from is not None:
            earlier = await settings_of(copied_from)
            days = texts.starts_on - earlier.starts_on
            silent = {name: getattr(earlier, name) for name in _SAID_AGAIN if not getattr(texts, name)}
            texts = structs.replace(texts, **silent)
        edition_id = await _insert(slug, texts)
        await roles.give(by, Role.ORGANISER, edition_id=edition_id)
        await draft_of(edition_id)
        if copied_from is not None:
            await copy_edition(copied_from, edition_id, days)
            source = (await edition_numbered(copied_from)).slug
            await publish(EditionCopied(source=source, edition=slug, days=days.days), key=slug)
    editions.forget()


async def _insert(slug: str, texts: EditionTexts) -> int:
    said = asdict(texts)
    columns = ", ".join(said)
    values = ", ".join(f"${number}" for number in range(2, len(said) + 2))
    row = await database.fetch_one(
        f"""
        INSERT INTO edition (slug, announced, {columns}) VALUES ($1, false, {values})
        ON CONFLICT (slug) DO NOTHING RETURNING id
        """,
        slug,
        *said.values(),
    )
    if row is None:
        raise SlugTaken(slug=slug)
    return int(row["id"])
