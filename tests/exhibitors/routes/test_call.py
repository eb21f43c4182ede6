"""The call: what it says when, and one application however often the form is sent."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.questions import Question
from tests.conftest import sign_in
from tests.exhibitors.factories import make_category, make_fair, make_questions
from tests.factories import Made, make_edition, make_person
from tests.letters_read import composed
from tests.scheduling.planning import errors_of, found, texts

pytestmark = pytest.mark.usefixtures("db")
CALL = "/jn2027/exposer"
WHAT = Question(code="WHAT000000", kind="text", fr="Que montrez-vous?", required=True)


async def open_call(**columns: object) -> tuple[Made, Made]:
    edition = await make_edition()
    await make_fair(edition, **columns)
    return edition, await make_category(edition)


def application(category: Made, **more: str) -> dict[str, str]:
    return {
        "name": "Ferme Connectée",
        "category": category.code,
        "billing_address": "12, rang Nord",
        "agreed": "yes",
        "form_code": "F1",
        **more,
    }


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (None, None, "La date paraîtra ici."),
        (timedelta(days=2), None, "Les candidatures ouvrent le"),
        (timedelta(days=-2), timedelta(days=-1), "Les candidatures ne se reçoivent plus."),
        (timedelta(days=-2), timedelta(days=1), "D’abord, votre adresse courriel"),
    ],
)
async def test_call_says_whether_it_is_open(
    client: httpx.AsyncClient, opens: timedelta | None, closes: timedelta | None, said: str
):
    now = clock.now()
    await open_call(
        call_opens_at=None if opens is None else now + opens, call_closes_at=None if closes is None else now + closes
    )

    page = await client.get(CALL)

    assert said in " ".join(texts(page, "//main//*[@id='candidature']"))


async def test_call_names_prices_and_what_each_category_needs(client: httpx.AsyncClient):
    edition, _paying = await open_call()
    await make_category(edition, "Soutien", price_cents=0, needs_insurance=False)

    page = await client.get(CALL)

    assert texts(page, "//article//p[@class='card-meta']") == [
        "250,00 $ plus taxes · Preuve d’assurance nécessaire",
        "Gratuit",
    ]


async def test_application_is_made_once_and_its_sender_acts_for_it(client: httpx.AsyncClient):
    edition, category = await open_call()
    await make_questions(edition, WHAT)
    bob = await make_person()
    await sign_in(client, bob)
    sent = application(category, **{f"q-{WHAT.code}": "Des capteurs"}, neq="1140000000", in_quebec="no")

    first, again = [await client.post(CALL, data=sent) for _twice in (1, 2)]

    [made] = await database.fetch("SELECT code, state, name, neq, in_quebec, answers::text AS answers FROM exhibitor")
    [member] = await database.fetch("SELECT person, is_contact FROM exhibitor_member")
    space = f"/jn2027/mon-kiosque/{made['code']}/candidature"
    assert [answer.headers["location"] for answer in (first, again)] == [space, space]
    assert tuple(made.values())[1:] == (
        "submitted",
        "Ferme Connectée",
        "1140000000",
        False,
        '{"WHAT000000": "Des capteurs"}',
    )
    assert tuple(member.values()) == (bob, True)
    [consent] = await database.fetch("SELECT person, purpose, proved_at IS NOT NULL AS counts, text FROM consent")
    assert tuple(consent.values())[:3] == (bob, "exhibitor", True)
    assert " ".join(consent["text"].split()) in " ".join(texts(await client.get(CALL), "//label"))
    [mail] = [mail for mail in await composed("exhibitors.received") if mail]
    assert (mail.to_email, made["code"] in mail.text) == ("bob@example.ca", True)
    assert (await client.get(space)).status_code == 200


async def test_everything_wrong_is_said_and_kept(client: httpx.AsyncClient):
    edition, category = await open_call()
    await make_questions(edition, WHAT)
    await sign_in(client, await make_person())

    answer = await client.post(
        CALL, data=application(category, name="", neq="12", agreed="", billing_address="", wish="Capteurs")
    )

    assert answer.status_code == 422
    assert sorted(errors_of(answer)) == ["agreed", "billing_address", "name", "neq", f"q-{WHAT.code}"]
    assert texts(answer, "//textarea[@name='wish']") == ["Capteurs"]
    assert await database.fetch("SELECT FROM exhibitor") == []


async def test_stranger_proves_an_address_first(client: httpx.AsyncClient):
    _edition, category = await open_call()

    answer = await client.post(CALL, data=application(category))

    assert (answer.status_code, await database.fetch("SELECT FROM exhibitor")) == (422, [])
    assert found(answer, "//form[@action='/connexion']//input[@name='next']/@value") == [CALL]


async def test_call_that_closes_while_somebody_writes_refuses_and_keeps_the_words(client: httpx.AsyncClient):
    edition, category = await open_call()
    await sign_in(client, await make_person())
    await database.fetch("UPDATE fair SET call_closes_at = now() - interval '1 minute' WHERE edition = $1", edition.id)

    answer = await client.post(CALL, data=application(category))

    assert (answer.status_code, await database.fetch("SELECT FROM exhibitor")) == (409, [])
    assert "L’appel aux exposants est fermé" in answer.text


async def test_category_of_another_edition_cannot_be_chosen(client: httpx.AsyncClient):
    await open_call()
    foreign = await make_category(await make_edition("cafe2028"))
    await sign_in(client, await make_person())

    answer = await client.post(CALL, data=application(foreign))

    assert (answer.status_code, list(errors_of(answer))) == (422, ["category"])
