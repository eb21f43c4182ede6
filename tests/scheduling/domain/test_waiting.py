"""An offer answered late, twice, or not; what a place taken elsewhere ends; a swap with a seat that was offered."""

from datetime import datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from scheduling.domain.cancelled_registrations import cancel_registration
from scheduling.domain.exchanges import MAY_CORRECT, take_instead_of
from scheduling.domain.line_order import move_in_line
from scheduling.domain.offers import sweep
from scheduling.domain.places import Answer, Applicant, Wish, cancel_place, take_place
from scheduling.domain.waiting import (
    NotInLine,
    OfferOver,
    accept,
    in_line,
    leave,
    leave_mistyped,
    lines_of,
    remove,
    withdrawn_by,
)
from tests.factories import IN_A_YEAR, make_activity, make_person, make_slot
from tests.scheduling.lines import AGREED, FullSlot, a_line, ask, counted, states, told

pytestmark = pytest.mark.usefixtures("db")


async def offered(*, waiting: int = 2, at: datetime | None = None) -> FullSlot:
    """Bob has given his place back."""
    full = await a_line(waiting=waiting)
    with clock.stopped_at(at or clock.now()):
        await cancel_place(full.place)
    return full


async def test_answer_after_the_deadline_is_refused_before_and_after_the_seat_has_gone_on() -> None:
    full = await offered()
    late = (await in_line(full.entries[0])).deadline
    assert late

    with clock.stopped_at(late):
        with pytest.raises(OfferOver):
            await accept(full.entries[0])
        assert await states(full.slot) == ["offered", "waiting"]  # refused by the clock, not by the sweep
        await sweep(late)
        with pytest.raises(OfferOver):
            await accept(full.entries[0])

    assert (await states(full.slot), await counted(full.slot)) == (["expired", "offered"], (0, 1))
    assert await told("waiting_over") == ["Ginette Roy"]
    assert await told("offer") == ["Ginette Roy", "Denise Côté"]


async def test_answer_given_twice_says_that_the_place_is_theirs_and_takes_one_seat() -> None:
    full = await offered()

    assert [(await accept(full.entries[0])).outcome for _ in range(2)] == ["confirmed", "already"]
    assert await counted(full.slot) == (1, 0)
    assert await told("ticket") == ["Bob Tremblay", "Ginette Roy", "Ginette Roy"]  # the second time, once more


@pytest.mark.parametrize("first", ["declined", "removed"])
async def test_accepting_is_refused_once_the_entry_has_ended(first: str) -> None:
    full = await offered()
    await (leave(full.entries[0]) if first == "declined" else remove(full.entries[0], by=full.bob, words="Deux fois"))

    with pytest.raises(OfferOver):
        await accept(full.entries[0])

    assert await leave(full.entries[0]) is False
    assert (await states(full.slot), await counted(full.slot)) == ([first, "offered"], (0, 1))


async def test_nobody_stands_in_a_line_that_is_not() -> None:
    for nothing in (accept("NOTHING"), leave("NOTHING"), in_line("NOTHING")):
        with pytest.raises(NotInLine):
            await nothing


@pytest.mark.parametrize(
    ("ahead", "lasts"),
    [
        (timedelta(days=30), timedelta(hours=12)),
        (timedelta(hours=8), timedelta(hours=2)),
        (timedelta(minutes=40), timedelta(minutes=15)),
        (timedelta(minutes=9), timedelta(minutes=9)),
    ],
)
async def test_offer_lasts_half_a_day_and_less_as_the_activity_comes_near(ahead: timedelta, lasts: timedelta) -> None:
    full = await offered(at=IN_A_YEAR - ahead)

    entry = await in_line(full.entries[0])

    assert entry.deadline == IN_A_YEAR - ahead + lasts


async def test_positions_close_up_when_somebody_leaves_is_asked_or_is_moved() -> None:
    full = await a_line(waiting=4)
    assert await positions(full) == [1, 2, 3, 4]

    await leave(full.entries[1])
    assert await positions(full) == [1, None, 2, 3]

    await move_in_line(full.entries[3], 1, by=full.bob, words="Fauteuil roulant")
    assert await positions(full) == [2, None, 3, 1]

    await cancel_place(full.place)
    assert await positions(full) == [1, None, 2, None]
    assert [entry.code for entry in await lines_of(full.people[3], full.edition.id)] == [full.entries[3]]


