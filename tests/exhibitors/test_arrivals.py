"""Organisers open quarters of an hour, see who comes when, and take nobody's away."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import database
from exhibitors.domain.arrival_slots import open_slots
from exhibitors.domain.arrivals import choose_arrival
from exhibitors.domain.exhibitors import exhibitor_called
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor
from tests.factories import Made, make_edition
from tests.pdf_text import text_of
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, rows, said
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

ARRIVALS = "/jn2027/organisation/salon/arrivees"
FIRST = datetime(2027, 10, 21, 11, tzinfo=UTC)
SLOTS = "SELECT starts_at, capacity, taken FROM arrival_slot ORDER BY starts_at"


async def open_more(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    form = {"day": "2027-10-21", "begin": "07:00", "end": "08:00", "capacity": "2"}
    return await client.post(ARRIVALS, data={**form, **typed})


async def arrives(edition: Made, name: str, at: datetime, vehicle: str = "") -> None:
    made = await make_exhibitor(edition, await make_category(edition), name=name)
    await make_booking(await make_booth(edition, f"K{made.id}"), made)
    await choose_arrival(await exhibitor_called(edition.id, made.code), f"{at:%Y%m%dT%H%M}", vehicle=vehicle)


async def test_quarters_are_opened_one_after_the_other(client: httpx.AsyncClient):
    await alice_organises(client)

    answer = await open_more(client)

    assert answer.status_code == 303
    assert await rows(SLOTS) == [(FIRST + timedelta(minutes=15 * number), 2, 0) for number in range(4)]
    assert "4 quarts d’heure ouverts." in said(await client.get(ARRIVALS))


async def test_what_is_open_already_stays_as_it_is(client: httpx.AsyncClient):
    await alice_organises(client)
    await open_more(client, end="07:30")

    await open_more(client, end="07:45", capacity="9")

    assert [capacity for _starts_at, capacity, _taken in await rows(SLOTS)] == [2, 2, 9]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"begin": "07:10"}, "Écrivez des quarts d’heure, par exemple 7 h 15, le plus tôt d’abord."),
        ({"begin": "09:00"}, "Écrivez des quarts d’heure, par exemple 7 h 15, le plus tôt d’abord."),
        (
            {"day": "2027-03-14", "begin": "01:00", "end": "04:00"},
            "Cette heure n’existe pas le dimanche 14 mars 2027 : les horloges avancent d’une heure cette nuit-là.",
        ),
        (
            {"day": "2027-11-07", "begin": "00:00", "end": "03:00"},
            (
                "Il est deux fois 1 h le dimanche 7 novembre 2027 : les horloges reculent d’une heure. "
                "Dites laquelle des deux."
            ),
        ),
        ({"capacity": "0"}, "Écrivez un nombre de 0 à 50."),
        ({"capacity": "deux"}, "Écrivez un nombre de 0 à 50."),
        ({"day": "demain"}, "Écrivez une date complète, par exemple 2027-10-21."),
    ],
)
async def test_wrong_hours_are_refused_in_words_and_nothing_is_opened(
    client: httpx.AsyncClient, typed: dict[str, str], sentence: str
):
    await alice_organises(client)

    answer = await open_more(client, **typed)

    assert (answer.status_code, errors(answer), await rows(SLOTS)) == (422, [sentence], [])


async def test_page_says_who_comes_when_and_who_has_not_said(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await open_slots(edition.id, [FIRST], 2)
    await arrives(edition, "Zénith", FIRST, "Camion")
    await make_exhibitor(edition, await make_category(edition), name="Indécis")

    words = said(await client.get(ARRIVALS))

    assert [text in words for text in ("Zénith", "Camion", "1 sur 2", "Sans heure d’arrivée Indécis")] == [True] * 4


async def change(client: httpx.AsyncClient, **typed: str) -> str:
    answer = await client.post(f"{ARRIVALS}/changer", data={"slot": f"{FIRST:%Y%m%dT%H%M}", **typed})
    assert answer.status_code == 303
    return said(await client.get(ARRIVALS))


async def test_capacity_changes_but_never_below_what_is_taken(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await open_slots(edition.id, [FIRST], 3)
    for name in ("Un", "Deux"):
        await arrives(edition, name, FIRST)

    refused = await change(client, capacity="1")
    kept = await rows(SLOTS)
    await change(client, capacity="2")

    assert "sa capacité ne peut pas être plus petite que 2" in refused
    assert (kept, await rows(SLOTS)) == ([(FIRST, 3, 2)], [(FIRST, 2, 2)])


async def test_empty_quarter_is_removed_and_a_taken_one_stays(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await open_slots(edition.id, [FIRST], 3)
    await arrives(edition, "Un", FIRST)

    refused = await change(client, do="remove")
    kept = await rows(SLOTS)
    await database.fetch("DELETE FROM exhibitor_arrival")
    await database.fetch("UPDATE arrival_slot SET taken = 0")
    await change(client, do="remove")

    assert ("il ne peut pas être enlevé" in refused, kept, await rows(SLOTS)) == (True, [(FIRST, 3, 1)], [])


@pytest.mark.parametrize("typed", [{"capacity": "99"}, {"capacity": "x"}, {"slot": "x", "capacity": "2"}])
async def test_what_no_form_of_ours_says_changes_nothing(client: httpx.AsyncClient, typed: dict[str, str]):
    edition = await alice_organises(client)
    await open_slots(edition.id, [FIRST], 3)

    await change(client, **typed)

    assert await rows(SLOTS) == [(FIRST, 3, 0)]


async def test_list_is_printed_with_who_comes_when(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await open_slots(edition.id, [FIRST], 2)
    await arrives(edition, "#let *Zénith*", FIRST, "Camion")

    answer = await client.get(f"{ARRIVALS}.pdf")

    words = text_of(answer.content).replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert [text in words for text in ("#let*Zénith*", "Camion", "7hà7h15", "jeudi21octobre2027")] == [True] * 4


async def test_page_asks_as_much_for_one_quarter_as_for_three(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    counts = []
    for number in (1, 3):
        starts = [FIRST + timedelta(minutes=15 * each) for each in range(number)]
        await open_slots(edition.id, starts, 2)
        await arrives(edition, f"Nº {number}", starts[-1])
        async with counted_statements() as sent:
            await client.get(ARRIVALS)
        counts.append(len(sent))

    assert counts[0] == counts[1]


async def test_quarters_of_another_edition_are_neither_shown_nor_changed(client: httpx.AsyncClient):
    await alice_organises(client)
    elsewhere = await make_edition("autre")
    await open_slots(elsewhere.id, [FIRST], 3)

    words = await change(client, capacity="5")

    assert ("Aucun quart d’heure encore" in words, await rows(SLOTS)) == (True, [(FIRST, 3, 0)])
