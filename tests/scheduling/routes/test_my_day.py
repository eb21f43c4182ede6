"""Composing a day; everything here works without scripts."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from scheduling.domain.places import cancel_place
from scheduling.domain.waiting import leave
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.letters_read import promised
from tests.scheduling.day_forms import BOB, DAY, OURS, a_slot, choose, kept, places, plain, send, ticked
from tests.scheduling.lines import a_line, states

pytestmark = pytest.mark.usefixtures("db")

LEAVING = (
    "Vous attendez une place à « Mots de passe solides » (9 h à 10 h) : si vous réservez « Autre » (9 h 30 à 10 h 30), "
    "vous quittez cette liste d’attente."
)
OVERLAP = "« Une » (9 h à 10 h) et « Autre » (9 h 30 à 10 h 30) se chevauchent"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def test_empty_day_says_how_to_fill_it(client: httpx.AsyncClient, edition: Made) -> None:
    page = await client.get(DAY)

    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "Votre journée est vide" in plain(page)
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]


async def test_favourites_are_offered_and_what_an_activitys_page_added_is_chosen(
    client: httpx.AsyncClient, edition: Made
) -> None:
    favourite, added = await a_slot(edition, "Favorite"), await a_slot(edition, "Ajoutée", hours=2)
    [row] = await database.fetch(
        "SELECT a.code FROM activity a JOIN slot s ON s.activity = a.id WHERE s.id = $1", favourite.id
    )
    client.cookies.set("favourites", row["code"])

    answer = await client.post(f"{DAY}/plages/{added.code.lower()}", headers=OURS)
    page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, DAY)
    assert "C’est dans votre journée : Ajoutée" in plain(page)
    assert ticked(page) == {favourite.code: False, added.code: True}
    assert "1 activité choisie · rien ne se chevauche" in plain(page)


async def test_activitys_page_offers_to_add_what_can_still_be_had(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    free, full, several = [
        await make_slot(activity, seats=seats, starts_at=IN_A_YEAR + timedelta(hours=hours))
        for hours, seats in ((0, None), (2, 0), (4, 3))
    ]

    chosen = await client.get(f"/jn2027/activites/{activity.code}?plage={several.code}")
    choice = await client.get(f"/jn2027/activites/{activity.code}?plage={full.code}")

    offered = r'action="/jn2027/ma-journee/plages/(\w+)"'
    assert re.findall(offered, chosen.text) == [several.code, free.code]
    assert re.findall(offered, choice.text) == [several.code, free.code]


async def test_overlap_is_said_before_anything_is_sent(client: httpx.AsyncClient, edition: Made) -> None:
    one, other, third = [
        await a_slot(edition, title, hours=hours) for title, hours in (("Une", 0), ("Autre", 0.5), ("Après", 4))
    ]

    answer = await choose(client, one, other, third)
    page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, DAY)
    assert "Votre journée est à jour." in plain(page)
    assert "3 activités choisies" in plain(page)
    assert f"{OVERLAP} : gardez l’un des deux." in plain(page)
    assert "rien ne se chevauche" not in plain(page)
    assert await promised("scheduling.agenda") == []


async def test_script_gets_what_the_choice_comes_to(client: httpx.AsyncClient, edition: Made) -> None:
    one, other = await a_slot(edition, "Une"), await a_slot(edition, "Autre", hours=0.5)

    both = await send(client, one, other, to="/choix", script=True)
    alone = await send(client, one, to="/choix", script=True)

    assert (both.status_code, alone.status_code) == (200, 200)
    assert f"{OVERLAP} : gardez l’un des deux." in plain(both)
    assert "1 activité choisie · rien ne se chevauche" in plain(alone)
    assert kept(client) == [one.code]


async def test_overlaps_say_what_is_held_what_is_asked_for_and_where_entry_is_free(
    client: httpx.AsyncClient, edition: Made
) -> None:
    one, other, fair = (
        await a_slot(edition, "Une"),
        await a_slot(edition, "Autre", hours=0.5),
        await a_slot(edition, "Salon", hours=0.25, seats=None),
    )
    await send(client, one, **BOB)
    await choose(client, other, fair)
    strangers = plain(await client.get(DAY))
    await sign_in(client, (await database.fetch("SELECT id FROM person"))[0]["id"])
    own = plain(await client.get(DAY))

    assert f"{OVERLAP} : vous avez déjà demandé « Une », la réponse est dans vos courriels." in strangers
    assert "Demandée : voyez vos courriels" in strangers
    assert f"{OVERLAP} : vous avez déjà une place à « Une »." in own
    assert "Votre place" in own
    assert "Demandée" not in own
    for page in (strangers, own):
        assert (
            "L’entrée est libre à « Salon » (9 h 15 à 10 h 15) : passez-y avant ou après ce que vous avez choisi à la "
            "même heure." in page
        )
        assert "Entrée libre : rien à réserver" in page


async def test_waiting_and_offered_seats_are_shown_as_what_they_are_and_refuse_nothing(
    client: httpx.AsyncClient, edition: Made
) -> None:
    now = clock.now()
    full = await a_line(waiting=2, edition=edition)
    beside = await a_slot(edition, "Autre", hours=0.5)
    await sign_in(client, full.people[1])
    await choose(client, full.slot, beside)

    waiting = await client.get(DAY)
    await cancel_place(full.place)
    await leave(full.entries[0])
    with clock.stopped_at(now + timedelta(hours=1)):
        offered = await client.get(DAY)
    stranger = await client.get(DAY, headers={"cookie": ""})

    link = f'href="/jn2027/mes-attentes/{full.entries[1]}"'
    assert ticked(waiting) == {beside.code: True}
    for words in ("Liste d’attente : numéro 2", "Ce n’est pas encore une place", LEAVING):
        assert words in plain(waiting)
    assert ("Votre place" in plain(waiting), "se chevauchent" in plain(waiting)) == (False, False)
    assert "Une place vous est offerte" in plain(offered)
    assert re.search(r"Offerte jusqu’au .* : il vous reste 11 heures\. Répondre", plain(offered))
    assert [link in page.text for page in (waiting, offered, stranger)] == [True, True, False]


async def test_choice_at_the_time_of_a_line_is_sent_and_ends_the_wait(client: httpx.AsyncClient, edition: Made) -> None:
    full = await a_line(waiting=1, edition=edition)
    beside = await a_slot(edition, "Autre", hours=0.5)
    await sign_in(client, full.people[0])

    answer = await send(client, beside, consent="registration")

    assert (answer.status_code, await states(full.slot)) == (303, ["withdrawn"])


async def test_day_says_what_can_no_longer_be_had(client: httpx.AsyncClient, edition: Made) -> None:
    full, gone = await a_slot(edition, "Pleine", seats=0), await a_slot(edition, "Annulée", hours=2)
    begun, over = await a_slot(edition, "Commencée", hours=-2.5), await a_slot(edition, "Finie", hours=-4)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", gone.id)
    await choose(client, full, gone, begun, over)

    with clock.stopped_at(IN_A_YEAR - timedelta(hours=2)):
        page = plain(await client.get(DAY))

    for words in ("Complet", "Annulée", "Déjà commencée", "Terminée"):
        assert words in page


async def test_emptied_day_is_empty_and_places_stay(client: httpx.AsyncClient, edition: Made) -> None:
    one, other = await a_slot(edition, "Une"), await a_slot(edition, "Autre", hours=2)
    await send(client, one, **BOB)
    await choose(client, other)

    answer = await client.post(f"{DAY}/vider", headers=OURS)
    page = await client.get(answer.headers["location"])

    assert "Votre journée est vide. Les places que vous avez déjà restent à vous." in plain(page)
    assert (kept(client), kept(client, "my-day-asked")) == ([], [])
    assert await places() == [("Une", "confirmed")]


async def test_choices_of_another_edition_stay(client: httpx.AsyncClient, edition: Made) -> None:
    elsewhere = await a_slot(await make_edition("cafe2028"), "Ailleurs")
    here = await a_slot(edition, "Ici")
    await client.post(f"/cafe2028/ma-journee/plages/{elsewhere.code}", headers=OURS)

    await choose(client, here, elsewhere)
    await choose(client)

    assert kept(client) == [elsewhere.code]
    assert (await client.post(f"{DAY}/plages/{elsewhere.code}", headers=OURS)).status_code == 404
