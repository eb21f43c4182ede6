"""An exhibitor's page of booths: states in words, one click to hold, the nearest when somebody was faster."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.booth_waiting import join_line
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from tests.conftest import sign_in
from tests.exhibitors.bookable import OpenFair, book, has, open_fair, read_of, states, taken
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_extra, make_need
from tests.factories import make_edition
from tests.scheduling.routes.catalogue_pages import errors, fields, said
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


async def a_fair(client: httpx.AsyncClient, **more: object) -> OpenFair:
    """The first exhibitor's person is signed in."""
    fair = await open_fair(**{"booths": 4, "exhibitors": 2, **more})  # type: ignore[arg-type] # as open_fair says
    await sign_in(client, fair.people[0])
    return fair


def page_of(fair: OpenFair, number: int = 0) -> str:
    return f"/jn2027/mon-kiosque/{fair.exhibitors[number].code}/kiosque"


async def test_page_shows_each_booth_with_its_state_on_the_plan_and_in_the_table(client: httpx.AsyncClient):
    fair = await a_fair(client)
    other = await make_category(fair.edition, "Ressources de soutien")
    await make_booth(fair.edition, "Z1", category=other, x=100, y=900)
    await hold_booth(fair.exhibitors[1].id, fair.booths[1].code)
    await book(await make_exhibitor(fair.edition, fair.category, name="Discret inc."), fair.booths[2])
    await hold_booth(fair.exhibitors[0].id, fair.booths[3].code)

    answer = await client.get(page_of(fair))

    states = [part.partition('"')[0] for part in answer.text.split('data-state="')[1:]]
    assert states == [
        "free",
        "held",
        "taken",
        "mine",
        "other",
    ]
    for number, state in (("A1", "Libre"), ("A2", "Option en cours"), ("A3", "Pris"), ("A4", "Le vôtre")):
        assert f'aria-label="{number}, {state}, 3\N{NO-BREAK SPACE}m × 2\N{NO-BREAK SPACE}m"' in answer.text
    assert "Discret inc." not in answer.text


async def test_choosing_a_booth_leads_to_the_page_with_its_clock(client: httpx.AsyncClient):
    fair = await a_fair(client)

    answer = await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[0].code})
    page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"{page_of(fair)}/option")
    assert "Ce kiosque est gardé pour vous jusqu’à" in said(page)
    assert 899 >= int(page.text.partition('data-seconds-left="')[2].partition('"')[0]) >= 880


async def test_who_comes_too_late_is_told_at_once_with_the_nearest_free_booths(client: httpx.AsyncClient):
    fair = await a_fair(client, booths=6)
    await hold_booth(fair.exhibitors[1].id, fair.booths[4].code)

    answer = await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[4].code})

    assert answer.status_code == 409
    assert "« A5 » vient d’être pris." in said(answer)
    [buttons] = [part.partition("</form>")[0] for part in answer.text.split('<form class="actions"')[1:]]
    assert [part.partition('"')[0] for part in buttons.split('value="')[1:]] == [
        fair.booths[number].code for number in (3, 5, 2)
    ]


@pytest.mark.parametrize("sent", [{}, {"booth": ""}, {"booth": "NOTHING000"}, {"booth": "'; DROP TABLE booth"}])
async def test_booth_that_is_none_is_refused_in_words(client: httpx.AsyncClient, sent: dict[str, str]):
    fair = await a_fair(client)

    answer = await client.post(f"{page_of(fair)}/prendre", data=sent)

    assert (answer.status_code, "Ce kiosque n’existe plus" in said(answer)) == (409, True)


async def test_page_says_in_words_why_there_is_nothing_to_choose(client: httpx.AsyncClient):
    now = clock.now()
    fair = await a_fair(client, booking_opens_at=now + timedelta(days=1), booking_closes_at=now + timedelta(days=2))
    one = await make_exhibitor(fair.edition, fair.category, fair.people[0], state="submitted")

    assert "Les kiosques ne se choisissent pas encore" in said(await client.get(page_of(fair)))
    assert "La vôtre : Candidature reçue." in said(await client.get(f"/jn2027/mon-kiosque/{one.code}/kiosque")).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    with clock.stopped_at(now + timedelta(days=2)):
        page = await client.get(page_of(fair))
    assert "Le choix des kiosques est terminé" in said(page)
    assert 'name="booth"' not in page.text


async def test_strangers_and_exhibitors_of_other_editions_find_nothing(client: httpx.AsyncClient):
    fair = await a_fair(client)
    await make_edition("jn2029")
    paths = [page_of(fair, 1), page_of(fair).replace("jn2027", "jn2029")]

    for path in paths:
        assert (await client.get(path)).status_code == 404
        for act in ("prendre", "option/confirmer", "liberer", "attendre", "ne-plus-attendre"):
            assert (await client.post(f"{path}/{act}", data={"booth": fair.booths[0].code})).status_code == 404
    assert await states(fair.exhibitors[1]) == []


