"""The organisers' page of the fair: everything they decide in one form, nothing lost or overwritten unseen."""

import asyncio
from datetime import UTC, date, datetime

import httpx
import pytest

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.questions import Question
from exhibitors.domain.fair_settings import change_fair
from exhibitors.domain.fairs import Fair, fair_of
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair, make_questions
from tests.factories import make_edition
from tests.scheduling.planning import errors_of, fields_of, send, texts, typed
from tests.scheduling.routes.catalogue_pages import alice_organises, rows, said

PATH = "/jn2027/organisation/salon/appel"


@pytest.mark.usefixtures("db")
async def test_everything_is_kept_as_it_was_typed_in_toronto_s_time(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    words = {
        "intro_fr": "Le salon réunit tout le monde.",
        "intro_en": "The fair brings everybody together.",
        "call_opens_day": "2027-05-03",
        "call_opens_time": "09:00",
        "call_closes_day": "2027-09-01",
        "call_closes_time": "17 h",
        "booking_opens_day": "2027-09-06",
        "booking_opens_time": "12:00",
        "booking_closes_day": "2027-10-15",
        "booking_closes_time": "12:00",
        "moves_day": "2027-10-08",
        "moves_time": "12:00",
        "hold_minutes": "20",
        "offer_hours": "48",
        "profile_due": "2027-09-17",
        "insurance_due": "2027-09-24",
        "payment_due": "2027-10-01",
        "badges_due": "2027-10-08",
        "arrival_due": "2027-10-09",
    }

    answer = await send(client, PATH, typed(fields_of(await client.get(PATH)), **words))

    saved = await fair_of(edition.id)
    assert answer.status_code == 303
    assert saved == Fair(
        edition_id=edition.id,
        intro_fr="Le salon réunit tout le monde.",
        intro_en="The fair brings everybody together.",
        call_opens_at=datetime(2027, 5, 3, 13, tzinfo=UTC),
        call_closes_at=datetime(2027, 9, 1, 21, tzinfo=UTC),
        booking_opens_at=datetime(2027, 9, 6, 16, tzinfo=UTC),
        booking_closes_at=datetime(2027, 10, 15, 16, tzinfo=UTC),
        moves_until=datetime(2027, 10, 8, 16, tzinfo=UTC),
        hold_minutes=20,
        offer_hours=48,
        profile_due=date(2027, 9, 17),
        insurance_due=date(2027, 9, 24),
        payment_due=date(2027, 10, 1),
        badges_due=date(2027, 10, 8),
        arrival_due=date(2027, 10, 9),
        version=saved.version,
    )
    again = await client.get(PATH)
    assert {name: value for name, value in fields_of(again) if name in words} == {**words, "call_closes_time": "17:00"}
    assert "Ils comptent dès maintenant." in said(again)


@pytest.mark.usefixtures("db")
async def test_question_is_added_with_the_form_s_own_buttons_and_asked_of_exhibitors(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_fair(edition)
    await make_category(edition)
    begun = typed(fields_of(await client.get(PATH)), intro_fr="Bienvenue", do="question-add", new_kind="text")

    added = await send(client, PATH, begun)
    unsaved = (await fair_of(edition.id)).questions
    await send(client, PATH, typed(fields_of(added), question_fr="Que montrez-vous?"))

    assert "Rien n’est encore enregistré" in said(added)
    assert unsaved == ()
    fair = await fair_of(edition.id)
    assert ([question.fr for question in fair.questions], fair.intro_fr) == (["Que montrez-vous?"], "Bienvenue")
    assert "Que montrez-vous?" in said(await client.get("/jn2027/exposer"))


@pytest.mark.usefixtures("db")
async def test_question_that_goes_takes_its_answers_along_once_that_was_said(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_fair(edition)
    stays, goes = (Question(code=code, kind="text", fr=code) for code in ("STAYS", "GOES"))
    await make_questions(edition, stays, goes)
    exhibitor = await make_exhibitor(edition, await make_category(edition))
    await rows("""UPDATE exhibitor SET answers = '{"STAYS": "a", "GOES": "b"}' WHERE id = $1""", exhibitor.id)

    warned = await send(client, PATH, typed(fields_of(await client.get(PATH)), do="question-drop:1"))
    before = await rows("SELECT answers::text FROM exhibitor")
    await send(client, PATH, fields_of(warned))

    assert "1 réponse à une question enlevée sera effacée quand vous enregistrerez." in said(warned)
    assert before == [('{"GOES": "b", "STAYS": "a"}',)]
    assert await rows("SELECT answers::text FROM exhibitor") == [('{"STAYS": "a"}',)]


@pytest.mark.usefixtures("db")
async def test_everything_wrong_is_said_beside_its_field_and_nothing_is_lost(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    wrong = {
        "intro_fr": "Bienvenue",
        "call_opens_day": "2027-05-03",
        "call_opens_time": "09:00",
        "call_closes_day": "2027-05-03",
        "call_closes_time": "08:00",
        "booking_opens_day": "lundi",
        "booking_closes_time": "12:00",
        "moves_day": "2027-03-14",
        "moves_time": "02:30",
        "hold_minutes": "2",
        "offer_hours": "toujours",
        "badges_due": "bientôt",
    }

    answer = await send(client, PATH, typed(fields_of(await client.get(PATH)), **wrong))

    assert answer.status_code == 422
    assert errors_of(answer) == {
        "call_closes_day": "La fermeture doit être après l’ouverture.",
        "booking_opens_day": "Ce n’est pas une date : écrivez-la comme 2027-10-22.",
        "booking_closes_day": "Il manque le jour.",
        "moves_time": "Cette heure n’existe pas le dimanche 14 mars 2027 : les horloges avancent d’une heure "
        "cette nuit-là.",
        "hold_minutes": "Écrivez un nombre entier, de 5 à 240.",
        "offer_hours": "Écrivez un nombre entier, de 1 à 336.",
        "badges_due": "Ce n’est pas une date : écrivez-la comme 2027-10-22.",
    }
    assert {name: value for name, value in fields_of(answer) if name in wrong} == wrong
    assert (await fair_of(edition.id)).version == ""


@pytest.mark.usefixtures("committed")
async def test_second_organiser_sees_what_the_first_wrote_before_it_is_replaced(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_fair(edition)
    opened = fields_of(await client.get(PATH))

    await send(client, PATH, typed(opened, intro_fr="Le mien", hold_minutes="30"))
    late = await send(client, PATH, typed(opened, intro_fr="Le tien"))
    again = await send(client, PATH, fields_of(late))

    assert (late.status_code, again.status_code) == (409, 303)
    assert texts(late, "//div[@role='alert']//dl/div") == [
        "Présentation du salon Le mien",
        "Durée d’une option, en minutes 30",
    ]
    assert (await fair_of(edition.id)).intro_fr == "Le tien"


@pytest.mark.usefixtures("committed")
async def test_of_two_who_write_the_first_settings_at_once_one_is_told():
    edition = await make_edition()
    fairs = [Fair(edition_id=edition.id, intro_fr=words) for words in ("Un", "Deux", "Trois")]

    outcomes = await asyncio.gather(*(change_fair(fair, version="") for fair in fairs), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes if outcome] == [ChangedMeanwhile] * 2
    assert len(await rows("SELECT FROM fair")) == 1
