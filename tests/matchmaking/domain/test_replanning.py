"""The rounds that remain, planned anew by the engine and taken once."""

from datetime import datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from matchmaking.domain.arrivals import miss
from matchmaking.domain.course import Course, skip
from matchmaking.domain.day_clock import change_course, course_of
from matchmaking.domain.hall import close_table
from matchmaking.domain.presence import somebody_is_missing
from matchmaking.domain.publications import last_publication
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.remaining import remaining, standing_meetings
from matchmaking.domain.replan_changes import changes_to
from matchmaking.domain.replan_reasons import Reasons, replan_reasons
from matchmaking.domain.replanning import (
    NothingRemains,
    Overtaken,
    Replan,
    is_overtaken,
    offer_replan,
    replan_called,
    take_replan,
)
from tests.matchmaking.factories import MORNING, make_organisation, make_participant, make_wish
from tests.matchmaking.published import Fair, make_matched

pytestmark = pytest.mark.usefixtures("db")
Place = tuple[str, str, int]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> "Hand":
    hand = Hand()
    monkeypatch.setattr(clock, "now", hand)
    return hand


class Hand:
    """In minutes after the first round's beginning; the second begins at 20."""

    minutes = -30.0

    def __call__(self) -> datetime:
        return MORNING + timedelta(minutes=self.minutes)


@pytest.fixture
async def fair(db: None, at: Hand) -> Fair:
    """Everybody of one side wishes to meet everybody of the other; four meetings in the first three rounds."""
    fair = await make_matched()
    owners = await database.fetch("SELECT id, side FROM match_organisation ORDER BY id")
    for by in owners:
        for about in owners:
            if by["side"] == "business" and about["side"] == "resource":
                await database.fetch(
                    "INSERT INTO match_wish (by, about, strength, created_at) VALUES ($1, $2, 'like', now())",
                    by["id"],
                    about["id"],
                )
    plan = [
        fair.place("Bob", "Carole", 1, 1),
        fair.place("Ève", "Dora", 1, 2),
        fair.place("Bob", "Dora", 2, 2),
        fair.place("Ève", "Carole", 3, 1),
    ]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
    at.minutes = 5
    return fair


async def standing(fair: Fair) -> set[Place]:
    names = {seat.code: name for name, seat in fair.seats.items()}
    rows = await standing_meetings(fair.edition.id)
    return {(names.get(each.one, "?"), names.get(each.other, "?"), each.round) for each in rows if not each.missed}


async def offered(fair: Fair) -> Replan:
    return await replan_called(fair.edition.id, await offer_replan(fair.edition.id))


async def test_missing_person_s_meetings_go_and_all_others_stay(fair: Fair):
    await miss(fair.edition.id, fair.seats["Dora"].code)

    replan = await offered(fair)
    changes = await changes_to(replan.plan, await standing_meetings(fair.edition.id), begun=1)
    done = await take_replan(fair.edition.id, replan.code, by=None)

    assert {kind.value: many for kind, many in changes.count.items()} == {
        "kept": 1,
        "reseated": 0,
        "moved": 0,
        "cancelled": 1,
        "new": 0,
    }
    assert [each.name for each in changes.people] == ["Bob Roy", "Dora Roy"]
    assert (done.number, done.kept, done.cancelled, done.added) == (2, 1, 1, 0)
    # what has begun is left alone, though Dora is missing there too
    assert await standing(fair) == {("Bob", "Carole", 1), ("Ève", "Dora", 1), ("Ève", "Carole", 3)}
    entries = await database.fetch("SELECT count(*) AS count FROM agenda_entry")
    assert entries[0]["count"] == 6


async def test_meeting_missed_in_the_morning_gets_a_second_chance(fair: Fair):
    [row] = await database.fetch("SELECT code FROM meeting WHERE round = 1 AND table_number = 1")
    await somebody_is_missing(fair.edition.id, row["code"], "business")
    await database.fetch("UPDATE match_participant SET missing_at = NULL")

    await take_replan(fair.edition.id, (await offered(fair)).code, by=None)

    again = [place for place in await standing(fair) if place[:2] == ("Bob", "Carole")]
    rows = await database.fetch("SELECT state FROM meeting ORDER BY id")
    assert len(again) == 1
    assert again[0][2] > 1
    assert [row["state"] for row in rows].count("missed") == 1