async def positions(full: FullSlot) -> list[int | None]:
    return [(await in_line(code)).position for code in full.entries]


async def test_who_comes_back_after_leaving_stands_last() -> None:
    full = await a_line(waiting=3)
    await leave(full.entries[0])

    answer = await ask(full.slot, full.people[0])

    assert (answer.outcome, answer.code) == ("waiting", full.entries[0])
    assert await positions(full) == [3, 1, 2]


async def test_who_cannot_come_now_is_passed_over_and_keeps_their_rank() -> None:
    full = await a_line(waiting=2)
    other = await make_slot(await make_activity(full.edition, "Acheter en ligne"))
    # A meeting of another service: it withdraws nobody from a line.
    await database.fetch(
        """
        INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
        VALUES ($1, $2::timestamptz, $2::timestamptz + interval '1 hour', 'matchmaking.meeting', 'X')
        """,
        full.people[0],
        IN_A_YEAR,
    )

    await cancel_place(full.place)
    assert await states(full.slot) == ["waiting", "offered"]
    await database.fetch("DELETE FROM agenda_entry WHERE source = 'matchmaking.meeting'")
    await leave(full.entries[1])

    assert await states(full.slot) == ["offered", "declined"]
    assert await counted(other) == (0, 0)
    events = await database.fetch("SELECT kind, reason FROM waiting_event ORDER BY id")
    assert [f"{row['kind']}:{row['reason']}".rstrip(":") for row in events] == [
        "joined",
        "joined",
        "passed:busy",
        "offered",
        "declined",
        "offered",
    ]


@pytest.mark.parametrize("was", ["waiting", "offered"])
async def test_place_taken_at_the_same_time_ends_the_entry_and_its_seat_goes_on_at_once(was: str) -> None:
    full = await offered()
    elsewhere = await make_slot(await make_activity(full.edition, "Acheter en ligne"))
    who = 0 if was == "offered" else 1

    taken = await ask(elsewhere, full.people[who])

    assert taken.outcome == "confirmed"
    assert await states(full.slot) == (["withdrawn", "offered"] if was == "offered" else ["offered", "withdrawn"])
    assert await counted(full.slot) == (0, 1)
    assert await told("offer") == ["Ginette Roy", "Denise Côté"][: 2 if was == "offered" else 1]
    entry = await in_line(full.entries[who])
    assert (entry.because, [each.code for each in await withdrawn_by([taken.code])]) == (taken.code, [entry.code])


async def test_place_at_another_time_ends_nothing() -> None:
    full = await a_line(waiting=1)
    for hours in (-1, 1):  # touching ends do not overlap
        elsewhere = await make_slot(
            await make_activity(full.edition, f"Autre {hours}"), starts_at=IN_A_YEAR + timedelta(hours=hours)
        )
        await ask(elsewhere, full.people[0])

    assert await states(full.slot) == ["waiting"]


async def in_each_others_way() -> tuple[FullSlot, FullSlot]:
    """Ginette is offered a seat, and a release has moved her other place to that time; Yves waits for the other."""
    full = await a_line(waiting=2)
    other = await make_slot(
        await make_activity(full.edition, "Acheter en ligne"), seats=1, starts_at=IN_A_YEAR + timedelta(days=1)
    )
    place = (await ask(other, full.people[0])).code
    yves = await make_person("Yves Roy", "yves@example.ca")
    entry = (await ask(other, yves)).code
    await cancel_place(full.place)
    for moved in (
        "UPDATE slot SET starts_at = $1, ends_at = $1::timestamptz + interval '1 hour' WHERE code = $2",
        """
        UPDATE agenda_entry e SET starts_at = $1, ends_at = $1::timestamptz + interval '1 hour'
        FROM place p JOIN slot s ON s.id = p.slot WHERE s.code = $2 AND e.source_code = p.code
        """,
    ):
        await database.fetch(moved, IN_A_YEAR, other.code)
    return full, FullSlot(
        edition=full.edition, slot=other, bob=full.people[0], place=place, people=[yves], entries=[entry]
    )


