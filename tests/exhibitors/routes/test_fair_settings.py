"""Alice says when exhibitors apply and book, what is due when, and what they are asked."""

from datetime import UTC, date, datetime

import httpx
import msgspec
import pytest

from digital_days.kernel import database
from digital_days.kernel.questions import Question
from exhibitors.domain.fairs import Fair, fair_of
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair, make_questions
from tests.factories import Made, make_edition
from tests.scheduling.planning import errors_of, fields_of, found, organiser_signs_in, send, texts, typed

pytestmark = pytest.mark.usefixtures("db")

PAGE = "/jn2027/organisation/salon/appel"
FORM = "fair-settings"
WHAT = Question(code="WHAT", kind="text", fr="Que montrez-vous?")
WHO = Question(code="WHO", kind="text", fr="Qui vient?")
OPENS, CLOSES = datetime(2027, 3, 1, 14, tzinfo=UTC), datetime(2027, 4, 1, 13, tzinfo=UTC)


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def on_record(edition: Made) -> Fair:
    return msgspec.structs.replace(await fair_of(edition.id), version="")


async def answers_of(exhibitor: Made) -> object:
    row = await database.fetch_one("SELECT answers::text FROM exhibitor WHERE id = $1", exhibitor.id)
    assert row
    return msgspec.json.decode(row["answers"])


async def test_first_settings_of_a_fair_are_kept_without_scripts(client: httpx.AsyncClient, edition: Made):
    form = typed(
        fields_of(await client.get(PAGE), FORM),
        intro_fr="Venez exposer. \r\n",
        intro_en="Come and exhibit.",
        call_opens_day="2027-03-01",
        call_opens_time="9 h",
        call_closes_day="2027-04-01",
        call_closes_time="09:00",
        booking_opens_day="2027-05-01",
        booking_opens_time="09:00",
        booking_closes_day="2027-10-01",
        booking_closes_time="17 h",
        moves_day="2027-10-01",
        moves_time="17 h",
        hold_minutes="5",
        offer_hours="168",
        profile_due="2027-09-01",
        arrival_due="2027-10-10",
        new_kind="number",
    )

    asked = await send(client, PAGE, [*form, ("do", "question-add")])
    unsaved = await on_record(edition)
    answer = await send(client, PAGE, typed(fields_of(asked, FORM), question_fr="Combien de prises?"))

    assert (unsaved, "Rien n’est encore enregistré" in asked.text) == (Fair(edition_id=edition.id), True)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    fair = await on_record(edition)
    [question] = fair.questions
    assert fair == Fair(
        edition_id=edition.id,
        intro_fr="Venez exposer.",
        intro_en="Come and exhibit.",
        call_opens_at=OPENS,
        call_closes_at=CLOSES,
        booking_opens_at=datetime(2027, 5, 1, 13, tzinfo=UTC),
        booking_closes_at=datetime(2027, 10, 1, 21, tzinfo=UTC),
        moves_until=datetime(2027, 10, 1, 21, tzinfo=UTC),
        hold_minutes=5,
        offer_hours=168,
        profile_due=date(2027, 9, 1),
        arrival_due=date(2027, 10, 10),
        questions=(Question(code=question.code, kind="number", fr="Combien de prises?"),),
    )


async def test_form_that_nobody_touches_changes_nothing(client: httpx.AsyncClient, edition: Made):
    await make_fair(edition, call_opens_at=OPENS, booking_opens_at=None, hold_minutes=20, payment_due=date(2027, 8, 1))
    await make_questions(edition, WHAT)
    before = await on_record(edition)

    answer = await send(client, PAGE, fields_of(await client.get(PAGE), FORM))

    assert (answer.status_code, await on_record(edition)) == (303, before)


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (
            {"call_closes_day": "2027-03-01", "call_closes_time": "09:00"},
            {"call_closes_day": "La fermeture doit être après l’ouverture."},
        ),
        (
            {"booking_closes_day": "2027-04-30", "booking_closes_time": "09:00"},
            {"booking_closes_day": "La fermeture doit être après l’ouverture."},
        ),
        (
            {"moves_day": "2027-05-01", "moves_time": "09:00"},
            {"moves_day": "Personne n’a encore de kiosque à ce moment-là : choisissez un moment après l’ouverture."},
        ),
        (
            {
                "booking_closes_day": "2027-09-01",
                "booking_closes_time": "09:00",
                "moves_day": "2027-09-01",
                "moves_time": "09:01",
            },
            {"moves_day": "À ce moment-là, plus rien ne se réserve : choisissez un moment avant la fermeture."},
        ),
        ({"call_closes_day": "2027-05-01"}, {"call_closes_time": "Il manque l’heure."}),
        ({"hold_minutes": "4"}, {"hold_minutes": "Écrivez un nombre entier, de 5 à 120."}),
        ({"hold_minutes": "121"}, {"hold_minutes": "Écrivez un nombre entier, de 5 à 120."}),
        ({"hold_minutes": ""}, {"hold_minutes": "Écrivez un nombre entier, de 5 à 120."}),
        ({"offer_hours": "0"}, {"offer_hours": "Écrivez un nombre entier, de 1 à 168."}),
        ({"offer_hours": "169"}, {"offer_hours": "Écrivez un nombre entier, de 1 à 168."}),
        (
            {"payment_due": "bientôt"},
            {"payment_due": "Ce n’est pas une date : écrivez-la comme 2027-10-22."},
        ),
        ({"intro_fr": "x" * 1001}, {"intro_fr": "C’est trop long : 1000 caractères au plus."}),
        ({"question_fr": ""}, {"question_fr-0": "Ce renseignement est nécessaire."}),
    ],
)
async def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    client: httpx.AsyncClient, edition: Made, wrong: dict[str, str], errors: dict[str, str]
):
    await make_fair(edition, call_opens_at=OPENS, booking_opens_at=datetime(2027, 5, 1, 13, tzinfo=UTC))
    await make_questions(edition, WHAT)
    before = await on_record(edition)
    form = typed(fields_of(await client.get(PAGE), FORM), intro_en="Come.", **wrong)

    answer = await send(client, PAGE, form)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    assert dict(fields_of(answer, FORM)) == dict(form)
    assert await on_record(edition) == before


