"""A speaker's own page, by the link of a mail."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.private_links import private_path
from scheduling.domain.availabilities import availability_of
from scheduling.domain.speaker_editing import Details, remove_speaker, save_speaker
from scheduling.domain.speaker_links import own_path
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.kernel.photos import photo, saved
from tests.scheduling.programme_factories import make_speaker
from tests.scheduling.speaker_factories import (
    ADDRESS,
    CAMILLE,
    at,
    filled,
    fresh,
    keys,
    make_own_page,
    make_profile,
    send_form,
    text_of,
)

pytestmark = pytest.mark.usefixtures("db", "app")

STALE = "Ce lien n’est plus valable."


async def test_page_shows_what_the_organisers_know_and_who_publishes(client: httpx.AsyncClient):
    _edition, _camille, link = await make_own_page(
        organisation="Verger Exemple", biography_fr="Elle plante.", needs="Une rampe", available=[(at(9), at(10))]
    )

    page = await client.get(link)

    words = text_of(page.text)
    assert page.status_code == 200
    assert "L’organisation publie les changements" in words
    assert "Le public le lit à partir de la prochaine version publiée du programme." in words
    assert f"Nos courriels vont à {ADDRESS}. Pour changer d’adresse, écrivez à l’organisation." in words
    assert "L’organisation n’a pas encore inscrit votre nom à une activité." in words
    for value in ('value="Camille Roy"', 'value="Verger Exemple"', "Elle plante.</textarea>", "Une rampe</textarea>"):
        assert value in page.text
    assert page.text.count("checked") == 2
    assert 'name="email"' not in page.text
    assert 'name="ambassador"' not in page.text


async def test_page_is_kept_by_nobody(client: httpx.AsyncClient):
    _edition, _camille, link = await make_own_page()

    for page in (await client.get(link), await client.get(f"{link[:-1]}0")):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["referrer-policy"] == "same-origin"


async def test_speaker_writes_their_page_and_nothing_else(client: httpx.AsyncClient):
    _edition, camille, link = await make_own_page(ambassador=True)
    fields = filled(
        camille,
        name="Camille Côté",
        organisation="Verger",
        biography_fr="Elle plante.",
        biography_en="She plants.",
        needs="Une rampe",
        available=keys("9:00", "9:30"),
        email="mallory@example.ca",
        ambassador="",
    )

    answer = await send_form(client, link, fields, photo=("moi.jpg", saved(photo()), "image/jpeg"))

    page = await client.get(answer.headers["location"])
    now = await fresh(camille)
    assert (answer.status_code, answer.headers["location"]) == (303, link)
    assert "C’est enregistré, merci. L’organisation publie les changements" in page.text
    assert (now.name, now.organisation, now.needs) == ("Camille Côté", "Verger", "Une rampe")
    assert (now.biography_fr, now.biography_en) == ("Elle plante.", "She plants.")
    assert (now.email, now.ambassador, now.person) == (ADDRESS, True, camille.person)
    assert f"/portraits/{now.portrait}.webp" in page.text
    assert await availability_of(camille.id) == [(at(9), at(10))]


async def test_mistake_is_told_beside_its_field_and_nothing_is_lost(client: httpx.AsyncClient):
    _edition, camille, link = await make_own_page()

    answer = await send_form(
        client,
        link,
        filled(camille, name=" ", needs="Une rampe"),
        photo=("moi.gif", saved(photo(), "GIF"), "image/jpeg"),
    )

    assert answer.status_code == 422
    assert "Écrivez votre nom." in answer.text
    assert "Choisissez une image JPEG, PNG ou WebP." in answer.text
    assert "Une rampe</textarea>" in answer.text
    assert (await fresh(camille)).needs == ""


async def test_speaker_who_saves_without_end_is_asked_to_wait(client: httpx.AsyncClient):
    _edition, camille, link = await make_own_page()

    answers = [await send_form(client, link, filled(camille)) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [303] * 30 + [429]


async def test_link_stops_when_the_address_changes_and_works_again_with_it(client: httpx.AsyncClient):
    _edition, camille, link = await make_own_page()
    await save_speaker(camille, Details(name=CAMILLE, email="camille@ailleurs.example"), version=camille.version)

    page, sent = await client.get(link), await send_form(client, link, filled(camille))

    assert (page.status_code, STALE in page.text) == (404, True)
    assert (sent.status_code, STALE in sent.text) == (404, True)
    assert (await client.get(own_path(await fresh(camille)))).status_code == 200


async def test_link_stops_when_the_address_or_the_speaker_is_taken_away(client: httpx.AsyncClient):
    _edition, camille, link = await make_own_page()
    await save_speaker(camille, Details(name=CAMILLE), version=camille.version)
    without_address = await client.get(link)
    await remove_speaker(camille)

    assert (without_address.status_code, STALE in without_address.text) == (404, True)
    assert (await client.get(link)).status_code == 404


async def test_link_of_one_speaker_opens_nobody_elses_page(client: httpx.AsyncClient):
    """Neither with another's code, nor for the same address in another edition, nor with another page's signature."""
    _edition, camille, link = await make_own_page()
    denis = await make_profile(await make_edition("cafe2028"), "Denis Roy", email=ADDRESS)
    token = link.rpartition("/")[2]
    forged = [
        token.replace(camille.code, denis.code),
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token.partition(".")[0],
        camille.code,
        private_path("scheduling:own-page", "place", token.partition(".")[0]).rpartition("/")[2],
        private_path("scheduling:own-page", "speaker", camille.code).rpartition("/")[2],
        private_path("scheduling:own-page", "speaker", f"{camille.code}-").rpartition("/")[2],
    ]

    answers = [await client.get(f"/ma-fiche/{wrong}") for wrong in forged]

    assert [answer.status_code for answer in answers] == [404] * len(forged)
    assert own_path(denis).partition("-")[2] != link.partition("-")[2]
    assert "Denis" in (await client.get(own_path(denis))).text


async def test_public_speaker_has_no_page_of_their_own(client: httpx.AsyncClient):
    edition = await make_edition()
    public = await make_speaker(edition, "Publique Roy")

    answer = await client.get(private_path("scheduling:own-page", "speaker", f"{public.code}-{'0' * 20}"))

    assert (answer.status_code, STALE in answer.text) == (404, True)


async def test_english_page_exists_where_the_edition_opens_english(client: httpx.AsyncClient):
    _edition, _camille, link = await make_own_page()
    french = await make_edition("cafe2028", english=False)
    other = own_path(await make_profile(french, "Denis Roy", email="denis@example.ca"))

    english, closed = await client.get(f"/en{link}"), await client.get(f"/en{other}")

    assert (english.status_code, 'lang="en"' in english.text) == (200, True)
    assert (closed.status_code, closed.headers["location"]) == (303, other)
    assert 'name="biography_en"' not in (await client.get(other)).text


async def appears_in(made: Made, source: str, title: str, speaker: int) -> Made:
    activity = await make_activity(made, title)
    await database.fetch("UPDATE activity SET source_id = $2 WHERE id = $1", activity.id, source)
    await database.fetch("INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, speaker)
    return activity


async def test_activities_are_told_as_planned_and_as_published(client: httpx.AsyncClient):
    edition, camille, link = await make_own_page()
    draft, later = Made(camille.draft, ""), IN_A_YEAR + timedelta(hours=2)
    public = await make_speaker(edition, CAMILLE)
    await database.fetch("UPDATE speaker SET source_id = $2 WHERE id = $1", public.id, camille.source_id)
    rooms = {made.id: await make_room(made) for made in (edition, draft)}
    for made, speaker, title, starts_at in (
        (edition, public.id, "Publiée", IN_A_YEAR),
        (draft, camille.id, "Publiée", IN_A_YEAR),
        (edition, public.id, "Déplacée", IN_A_YEAR),
        (draft, camille.id, "Déplacée", later),
        (draft, camille.id, "Nouvelle", IN_A_YEAR),
        (edition, public.id, "Retirée", IN_A_YEAR),
    ):
        slot = await make_slot(await appears_in(made, title, title, speaker), starts_at=starts_at, room=rooms[made.id])
        await database.fetch("UPDATE slot SET source_id = $2 WHERE id = $1", slot.id, title)
    await appears_in(draft, "Sans heure", "Sans heure", camille.id)

    page = await client.get(link)

    listed = page.text.partition('<ul class="agenda">')[2].partition("</ul>")[0]
    entries = [text_of(entry) for entry in listed.split('<li class="agenda-entry">')[1:]]
    where = "jeudi 21 octobre 2027 Salle des Lilas, Bibliothèque"
    where_in_a_line = "jeudi 21 octobre 2027, 9 h à 10 h, Salle des Lilas, Bibliothèque"
    assert sorted(entries) == [
        f"11 h à 12 h Déplacée {where} Le public lit encore : {where_in_a_line} Changement à publier",
        f"9 h à 10 h Nouvelle {where} Pas encore publié",
        f"9 h à 10 h Publiée {where} Publié",
        f"9 h à 10 h Retirée {where} Retiré, à publier",
        "Horaire à venir Sans heure Pas encore publié",
    ]
    assert entries[-1].startswith("Horaire à venir")
    assert f'href="/jn2027/intervenants/{public.code}"' in page.text
