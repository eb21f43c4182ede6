"""Where participants are instead of at a table: by their agenda, with the activity's title, and by their own word."""

from datetime import timedelta

import pytest

from digital_days.composition import plug_in
from digital_days.kernel import database
from digital_days.kernel.occupations import Occupation, occupations
from matchmaking.domain.whereabouts import Elsewhere, during, in_words, whereabouts_of
from scheduling.domain.places import Applicant, take_place
from tests.factories import make_activity, make_slot
from tests.matchmaking.factories import MORNING, made, make_meeting
from tests.matchmaking.published import Fair, make_matched
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
NBSP = "\N{NO-BREAK SPACE}"
HOUR = timedelta(hours=1)


@pytest.fixture
async def fair() -> Fair:
    plug_in()
    return await make_matched()


async def _expected(person: int, source: str, begins: timedelta) -> None:
    await made(
        "agenda_entry",
        person=person,
        starts_at=MORNING + begins,
        ends_at=MORNING + begins + HOUR,
        source=source,
        source_code="X",
    )


async def _at_a_workshop(fair: Fair, title: str) -> None:
    slot = await make_slot(await make_activity(fair.edition, title), starts_at=MORNING)
    await take_place(slot.code, Applicant(person_id=fair.people["Bob"]), consents=[])


async def test_agenda_is_named_and_meetings_of_one_s_own_are_left_out(fair: Fair):
    await _expected(fair.people["Bob"], "elsewhere.unknown", HOUR)
    await make_meeting(fair.edition, fair.seats["Bob"], fair.seats["Carole"], number=1)
    bob, carole = fair.seats["Bob"].code, fair.seats["Carole"].code
    await made("match_absence", participant=fair.seats["Carole"].id, starts_at=MORNING, ends_at=MORNING + HOUR)

    found = await whereabouts_of(fair.edition.id, [bob, carole], fair.rounds)

    assert found == {
        bob: [Elsewhere(starts_at=MORNING + HOUR, ends_at=MORNING + 2 * HOUR)],
        carole: [Elsewhere(starts_at=MORNING, ends_at=MORNING + HOUR, own=True)],
    }
    assert in_words(found[bob]) == f"a autre chose à son agenda de 10{NBSP}h à 11{NBSP}h"
    assert in_words([*found[carole]] * 4) == "; ".join([f"a dit ne pas pouvoir de 9{NBSP}h à 10{NBSP}h"] * 3) + "…"
    assert during(found[carole], fair.rounds[3:]) == []


async def test_workshop_has_its_title_with_as_many_queries_for_more_people(fair: Fair):
    await _at_a_workshop(fair, "Infonuagique")
    bob = fair.people["Bob"]

    found = await occupations([bob], MORNING, MORNING + HOUR)  # a connection learns the types of arrays by then
    async with counted_statements() as few:
        await occupations([bob], MORNING, MORNING + HOUR)
    async with counted_statements() as more:
        await occupations([bob, *fair.people.values()], MORNING, MORNING + HOUR)

    [row] = await database.fetch("SELECT starts_at, ends_at FROM slot")
    assert found == [Occupation(person_id=bob, title="Infonuagique", **row)]
    assert len(few) == len(more) == 2
    assert await occupations([bob], MORNING - HOUR, MORNING) == []
    assert await occupations([bob], MORNING, MORNING + HOUR, but=["scheduling.place"]) == []


async def test_nobody_asked_for_is_no_query(fair: Fair):
    async with counted_statements(remembering=True) as sent:
        assert await whereabouts_of(fair.edition.id, [], fair.rounds) == {}

    assert sent == []
