"""The form on an activity's page: what a stranger and a signed-in person get, and what stays neutral."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from scheduling.domain.places import Applicant, take_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("db")

NAMED = {
    "name": "Écrivez votre nom.",
    "email": "Écrivez votre adresse courriel.",
    "consent": "Nous avons besoin de votre accord",
}
BOB: dict[str, object] = {"name": "Bob Tremblay", "email": "bob@example.ca", "consent": ["registration"]}


async def a_slot(seats: int = 12) -> Made:
    return await make_slot(await make_activity(await make_edition()), seats=seats)


async def send(client: httpx.AsyncClient, slot: Made, form: dict[str, object], *, locale: str = "") -> httpx.Response:
    path, headers = f"{locale}/jn2027/plages/{slot.code}/places", {"origin": "http://test.example"}
    return await client.post(path, data=form, headers=headers)


async def test_stranger_is_sent_to_the_mailbox_whether_the_place_is_new_held_or_impossible(client: httpx.AsyncClient):
    activity = await make_activity(await make_edition())
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(minutes=30))

    answers = [await send(client, slot, BOB) for slot in (first, first, second)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    pages = [await client.get(answer.headers["location"]) for answer in answers]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert ["Nous avons écrit à bob@example.ca." in page.text for page in pages] == [True, False, False]  # once


async def test_full_slot_is_said_at_once(client: httpx.AsyncClient):
    slot = await a_slot(seats=1)
    await send(client, slot, BOB)

    answer = await send(client, slot, {**BOB, "email": "charlie@example.ca"})

    assert answer.status_code == 409
    assert "complet" in answer.text.lower()
    assert f"?plage={slot.code}" in answer.text


@pytest.mark.parametrize("missing", ["name", "email", "consent"])
async def test_missing_answer_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: httpx.AsyncClient, missing: str
):
    slot = await a_slot()

    answer = await send(client, slot, {key: value for key, value in BOB.items() if key != missing})

    assert answer.status_code == 422
    assert f'id="field-{missing}' in answer.text
    assert NAMED[missing] in answer.text
    assert all(str(BOB[kept]) in answer.text for kept in ("name", "email") if kept != missing)
    assert await database.fetch("SELECT FROM person") == []


async def test_consents_are_never_ticked_beforehand(client: httpx.AsyncClient):
    slot = await a_slot()

    answer = await send(client, slot, {})

    assert answer.status_code == 422
    assert " checked" not in answer.text


async def test_signed_in_person_gives_only_consent_and_sees_the_agenda(client: httpx.AsyncClient):
    slot = await a_slot()
    await sign_in(client, await make_person())

    answer = await send(client, slot, {"consent": ["registration"]})

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/mon-agenda")
    agenda = await client.get("/jn2027/mon-agenda")
    assert "Mots de passe solides" in agenda.text
    assert "Votre place est réservée" in agenda.text


async def test_signed_in_person_agrees_once_to_the_same_words(client: httpx.AsyncClient):
    activity = await make_activity(await make_edition())
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(days=1))
    await sign_in(client, await make_person())
    page = f"/jn2027/activites/{activity.code}?plage={second.code}"
    before = (await client.get(page)).text
    await send(client, first, {"consent": ["registration"]})

    after = (await client.get(page)).text
    answer = await send(client, second, {})

    assert [text.count('name="consent"') for text in (before, after)] == [3, 0]
    assert "Vous avez déjà donné votre accord" in after
    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/mon-agenda")


@pytest.mark.parametrize(
    "change", ["version = version - 1", "withdrawn_at = given_at", "proved_at = NULL", "edition = edition + 1"]
)
async def test_signed_in_person_is_asked_again_where_the_agreement_does_not_hold(
    client: httpx.AsyncClient, change: str
):
    activity = await make_activity(await make_edition())
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(days=1))
    await sign_in(client, await make_person())
    await send(client, first, {"consent": ["registration"]})
    await database.fetch(f"UPDATE consent SET {change}")

    answer = await send(client, second, {})

    assert (answer.status_code, answer.text.count('name="consent"')) == (422, 3)


async def test_person_whose_session_has_ended_is_told_so_and_may_do_either(client: httpx.AsyncClient):
    activity = await make_activity(await make_edition())
    slot = await make_slot(activity)
    await sign_in(client, await make_person())
    form = hidden((await client.get(f"/jn2027/activites/{activity.code}")).text)
    client.cookies.clear()

    answer = await send(client, slot, {**form, "consent": ["registration"]})

    assert answer.status_code == 422
    assert "Votre session est fermée" in answer.text
    assert "Écrivez votre nom." not in answer.text
    assert f"/connexion?next=%2Fjn2027%2Factivites%2F{activity.code}%3Fplage%3D{slot.code}%23reserver" in answer.text
    assert (await send(client, slot, {**hidden(answer.text), **BOB})).status_code == 303


async def two_at_once() -> tuple[Made, Made]:
    edition = await make_edition()
    first = await make_slot(await make_activity(edition, "Mots de passe solides"))
    other = await make_activity(edition, "Photos du téléphone")
    return first, await make_slot(other, starts_at=IN_A_YEAR + timedelta(minutes=30))


async def test_signed_in_person_is_shown_both_titles_and_times_when_they_overlap(client: httpx.AsyncClient):
    first, second = await two_at_once()
    await sign_in(client, await make_person())
    await send(client, first, {"consent": ["registration"]})

    answer = await send(client, second, {"consent": ["registration"]})

    shown = answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 409
    for part in ("Mots de passe solides", "9 h à 10 h", "Photos du téléphone", "9 h 30 à 10 h 30"):
        assert part in shown


async def test_signed_in_person_takes_the_one_and_gives_the_other_back_with_one_button(client: httpx.AsyncClient):
    first, second = await two_at_once()
    await sign_in(client, await make_person())
    await send(client, first, {"consent": ["registration"]})
    offered = await send(client, second, {})

    answer = await send(client, second, dict(hidden(offered.text)))
    again = await send(client, second, dict(hidden(offered.text)))

    assert "Prendre cette place et annuler l’autre" in offered.text
    assert [each.headers["location"] for each in (answer, again)] == ["/jn2027/mon-agenda"] * 2
    places = await database.fetch("SELECT slot, state FROM place ORDER BY slot")
    assert [tuple(place.values()) for place in places] == [(first.id, "cancelled"), (second.id, "confirmed")]


async def test_no_swap_is_offered_once_the_other_has_begun(client: httpx.AsyncClient):
    first, second = await two_at_once()
    bob = await make_person()
    await sign_in(client, bob)
    await send(client, first, {"consent": ["registration"]})

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=5)):
        await sign_in(client, bob)
        answer = await send(client, second, {})

    assert (answer.status_code, "Prendre cette place" in answer.text) == (409, False)
    assert f"?plage={second.code}" in answer.text


async def test_signed_in_person_is_shown_the_activity_of_another_edition_when_they_overlap(client: httpx.AsyncClient):
    there = await make_slot(await make_activity(await make_edition("cafe2028"), "Café et tablettes"))
    bob = await make_person()
    await take_place(there.code, Applicant(person_id=bob), consents=[])
    slot = await a_slot()
    await sign_in(client, bob)

    answer = await send(client, slot, {"consent": ["registration"]})

    assert (answer.status_code, "Café et tablettes" in answer.text) == (409, True)


@pytest.mark.parametrize("locale", ["", "/en"])
async def test_forms_own_address_leads_to_the_form_in_either_language(client: httpx.AsyncClient, locale: str):
    activity = await make_activity(await make_edition())
    slot = await make_slot(activity)
    refused = await send(client, slot, {})

    answer = await client.get(f"{locale}/jn2027/plages/{slot.code}/places")

    assert f'href="/en/jn2027/plages/{slot.code}/places"' in refused.text
    expected = f"{locale}/jn2027/activites/{activity.code}?plage={slot.code}#reserver"
    assert (answer.status_code, answer.headers["location"]) == (303, expected)


MISTYPED: dict[str, object] = {"name": "Ginette Roy", "email": "ginette@gmial.com", "consent": ["registration", "news"]}


def hidden(page: str) -> dict[str, str]:
    """What the page's form to correct the address carries; of several boxes the last."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


