"""A label renamed in a draft stays the same row and the same address where it is public."""

import pytest

from digital_days.kernel import clock, database
from scheduling.domain.drafts import draft_of, renew
from scheduling.domain.import_plan import compare
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.renamed_labels import under_new_names
from scheduling.domain.stored_programme import stored_programme
from tests.factories import Made, make_activity, make_edition
from tests.scheduling.domain.programmes import rows
from tests.scheduling.programme_factories import make_label, mark

pytestmark = pytest.mark.usefixtures("db")

LABELS = "SELECT facet, slug, name_fr FROM label WHERE edition = $1 ORDER BY slug"


async def made_public(edition: Made, draft: int) -> None:
    """What a release does with labels."""
    wanted = await stored_programme(draft)
    stored = under_new_names(await stored_programme(edition.id), wanted.label_slugs)
    plan = compare(stored.facts, wanted.facts)
    await write_programme(plan, stored, edition_id=edition.id, now=clock.now(), slugs=wanted.label_slugs)


async def labels(edition_id: int) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await database.fetch(LABELS, edition_id)]


async def test_public_label_follows_the_name_and_keeps_row_address_and_activities():
    edition = await make_edition()
    label = await make_label(edition, "theme", "securite", "Sécurité")
    await mark(await make_activity(edition), "theme", label)
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE label SET name_fr = 'Cybersécurité' WHERE edition = $1", draft)

    await made_public(edition, draft)

    assert await labels(edition.id) == [("theme", "securite", "Cybersécurité")]
    assert await rows(f"SELECT theme FROM activity WHERE edition = {edition.id}") == [(label,)]


async def test_name_that_becomes_free_is_another_labels():
    edition = await make_edition()
    await make_label(edition, "theme", "securite", "Sécurité")
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE label SET name_fr = 'Cybersécurité' WHERE edition = $1", draft)
    await make_label(Made(draft, ""), "theme", "securite-2", "Sécurité")

    await made_public(edition, draft)

    assert await labels(edition.id) == await labels(draft)


async def test_draft_made_of_what_is_public_has_its_addresses():
    edition = await make_edition()
    await make_label(edition, "theme", "ancien-nom", "Vie privée")

    draft = await draft_of(edition.id)
    await renew(edition.id)

    assert await labels(draft) == [("theme", "ancien-nom", "Vie privée")]
