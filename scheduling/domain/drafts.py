"""The draft of an edition: its programme as the organisers are making it, which only a release makes public."""

from msgspec import structs

from digital_days.kernel import clock, database
from scheduling.domain.import_plan import compare
from scheduling.domain.programme_facts import Facts
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.renamed_labels import under_new_names
from scheduling.domain.stored_programme import stored_programme


async def draft_of(edition_id: int) -> int:
    """The number of the edition's draft: an edition of its own, in the same tables. Made of what is public at first.

    One transaction.
    """
    row = await database.fetch_one("SELECT id FROM edition WHERE draft_of = $1", edition_id)
    return int(row["id"]) if row else await _make(edition_id)


async def renew(edition_id: int) -> None:
    """Makes an existing draft say what is public, whatever it said; inside the transaction that has changed it."""
    row = await database.fetch_one("SELECT id FROM edition WHERE draft_of = $1 FOR UPDATE", edition_id)
    if row:
        await _copy(edition_id, row["id"])


async def hold(draft_id: int) -> None:
    """Inside a transaction: whoever changes the draft's lists of rooms or labels waits here for one another."""
    await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", draft_id)


async def _make(edition_id: int) -> int:
    async with database.transaction():
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
        row = await database.fetch_one("SELECT id FROM edition WHERE draft_of = $1", edition_id)
        if row:  # somebody was faster
            return int(row["id"])
        made = await database.fetch_one(
            """
            INSERT INTO edition (slug, name_fr, starts_on, ends_on, draft_of)
            SELECT '~' || id, name_fr, starts_on, ends_on, id FROM edition WHERE id = $1 RETURNING id
            """,
            edition_id,
        )
        if made is None:
            raise LookupError(f"there is no edition {edition_id}")
        await _copy(edition_id, made["id"])
        return int(made["id"])


async def _copy(edition_id: int, draft_id: int) -> None:
    public = await stored_programme(edition_id)
    draft = under_new_names(await stored_programme(draft_id), public.label_slugs)
    plan = compare(draft.facts, without_cancelled(public.facts))
    await write_programme(plan, draft, edition_id=draft_id, now=clock.now(), slugs=public.label_slugs)


def without_cancelled(facts: Facts) -> Facts:
    """What is only remembered for those who had a place is no plan any more."""
    slots = {key: slot for key, slot in facts.slots.items() if not slot.cancelled}
    gone = {key for key, _slot in facts.slots} - {key for key, _slot in slots}
    activities = {key: activity for key, activity in facts.activities.items() if key not in gone}
    return structs.replace(facts, slots=slots, activities=activities)