async def test_closed_table_is_left_for_another_one_in_the_same_round(fair: Fair):
    await close_table(fair.edition.id, 2)

    replan = await offered(fair)

    assert [place.round for place in replan.plan] == [2, 3]
    assert 2 not in {place.table for place in replan.plan}


async def test_meeting_of_a_skipped_round_moves_to_another(fair: Fair):
    await change_course(fair.edition.id, lambda course, now: skip(course, now, 2), version=1)

    replan = await offered(fair)

    assert len(replan.plan) == 2
    assert 2 not in {place.round for place in replan.plan}


async def test_who_walks_in_meets_somebody(fair: Fair):
    house = await make_organisation(fair.edition, "Maison Zoé")
    zoe = await make_participant(fair.edition, house)
    [resource] = await database.fetch("SELECT id FROM match_organisation WHERE name = 'Maison Carole'")
    await make_wish(house, type(house)(resource["id"], ""))
    assert await reasons(fair) == Reasons(missing=0, closed=0, skipped=0, alone=1)

    done = await take_replan(fair.edition.id, (await offered(fair)).code, by=None)

    assert (done.kept, done.added) == (2, 1)
    assert await database.fetch("SELECT FROM meeting WHERE business = $1 AND round > 1", zoe.id)


async def reasons(fair: Fair) -> Reasons:
    course: Course = await course_of(fair.edition.id)
    return await replan_reasons(fair.edition.id, course, begun=course.begun(clock.now()))


async def test_reasons_count_what_cannot_be_held(fair: Fair):
    await miss(fair.edition.id, fair.seats["Dora"].code)
    await close_table(fair.edition.id, 1)

    assert await reasons(fair) == Reasons(missing=1, closed=1, skipped=0, alone=0)


async def test_promised_meetings_stay_though_the_settings_give_fewer(fair: Fair):
    await database.fetch("UPDATE speed_dating SET most = 1")

    left = await remaining(fair.edition.id)

    assert [each.most for each in left.problem.participants] == [2, 2, 2, 2]


async def test_locked_meeting_stays_where_it_is(fair: Fair):
    await database.fetch("UPDATE meeting SET locked = round = 3")

    left = await remaining(fair.edition.id)

    assert [(place.round, place.table) for place in left.problem.fixed] == [(0, 1), (0, 2), (2, 1)]


async def test_plan_is_taken_once_and_only_while_the_day_is_as_it_was(fair: Fair, at: Hand):
    await miss(fair.edition.id, fair.seats["Dora"].code)
    replan = await offered(fair)

    at.minutes = 21
    assert await is_overtaken(fair.edition.id, replan)
    with pytest.raises(Overtaken):
        await take_replan(fair.edition.id, replan.code, by=None)
    at.minutes = 5
    await take_replan(fair.edition.id, replan.code, by=None)
    with pytest.raises(Overtaken):
        await take_replan(fair.edition.id, replan.code, by=None)

    assert (await last_publication(fair.edition.id)).number == 2


async def test_plan_made_before_something_changed_is_not_taken(fair: Fair):
    replan = await offered(fair)

    for changed in (
        lambda: miss(fair.edition.id, fair.seats["Bob"].code),
        lambda: close_table(fair.edition.id, 1),
        lambda: publish_plan(fair.edition.id, [fair.place("Bob", "Dora", 2, 2)], fair.rounds, expected=1, by=None),
    ):
        async with database.taken_back():
            await changed()
            assert await is_overtaken(fair.edition.id, replan)

    assert not await is_overtaken(fair.edition.id, replan)


async def test_nothing_is_planned_after_the_last_round_has_begun(fair: Fair, at: Hand):
    at.minutes = 101

    with pytest.raises(NothingRemains):
        await offer_replan(fair.edition.id)
