"""Finding people at the desk: by any of their names, accents apart, without showing whole addresses."""

import pytest

from digital_days.kernel.attendees import MOST, attendee, attendees_called, masked, namesakes
from digital_days.kernel.check_in import UnknownTicket
from tests.desk_factories import make_attendee
from tests.factories import make_edition
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("text", ["helene", "HÉLÈNE cote", "côté hél", "helene@ex", "cote"])
async def test_search_finds_people_by_the_beginnings_of_their_names(text: str):
    edition = await make_edition()
    helene = await make_attendee(edition, "Hélène Côté", "helene@example.ca")
    await make_attendee(edition, "Bob Tremblay", "bob@example.ca")

    found = await attendees_called(edition.id, text)

    assert [person.registration for person in found.people] == [helene.code]
    assert found.more is False


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'", "élène", "bob nadeau"])
async def test_search_finds_nobody_when_no_word_begins_like_it(text: str):
    edition = await make_edition()
    await make_attendee(edition, "Hélène Côté", "helene@example.ca")

    assert (await attendees_called(edition.id, text)).people == []


async def test_search_finds_the_number_on_the_ticket():
    edition = await make_edition()
    bob = await make_attendee(edition)

    found = await attendees_called(edition.id, f"{bob.code[:5]}-{bob.code[5:].lower()}")

    assert [person.registration for person in found.people] == [bob.code]


async def test_search_stays_in_its_edition():
    here, there = await make_edition(), await make_edition("cafe2028")
    await make_attendee(there)

    assert (await attendees_called(here.id, "bob")).people == []


async def test_search_says_that_there_are_more_when_too_many_match():
    edition = await make_edition()
    for number in range(MOST + 1):
        await make_attendee(edition, f"Bob {number:02}", f"bob{number}@example.ca")

    found = await attendees_called(edition.id, "bob")

    assert [person.name for person in found.people] == [f"Bob {number:02}" for number in range(MOST)]
    assert found.more is True


async def test_search_is_one_statement_for_one_person_and_for_three():
    edition = await make_edition()
    await make_attendee(edition)
    async with counted_statements() as for_one:
        await attendees_called(edition.id, "bob")
    for number in range(2):
        await make_attendee(edition, f"Bob {number}", f"bob{number}@example.ca")
    async with counted_statements() as for_three:
        assert len((await attendees_called(edition.id, "bob")).people) == 3

    assert (len(for_one), len(for_three)) == (1, 1)


@pytest.mark.parametrize(("email", "shown"), [("bob@example.ca", "bo…@e…"), ("b@example.ca", "b…@e…"), ("", "")])
def test_hint_shows_only_the_beginnings_of_an_address(email: str, shown: str):
    assert masked(email) == shown


async def test_namesakes_have_the_same_whole_name():
    edition = await make_edition()
    bob = await make_attendee(edition, "Bob Tremblay", "")
    same = await make_attendee(edition, "BOB  TREMBLAY", "bob@example.ca")
    await make_attendee(edition, "Bob Tremblay Junior", "junior@example.ca")

    assert [each.registration for each in await namesakes(edition.id, "Bob Tremblay")] == [bob.code, same.code]


async def test_attendee_of_another_edition_is_unknown():
    here, there = await make_edition(), await make_edition("cafe2028")
    bob = await make_attendee(there)

    assert (await attendee(there.id, bob.code)).name == "Bob Tremblay"
    with pytest.raises(UnknownTicket):
        await attendee(here.id, bob.code)
