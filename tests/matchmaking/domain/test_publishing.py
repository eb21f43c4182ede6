"""A plan is published whole or not at all: meetings, agendas, letters; two at once, and what came between."""

import asyncio
from datetime import timedelta

import pytest
from asyncpg import CheckViolationError

from digital_days.kernel import clock, database
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.leaving import leave
from matchmaking.domain.presence import both_are_here, take_presence_back
from matchmaking.domain.publications import difference, last_publication
from matchmaking.domain.publishing import (
    AlreadyBegun,
    BrokenPlan,
    BusyMeanwhile,
    NoTable,
    NotThere,
    PublishedMeanwhile,
    publish_plan,
)
from tests.matchmaking.factories import MORNING, made
from tests.matchmaking.published import Fair, make_matched


@pytest.fixture
async def fair(db: None) -> Fair:
    return await make_matched()


async def _publish(fair: Fair, *plan: DraftPlace, expected: int | None = None) -> tuple[int, int, int, int]:
    number = (await last_publication(fair.edition.id)).number if expected is None else expected
    done = await publish_plan(fair.edition.id, plan, fair.rounds, expected=number, by=None)
    return done.kept, done.moved, done.cancelled, done.added


async def _meetings() -> list[tuple[object, ...]]:
    rows = await database.fetch("SELECT round, table_number, state, sequence FROM meeting ORDER BY id")
    return [tuple(row.values()) for row in rows]


async def _agenda() -> list[tuple[int, object]]:
    rows = await database.fetch("SELECT person, starts_at FROM agenda_entry WHERE source LIKE 'matchmaking.%'")
    return sorted((row["person"], row["starts_at"]) for row in rows)


async def _letters() -> list[int]:
    rows = await database.fetch("SELECT person FROM outbox_message WHERE topic = 'matchmaking.schedule' ORDER BY id")
    return [row["person"] for row in rows]


async def test_published_plan_is_in_everybody_s_agenda_and_each_is_written_to_once(fair: Fair):
    counts = await _publish(
        fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 2), fair.place("Ève", "Dora", 1, 2)
    )

    assert counts == (0, 0, 0, 3)
    assert await _meetings() == [(1, 1, "planned", 0), (1, 2, "planned", 0), (2, 2, "planned", 0)]
    starts = {number: fair.rounds[number - 1].starts_at for number in (1, 2)}
    bob, eve, carole, dora = (fair.people[name] for name in ("Bob", "Ève", "Carole", "Dora"))
    assert await _agenda() == sorted(
        [
            (bob, starts[1]),
            (carole, starts[1]),
            (bob, starts[2]),
            (dora, starts[2]),
            (eve, starts[1]),
            (dora, starts[1]),
        ]
    )
    assert sorted(await _letters()) == sorted([bob, eve, carole, dora])
    rounds = await database.fetch("SELECT number FROM meeting_round ORDER BY number")
    assert len(rounds) == len(fair.rounds)


async def test_same_plan_again_changes_nothing_and_writes_to_nobody(fair: Fair):
    plan = (fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2))
    await _publish(fair, *plan)
    before, letters = await _meetings(), await _letters()

    assert await _publish(fair, *plan) == (2, 0, 0, 0)
    assert (await _meetings(), await _letters()) == (before, letters)


async def test_new_plan_keeps_codes_raises_sequences_and_frees_agendas(fair: Fair):
    """Two swap their rounds at once: no rule is broken on the way."""
    await _publish(
        fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 1), fair.place("Ève", "Carole", 3, 1)
    )
    codes = [row["code"] for row in await database.fetch("SELECT code FROM meeting ORDER BY id")]

    counts = await _publish(fair, fair.place("Bob", "Carole", 2, 1), fair.place("Bob", "Dora", 1, 1))

    assert counts == (0, 2, 1, 0)
    assert await _meetings() == [(2, 1, "planned", 1), (1, 1, "planned", 1), (3, 1, "cancelled", 1)]
    assert [row["code"] for row in await database.fetch("SELECT code FROM meeting ORDER BY id")] == codes
    assert fair.people["Ève"] not in [person for person, _at in await _agenda()]

    back = await _publish(
        fair, fair.place("Bob", "Carole", 2, 1), fair.place("Bob", "Dora", 1, 1), fair.place("Ève", "Carole", 3, 1)
    )
    assert back == (2, 0, 0, 1)
    assert await _meetings() == [(2, 1, "planned", 1), (1, 1, "planned", 1), (3, 1, "planned", 2)]


async def _missed_then_cancelled(fair: Fair) -> str:
    """Bob and Carole missed each other, were given another meeting, and it was cancelled; the first one's code."""
    await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2))
    [row] = await database.fetch("UPDATE meeting SET state = 'missed' WHERE table_number = 1 RETURNING code")
    await _publish(fair, fair.place("Bob", "Carole", 2, 1), fair.place("Ève", "Dora", 1, 2))
    await _publish(fair, fair.place("Ève", "Dora", 1, 2))
    assert [meeting[2] for meeting in await _meetings()] == ["missed", "planned", "cancelled"]
    return str(row["code"])


