"""Two people at one speaker's page: nobody overwrites what they have not seen."""

import asyncio
from collections import Counter

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.availabilities import availability_of
from scheduling.domain.drafts import draft_of
from scheduling.domain.speaker_editing import (
    ChangedMeanwhile,
    Details,
    StillOnTheProgramme,
    remove_speaker,
    save_speaker,
)
from scheduling.domain.speaker_links import send_link
from tests.factories import Made, make_activity, make_edition
from tests.scheduling.speaker_factories import (
    ADDRESS,
    CAMILLE,
    at,
    filled,
    fresh,
    keys,
    make_organiser,
    make_own_page,
    make_profile,
    send_form,
    text_of,
)

pytestmark = pytest.mark.usefixtures("committed")

AT_ONCE = 8


async def test_one_of_many_forms_of_the_same_version_is_saved():
    camille = await make_profile(await make_edition())

    outcomes = await asyncio.gather(
        *(
            save_speaker(
                camille, Details(name=f"Camille {n}", available=[(at(9), at(10 + n))]), version=camille.version
            )
            for n in range(AT_ONCE)
        ),
        return_exceptions=True,
    )

    saved = outcomes.index(None)
    assert Counter(map(repr, outcomes)) == {"None": 1, "ChangedMeanwhile()": AT_ONCE - 1}
    assert (await fresh(camille)).name == f"Camille {saved}"
    assert await availability_of(camille.id) == [(at(9), at(10 + saved))]


async def test_availability_alone_makes_a_new_version():
    camille = await make_profile(await make_edition())
    await save_speaker(camille, Details(name=CAMILLE, available=[(at(9), at(10))]), version=camille.version)

    with pytest.raises(ChangedMeanwhile):
        await save_speaker(camille, Details(name="Camille Côté"), version=camille.version)


async def test_organiser_and_speaker_read_what_the_other_has_saved_meanwhile(client: httpx.AsyncClient):
    edition, camille, link = await make_own_page(organisation="Verger")
    await make_organiser(client, edition)
    theirs = filled(camille, organisation="Verger Exemple", needs="Une rampe", available=keys("9:00"))
    await send_form(client, link, theirs)
    path = f"/jn2027/organisation/intervenants/{camille.code}"

    answer = await send_form(client, path, filled(camille, name="Camille Côté", available=keys("13:00")))

    words = text_of(answer.text)
    now = await fresh(camille)
    assert answer.status_code == 409
    assert "Cette fiche a changé pendant que vous l’écriviez" in words
    assert "Organisation : Verger Exemple" in words
    assert "Besoins : Une rampe" in words
    assert "Disponibilités : jeudi 21 octobre 2027, 9 h à 9 h 30" in words
    assert 'value="Camille Côté"' in answer.text
    assert f'name="version" value="{now.version}"' in answer.text
    assert now.name == CAMILLE

    again = await send_form(client, path, filled(now, name="Camille Côté", available=keys("13:00")))
    late = await send_form(client, link, theirs)

    assert again.status_code == 303
    assert (late.status_code, "Nom : Camille Côté" in text_of(late.text)) == (409, True)
    assert await availability_of(camille.id) == [(at(13), at(13, 30))]


async def test_nobody_is_removed_while_they_are_put_into_an_activity():
    camille = await make_profile(await make_edition())
    activity = await make_activity(Made(camille.draft, ""))

    async def put_into_it() -> None:
        async with database.transaction():
            await database.fetch(
                "INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, camille.id
            )
            inserted.set()
            await asyncio.sleep(0.2)  # long enough for the other to have looked

    inserted = asyncio.Event()
    putting = asyncio.create_task(put_into_it())
    await inserted.wait()

    with pytest.raises(StillOnTheProgramme):
        await remove_speaker(camille)
    await putting
    assert await fresh(camille)


async def test_link_leaves_once_when_many_press_at_the_same_time():
    edition = await make_edition()
    await draft_of(edition.id)
    camille = await make_profile(edition, email=ADDRESS)

    await asyncio.gather(*(send_link(camille) for _ in range(AT_ONCE)))

    [row] = await database.fetch("SELECT count(*) AS number FROM outbox_message")
    assert row["number"] == 1
