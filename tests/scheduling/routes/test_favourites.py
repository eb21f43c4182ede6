"""Hearts with an account and without; everything here works without scripts."""

import re
from datetime import timedelta

import httpx
import icalendar
import pytest

from digital_days.kernel import database, revalidated
from scheduling.domain.favourites import favourites_of, keep_favourites
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.letters_read import letter, link_to
from tests.scheduling.registered import ask_for_place
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

OURS = {"origin": "http://test.example", "referer": "http://test.example/jn2027/programme?q=mots"}


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def press(client: httpx.AsyncClient, activity: Made, wanted: str = "yes", **headers: str) -> httpx.Response:
    path = f"/jn2027/favoris/{activity.code}"
    return await client.post(path, data={"wanted": wanted}, headers={**OURS, **headers})


def plain(page: httpx.Response) -> str:
    text = re.sub(r"<[^>]+>", " ", page.text.replace("\N{NO-BREAK SPACE}", " "))
    return " ".join(text.split())


def hearts(page: httpx.Response) -> list[tuple[str, str]]:
    """Which ones are pressed, and what pressing would ask for."""
    found = re.findall(r'name="wanted" value="(\w+)"><button[^>]*aria-pressed="(\w+)"', page.text)
    return [(pressed, wanted) for wanted, pressed in found]


async def test_heart_is_kept_in_the_browser_and_leads_back_to_the_page(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition, "Mots de passe")
    await make_slot(activity)

    answer = await press(client, activity)
    back = await client.get(answer.headers["location"])
    shown = await client.get("/jn2027/favoris")

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/programme?q=mots")
    assert "C’est dans vos favoris : Mots de passe" in plain(back)
    assert hearts(back) == [("true", "no")]
    assert client.cookies["favourites"] == activity.code
    assert "1 activité à retrouver." in plain(shown)
    assert await database.fetch("SELECT FROM favourite") == []


async def test_heart_wanted_twice_stays_and_goes_when_it_is_not_wanted(
    client: httpx.AsyncClient, edition: Made
) -> None:
    one, other = await make_activity(edition, "Une"), await make_activity(edition, "Autre")
    for activity in (one, other, one):
        await press(client, activity)
    both = client.cookies["favourites"]

    answer = await press(client, other, "no")
    back = await client.get(answer.headers["location"])

    assert both.split(".") == [other.code, one.code]
    assert client.cookies["favourites"] == one.code
    assert "Ce n’est plus dans vos favoris : Autre" in plain(back)


async def test_script_gets_the_sentence_and_stays_on_the_page(client: httpx.AsyncClient, edition: Made) -> None:
    answer = await press(client, await make_activity(edition, "Une"), **{"hx-request": "true"})

    assert (answer.status_code, answer.text.replace("\N{NO-BREAK SPACE}", " ")) == (
        200,
        "C’est dans vos favoris : Une",
    )
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    cookie = answer.headers["set-cookie"].lower()
    assert ("httponly" in cookie, "samesite=lax" in cookie) == (False, True)  # the page's script reads it


@pytest.mark.parametrize("referer", ["", "http://evil.example/jn2027/programme", "http://test.example//evil.example"])
async def test_heart_leads_to_no_other_site(client: httpx.AsyncClient, edition: Made, referer: str) -> None:
    answer = await press(client, await make_activity(edition), referer=referer)

    assert answer.headers["location"] == "/jn2027/favoris"