async def test_offer_stays_when_it_is_accepted_while_something_else_is_at_that_time() -> None:
    full, _other = await in_each_others_way()

    answer = await accept(full.entries[0])

    assert answer.outcome == "overlap"
    assert (await states(full.slot), await counted(full.slot)) == (["offered", "waiting"], (0, 1))


async def test_offered_seat_is_swapped_for_the_place_at_that_time_and_both_lines_go_on() -> None:
    full, other = await in_each_others_way()

    answer = await take_instead_of([other.place], full.slot.code, full.people[0], consents=[])

    assert answer
    assert answer.outcome == "confirmed"
    assert (await states(full.slot), await counted(full.slot)) == (["accepted", "waiting"], (1, 0))
    assert (await states(other.slot), await counted(other.slot)) == (["offered"], (0, 1))


async def test_offer_stays_when_the_person_has_as_many_places_as_the_edition_gives() -> None:
    full = await offered()
    elsewhere = await make_slot(
        await make_activity(full.edition, "Acheter en ligne"), starts_at=IN_A_YEAR + timedelta(days=1)
    )
    await ask(elsewhere, full.people[0])
    await database.fetch("INSERT INTO edition_rules (edition, most) VALUES ($1, 1)", full.edition.id)

    assert (await accept(full.entries[0])).outcome == "limit"
    assert await states(full.slot) == ["offered", "waiting"]


@pytest.mark.parametrize("was", ["waiting", "offered"])
async def test_cancelled_registration_ends_every_wait_and_gets_no_seat_that_it_frees(was: str) -> None:
    full = await (offered() if was == "offered" else a_line())
    elsewhere = await make_slot(
        await make_activity(full.edition, "Acheter en ligne"), starts_at=IN_A_YEAR + timedelta(days=1)
    )
    who = full.people[0]
    await ask(elsewhere, who)
    [registration] = await database.fetch("SELECT code FROM registration WHERE person = $1", who)

    assert await cancel_registration(registration["code"], edition_id=full.edition.id)

    assert await counted(elsewhere) == (0, 0)
    if was == "offered":
        assert (await states(full.slot), await counted(full.slot)) == (["removed", "offered"], (0, 1))
    else:
        assert (await states(full.slot), await counted(full.slot)) == (["removed", "waiting"], (1, 0))


WRONG = Applicant(name="Ginette Roy", email="ginette@gmial.com")
RIGHT = Applicant(name="ginette  ROY", email="ginette@gmail.com")


async def join(full: FullSlot, key: str, applicant: Applicant = WRONG) -> Answer:
    """By the form of a stranger."""
    return await take_place(full.slot.code, applicant, consents=AGREED, idempotency_key=key, wish=Wish(wait=True))


async def test_mistyped_address_leaves_the_line_when_its_form_is_corrected_once() -> None:
    full = await a_line(waiting=1)
    await join(full, "form:1")

    assert [await leave_mistyped("form:1", RIGHT) for _ in range(2)] == [True, False]
    assert await states(full.slot) == ["waiting", "left"]


@pytest.mark.parametrize(
    "why", ["stood there before", "told again", "proved", "same address", "other name", "too late"]
)
async def test_nobody_is_put_out_of_a_line_by_somebody_elses_form(why: str) -> None:
    full = await a_line(waiting=1)
    first = clock.now()
    await join(full, "form:0" if why == "stood there before" else "form:1")
    if why in ("stood there before", "told again"):
        with clock.stopped_at(first + timedelta(minutes=11)):
            await join(full, "form:1" if why == "stood there before" else "form:2")
    if why == "proved":
        await database.fetch("UPDATE person SET proved_at = now()")
    by = {"same address": WRONG, "other name": Applicant(name="Léa Côté", email="lea@example.ca")}.get(why, RIGHT)

    with clock.stopped_at(first + (MAY_CORRECT if why == "too late" else timedelta()) + timedelta(seconds=5)):
        assert await leave_mistyped("form:1", by) is False

    assert await states(full.slot) == ["waiting", "waiting"]
