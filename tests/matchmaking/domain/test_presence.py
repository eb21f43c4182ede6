"""Who has come, who sits at a table, and which tables there are."""

import pytest

from digital_days.kernel import database
from matchmaking.domain.arrivals import NotExpected, arrive, called, expected_people, miss, unsay
from matchmaking.domain.hall import NoSuchTable, close_table, hall_of, hall_version, open_table, tables_of
from matchmaking.domain.met import NoSuchMeeting
from matchmaking.domain.presence import (
    AlreadySpoken,
    MeetAgain,
    both_are_here,
    sittings,
    somebody_is_missing,
    take_presence_back,
)
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import made, make_meeting, make_organisation, make_participant, make_round

pytestmark = pytest.mark.usefixtures("db")


class World:
    edition: Made
    bob: Made
    carole: Made
    meeting: Made


@pytest.fixture
async def world(db: None) -> World:
    """Bob's mill meets Carole's centre in the second round, at table 3."""
    world = World()
    world.edition = await make_edition()
    for number in (1, 2, 3):
        await make_round(world.edition, number)
    mill = await make_organisation(world.edition, "Moulin du Nord")
    centre = await make_organisation(world.edition, "Centre d’emploi", side="resource")
    carole = await make_person("Carole Éthier", "carole@example.ca")
    world.bob = await make_participant(world.edition, mill, await make_person())
    world.carole = await make_participant(world.edition, centre, carole)
    world.meeting = await make_meeting(world.edition, world.bob, world.carole, number=2, table=3)
    return world


async def said_of(world: World) -> list[tuple[bool, bool]]:
    people = await expected_people(world.edition.id, over=0)
    return [(each.arrived_at is not None, each.missing_at is not None) for each in people]


async def test_people_are_listed_with_their_next_meeting(world: World):
    before, after = [await expected_people(world.edition.id, over=over) for over in (1, 2)]

    assert [(each.name, each.meetings, each.number, each.table) for each in before] == [
        ("Bob Tremblay", 1, 2, 3),
        ("Carole Éthier", 1, 2, 3),
    ]
    assert [(each.number, each.table) for each in after] == [(None, None)] * 2


async def test_person_is_found_by_name_or_organisation_without_accents(world: World):
    people = await expected_people(world.edition.id, over=0)

    found = {text: [each.name for each in called(people, text)] for text in ("eth", "centre emp", "x", "", "bob nord")}

    bob, carole = "Bob Tremblay", "Carole Éthier"
    assert found == {"eth": [carole], "centre emp": [carole], "x": [], "": [], "bob nord": [bob]}


async def test_first_word_of_an_arrival_counts_and_the_last_one_of_both(world: World):
    await arrive(world.edition.id, world.bob.code)
    [before, _other] = await expected_people(world.edition.id, over=0)
    await arrive(world.edition.id, world.bob.code)
    [again, _other] = await expected_people(world.edition.id, over=0)
    assert again.arrived_at == before.arrived_at

    await miss(world.edition.id, world.bob.code)
    assert await said_of(world) == [(False, True), (False, False)]
    await unsay(world.edition.id, world.bob.code)
    assert await said_of(world) == [(False, False)] * 2


async def test_nobody_arrives_who_does_not_take_part(world: World):
    other = await make_edition("jn2028")

    for edition, code in ((other.id, world.bob.code), (world.edition.id, "NOBODY")):
        with pytest.raises(NotExpected):
            await arrive(edition, code)


async def state_of(world: World) -> str:
    [sitting] = await sittings(world.edition.id, [2])
    return sitting.state


async def test_both_at_the_table_have_arrived_and_meet(world: World):
    await miss(world.edition.id, world.carole.code)

    await both_are_here(world.edition.id, world.meeting.code)
    await both_are_here(world.edition.id, world.meeting.code)

    assert await state_of(world) == "held"
    assert await said_of(world) == [(True, False)] * 2


async def test_empty_chair_is_missed_and_its_person_missing_unless_they_were_seen(world: World):
    await arrive(world.edition.id, world.bob.code)

    await somebody_is_missing(world.edition.id, world.meeting.code, "business")
    assert (await state_of(world), await said_of(world)) == ("missed", [(True, False), (False, False)])
    await somebody_is_missing(world.edition.id, world.meeting.code, "resource")
    assert await said_of(world) == [(True, False), (False, True)]
    await both_are_here(world.edition.id, world.meeting.code)
    assert (await state_of(world), await said_of(world)) == ("held", [(True, False)] * 2)


async def test_presence_can_be_taken_back(world: World):
    await both_are_here(world.edition.id, world.meeting.code)

    await take_presence_back(world.edition.id, world.meeting.code)

    assert await state_of(world) == "planned"


async def test_meeting_of_which_somebody_spoke_was_held(world: World):
    await both_are_here(world.edition.id, world.meeting.code)
    said = await database.fetch("SELECT now() AS now")
    await made("meeting_outcome", meeting=world.meeting.id, participant=world.bob.id, useful=3, said_at=said[0]["now"])

    with pytest.raises(AlreadySpoken):
        await somebody_is_missing(world.edition.id, world.meeting.code, "business")
    with pytest.raises(AlreadySpoken):
        await take_presence_back(world.edition.id, world.meeting.code)


async def test_missed_meeting_stays_so_where_the_two_have_another(world: World):
    await somebody_is_missing(world.edition.id, world.meeting.code, "business")
    await make_meeting(world.edition, world.bob, world.carole, number=3)

    for act in (both_are_here, take_presence_back):
        with pytest.raises(MeetAgain):
            await act(world.edition.id, world.meeting.code)


async def test_meeting_of_another_edition_is_not_here(world: World):
    other = await make_edition("jn2028")

    with pytest.raises(NoSuchMeeting):
        await both_are_here(other.id, world.meeting.code)


async def test_table_closes_once_and_opens_again(world: World):
    await close_table(world.edition.id, 3)
    [before] = await tables_of(world.edition.id)
    await close_table(world.edition.id, 3)
    assert await tables_of(world.edition.id) == [before]
    assert before.closed_at is not None

    await open_table(world.edition.id, 3)
    [table] = await tables_of(world.edition.id)
    assert table.closed_at is None
    with pytest.raises(NoSuchTable):
        await close_table(world.edition.id, 4)


async def test_hall_says_which_organisations_go_where_and_nobody_by_name(world: World):
    hall = await hall_of(world.edition.id)

    [seat] = hall.seats[2]
    assert (seat.table, seat.business, seat.resource) == (3, "Moulin du Nord", "Centre d’emploi")
    assert hall.seats[1] == []
    assert "Bob" not in repr(hall)


async def test_version_of_the_hall_changes_with_what_it_says(world: World):
    before = await hall_version(world.edition.id)

    await database.fetch("UPDATE meeting_round SET began_at = starts_at + interval '1 minute' WHERE number = 3")

    assert await hall_version(world.edition.id) not in ("", before)
