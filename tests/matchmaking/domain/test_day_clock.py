"""The clock in the database: of two words at once one counts, and a delay that lasts moves all or nothing."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec import structs

from digital_days.kernel import clock, database, occupations
from matchmaking.domain import day_clock
from matchmaking.domain.course import Course, finish, lengthen, pause, skip, start
from matchmaking.domain.day_clock import ClockMoved, change_course, course_of
from matchmaking.domain.day_shift import ShiftCollides, announce_shift, collisions_of, delayed, titled
from matchmaking.domain.publishing import publish_plan
from tests.factories import Made, make_edition
from tests.matchmaking.factories import MORNING, made, make_meeting, make_organisation, make_participant, make_round
from tests.matchmaking.published import make_matched

MINUTE = timedelta(minutes=1)


@pytest.fixture
def nine(monkeypatch: pytest.MonkeyPatch) -> "Hand":
    hand = Hand()
    monkeypatch.setattr(clock, "now", hand)
    return hand


class Hand:
    """The time, in minutes after the first round's announced beginning."""

    minutes = 5.0

    def __call__(self) -> datetime:
        return MORNING + self.minutes * MINUTE


async def make_day(rounds: int = 3) -> Made:
    edition = await make_edition()
    for number in range(1, rounds + 1):
        await make_round(edition, number)
    return edition


@pytest.mark.usefixtures("db", "nine")
async def test_clock_goes_as_published_until_somebody_says_otherwise():
    edition = await make_day()

    course = await course_of(edition.id)

    assert (course.version, course.paused_at, [turn.number for turn in course.turns]) == (0, None, [1, 2, 3])
    assert [turn.shift for turn in course.turns] == [timedelta()] * 3


@pytest.mark.usefixtures("db", "nine")
async def test_every_word_is_kept():
    edition = await make_day()

    for version, change in enumerate((start, pause, finish, lambda course, now: skip(course, now, 2))):
        changed = await change_course(edition.id, change, version=version)
        kept = await course_of(edition.id)
        assert (kept.turns, kept.paused_at, kept.version) == (changed.turns, changed.paused_at, version + 1)


@pytest.mark.usefixtures("committed", "nine")
async def test_of_two_moderators_at_once_one_lengthens_the_round():
    edition = await make_day()

    async def longer() -> None:
        await change_course(edition.id, lambda course, now: lengthen(course, now, 2), version=0)

    said = await asyncio.gather(*(longer() for _ in range(4)), return_exceptions=True)

    assert sorted(map(repr, said)) == ["ClockMoved()"] * 3 + ["None"]
    assert (await course_of(edition.id)).turns[1].shift == 2 * MINUTE


@pytest.mark.usefixtures("db", "nine")
async def test_word_about_a_clock_that_has_moved_since_changes_nothing():
    edition = await make_day()
    await change_course(edition.id, pause, version=0)

    for version in (0, 2):
        with pytest.raises(ClockMoved):
            await change_course(edition.id, finish, version=version)

    assert (await course_of(edition.id)).turns[0].ends_at == MORNING + 15 * MINUTE


@pytest.mark.usefixtures("db", "nine")
async def test_word_about_rounds_that_are_published_anew_meanwhile_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    fair = await make_matched()
    later = [structs.replace(each, starts_at=each.starts_at + MINUTE) for each in fair.rounds]
    await publish_plan(fair.edition.id, (), fair.rounds, expected=0, by=None)

    async def read_before_somebody_publishes(edition_id: int) -> Course:
        course = await course_of(edition_id)
        await publish_plan(edition_id, (), later, expected=1, by=None)
        return course

    monkeypatch.setattr(day_clock, "course_of", read_before_somebody_publishes)
    with pytest.raises(ClockMoved):
        await change_course(fair.edition.id, pause, version=1)

    course = await course_of(fair.edition.id)
    assert (course.is_moved, course.turns[0].starts_at) == (False, MORNING + MINUTE)


async def make_delayed() -> tuple[Made, Made, Made]:
    """Four minutes late from the second round on, in which Bob's mill has a meeting."""
    edition = await make_day()
    mill = await make_organisation(edition, "Moulin du Nord")
    cle = await make_organisation(edition, "CLE", side="resource")
    bob, carole = await make_participant(edition, mill), await make_participant(edition, cle)
    meeting = await make_meeting(edition, bob, carole, number=2)
    await change_course(edition.id, lambda course, now: lengthen(course, now, 4), version=0)
    return edition, bob, meeting