async def test_meeting_that_was_held_after_all_is_the_pair_s_and_not_the_cancelled_one(fair: Fair):
    await both_are_here(fair.edition.id, await _missed_then_cancelled(fair))

    counts = await _publish(fair, fair.place("Bob", "Carole", 3, 1), fair.place("Ève", "Dora", 1, 2))

    assert counts == (2, 0, 0, 0)
    assert [meeting[2] for meeting in await _meetings()] == ["held", "planned", "cancelled"]


async def test_meeting_that_lives_again_is_cancelled_though_a_later_one_of_the_pair_was(fair: Fair):
    await take_presence_back(fair.edition.id, await _missed_then_cancelled(fair))

    counts = await _publish(fair, fair.place("Ève", "Dora", 1, 2))

    assert counts == (1, 0, 1, 0)
    assert [meeting[2] for meeting in await _meetings()] == ["cancelled", "planned", "cancelled"]


async def test_difference_says_beforehand_what_publishing_does(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 1))
    plan = (fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Carole", 2, 1))

    said = await difference(fair.edition.id, plan, fair.rounds)

    assert (said.kept, said.moved, said.cancelled, said.added) == await _publish(fair, *plan)
    assert said.alone == ["Dora Roy"]


async def test_somebody_who_took_a_workshop_meanwhile_is_named_and_nothing_is_written(fair: Fair):
    times = {"starts_at": MORNING, "ends_at": MORNING + timedelta(hours=1)}
    await made("agenda_entry", person=fair.people["Bob"], source="scheduling.place", source_code="P", **times)

    with pytest.raises(BusyMeanwhile) as refusal:
        async with database.taken_back():
            await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2))

    assert "Bob Roy (9 h)" in str(refusal.value).replace("\N{NO-BREAK SPACE}", " ")
    assert (await _meetings(), await _letters()) == ([], [])


async def test_plan_with_two_things_at_once_is_refused(fair: Fair):
    for other in (("Ève", "Carole", 1, 2), ("Ève", "Dora", 1, 1), ("Bob", "Carole", 2, 1), ("Ève", "Dora", 99, 1)):
        with pytest.raises(BrokenPlan):
            await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place(*other))


async def test_meeting_without_a_table_is_named_with_its_round(fair: Fair):
    with pytest.raises(NoTable) as refusal:
        await _publish(
            fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 0), fair.place("Ève", "Carole", 2, 0)
        )

    said = str(refusal.value)
    assert "Bob Roy et Dora Roy (ronde 2)" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert ("Ève Roy" in said, await _meetings()) == (True, [])


async def test_database_plans_nobody_at_no_table(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1))

    with pytest.raises(CheckViolationError):
        async with database.taken_back():
            await database.fetch("UPDATE meeting SET table_number = 0")


async def test_who_has_left_is_named(fair: Fair):
    await leave(fair.people["Bob"], fair.edition.id)

    with pytest.raises(NotThere) as refusal:
        await _publish(fair, fair.place("Bob", "Carole", 1, 1))

    assert "Bob Roy" in str(refusal.value)


async def test_what_is_held_or_has_begun_stays(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 1))
    began = clock.now() - timedelta(minutes=5)
    await database.fetch("UPDATE meeting SET state = 'held' WHERE round = 1")
    await database.fetch("UPDATE meeting SET starts_at = $1 WHERE round = 2", began)

    counts = await _publish(fair, fair.place("Ève", "Dora", 3, 1))

    assert counts == (0, 0, 0, 1)
    assert [row[2] for row in await _meetings()] == ["held", "planned", "planned"]


async def test_plan_that_falls_on_what_has_begun_is_refused_in_a_sentence(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 2, 2))
    await database.fetch("UPDATE meeting SET state = 'held' WHERE round = 1")

    for other in (("Bob", "Dora", 1, 2), ("Ève", "Carole", 1, 2), ("Ève", "Dora", 1, 1)):
        with pytest.raises(AlreadyBegun):
            await _publish(fair, fair.place(*other))


async def test_locks_are_kept_with_the_meetings(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1, locked=True), fair.place("Ève", "Dora", 1, 2))

    rows = await database.fetch("SELECT locked FROM meeting ORDER BY id")
    assert [row["locked"] for row in rows] == [True, False]


async def test_of_two_organisers_who_publish_at_once_the_second_is_told(committed):
    fair = await make_matched()
    plans = [(fair.place("Bob", "Carole", 1, 1),), (fair.place("Bob", "Dora", 1, 1),)]

    outcomes = await asyncio.gather(*(_publish(fair, *plan, expected=0) for plan in plans * 4), return_exceptions=True)

    assert sum(isinstance(each, tuple) for each in outcomes) == 1
    assert sum(isinstance(each, PublishedMeanwhile) for each in outcomes) == 7
    assert len(await _meetings()) == 1


async def test_who_leaves_while_somebody_publishes_is_met_by_nobody(committed):
    fair = await make_matched()
    publishing = _publish(fair, fair.place("Bob", "Carole", 1, 1), expected=0)

    await asyncio.gather(publishing, leave(fair.people["Bob"], fair.edition.id), return_exceptions=True)

    planned = await database.fetch("SELECT FROM meeting WHERE state = 'planned'")
    assert (planned, await _agenda()) == ([], [])


async def test_partners_of_who_leaves_are_written_to(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2))
    before = len(await _letters())

    await leave(fair.people["Bob"], fair.edition.id)

    assert (await _letters())[before:] == [fair.people["Carole"]]
