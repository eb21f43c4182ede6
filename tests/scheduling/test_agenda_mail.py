"""The one mail about several places, read as its reader's programs read it."""

from datetime import timedelta

import pytest

from digital_days.kernel import consents, database, i18n, signing
from digital_days.kernel.mail import Mail
from digital_days.kernel.settings import Settings
from scheduling.domain.places import Applicant, cancel_place, take_places
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.kernel.calendar_readers import read_with_icalendar, read_with_vobject
from tests.letters_read import composed, letter, link_to, links, scanned
from tests.scheduling.registered import BOB, ask_for_place

pytestmark = pytest.mark.usefixtures("db", "app")

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")
TOPIC = "scheduling.agenda"


def plain(text: str) -> str:
    """The words with ordinary spaces, on one line."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def slots_at(*hours: float, english: bool = True) -> list[Made]:
    edition = await make_edition(english=english)
    room = await make_room(edition)
    return [
        await make_slot(
            await make_activity(edition, f"Atelier {n}", title_en=f"Workshop {n}"),
            starts_at=IN_A_YEAR + timedelta(hours=hour),
            room=room,
        )
        for n, hour in enumerate(hours, start=1)
    ]


async def ask(slots: list[Made], applicant: Applicant = BOB) -> list[str]:
    """The codes of the places."""
    answers = await take_places([slot.code for slot in slots], applicant, consents=AGREED)
    return [answer.code for answer in answers.values() if answer]


def calendars(written: Mail) -> list[bytes]:
    return [part.content for part in written.attachments if part.filename.endswith(".ics")]


async def test_mail_brings_one_ticket_and_the_whole_agenda_with_a_way_out_of_each_place(settings: Settings) -> None:
    earlier, *others = await slots_at(24, 0, 2)
    await ask_for_place(earlier)
    places = await ask(others)

    written = await letter(TOPIC)

    [row] = await database.fetch("SELECT code FROM registration")
    assert scanned(written) == signing.ticket_token(row["code"], key=settings.secret_key)
    assert (written.to_email, plain(written.subject)) == (
        "bob@example.ca",
        "Votre billet et votre agenda : 2 activités",
    )
    text = plain(written.text)
    assert text.index("Atelier 2") < text.index("Atelier 3") < text.index("Atelier 1")
    for said in (text, plain(written.html)):
        for words in ("Bonjour Bob Tremblay,", "jeudi 21 octobre 2027", "9 h à 10 h", "Salle des Lilas, Bibliothèque"):
            assert words in said
    assert "Vos 2 places sont réservées." in text
    assert len([path for path in links(written) if path.startswith("/places/")]) == 3
    assert len(calendars(written)) == len(places) == 2
    for start in ("/billet/", "/agenda/", "/places/"):
        link_to(written, start)


@pytest.mark.parametrize("read", [read_with_icalendar, read_with_vobject])
async def test_each_place_has_an_invitation_of_its_own_under_its_own_name(read) -> None:
    places = await ask(await slots_at(0, 2))

    written = await letter(TOPIC)

    files = [part.filename for part in written.attachments if part.filename.endswith(".ics")]
    assert files == ["jn2027-1.ics", "jn2027-2.ics"]
    seen = [read(content) for content in calendars(written)]
    assert [(each.method, [event.uid for event in each.events]) for each in seen] == [
        ("REQUEST", [f"{code}@places.digital-days"]) for code in places
    ]


async def test_mail_explains_what_could_not_be_had_beside_what_could() -> None:
    free, overlapping, full = await slots_at(0, 0.5, 4)
    await database.fetch("UPDATE slot SET taken = seats WHERE id = $1", full.id)
    await ask([free, overlapping, full])

    written = await letter(TOPIC)

    assert plain(written.subject) == "Votre billet et votre agenda : 1 activité"
    for said in (plain(written.text), plain(written.html)):
        assert "1 place est réservée. Plus bas : ce qui n’a pas pu l’être, et pourquoi." in said
        assert "Ce qui n’a pas pu être réservé" in said
        assert "Votre agenda est déjà pris au même moment : « Atelier 1 » (9 h à 10 h)." in said
        assert "Toutes les places étaient prises." in said
    assert len(calendars(written)) == 1


async def test_mail_says_that_nothing_could_be_had_and_shows_no_code() -> None:
    held, wanted = await slots_at(0, 0.5)
    await ask_for_place(held)
    await ask([wanted])

    written = await letter(TOPIC)

    assert plain(written.subject) == "Aucune place n’a pu être réservée"
    assert "Aucune des places demandées n’a pu être réservée. Voici pourquoi." in plain(written.text)
    assert "Voir mon billet" in plain(written.html)  # that of the place held
    assert "cid:" not in written.html
    assert written.attachments == ()


async def test_mail_offers_again_what_has_become_possible_since() -> None:
    held, wanted = await slots_at(0, 0.5)
    answer = await ask_for_place(held)
    await ask([wanted])
    await cancel_place(answer.code)

    written = await letter(TOPIC)

    for said in (plain(written.text), plain(written.html)):
        assert "Il est libre maintenant : vous pouvez la demander de nouveau." in said
    assert "Voir le programme" in plain(written.text)


async def test_mail_to_who_had_all_of_it_brings_the_ticket_again() -> None:
    slots = await slots_at(0, 2)
    await ask(slots)
    await ask(slots)

    _, again = await composed(TOPIC)

    assert again
    assert "Vous aviez déjà ces places : revoici votre billet et votre agenda." in plain(again.text)
    assert "Revoici votre billet" in plain(again.html)
    assert len(calendars(again)) == 2


async def test_no_mail_leaves_once_all_of_it_is_given_back() -> None:
    for code in await ask(await slots_at(0, 2)):
        await cancel_place(code)

    assert await composed(TOPIC) == [None]


async def test_mail_speaks_the_language_in_which_the_places_were_asked_for() -> None:
    slots = await slots_at(0, 2)
    with i18n.use("en"):
        await ask(slots)

    written = await letter(TOPIC)

    assert "Workshop 1" in written.text
    assert "Thursday, October 21, 2027" in written.text


async def test_mail_asks_whether_news_were_wanted() -> None:
    agreed = consents.given({"registration", "news"}, organiser="MRC d’Argenteuil")
    await take_places([slot.code for slot in await slots_at(0, 2)], BOB, consents=agreed)

    written = await letter(TOPIC)

    for said in (plain(written.text), plain(written.html)):
        assert "Vous avez demandé nos nouvelles?" in said
    link_to(written, "/billet/")
