"""The draft of an edition: a copy that nobody sees."""

from datetime import timedelta

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import NoSuchEdition, edition_called, edition_numbered, editions_nearest_first
from scheduling.domain.drafts import draft_of, renew
from scheduling.domain.programme_facts import Facts
from scheduling.domain.stored_programme import stored_programme
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot

pytestmark = pytest.mark.usefixtures("db")


async def facts(edition_id: int) -> Facts:
    return (await stored_programme(edition_id)).facts


async def make_programme() -> tuple[Made, Made]:
    edition = await make_edition()
    room = await make_room(edition)
    activity = await make_activity(edition)
    slot = await make_slot(activity, room=room)
    return edition, slot


async def test_draft_says_at_first_what_is_public():
    edition, _slot = await make_programme()

    draft = await draft_of(edition.id)

    assert draft != edition.id
    assert (await facts(draft)).slots == (await facts(edition.id)).slots
    assert (await facts(draft)).rooms == (await facts(edition.id)).rooms
    assert await draft_of(edition.id) == draft


async def test_draft_is_no_edition_for_anybody_else():
    edition, _slot = await make_programme()
    draft = await draft_of(edition.id)

    assert [each.id for each in await editions_nearest_first()] == [edition.id]
    with pytest.raises(NoSuchEdition):
        await edition_numbered(draft)
    with pytest.raises(NoSuchEdition):
        await edition_called(f"~{edition.id}")


async def test_draft_forgets_what_is_only_remembered():
    edition, slot = await make_programme()
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", slot.id)

    draft = await draft_of(edition.id)

    assert (await facts(draft)).slots == {}
    assert (await facts(draft)).activities == {}


async def test_renewing_makes_the_draft_say_what_is_public_again():
    edition, slot = await make_programme()
    draft = await draft_of(edition.id)
    later = IN_A_YEAR + timedelta(hours=2)
    await database.fetch(
        "UPDATE slot SET starts_at = $2, ends_at = $3 WHERE id = $1", slot.id, later, later + timedelta(hours=1)
    )

    await renew(edition.id)

    assert [each.starts_at for each in (await facts(draft)).slots.values()] == [later]
