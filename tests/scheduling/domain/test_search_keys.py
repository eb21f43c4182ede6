"""What an activity is found by follows whatever it is made of."""

from collections.abc import Mapping

import pytest

from digital_days.kernel import database
from scheduling.domain.search_keys import refresh_search_keys, search_keys
from scheduling.domain.stored_programme import stored_programme
from tests.factories import Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.programme_factories import describe, make_label, make_speaker, mark

pytestmark = pytest.mark.usefixtures("db")


async def keys(edition: Made) -> Mapping[str, str]:
    return (await stored_programme(edition.id)).search_keys


async def make_whole(edition: Made) -> Made:
    activity = await make_activity(edition, "Écran", title_en="Screen")
    await describe(activity, summary_fr="Lire.", description_en="Read.", subtitle="Neuf")
    for facet, name in (("audience", "Élèves"), ("kind", "Atelier"), ("theme", "Vie privée")):
        await mark(activity, facet, await make_label(edition, facet, facet, name, name_en=f"{facet} en"))
    await make_speaker(edition, "Denise Lavallée", activity=activity)
    for room in ("Petite", "Grande"):
        number = await make_room(edition, room)
        await database.fetch("UPDATE room SET name_en = name || ' room' WHERE id = $1", number)
        await make_slot(activity, room=number)
    return activity


async def test_refreshed_key_is_the_one_an_import_writes():
    edition = await make_edition()
    await make_whole(edition)

    await refresh_search_keys(edition.id)

    stored = await stored_programme(edition.id)
    assert stored.search_keys == search_keys(stored.facts)
    assert all("lavallee" in key and "grande" in key and "atelier" in key for key in stored.search_keys.values())


async def test_only_what_is_named_is_refreshed_and_other_editions_never():
    here, there = await make_edition(), await make_edition("cafe2028")
    one, other, foreign = await make_whole(here), await make_activity(here, "Autre"), await make_activity(there, "Loin")
    await database.fetch("UPDATE activity SET search_key = 'vieux'")

    await refresh_search_keys(here.id, [one.id, foreign.id])

    assert (await keys(here))[other.code] == "vieux"
    assert (await keys(there)) == {foreign.code: "vieux"}
    assert (await keys(here))[one.code].startswith("ecran screen neuf denise lavallee")


async def test_row_that_says_it_already_is_left_alone():
    edition = await make_edition()
    await make_whole(edition)
    await refresh_search_keys(edition.id)
    [before] = await database.fetch("SELECT ctid FROM activity")

    await refresh_search_keys(edition.id)

    assert await database.fetch("SELECT ctid FROM activity") == [before]
