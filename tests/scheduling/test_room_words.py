"""What a room is called, where it is and what it has: in the reader's language, wherever somebody reads it."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, i18n
from digital_days.kernel.permissions import Role
from scheduling.domain.agenda_items import agenda_items
from scheduling.domain.drafts import draft_of
from scheduling.domain.held_places import places_of
from scheduling.domain.programme_facts import Facts, SlotFacts
from scheduling.domain.search_keys import search_keys
from scheduling.domain.speaker_activities import expected_at
from scheduling.domain.speaker_profiles import profile_called
from scheduling.imports.model import ImportedActivity, ImportedRoom
from tests.conftest import forget_everything
from tests.desk_factories import MORNING, give_place, make_attendee, volunteer_signs_in
from tests.factories import Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.programme_factories import make_speaker
from tests.scheduling.releasing import release

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def slot() -> Made:
    edition = await make_edition()
    room = await make_room(edition, "Salle des Lilas")
    await database.fetch(
        """
        UPDATE room SET name_en = 'Lilac Room', venue_en = 'Library', equipment_fr = '12 ordinateurs',
            equipment_en = '12 computers', step_free = true
        """
    )
    return await make_slot(await make_activity(edition), room=room)


async def activity_page(client: httpx.AsyncClient, language: str) -> str:
    [row] = await database.fetch("SELECT code FROM activity ORDER BY id LIMIT 1")
    return " ".join((await client.get(f"{language}/jn2027/activites/{row['code']}")).text.split())


async def test_activity_page_says_where_how_to_enter_and_what_is_there(client: httpx.AsyncClient, slot: Made):
    french, english = await activity_page(client, ""), await activity_page(client, "/en")

    assert "Salle des Lilas, Bibliothèque" in french
    assert "Accès sans marche" in french
    assert "Sur place : 12 ordinateurs" in french
    assert "Lilac Room, Library" in english
    assert "12 computers" in english


@pytest.mark.parametrize(("step_free", "said"), [(True, [True, False]), (False, [False, True]), (None, [False, False])])
async def test_steps_are_told_when_somebody_knows(
    client: httpx.AsyncClient, slot: Made, step_free: bool | None, said: list[bool]
):
    await database.fetch("UPDATE room SET step_free = $1", step_free)

    page = await activity_page(client, "")

    assert ["Accès sans marche" in page, "Il y a des marches pour entrer" in page] == said


async def test_room_without_english_is_marked_as_french_on_an_english_page(client: httpx.AsyncClient, slot: Made):
    await database.fetch("UPDATE room SET name_en = '', venue_en = ''")

    assert '<span lang="fr">Salle des Lilas</span>, <span lang="fr">Bibliothèque</span>' in await activity_page(
        client, "/en"
    )


@pytest.mark.parametrize(("locale", "where"), [("fr", "Salle des Lilas, Bibliothèque"), ("en", "Lilac Room, Library")])
async def test_agenda_and_lists_of_doors_speak_the_readers_language(
    client: httpx.AsyncClient, slot: Made, locale: i18n.Locale, where: str
):
    [row] = await database.fetch("SELECT id FROM edition")
    edition = Made(row["id"], "jn2027")
    bob = await make_attendee(edition)
    await give_place(bob, slot)
    await volunteer_signs_in(client, edition, Role.DESK)

    with i18n.use(locale):
        [item] = await agenda_items(bob.id, edition.id)
        [place] = await places_of(bob.id, edition.id)
        said = (item.place, place.where)
    with clock.stopped_at(MORNING):
        doors = (await client.get(f"{'/en' if locale == 'en' else ''}/jn2027/portes")).text

    assert said == (where, where)
    assert where.partition(",")[0] in doors


async def test_room_that_a_release_has_changed_is_named_in_the_readers_language_too(
    client: httpx.AsyncClient, slot: Made
):
    [row] = await database.fetch("SELECT id FROM edition")
    edition = Made(row["id"], "jn2027")
    await give_place(await make_attendee(edition), slot)
    draft = await draft_of(edition.id)
    atrium = await make_room(Made(draft, ""), "Atrium")
    await database.fetch(
        "UPDATE slot s SET room = $2 FROM activity a WHERE a.id = s.activity AND a.edition = $1", draft, atrium
    )

    await release(edition)

    [promised] = await database.fetch(
        "SELECT payload->'places'->0->>'room_en' AS room FROM outbox_message WHERE topic = 'scheduling.release'"
    )
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        forget_everything()
        assert "Lilac Room" in await activity_page(client, "/en")
    assert promised["room"] == "Lilac Room"


@pytest.mark.parametrize(("locale", "where"), [("fr", "Salle des Lilas, Bibliothèque"), ("en", "Lilac Room, Library")])
async def test_speaker_reads_where_they_are_expected_in_their_language(slot: Made, locale: i18n.Locale, where: str):
    [row] = await database.fetch("SELECT a.id, a.code, a.edition FROM activity a")
    await make_speaker(Made(row["edition"], ""), "Denise Roy", activity=Made(row["id"], row["code"]))
    draft = await draft_of(row["edition"])
    [denise] = await database.fetch("SELECT code FROM speaker WHERE edition = $1", draft)

    with i18n.use(locale):
        [expected] = await expected_at(await profile_called(row["edition"], denise["code"]))

    assert expected.planned is not None
    assert expected.planned.room == where


def test_search_finds_an_activity_by_its_rooms_english_name():
    room = ImportedRoom(name="Salle des Lilas", name_en="Lilac Room", venue="Bibliothèque", venue_en="Library")
    facts = Facts(
        rooms={room.name: room},
        activities={"a": ImportedActivity(key="a", title_fr="Photos")},
        slots={("a", "1"): SlotFacts(starts_at=MORNING, ends_at=MORNING, room=room.name, seats=None)},
    )

    assert search_keys(facts) == {"a": "photos salle des lilas bibliotheque lilac room library"}
