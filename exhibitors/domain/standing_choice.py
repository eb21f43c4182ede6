"""« With every exhibitor that reads my ticket »: off until its owner says so, from then on, for one edition."""

from digital_days.kernel import clock, database
from digital_days.kernel.editions import Edition
from exhibitors.domain.lead_words import standing_words

PURPOSE = "leads"
GIVEN_STANDING = f"c.purpose = '{PURPOSE}' AND c.proved_at IS NOT NULL AND c.withdrawn_at IS NULL"
"""Of a row ``c`` of the kernel's consents."""


async def shares_with_all(person_id: int, edition_id: int) -> bool:
    """Whether exhibitors that read the ticket now get name and address."""
    return bool(
        await database.fetch(
            f"SELECT FROM consent c WHERE c.person = $1 AND c.edition = $2 AND {GIVEN_STANDING} LIMIT 1",
            person_id,
            edition_id,
        )
    )


async def choose_to_share_with_all(person_id: int, edition: Edition, *, wanted: bool) -> None:
    """The person's own word; what exhibitors have already stays, and is taken back one by one. Again is harmless."""
    async with database.transaction():
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person_id)
        if not wanted:
            await database.fetch(
                f"""
                UPDATE consent c SET withdrawn_at = $3
                WHERE c.person = $1 AND c.edition = $2 AND {GIVEN_STANDING}
                """,
                person_id,
                edition.id,
                clock.now(),
            )
        elif not await shares_with_all(person_id, edition.id):
            words = standing_words(edition)
            await database.fetch(
                """
                INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
                VALUES ($1, $2, $3, $4, $5, $6, 'contacts', $7, $7)
                """,
                person_id,
                edition.id,
                PURPOSE,
                words.version,
                words.locale,
                words.text,
                clock.now(),
            )
