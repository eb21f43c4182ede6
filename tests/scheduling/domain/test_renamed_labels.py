"""A label renamed in a draft stays the same row and the same address where it is public."""

import pytest

from digital_days.kernel import database
from scheduling.domain.drafts import draft_of, renew
from tests.factories import Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.domain.programmes import rows
from tests.scheduling.programme_factories import make_label, mark
from tests.scheduling.releasing import release

pytestmark = pytest.mark.usefixtures("db")

LABELS = "SELECT facet, slug, name_fr FROM label WHERE edition = $1 ORDER BY slug"


async def labels(edition_id: int) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await database.fetch(LABELS, edition_id)]


async def test_public_label_follows_the_name_and_keeps_row_address_and_activities():
    edition = await make_edition()
    label = await make_label(edition, "theme", "securite", "Sécurité")
    activity = await make_activity(edition)
    await mark(activity, "theme", label)
    await make_slot(activity, room=await make_room(edition))
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE label SET name_fr = 'Cybersécurité' WHERE edition = $1", draft)

    await release(edition)

    assert await labels(edition.id) == [("theme", "securite", "Cybersécurité")]
    assert await rows(f"SELECT theme FROM activity WHERE edition = {edition.id}") == [(label,)]


async def test_name_that_becomes_free_is_another_labels():
    edition = await make_edition()
    await make_label(edition, "theme", "securite", "Sécurité")
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE label SET name_fr = 'Cybersécurité' WHERE edition = $1", draft)
    await make_label(Made(draft, ""), "theme", "securite-2", "Sécurité")

    await release(edition)

    assert await labels(edition.id) == await labels(draft)


async def test_draft_made_of_what_is_public_has_its_addresses():
    edition = await make_edition()
    await make_label(edition, "theme", "ancien-nom", "Vie privée")

    draft = await draft_of(edition.id)
    await renew(edition.id)

    assert await labels(draft) == [("theme", "ancien-nom", "Vie privée")]