async def test_filters_and_order_hold_for_table_and_plan(client: httpx.AsyncClient):
    fair = await a_fair(client)
    await database.fetch("UPDATE booth SET power = true, width = 400 WHERE id = $1", fair.booths[2].id)

    powered = await client.get(f"{page_of(fair)}?electricite=oui&surface=7")
    sized = await client.get(f"{page_of(fair)}?tri=surface")
    nonsense = await client.get(f"{page_of(fair)}?tri=x&surface=-1&libre")

    def numbers(page: httpx.Response) -> list[str]:
        return [row.partition('"')[0] for row in page.text.split('data-number="')[1:]]

    assert numbers(powered) == ["A3"]
    assert powered.text.count('floor-plan-booth--other" data-booth') == 3
    assert numbers(sized) == ["A3", "A1", "A2", "A4"]
    assert numbers(nonsense) == ["A1", "A2", "A3", "A4"]


async def test_page_takes_as_many_statements_for_many_booths(client: httpx.AsyncClient):
    fair = await a_fair(client, booths=1)
    async with counted_statements() as few:
        await client.get(page_of(fair))
    for number in range(2, 9):
        booth = await make_booth(fair.edition, f"B{number}", category=fair.category, x=100, y=200 * number)
        await book(await make_exhibitor(fair.edition, fair.category), booth)
    async with counted_statements() as many:
        await client.get(page_of(fair))

    assert len(many) == len(few)


async def test_confirming_books_the_booth_with_its_extras(client: httpx.AsyncClient):
    fair = await a_fair(client)
    table = await make_extra(fair.edition, "Table", price_cents=1_500)
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[0].code})
    counted = await client.get(f"{page_of(fair)}/option?extra-{table.code}=2")

    answer = await client.post(
        f"{page_of(fair)}/option/confirmer",
        data={**fields(counted, "/confirmer"), f"extra-{table.code}": "2", "agree": "yes"},
    )
    page = await client.get(answer.headers["location"])

    assert "Total 321,93 $" in said(counted)
    assert (answer.status_code, await has(fair.exhibitors[0]), await taken(table)) == (303, (None, "A1"), 2)
    assert "Votre kiosque est réservé." in said(page)
    assert "Total 321,93 $" in said(page)


async def test_conditions_must_be_accepted_and_quantities_understood(client: httpx.AsyncClient):
    fair = await a_fair(client)
    table = await make_extra(fair.edition, "Table", stock=3)
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[0].code})
    form = fields(await client.get(f"{page_of(fair)}/option"), "/confirmer")

    wrong = await client.post(f"{page_of(fair)}/option/confirmer", data={**form, f"extra-{table.code}": "-1"})
    many = await client.post(f"{page_of(fair)}/option/confirmer", data={**form, f"extra-{table.code}": "4"})

    assert (wrong.status_code, errors(wrong)) == (
        422,
        ["Écrivez un nombre entier, de 0 à 99.", "Acceptez les conditions pour réserver."],
    )
    assert errors(many)[0] == "Il en reste 3 : baissez la quantité."
    assert fields(wrong, "/confirmer")[f"extra-{table.code}"] == "-1"
    assert await has(fair.exhibitors[0]) == ("A1", None)


async def test_total_that_was_never_shown_is_not_confirmed(client: httpx.AsyncClient):
    fair = await a_fair(client)
    table = await make_extra(fair.edition, "Table", price_cents=1_500)
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[0].code})
    form = fields(await client.get(f"{page_of(fair)}/option"), "/confirmer")

    answer = await client.post(
        f"{page_of(fair)}/option/confirmer", data={**form, f"extra-{table.code}": "2", "agree": "yes"}
    )
    assert answer.status_code == 409
    assert "Le kiosque ou son prix a changé depuis que vous l’avez lu." in said(answer)
    assert await has(fair.exhibitors[0]) == ("A1", None)

    again = await client.post(
        f"{page_of(fair)}/option/confirmer", data={**fields(answer, "/confirmer"), "agree": "yes"}
    )
    assert (again.status_code, await has(fair.exhibitors[0])) == (303, (None, "A1"))


async def test_last_extra_that_somebody_else_took_keeps_the_option_and_what_was_typed(client: httpx.AsyncClient):
    fair = await a_fair(client)
    table = await make_extra(fair.edition, "Table", stock=1)
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[0].code})
    form = fields(await client.get(f"{page_of(fair)}/option?extra-{table.code}=1"), "/confirmer")
    await database.fetch("UPDATE booth_extra SET stock = 0 WHERE id = $1", table.id)

    answer = await client.post(f"{page_of(fair)}/option/confirmer", data={**form, "agree": "yes"})

    assert answer.status_code == 422
    assert "Il en reste 0" in said(answer)
    assert fields(answer, "/confirmer")[f"extra-{table.code}"] == "1"


