"""Checking in: once each local day, in one's own edition, while the registration counts."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock
from digital_days.kernel.check_in import (
    Arrival,
    Turnout,
    UnknownTicket,
    check_in,
    registration_on,
    turnout,
    undo_check_in,
)
from tests.desk_factories import MORNING, make_attendee, make_volunteer, ticket_of
from tests.factories import Made, make_edition

pytestmark = [pytest.mark.usefixtures("db", "app")]


def arrival(bob: Made, outcome: str, **more: object) -> Arrival:
    expected = {
        "registration": bob.code,
        "person_id": bob.id,
        "name": "Bob Tremblay",
        "edition_fr": "Journées numériques d’Argenteuil",
        "edition_en": "Argenteuil Digital Days",
        "at": MORNING,
    }
    return Arrival(outcome=outcome, **{**expected, **more})  # type: ignore[arg-type] # values of several types


async def test_check_in_welcomes_once_and_then_says_when():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition)

    with clock.stopped_at(MORNING):
        first = await check_in(bob.code, edition_id=edition.id, by=alice)
    with clock.stopped_at(MORNING + timedelta(hours=2)):
        second = await check_in(bob.code, edition_id=edition.id, by=alice)

    assert first == arrival(bob, "welcome")
    assert second == arrival(bob, "already")


async def test_check_in_welcomes_again_on_the_next_local_day():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    evening = MORNING + timedelta(hours=14)  # 23 h 12, already tomorrow in UTC

    with clock.stopped_at(evening):
        assert (await check_in(bob.code, edition_id=edition.id, by=alice)).outcome == "welcome"
    with clock.stopped_at(evening + timedelta(minutes=30)):
        assert (await check_in(bob.code, edition_id=edition.id, by=alice)).outcome == "already"
    with clock.stopped_at(evening + timedelta(hours=1)):
        assert (await check_in(bob.code, edition_id=edition.id, by=alice)).outcome == "welcome"


async def test_check_in_names_the_edition_and_not_the_person_when_the_ticket_is_for_another():
    here, there = await make_edition(), await make_edition("cafe2028", name="Café numérique", english=False)
    alice, bob = await make_volunteer(here), await make_attendee(there)

    told = await check_in(bob.code, edition_id=here.id, by=alice)

    assert told == arrival(bob, "elsewhere", name="", edition_fr="Café numérique", edition_en="", at=None)


async def test_check_in_refuses_when_the_registration_is_cancelled():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition, state="cancelled")

    told = await check_in(bob.code, edition_id=edition.id, by=alice)

    assert told == arrival(bob, "cancelled", at=None)
    assert await turnout(edition.id) == Turnout(registered=0, arrived=0)


async def test_check_in_knows_no_other_codes():
    edition = await make_edition()
    with pytest.raises(UnknownTicket):
        await check_in("NOSUCHCODE", edition_id=edition.id, by=await make_volunteer(edition))


def test_ticket_is_read_when_we_signed_it():
    bob = Made(1, "AB12CD34EF")
    assert registration_on(f"  {ticket_of(bob).lower()}  ") == bob.code


@pytest.mark.parametrize("text", ["", "AB12CD34E", "https://example.ca/billet", "DD1AB12CD34EF000000000000"])
def test_ticket_is_unknown_when_we_did_not_sign_it(text: str):
    with pytest.raises(UnknownTicket):
        registration_on(text)


async def test_undo_takes_todays_entry_back_once():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    with clock.stopped_at(MORNING):
        await check_in(bob.code, edition_id=edition.id, by=alice)
        assert await turnout(edition.id) == Turnout(registered=1, arrived=1)

        assert [await undo_check_in(bob.code, edition_id=edition.id) for _ in range(2)] == [True, False]

        assert await turnout(edition.id) == Turnout(registered=1, arrived=0)
        assert (await check_in(bob.code, edition_id=edition.id, by=alice)).outcome == "welcome"


async def test_undo_leaves_other_editions_alone():
    here, there = await make_edition(), await make_edition("cafe2028")
    alice, bob = await make_volunteer(here), await make_attendee(here)
    await check_in(bob.code, edition_id=here.id, by=alice)

    assert await undo_check_in(bob.code, edition_id=there.id) is False
    assert (await turnout(here.id)).arrived == 1