async def sent(client: httpx.AsyncClient, slot: Made, form: dict[str, object]) -> str:
    """The page that says so."""
    return (await client.get((await send(client, slot, form)).headers["location"])).text


async def test_mistyped_address_is_corrected_in_the_form_as_it_was_sent(client: httpx.AsyncClient):
    slot = await a_slot()
    page = await sent(client, slot, MISTYPED)

    form = await send(client, slot, {**hidden(page), "consent": ["registration", "news"]})
    first = hidden(form.text)["first"]
    corrected = await sent(client, slot, {**MISTYPED, "email": "ginette@gmail.com", "first": first})

    assert "Vouliez-vous dire gmail.com" in page
    assert (form.status_code, form.headers["cache-control"]) == (200, "no-store")
    assert all(f'value="{MISTYPED[name]}"' in form.text for name in ("name", "email"))
    assert form.text.count(" checked") == 2
    assert "Vouliez-vous dire" not in corrected
    rows = await database.fetch(
        "SELECT w.email FROM place p JOIN person w ON w.id = p.person WHERE p.state = 'confirmed'"
    )
    assert [row["email"] for row in rows] == ["ginette@gmail.com"]


async def test_typed_words_are_in_no_address_and_gone_when_the_page_is_loaded_again(client: httpx.AsyncClient):
    slot = await a_slot()
    answer = await send(client, slot, MISTYPED)
    address = answer.headers["location"]

    once, again = [await client.get(address) for _ in range(2)]

    assert "inette" not in address
    assert [page.headers["cache-control"] for page in (once, again)] == ["no-store", "no-store"]
    assert ["Ginette Roy" in page.text for page in (once, again)] == [True, False]
    assert "écrivez-nous pour libérer l’autre place" in again.text
    assert "httponly" in answer.headers["set-cookie"].lower()


async def test_correction_reads_alike_whether_the_address_was_known_or_not(client: httpx.AsyncClient):
    slot = await a_slot()
    pages = []
    for _ in range(2):  # the second time the address holds a place already
        page = await sent(client, slot, MISTYPED)
        first = hidden(page)["first"]
        form = await send(client, slot, {**hidden(page), "consent": ["registration"]})
        pages.append((page.replace(first, ""), form.status_code, form.text.replace(first, "")))

    assert pages[0] == pages[1]


async def test_slot_of_another_edition_is_not_found(client: httpx.AsyncClient):
    await make_edition()
    other = await make_slot(await make_activity(await make_edition("cafe2028")))

    answer = await send(client, other, BOB)

    assert answer.status_code == 404


async def test_rate_limit_answers_in_the_readers_language_with_a_time_to_come_back(client: httpx.AsyncClient):
    slot = await a_slot()
    for _ in range(12):
        await send(client, slot, BOB)

    answer = await send(client, slot, BOB, locale="/en")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 600
    assert 'lang="en"' in answer.text
