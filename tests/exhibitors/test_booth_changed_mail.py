"""« Votre kiosque a changé »: one mail, of what is true when it leaves."""

import pytest
from msgspec.structs import replace

from digital_days.kernel import database
from exhibitors.domain.ending import end_booking
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import Put, facts_of
from tests.exhibitors.bookable import OpenFair, book, open_fair
from tests.letters_read import composed, letter, link_to

pytestmark = pytest.mark.usefixtures("db", "client")
TOPIC = "exhibitors.booth-changed"


async def booked_fair() -> tuple[OpenFair, str]:
    """The first exhibitor has booked « A1 »; the booking's code."""
    fair = await open_fair(booths=1, exhibitors=1)
    return fair, await book(fair.exhibitors[0], fair.booths[0])


async def change(fair: OpenFair, **said: object) -> None:
    [booth] = (await plan_of(fair.edition.id)).booths
    facts = replace(facts_of(booth), **said)
    await change_plan(fair.edition.id, [Put(code=booth.code, version=booth.version, facts=facts)])


async def test_mail_says_what_was_and_what_is_after_all_changes():
    fair, _booking = await booked_fair()
    await change(fair, x=700)
    await change(fair, number="B7", width=450)

    mail = await letter(TOPIC)

    text = " ".join(mail.text.split())
    assert mail.subject.split() == ["Votre", "kiosque", "a", "changé", ":", "B7"]
    assert "Votre kiosque portait le numéro A1 : c’est maintenant le B7." in text
    assert "Il mesurait 3,00 m sur 2,00 m; il mesure maintenant 4,50 m sur 2,00 m." in text
    assert "Sa place dans la salle a changé" in text
    assert link_to(mail, "/jn2027/mon-kiosque") == f"/jn2027/mon-kiosque/{fair.exhibitors[0].code}/kiosque"
    assert [b"kiosque B7" in file.content.replace(b"\r\n ", b"") for file in mail.attachments] == [True, True]


async def test_move_is_told_without_anything_for_calendars():
    fair, _booking = await booked_fair()
    await change(fair, y=900)

    mail = await letter(TOPIC)

    assert (mail.attachments, "mesurait" in mail.text, "portait" in mail.text) == ((), False, False)


async def test_booth_that_is_back_where_it_was_is_no_news():
    fair, _booking = await booked_fair()
    await change(fair, x=700)
    await change(fair, x=100)

    assert await composed(TOPIC) == [None]


async def test_booth_that_was_given_back_is_no_news():
    fair, booking = await booked_fair()
    await change(fair, x=700)
    await end_booking(booking)

    assert await composed(TOPIC) == [None]


async def test_later_change_has_a_mail_of_its_own():
    fair, _booking = await booked_fair()
    await change(fair, x=700)
    await database.fetch("UPDATE outbox_message SET state = 'done' WHERE topic = $1", TOPIC)
    await change(fair, x=900)

    rows = await database.fetch("SELECT state FROM outbox_message WHERE topic = $1 ORDER BY id", TOPIC)
    assert [row["state"] for row in rows] == ["done", "queued"]


async def test_business_of_quebec_is_written_to_in_french():
    fair, _booking = await booked_fair()
    await database.fetch("UPDATE person SET locale = 'en'")
    await change(fair, x=700)

    assert (await letter(TOPIC)).locale == "fr"