async def test_time_that_the_clock_shows_twice_asks_which(client: httpx.AsyncClient, edition: Made):
    form = typed(fields_of(await client.get(PAGE), FORM), call_closes_day="2027-11-07", call_closes_time="01:30")

    told = await send(client, PAGE, form)
    answer = await send(client, PAGE, typed(fields_of(told, FORM), call_closes_which="second"))

    assert (told.status_code, list(errors_of(told)), answer.status_code) == (422, ["call_closes_time"], 303)
    assert (await on_record(edition)).call_closes_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


async def test_too_many_questions_are_refused(client: httpx.AsyncClient, edition: Made):
    await make_fair(edition)
    await make_questions(edition, *(Question(code=f"Q{number}", kind="text", fr="Quoi?") for number in range(20)))
    one_more = [
        *fields_of(await client.get(PAGE), FORM),
        *((f"question_{name}", "x") for name in ("code", "kind", "fr")),
    ]

    answer = await send(client, PAGE, one_more)

    assert (answer.status_code, len((await on_record(edition)).questions)) == (422, 20)
    assert texts(answer, "//*[@id='field-questions']") == ["C’est trop : 20 questions au plus."]


@pytest.mark.parametrize("there", [True, False], ids=["changed", "written first"])
async def test_whoever_has_not_seen_what_another_wrote_sees_it_first(
    client: httpx.AsyncClient, edition: Made, there: bool
):
    if there:
        await make_fair(edition, call_opens_at=None)
    form = typed(fields_of(await client.get(PAGE), FORM), intro_fr="Venez.", hold_minutes="30")
    if there:
        await database.fetch("UPDATE fair SET hold_minutes = 45")
    else:
        await make_fair(edition, call_opens_at=None, booking_opens_at=None, hold_minutes=45)

    told = await send(client, PAGE, typed(form, version="1") if there else form)
    unchanged = (await on_record(edition)).hold_minutes
    saved = await send(client, PAGE, fields_of(told, FORM))

    assert (told.status_code, unchanged, saved.status_code) == (409, 45, 303)
    assert texts(told, "//dl[@class='definitions']/div") == ["Présentation (rien)", "Durée d’une option, en minutes 45"]
    fair = await on_record(edition)
    assert (fair.intro_fr, fair.hold_minutes) == ("Venez.", 30)


async def test_fair_that_is_gone_is_not_written_anew(client: httpx.AsyncClient, edition: Made):
    await make_fair(edition)
    form = fields_of(await client.get(PAGE), FORM)
    await database.fetch("DELETE FROM fair")

    answer = await send(client, PAGE, form)

    assert (answer.status_code, await on_record(edition)) == (409, Fair(edition_id=edition.id))


async def test_answers_go_with_their_question_once_it_was_said(client: httpx.AsyncClient, edition: Made):
    await make_fair(edition)
    await make_questions(edition, WHAT, WHO)
    exhibitor = await make_exhibitor(edition, await make_category(edition))
    there = await make_edition("cafe2028")
    elsewhere = await make_exhibitor(there, await make_category(there))
    await database.fetch("""UPDATE exhibitor SET answers = '{"WHAT": "Des ruches", "WHO": "Bob"}'""")
    form = fields_of(await client.get(PAGE), FORM)

    told = await send(client, PAGE, [*form, ("do", "question-drop:0")])
    kept = await answers_of(exhibitor)
    await send(client, PAGE, fields_of(told, FORM))

    assert "1 réponse à une question enlevée sera effacée" in told.text
    assert kept == {"WHAT": "Des ruches", "WHO": "Bob"}
    assert await answers_of(exhibitor) == {"WHO": "Bob"}
    assert await answers_of(elsewhere) == {"WHAT": "Des ruches", "WHO": "Bob"}


async def test_english_is_asked_only_where_the_edition_opens_it(client: httpx.AsyncClient):
    edition = await make_edition(english=False)
    await make_fair(edition, intro_en="Come.")
    await organiser_signs_in(client, edition)

    page = await client.get(PAGE)
    await send(client, PAGE, typed(fields_of(page, FORM), intro_fr="Venez."))

    assert found(page, "//textarea/@name") == ["intro_fr"]
    assert (await on_record(edition)).intro_en == "Come."
