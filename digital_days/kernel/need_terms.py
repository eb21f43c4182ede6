"""The shared taxonomy of needs and offers: what visitors look for, what exhibitors and support resources answer."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from itertools import count

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import localized
from digital_days.kernel.people import fold


class NeedTerm(Struct, frozen=True, kw_only=True):
    """``slug`` names it in addresses and is the same from one edition to the next."""

    id: int
    slug: str
    name_fr: str
    name_en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


async def need_terms(edition_id: int) -> list[NeedTerm]:
    """In the organisers' order; one query."""
    rows = await database.fetch(
        "SELECT id, slug, name_fr, name_en FROM need_term WHERE edition = $1 ORDER BY position, id", edition_id
    )
    return [NeedTerm(**row) for row in rows]


class WrittenTerm(Struct, frozen=True, kw_only=True):
    """As organisers write it; no ``slug`` for a new one."""

    slug: str = ""
    name_fr: str
    name_en: str = ""


def version_of(terms: Sequence[NeedTerm]) -> str:
    """Changes with whatever a form shows of them."""
    said = "\n".join(f"{term.slug}\t{term.name_fr}\t{term.name_en}" for term in terms)
    return sha256(said.encode()).hexdigest()[:16]


async def write_terms(edition_id: int, written: Sequence[WrittenTerm], *, version: str) -> None:
    """In this order, in one transaction; what is left out goes, also from whoever answered it.

    A term keeps its slug when its words change. Raises ``ChangedMeanwhile``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
        known = {term.slug: term for term in await need_terms(edition_id)}
        if version_of(list(known.values())) != version:
            raise ChangedMeanwhile
        slugs: list[str] = []
        for term in written:
            slugs.append(term.slug if term.slug in known else _new_slug(term.name_fr, {*known, *slugs}))
        await database.fetch("DELETE FROM need_term WHERE edition = $1 AND slug <> ALL($2)", edition_id, slugs)
        await database.fetch(
            """
            INSERT INTO need_term (edition, slug, name_fr, name_en, position)
            SELECT $1, w.slug, w.fr, w.en, w.place
            FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS w (slug, fr, en, place)
            ON CONFLICT (edition, slug) DO UPDATE
            SET name_fr = EXCLUDED.name_fr, name_en = EXCLUDED.name_en, position = EXCLUDED.position
            """,
            edition_id,
            slugs,
            [term.name_fr for term in written],
            [term.name_en for term in written],
        )


async def copy_terms(source_id: int, edition_id: int) -> None:
    """Those that the other edition does not have yet; again adds nothing."""
    await database.fetch(
        """
        INSERT INTO need_term (edition, slug, name_fr, name_en, position)
        SELECT $2, slug, name_fr, name_en, position FROM need_term WHERE edition = $1 ON CONFLICT DO NOTHING
        """,
        source_id,
        edition_id,
    )


def _new_slug(name: str, taken: Collection[str]) -> str:
    base = fold(name).replace("@", " ").replace(".", " ").replace(" ", "-")[:70].strip("-") or "besoin"
    return next(slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken)
