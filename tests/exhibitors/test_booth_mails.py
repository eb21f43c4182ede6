"""Mails about booths: to the contact, in French to businesses of Québec, with the fair's days for a calendar."""

from datetime import date, timedelta

import icalendar
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.mail import Attachment, Mail
from exhibitors.domain.booth_waiting import join_line
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from exhibitors.domain.holds_by_the_clock import end_holds as sweep
from tests.exhibitors.bookable import book, open_fair
from tests.exhibitors.factories import make_extra, make_member
from tests.factories import make_edition, make_person
from tests.letters_read import composed, letter, link_to

pytestmark = pytest.mark.usefixtures("db", "client")


def event(file: Attachment) -> dict[str, str]:
    """What matters of the one entry in it."""
    calendar = icalendar.Calendar.from_ical(file.content)
    [entry] = calendar.walk("VEVENT")
    starts, ends = entry.decoded("DTSTART"), entry.decoded("DTEND")
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(entry["UID"]),
        "sequence": str(entry["SEQUENCE"]),
        "status": str(entry["STATUS"]),
        "starts": f"{starts:%Y-%m-%d %H:%M}",
        "ends": f"{ends:%H:%M}",
        "summary": str(entry["SUMMARY"]),
    }


def text_of(mail: Mail) -> str:
    return " ".join(mail.text.split())


async def test_booking_brings_amounts_and_each_day_of_the_fair():
    fair = await open_fair()
    one = fair.exhibitors[0]
    table = await make_extra(fair.edition, "Table", price_cents=1_500)
    await book(one, fair.booths[0], {table.code: 2})

    mail = await letter("exhibitors.booking")

    assert (mail.to_email, mail.subject.replace("\N{NO-BREAK SPACE}", " ")) == ("p0@example.ca", "Kiosque réservé : A1")
    assert "2 × Table" in text_of(mail)
    assert "TPS (5 %) : 14,00 $ TVQ (9,975 %) : 27,93 $ Total : 321,93 $" in text_of(mail)
    assert link_to(mail, "/jn2027/mon-kiosque") == f"/jn2027/mon-kiosque/{one.code}/kiosque"
    same = {"method": "REQUEST", "sequence": "0", "status": "CONFIRMED", "ends": "17:00"}
    same["summary"] = "Journées numériques d’Argenteuil : kiosque A1".replace(" :", "\N{NO-BREAK SPACE}:")
    assert [event(file) for file in mail.attachments] == [
        {**same, "uid": f"{one.code}-1@booths.digital-days", "starts": "2027-10-21 09:00"},
        {**same, "uid": f"{one.code}-2@booths.digital-days", "starts": "2027-10-22 09:00"},
    ]


async def test_fair_of_one_day_has_one_file():
    fair = await open_fair(edition=await make_edition("jn2029", ends_on=date(2027, 10, 21)))
    await book(fair.exhibitors[0], fair.booths[0])

    assert len((await letter("exhibitors.booking")).attachments) == 1


async def test_move_writes_once_about_the_new_booth_with_a_higher_sequence():
    fair = await open_fair()
    await book(fair.exhibitors[0], fair.booths[0])
    await book(fair.exhibitors[0], fair.booths[1])

    mail = await letter("exhibitors.booking")

    assert mail.subject == "Votre kiosque devient le A2"
    assert "passée du kiosque A1 au kiosque A2" in text_of(mail)
    assert (event(mail.attachments[0])["sequence"], event(mail.attachments[0])["method"]) == ("1", "REQUEST")


async def test_cancelled_booking_takes_itself_out_of_the_calendar():
    fair = await open_fair()
    code = await book(fair.exhibitors[0], fair.booths[0])
    await end_booking(code)

    mail = await letter("exhibitors.booking_over")

    assert await composed("exhibitors.booking") == [None]
    assert "est annulée. Merci de nous avoir prévenus." in text_of(mail)
    found = event(mail.attachments[0])
    assert (found["method"], found["status"], found["sequence"]) == ("CANCEL", "CANCELLED", "1")
    assert found["uid"] == f"{fair.exhibitors[0].code}-1@booths.digital-days"


async def test_organiser_who_frees_a_booth_says_why():
    fair = await open_fair()
    code = await book(fair.exhibitors[0], fair.booths[0])
    await end_booking(code, by=fair.people[1], reason="Le mur est abîmé.")

    text = text_of(await letter("exhibitors.booking_over"))

    assert "L’équipe a libéré le kiosque A1, qui était à Exposant 0. Pourquoi : Le mur est abîmé." in text


async def test_organiser_who_ends_an_option_says_why_without_a_calendar():
    fair = await open_fair()
    hold = await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
    await end_booking(hold, by=fair.people[1], reason="Le mur est abîmé.")

    mail = await letter("exhibitors.booking_over")

    assert ("Pourquoi : Le mur est abîmé." in text_of(mail), mail.attachments) == (True, ())


async def test_offer_says_until_when_and_nothing_once_it_is_answered():
    fair = await open_fair(booths=1)
    code = await book(fair.exhibitors[0], fair.booths[0])
    await join_line(fair.exhibitors[1].id)
    await end_booking(code)

    mail = await letter("exhibitors.offer")
    assert mail.to_email == "p1@example.ca"
    assert link_to(mail, "/jn2027/mon-kiosque") == f"/jn2027/mon-kiosque/{fair.exhibitors[1].code}/kiosque/option"
    assert "Nous le gardons pour Exposant 1 jusqu’au" in text_of(mail)

    await book(fair.exhibitors[1], fair.booths[0])
    assert await composed("exhibitors.offer") == [None]


async def test_offer_that_is_over_is_said():
    fair = await open_fair(booths=1)
    code = await book(fair.exhibitors[0], fair.booths[0])
    await join_line(fair.exhibitors[1].id)
    await end_booking(code)

    later = clock.now() + timedelta(hours=25)
    await sweep(later)

    with clock.stopped_at(later):
        assert await composed("exhibitors.offer") == [None]
        assert "Exposant 1 n’est plus sur la liste d’attente" in text_of(await letter("exhibitors.offer_over"))


@pytest.mark.parametrize(("in_quebec", "locale"), [(True, "fr"), (False, "en")])
async def test_businesses_of_quebec_read_french_and_others_their_language(in_quebec: bool, locale: str):
    fair = await open_fair()
    await database.fetch("UPDATE person SET locale = 'en'")
    await database.fetch("UPDATE exhibitor SET in_quebec = $1", in_quebec)
    await book(fair.exhibitors[0], fair.booths[0])

    assert (await letter("exhibitors.booking")).locale == locale


async def test_every_contact_is_written_to_and_no_other_member():
    fair = await open_fair()
    await make_member(fair.exhibitors[0].id, await make_person("Zoé", "zoe@example.ca"))
    await make_member(fair.exhibitors[0].id, await make_person("Max", "max@example.ca"), is_contact=False)
    await book(fair.exhibitors[0], fair.booths[0])

    assert [mail.to_email for mail in await composed("exhibitors.booking") if mail] == [
        "p0@example.ca",
        "zoe@example.ca",
    ]
