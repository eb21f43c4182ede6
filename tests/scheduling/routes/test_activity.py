from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.programme_factories import describe, make_speaker

pytestmark = pytest.mark.usefixtures("db")

FORM = '<form class="form" method="post" action="/jn2027/plages/{slot}/places" novalidate>'


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def test_activity_shows_texts_speakers_links_and_room(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition, "Mots de passe")
    await describe(
        activity,
        summary_fr="En bref.",
        description_fr="Un <b>premier</b>.\n\nUn second.",
        links='[["Le guide", "https://guide.example"], ["Piège", "javascript:alert(1)"]]',
    )
    speaker = await make_speaker(edition, "Bob Exemple", activity=activity, ambassador=True)
    await make_slot(activity, room=await make_room(edition))

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert "<h1>Mots de passe</h1>" in page
    assert "<p>Un &lt;b&gt;premier&lt;/b&gt;.</p>" in page
    assert f'href="/jn2027/intervenants/{speaker.code}">Bob Exemple</a>' in page
    assert 'href="https://guide.example"' in page
    assert "javascript:" not in page
    assert "Salle des Lilas, Bibliothèque" in page


async def test_activity_offers_the_form_with_nothing_ticked_when_one_slot_is_open(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    slot = await make_slot(activity, seats=12)

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert FORM.format(slot=slot.code) in page
    assert page.count('type="checkbox"') == 3
    assert " checked" not in page
    assert page.count("12 places libres") == 1
    assert 'class="bar' not in page
    assert page.index("</aside>") < page.index('id="reserver"') < page.index(FORM.format(slot=slot.code))
    assert "Quels sont mes droits" in page


async def test_activity_asks_to_choose_first_when_several_slots_are_open(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=3))

    choice = (await client.get(f"/jn2027/activites/{activity.code}")).text
    chosen = (await client.get(f"/jn2027/activites/{activity.code}?plage={second.code}")).text

    assert "Choisissez votre moment" in choice
    assert 'method="post"' not in choice
    assert (FORM.format(slot=first.code) in chosen, FORM.format(slot=second.code) in chosen) == (False, True)
    assert "Choisir un autre moment" in chosen


async def test_activity_says_why_there_is_no_form_when_a_slot_is_not_open(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    full = await make_slot(activity, seats=1)
    await database.fetch("UPDATE slot SET taken = 1 WHERE id = $1", full.id)
    await make_slot(activity, seats=None)
    cancelled = await make_slot(activity)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", cancelled.id)
    await make_slot(activity, starts_at=IN_A_YEAR - timedelta(days=1))
    await make_slot(activity, starts_at=IN_A_YEAR - timedelta(minutes=45))

    with clock.stopped_at(IN_A_YEAR - timedelta(minutes=30)):
        page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert 'method="post"' not in page
    for words in ("Complet", "Entrée libre", "Annulée", "Terminée", "Déjà commencée"):
        assert f'<p class="notice-title">{words}</p>' in page


async def test_activity_begins_with_the_session_the_reader_came_for_when_it_is_full(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    early = await make_slot(activity, seats=9)
    full = await make_slot(activity, seats=0, starts_at=IN_A_YEAR + timedelta(days=1))

    page = (await client.get(f"/jn2027/activites/{activity.code}?plage={full.code}")).text

    assert page.index("Toutes les places sont prises") < page.index("Il reste des places à un autre moment")
    assert f"plage={early.code}#reserver" in page
    assert FORM.format(slot=early.code) not in page


async def test_activity_asks_a_signed_in_person_for_consents_only(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    await make_slot(activity)
    await sign_in(client, await make_person("Bob Tremblay", "bob@example.ca"))

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert "bob@example.ca" in page
    assert ('name="email"' in page, page.count('type="checkbox"')) == (False, 3)


async def test_activity_says_so_when_the_viewer_has_a_place(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    slot = await make_slot(activity)
    bob = await make_person()
    await database.fetch(
        "INSERT INTO place (code, slot, person, state, created_at, updated_at) "
        "VALUES ('PLACEOFBOB', $1, $2, 'confirmed', now(), now())",
        slot.id,
        bob,
    )
    await sign_in(client, bob)

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert ("Vous avez une place" in page, FORM.format(slot=slot.code) in page) == (True, False)


async def test_activity_marks_a_text_in_the_other_language(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition, "Mots de passe", title_en="Passwords")
    await describe(activity, description_fr="Seulement en français.")

    page = (await client.get(f"/en/jn2027/activites/{activity.code}")).text

    assert "<h1>Passwords</h1>" in page
    assert '<p lang="fr">Seulement en français.</p>' in page


@pytest.mark.parametrize("path", ["activites", "intervenants"])
async def test_pages_are_not_found_when_the_code_is_of_another_edition(
    client: httpx.AsyncClient, edition: Made, path: str
) -> None:
    other = await make_edition("autre")
    activity = await make_activity(other)
    speaker = await make_speaker(other, "Bob Exemple", activity=activity)
    code = activity.code if path == "activites" else speaker.code

    assert (await client.get(f"/autre/{path}/{code}")).status_code == 200
    assert (await client.get(f"/jn2027/{path}/{code}")).status_code == 404
    assert (await client.get(f"/jn2027/{path}/NOPE")).status_code == 404


async def test_speaker_shows_biography_and_appearances(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition, "Mots de passe")
    speaker = await make_speaker(
        edition, "Bob Exemple", activity=activity, ambassador=True, biography="Une vie.", biography_en="A life."
    )
    slot = await make_slot(activity)

    french = (await client.get(f"/jn2027/intervenants/{speaker.code}")).text
    english = (await client.get(f"/en/jn2027/intervenants/{speaker.code}")).text

    assert ("<p>Une vie.</p>" in french, "<p>A life.</p>" in english) == (True, True)
    assert "Verger Exemple" in french
    assert "ambassadrice du numérique" in french
    assert f'href="/jn2027/activites/{activity.code}?plage={slot.code}">Mots de passe</a>' in french


async def test_registration_sent_says_the_same_to_everybody(client: httpx.AsyncClient, edition: Made) -> None:
    slot = await make_slot(await make_activity(edition, "Mots de passe"))
    foreign = await make_slot(await make_activity(await make_edition("autre")))

    page = await client.get(f"/jn2027/plages/{slot.code}/courriel-envoye")

    assert (page.status_code, "Regardez vos courriels" in page.text, "Mots de passe" in page.text) == (200, True, True)
    assert (await client.get(f"/jn2027/plages/{foreign.code}/courriel-envoye")).status_code == 404
