"""Several people want several of the same places at once."""

import asyncio
from datetime import timedelta

import pytest

from digital_days.kernel import consents, database
from scheduling.domain.favourites import favourites_of, keep_favourites
from scheduling.domain.places import Applicant, Overtaken, take_places
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("committed")

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")


async def test_last_seat_of_several_slots_goes_to_exactly_one_when_many_ask_for_all_of_them() -> None:
    """In whatever order each of them names the slots: nobody waits for somebody who waits for them."""
    activity = await make_activity(await make_edition())
    slots = [await make_slot(activity, seats=1, starts_at=IN_A_YEAR + timedelta(hours=hour)) for hour in (0, 2, 4)]
    people = [Applicant(person_id=await make_person(f"Personne {n}", f"p{n}@example.ca")) for n in range(12)]

    answers = await asyncio.gather(
        *(
            take_places([slot.code for slot in (slots if n % 2 else slots[::-1])], person, consents=AGREED)
            for n, person in enumerate(people)
        ),
        return_exceptions=True,
    )

    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {type(each) for each in refused} <= {Overtaken}
    had = [each.outcome for answer in answers if isinstance(answer, dict) for each in answer.values() if each]
    assert had.count("confirmed") == 3
    assert [row["taken"] for row in await database.fetch("SELECT taken FROM slot")] == [1, 1, 1]
    assert len(await database.fetch("SELECT FROM place WHERE state = 'confirmed'")) == 3


async def test_favourites_are_kept_once_when_two_browsers_of_a_person_sign_in_at_once() -> None:
    edition = await make_edition()
    bob = await make_person()
    codes = [(await make_activity(edition, f"Atelier {n}")).code for n in range(5)]

    await asyncio.gather(*(keep_favourites(bob, codes[shift:] + codes[:shift]) for shift in range(5)))

    assert await favourites_of(bob, edition.id) == frozenset(codes)