@pytest.mark.usefixtures("db", "nine")
async def test_lasting_delay_moves_rounds_meetings_and_agendas():
    edition, _bob, meeting = await make_delayed()

    moved = await announce_shift(edition.id, version=1)

    expected = (MORNING + 24 * MINUTE, MORNING + 39 * MINUTE)
    [row] = await database.fetch("SELECT starts_at, ends_at, sequence FROM meeting WHERE id = $1", meeting.id)
    entries = await database.fetch("SELECT starts_at, ends_at FROM agenda_entry ORDER BY id")
    course = await course_of(edition.id)
    assert (moved, tuple(row.values())) == (1, (*expected, 1))
    assert [tuple(entry.values()) for entry in entries] == [expected] * 2
    assert [turn.shift for turn in course.turns] == [timedelta()] * 3
    assert course.turns[1].starts_at == expected[0]
    assert course.turns[0].ends_at == MORNING + 19 * MINUTE
    letters = await database.fetch("SELECT payload FROM outbox_message WHERE topic = 'matchmaking.schedule'")
    assert [msgspec.json.decode(letter["payload"])["meetings"] for letter in letters] == [[meeting.code]] * 2


@pytest.mark.usefixtures("db", "nine")
async def test_lasting_delay_into_a_workshop_names_it_and_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    edition, bob, meeting = await make_delayed()
    await database.fetch(
        """
        INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
        SELECT person, $2, $3, 'scheduling', 'X' FROM match_participant WHERE id = $1
        """,
        bob.id,
        MORNING + 35 * MINUTE,
        MORNING + 60 * MINUTE,
    )
    [found] = await collisions_of(edition.id, delayed(await course_of(edition.id), clock.now()))
    assert (found.organisation, found.number, found.table) == ("Moulin du Nord", 2, 1)

    async def titles(codes: Collection[str]) -> dict[str, str]:
        return dict.fromkeys(codes, "Vendre en ligne")

    monkeypatch.setattr(occupations, "_titles", {"scheduling": titles})
    assert [each.title for each in await titled([found])] == ["Vendre en ligne"]

    with pytest.raises(ShiftCollides):
        async with database.taken_back():
            await announce_shift(edition.id, version=1)

    [row] = await database.fetch("SELECT starts_at, sequence FROM meeting WHERE id = $1", meeting.id)
    assert tuple(row.values()) == (MORNING + 20 * MINUTE, 0)


@pytest.mark.usefixtures("db")
async def test_day_far_ahead_of_its_hours_is_announced_to_the_minute(nine: Hand):
    edition = await make_day()
    mill = await make_organisation(edition, "Moulin du Nord")
    bob = await make_participant(edition, mill)
    for number in (1, 2, 3):
        resource = await make_organisation(edition, f"Ressource {number}", side="resource")
        await make_meeting(edition, bob, await make_participant(edition, resource), number=number)
    await database.fetch("UPDATE meeting SET state = 'held' WHERE round = 1")
    for version, minutes in enumerate((5, 12.5)):  # of a quarter of an hour each, with five minutes between
        nine.minutes = minutes
        await change_course(edition.id, finish, version=version)

    moved = await announce_shift(edition.id, version=2)

    rows = await database.fetch(
        """
        SELECT m.starts_at, m.ends_at FROM agenda_entry e JOIN meeting m ON m.code = e.source_code
        WHERE (e.starts_at, e.ends_at) = (m.starts_at, m.ends_at) ORDER BY m.starts_at, e.id
        """
    )
    hours = [tuple((row[name] - MORNING) / MINUTE for name in ("starts_at", "ends_at")) for row in rows]
    assert (moved, hours) == (1, [(0, 5), (0, 5), (10, 12.5), (10, 12.5), (18, 33), (18, 33)])
    assert delayed(await course_of(edition.id), clock.now()) == []
    [promised] = await database.fetch(
        "SELECT count(*) AS many FROM outbox_message WHERE topic = 'matchmaking.schedule'"
    )
    assert promised["many"] == 2


@pytest.mark.usefixtures("db", "nine")
async def test_delay_into_what_somebody_said_they_cannot_is_named_too():
    edition, bob, _meeting = await make_delayed()
    times = {"starts_at": MORNING + 35 * MINUTE, "ends_at": MORNING + 60 * MINUTE}
    await made("match_absence", participant=bob.id, **times)

    found = await collisions_of(edition.id, delayed(await course_of(edition.id), clock.now()))

    assert [each.organisation for each in found] == ["Moulin du Nord"]