async def test_heart_of_another_edition_or_of_nothing_is_not_found(client: httpx.AsyncClient, edition: Made) -> None:
    elsewhere = await make_activity(await make_edition("cafe2028"))

    answers = [await press(client, each) for each in (elsewhere, Made(0, "NOSUCHCODE"))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "favourites" not in client.cookies


async def test_heart_from_another_site_is_refused(client: httpx.AsyncClient, edition: Made) -> None:
    answer = await press(client, await make_activity(edition), origin="http://evil.example")

    assert answer.status_code == 403


async def test_browser_keeps_a_hundred_and_forgets_the_oldest(client: httpx.AsyncClient, edition: Made) -> None:
    client.cookies.set("favourites", ".".join(f"{number:010}" for number in range(100)), domain="test.example")

    await press(client, last := await make_activity(edition))

    kept = client.cookies["favourites"].split(".")
    assert (len(kept), kept[0], kept[-1]) == (100, "0000000001", last.code)


async def test_programme_is_the_same_for_everybody_whatever_their_browser_keeps(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition)
    await make_slot(activity)
    before = await client.get("/jn2027/programme")
    client.cookies.set("favourites", activity.code)

    after = await client.get("/jn2027/programme", headers={"if-none-match": before.headers["etag"]})

    assert (hearts(before), after.status_code) == ([("false", "yes")], 304)


async def test_account_keeps_favourites_and_shows_them_on_every_page(client: httpx.AsyncClient, edition: Made) -> None:
    bob = await make_person()
    activity = await make_activity(edition)
    await make_slot(activity)
    await sign_in(client, bob)

    await press(client, activity)

    pages = [await client.get(f"/jn2027/{path}") for path in ("programme", f"activites/{activity.code}")]
    assert [hearts(page) for page in pages] == [[("true", "no")]] * 2
    assert await favourites_of(bob, edition.id) == {activity.code}
    assert "favourites" not in client.cookies
    assert (await client.get("/jn2027/favoris.json")).json() == [activity.code]

    await press(client, activity, "no")

    assert await favourites_of(bob, edition.id) == frozenset()


async def signed_in_by_link(client: httpx.AsyncClient) -> httpx.Response:
    """As people do it: the link of the mail, and its button."""
    await client.post("/connexion", data={"email": "bob@example.ca"}, headers=OURS)
    return await client.post(link_to(await letter("site.sign-in"), "/connexion/"), data={}, headers=OURS)


async def test_signing_in_takes_the_browsers_favourites_into_the_account(
    client: httpx.AsyncClient, edition: Made
) -> None:
    bob = await make_person()
    known, new = await make_activity(edition, "Connue"), await make_activity(edition, "Nouvelle")
    await keep_favourites(bob, [known.code])
    for activity in (known, new):
        await press(client, activity)

    answer = await signed_in_by_link(client)

    assert answer.status_code == 303
    assert await favourites_of(bob, edition.id) == {known.code, new.code}
    assert "favourites" not in client.cookies


async def test_signing_out_leaves_nothing_to_the_next_person_at_this_computer(
    client: httpx.AsyncClient, edition: Made
) -> None:
    slot = await make_slot(await make_activity(edition))
    await sign_in(client, await make_person())
    await client.post(f"/jn2027/ma-journee/plages/{slot.code}", headers=OURS)
    assert client.cookies["my-day"] == slot.code

    await client.post("/deconnexion", headers=OURS)

    assert "my-day" not in client.cookies


async def test_page_shows_when_where_what_is_left_and_what_is_on_meanwhile(
    client: httpx.AsyncClient, edition: Made
) -> None:
    room = await make_room(edition)
    one, other = await make_activity(edition, "Une"), await make_activity(edition, "Autre")
    await make_slot(one, seats=3, room=room)
    second = await make_slot(other, starts_at=IN_A_YEAR + timedelta(minutes=30))
    for activity in (one, other):
        await press(client, activity)

    page = await client.get("/jn2027/favoris")
    text = plain(page)

    assert page.status_code == 200
    for words in (
        "2 activités à retrouver.",
        "jeudi 21 octobre, 9 h à 10 h",
        "Salle des Lilas, Bibliothèque",
        "3 dernières places",
        "En même temps : « Autre » (9 h 30 à 10 h 30)",
        "En même temps : « Une » (9 h à 10 h)",
        "Vos favoris restent dans ce navigateur, sans compte et sans votre nom.",
    ):
        assert words in text, words
    assert f'href="/jn2027/activites/{other.code}?plage={second.code}#reserver"' in page.text
    assert "/connexion?next=%2Fjn2027%2Ffavoris" in page.text


async def test_page_says_what_can_no_longer_be_had(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition)
    bob = await make_person()
    held = await make_slot(activity)
    await ask_for_place(held)
    for state, hours in (("cancelled", 2), ("scheduled", 4)):
        slot = await make_slot(activity, seats=None, starts_at=IN_A_YEAR + timedelta(hours=hours))
        await database.fetch("UPDATE slot SET state = $2 WHERE id = $1", slot.id, state)
    full = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=6))
    await database.fetch("UPDATE slot SET taken = seats WHERE id = $1", full.id)
    untimed = await make_activity(edition, "Sans horaire")
    await keep_favourites(bob, [activity.code, untimed.code])
    await sign_in(client, bob)

    page = await client.get("/jn2027/favoris")

    for words in ("Votre place", "Annulée", "Entrée libre", "Complet", "L’heure et la salle seront connues bientôt."):
        assert words in plain(page)
    assert "#reserver" not in page.text
    assert "sans votre nom" not in page.text


async def test_page_without_favourites_says_how_to_have_some(client: httpx.AsyncClient, edition: Made) -> None:
    page = await client.get("/jn2027/favoris")

    assert "Aucun favori pour l’instant" in plain(page)
    assert page.headers["cache-control"] == "no-store"


async def test_page_needs_as_many_statements_for_three_favourites_as_for_one(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await sign_in(client, bob := await make_person())
    await client.get("/jn2027/favoris")
    counts = []
    for number in (1, 2):
        for title in range(number):
            activity = await make_activity(edition, f"{number} {title}")
            await make_slot(activity)
            await keep_favourites(bob, [activity.code])
        revalidated.forget_all()
        async with counted_statements(remembering=True) as seen:
            await client.get("/jn2027/favoris")
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("signed_in", [False, True])
async def test_calendar_has_each_moment_as_thought_of_and_names_nobody(
    client: httpx.AsyncClient, edition: Made, signed_in: bool
) -> None:
    activity = await make_activity(edition, "Une")
    slots = [await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=hour)) for hour in (0, 3)]
    await database.fetch("UPDATE slot SET state = 'cancelled', sequence = 2 WHERE id = $1", slots[1].id)
    await make_slot(await make_activity(edition, "Autre"))
    if signed_in:
        await sign_in(client, await make_person())
    await press(client, activity)

    answer = await client.get("/jn2027/favoris.ics")

    assert (answer.headers["content-type"], answer.headers["content-disposition"]) == (
        "text/calendar; charset=utf-8",
        'attachment; filename="favoris-jn2027.ics"',
    )
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [
        (str(each["UID"]), str(each["STATUS"]), str(each["SEQUENCE"]), str(each["SUMMARY"])) for each in events
    ] == [
        (f"{slots[0].code}@favourites.digital-days", "TENTATIVE", "0", "Une"),
        (f"{slots[1].code}@favourites.digital-days", "CANCELLED", "2", "Une"),
    ]
    assert b"ATTENDEE" not in answer.content
