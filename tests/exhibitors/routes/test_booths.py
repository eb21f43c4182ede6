"""The organisers' pages of booths: who has which, given and freed by hand, always with a word to the exhibitor."""

import httpx
import pytest

from exhibitors.domain.booth_waiting import join_line
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.bookable import OpenFair, book, has, open_fair, states, told
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor
from tests.factories import make_edition
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, said
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

BOOTHS = "/jn2027/organisation/salon/kiosques"


async def alices_fair(client: httpx.AsyncClient, **more: int) -> OpenFair:
    return await open_fair(edition=await alice_organises(client), **{"booths": 3, "exhibitors": 3, **more})


async def test_list_says_who_has_what_until_when_and_who_waits(client: httpx.AsyncClient):
    fair = await alices_fair(client, booths=2)
    await book(fair.exhibitors[0], fair.booths[0])
    await hold_booth(fair.exhibitors[1].id, fair.booths[1].code)
    await join_line(fair.exhibitors[2].id)

    page = said(await client.get(BOOTHS))

    assert "A1 Fournisseurs 3 m × 2 m Réservé Exposant 0" in page
    assert "A2 Fournisseurs 3 m × 2 m Option jusqu’à" in page
    assert "Fournisseurs 1 Exposant 2" in page.partition("Attend depuis")[2]


async def test_list_takes_as_many_statements_for_many_booths(client: httpx.AsyncClient):
    fair = await alices_fair(client, booths=1)
    async with counted_statements() as few:
        await client.get(BOOTHS)
    for number in range(2, 9):
        booth = await make_booth(fair.edition, f"B{number}", category=fair.category, x=100, y=200 * number)
        await book(await make_exhibitor(fair.edition, fair.category), booth)
    async with counted_statements() as many:
        await client.get(BOOTHS)

    assert len(many) == len(few)


async def test_booth_is_given_by_hand_whatever_its_category_and_the_exhibitor_is_told(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    other = await make_category(fair.edition, "Ressources de soutien")
    booth = await make_booth(fair.edition, "Z1", category=other, x=100, y=900)
    page = f"{BOOTHS}/{booth.code}"

    answer = await client.post(f"{page}/donner", data={"exhibitor": fair.exhibitors[0].code})

    assert (answer.status_code, await has(fair.exhibitors[0])) == (303, (None, "Z1"))
    assert "Le kiosque Z1 est réservé pour Exposant 0" in said(await client.get(page))
    assert await told() == [("booking", fair.people[0])]


async def test_exhibitor_is_moved_by_hand(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    await book(fair.exhibitors[0], fair.booths[0])

    await client.post(f"{BOOTHS}/{fair.booths[1].code}/donner", data={"exhibitor": fair.exhibitors[0].code})

    assert (await has(fair.exhibitors[0]), await states(fair.exhibitors[0])) == ((None, "A2"), ["moved", "confirmed"])


async def test_booth_that_somebody_has_is_not_given_to_another(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
    page = f"{BOOTHS}/{fair.booths[0].code}"

    await client.post(f"{page}/donner", data={"exhibitor": fair.exhibitors[1].code})

    assert "« A1 » vient d’être pris." in said(await client.get(page))
    assert await has(fair.exhibitors[1]) == (None, None)


async def test_booth_is_freed_for_a_reason_that_stays_on_record(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    await book(fair.exhibitors[0], fair.booths[0])
    page = f"{BOOTHS}/{fair.booths[0].code}"
    form = fields(await client.get(page))

    without = await client.post(f"{page}/liberer", data={**form, "words": " "})
    assert (without.status_code, errors(without)) == (422, ["Ce renseignement est nécessaire."])
    assert await has(fair.exhibitors[0]) == (None, "A1")

    await client.post(f"{page}/liberer", data={**form, "words": "Le mur est abîmé."})
    shown = said(await client.get(page))
    assert "Annulé" in shown
    assert "Pourquoi : Le mur est abîmé. — Alice Gagnon" in shown
    assert await told() == [("booking", fair.people[0]), ("booking_over", fair.people[0])]


async def test_what_somebody_else_has_meanwhile_is_not_ended(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    await book(fair.exhibitors[0], fair.booths[0])
    page = f"{BOOTHS}/{fair.booths[0].code}"
    form = fields(await client.get(page))
    await book(fair.exhibitors[0], fair.booths[1])
    await book(fair.exhibitors[1], fair.booths[0])

    await client.post(f"{page}/liberer", data={**form, "words": "Le mur est abîmé."})

    assert await has(fair.exhibitors[1]) == (None, "A1")
    assert "Ce kiosque n’était déjà plus à cet exposant." in said(await client.get(page))


async def test_booths_and_exhibitors_of_another_edition_are_not_found(client: httpx.AsyncClient):
    fair = await alices_fair(client)
    elsewhere = await make_edition("jn2029")
    category = await make_category(elsewhere)
    booth, exhibitor = await make_booth(elsewhere, category=category), await make_exhibitor(elsewhere, category)

    assert (await client.get(f"{BOOTHS}/{booth.code}")).status_code == 404
    answer = await client.post(f"{BOOTHS}/{fair.booths[0].code}/donner", data={"exhibitor": exhibitor.code})
    assert answer.status_code == 404
    empty = await client.post(f"{BOOTHS}/{fair.booths[0].code}/donner", data={})
    assert (empty.status_code, errors(empty)) == (422, ["Ce renseignement est nécessaire."])
