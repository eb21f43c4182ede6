from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.programme_factories import describe, make_label, make_speaker, mark

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
    assert page.count('name="consent"') == 3
    assert " checked" not in page
    assert page.count("12 places libres") == 1
    assert 'class="bar' not in page
    when, about, form = (page.index(part) for part in ("12 places libres", 'class="activity-about"', 'id="reserver"'))
    assert when < page.index('href="#reserver"') < about < form < page.index(FORM.format(slot=slot.code))
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
    assert 'name="consent"' not in choice
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

    assert 'name="consent"' not in page
    for words in ("Complet", "Entrée libre", "Annulée", "Terminée", "Déjà commencée"):
        assert f'<p class="notice-title">{words}</p>' in page


async def test_activity_says_first_that_it_is_full(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    await make_slot(activity, seats=0)

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert page.index('<p class="notice-title">Complet</p>') < page.index('class="activity-about"')
    assert "Voir les activités qui ont des places libres" in page
    assert ("Réserver ma place" in page, "Choisir" in page) == (False, False)


async def test_activity_begins_with_the_moment_the_reader_came_for_when_it_is_full(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    early = await make_slot(activity, seats=9)
    full = await make_slot(activity, seats=0, starts_at=IN_A_YEAR + timedelta(days=1))

    page = (await client.get(f"/jn2027/activites/{activity.code}?plage={full.code}")).text

    steps = ("Toutes les places sont prises", "Choisir un autre moment", f"plage={early.code}#reserver", "places=1")
    found = [page.index(step) for step in (*steps, 'class="activity-about"')]
    assert found == sorted(found)
    assert "Réserver ma place" not in page
    assert FORM.format(slot=early.code) not in page


async def test_activity_asks_a_signed_in_person_for_consents_only(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    await make_slot(activity)
    await sign_in(client, await make_person("Bob Tremblay", "bob@example.ca"))

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert "bob@example.ca" in page
    assert ('name="email"' in page, page.count('name="consent"')) == (False, 3)


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

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=5)):
        await sign_in(client, bob)
        begun = (await client.get(f"/jn2027/activites/{activity.code}?plage={slot.code}")).text

    assert ("Vous avez une place" in page, FORM.format(slot=slot.code) in page) == (True, False)
    main = page.partition("<main")[2]
    for address in ("mon-billet", "mon-agenda", "mes-places/PLACEOFBOB"):
        assert f'href="/jn2027/{address}"' in main
    assert ("mon-billet" in begun, "mes-places" in begun) == (True, False)


async def test_activity_leads_back_to_its_day_of_the_programme(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(days=1))

    plain = (await client.get(f"/jn2027/activites/{activity.code}")).text
    chosen = (await client.get(f"/jn2027/activites/{activity.code}?plage={second.code}")).text

    assert 'href="/jn2027/programme?jour=2027-10-21">Programme</a>' in plain
    assert 'href="/jn2027/programme?jour=2027-10-22">Programme</a>' in chosen


async def test_activity_says_a_kind_and_a_theme_of_the_same_name_once(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    for facet in ("kind", "theme"):
        await mark(activity, facet, await make_label(edition, facet, "longue", "Conférence longue"))

    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    assert '<p class="eyebrow">Conférence longue</p>' in page


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
    await make_speaker(edition, "Zoé Côté", activity=activity)
    slot = await make_slot(activity)

    french = (await client.get(f"/jn2027/intervenants/{speaker.code}")).text
    english = (await client.get(f"/en/jn2027/intervenants/{speaker.code}")).text

    assert ("<p>Une vie.</p>" in french, "<p>A life.</p>" in english) == (True, True)
    assert "Verger Exemple" in french
    assert "ambassadrice du numérique" in french
    assert f'href="/jn2027/activites/{activity.code}?plage={slot.code}">Mots de passe</a>' in french
    assert '<p class="slot-speakers">Zoé Côté</p>' in french


async def test_registration_sent_says_the_same_to_everybody(client: httpx.AsyncClient, edition: Made) -> None:
    slot = await make_slot(await make_activity(edition, "Mots de passe"))
    foreign = await make_slot(await make_activity(await make_edition("autre")))

    page = await client.get(f"/jn2027/plages/{slot.code}/courriel-envoye")

    assert (page.status_code, "Regardez vos courriels" in page.text, "Mots de passe" in page.text) == (200, True, True)
    assert (await client.get(f"/jn2027/plages/{foreign.code}/courriel-envoye")).status_code == 404
