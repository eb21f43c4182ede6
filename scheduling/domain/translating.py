"""Organisers write the English of what attendees read."""

from collections.abc import Mapping

from digital_days.kernel import clock, database, editions
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from scheduling.domain.search_keys import refresh_search_keys
from scheduling.domain.translated_texts import PARTS


class TextChanged(Conflict):
    message = N_("Ce texte a changé entre-temps : relisez le français, puis enregistrez de nouveau.")


async def translate(
    edition_id: int, draft_id: int, part: str, number: int, texts: Mapping[str, str], *, version: str, by: int
) -> None:
    """Writes these English columns of one row of the edition; raises ``TextChanged`` where the row is not as seen.

    One transaction. ``part`` and the columns that ``texts`` names are those of ``PARTS``.
    """
    of = PARTS[part]
    columns = [column for column in of.texts if column in texts]
    said = [f"{column} = ${place}" for place, column in enumerate(columns, start=4)]
    more: list[object] = [texts[column] for column in columns]
    if part == "activity":
        said += [f"changed_by = ${len(more) + 4}", f"updated_at = ${len(more) + 5}"]
        more += [by, clock.now()]
    scope = "edition = $3" if of.of_draft else "id = $3"
    async with database.transaction():
        written = await database.fetch(
            f"""
            UPDATE {part} SET {", ".join(said)}
            WHERE id = $1 AND xmin::text = $2 AND {scope} RETURNING id
            """,
            number,
            version,
            draft_id if of.of_draft else edition_id,
            *more,
        )
        if not written:
            raise TextChanged
        if part != "edition":
            await refresh_search_keys(draft_id, [number] if part == "activity" else None)
    if part == "edition":
        editions.forget()