async def test_option_that_ran_out_while_confirming_proposes_its_booth_again(client: httpx.AsyncClient):
    fair = await a_fair(client)
    now = clock.now()
    with clock.stopped_at(now):
        await hold_booth(fair.exhibitors[0].id, fair.booths[1].code)
        form = fields(await client.get(f"{page_of(fair)}/option"), "/confirmer")

    with clock.stopped_at(now + timedelta(minutes=15)):
        answer = await client.post(f"{page_of(fair)}/option/confirmer", data={**form, "agree": "yes"})
        looked = await client.get(f"{page_of(fair)}/option")

    for page, status in ((answer, 409), (looked, 200)):
        assert page.status_code == status
        assert "Vous n’avez plus d’option" in said(page)
        proposed = page.text.partition('<form class="actions"')[2].partition("</form>")[0]
        assert proposed.partition('value="')[2].startswith(fair.booths[1].code)


async def test_competitor_side_by_side_is_said_before_confirming_and_refuses_nothing(client: httpx.AsyncClient):
    fair = await a_fair(client)
    need = await make_need(fair.edition, name="Cybersécurité")
    for exhibitor in fair.exhibitors:
        await database.fetch("INSERT INTO exhibitor_need (exhibitor, need) VALUES ($1, $2)", exhibitor.id, need)
    await database.fetch("UPDATE exhibitor SET listed = true WHERE id = $1", fair.exhibitors[1].id)
    await book(fair.exhibitors[1], fair.booths[0])

    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[1].code})
    near = await client.get(f"{page_of(fair)}/option")
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[3].code})
    far = await client.get(f"{page_of(fair)}/option")

    sentence = "Exposant 1, au kiosque A1, répond aussi au besoin « Cybersécurité »."
    assert sentence in said(near)
    assert "répond aussi au besoin" not in said(far)


async def test_exhibitor_moves_and_gives_its_booth_back(client: httpx.AsyncClient):
    fair = await a_fair(client)
    await book(fair.exhibitors[0], fair.booths[0])
    assert "Changer de kiosque" in said(await client.get(page_of(fair)))
    await client.post(f"{page_of(fair)}/prendre", data={"booth": fair.booths[1].code})
    form = fields(await client.get(f"{page_of(fair)}/option"), "/confirmer")

    await client.post(f"{page_of(fair)}/option/confirmer", data={**form, "agree": "yes"})
    assert await states(fair.exhibitors[0]) == ["moved", "confirmed"]

    [booking] = await database.fetch("SELECT code FROM booking WHERE state = 'confirmed'")
    answer = await client.post(f"{page_of(fair)}/liberer", data={"booking": booking["code"]})
    assert "Votre réservation est annulée." in said(await client.get(answer.headers["location"]))
    assert await states(fair.exhibitors[0]) == ["moved", "cancelled"]


async def test_nobody_ends_the_booking_of_somebody_else(client: httpx.AsyncClient):
    fair = await a_fair(client)
    code = await book(fair.exhibitors[1], fair.booths[0])

    answer = await client.post(f"{page_of(fair)}/liberer", data={"booking": code})

    assert (answer.status_code, await has(fair.exhibitors[1])) == (303, (None, "A1"))


async def test_exhibitor_waits_is_offered_a_booth_and_finds_it_on_its_page(client: httpx.AsyncClient):
    fair = await a_fair(client, booths=1)
    code = await book(fair.exhibitors[1], fair.booths[0])
    assert "Tous les kiosques de votre catégorie sont pris" in said(await client.get(page_of(fair)))

    await client.post(f"{page_of(fair)}/attendre")
    assert "Vous êtes au numéro 1 de la liste d’attente" in said(await client.get(page_of(fair)))
    await end_booking(code)

    assert "Ce kiosque s’est libéré, et c’est votre tour" in said(await client.get(page_of(fair)))
    assert "gardé pour vous jusqu’au" in said(await client.get(f"{page_of(fair)}/option"))


async def test_waiting_is_refused_while_a_booth_is_free_and_given_up_at_will(client: httpx.AsyncClient):
    fair = await a_fair(client, booths=1)
    answer = await client.post(f"{page_of(fair)}/attendre")
    assert (answer.status_code, "Il reste un kiosque libre de votre catégorie" in said(answer)) == (409, True)

    await book(fair.exhibitors[1], fair.booths[0])
    await join_line(fair.exhibitors[0].id)
    await client.post(f"{page_of(fair)}/ne-plus-attendre")
    assert await database.fetch("SELECT FROM booth_waiting") == []


async def test_confirming_twice_says_once_that_it_is_booked(client: httpx.AsyncClient):
    fair = await a_fair(client)
    hold = await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
    form = {**fields(await client.get(f"{page_of(fair)}/option"), "/confirmer"), "agree": "yes"}
    assert form["total"] == str((await read_of(hold)).total_cents)

    first = await client.post(f"{page_of(fair)}/option/confirmer", data=form)
    second = await client.post(f"{page_of(fair)}/option/confirmer", data=form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(await database.fetch("SELECT FROM outbox_message")) == 1
