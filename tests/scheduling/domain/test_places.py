"""A place in a slot: given once, never beyond the seats, given back whole."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from digital_days.kernel import clock, consents, database
from scheduling.domain.places import (
    AlreadyOver,
    AlreadyStarted,
    Answer,
    Applicant,
    FreeEntry,
    KeyReused,
    NoSuchPlace,
    NoSuchSlot,
    RegistrationClosed,
    cancel_place,
    take_place,
)
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot
from tests.scheduling.overtaken import EVERYBODY_IS_FASTER

pytestmark = pytest.mark.usefixtures("db")

BOB = Applicant(name="Bob Tremblay", email="bob@example.ca")
CHARLIE = Applicant(name="Charlie Roy", email="charlie@example.ca")
AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")


async def a_slot(*, seats: int | None = 2) -> Made:
    return await make_slot(await make_activity(await make_edition()), seats=seats)


async def counted(slot: Made) -> tuple[int, int]:
    """The counter, and what it counts."""
    row = await database.fetch_one(
        """
        SELECT s.taken, (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed') AS places
        FROM slot s WHERE s.id = $1
        """,
        slot.id,
    )
    assert row is not None
    return row["taken"], row["places"]


async def mails() -> list[str]:
    return [
        row["dedup_key"].split(":")[0]
        for row in await database.fetch("SELECT dedup_key FROM outbox_message ORDER BY id")
    ]


async def test_place_is_confirmed_with_registration_agenda_consent_and_mail():
    slot = await a_slot()

    answer = await take_place(
        slot.code, BOB, consents=consents.given({"registration", "news"}, organiser="MRC d’Argenteuil")
    )

    assert answer == Answer(outcome="confirmed", code=answer.code, slot_full=False)
    assert await counted(slot) == (1, 1)
    assert await mails() == ["ticket"]
    agreed = await database.fetch("SELECT purpose, version, text FROM consent ORDER BY purpose")
    assert [(row["purpose"], row["version"]) for row in agreed] == [("news", 2), ("registration", 2)]
    [entry] = await database.fetch("SELECT starts_at, source, source_code FROM agenda_entry")
    assert dict(entry) == {"starts_at": IN_A_YEAR, "source": "scheduling.place", "source_code": answer.code}
    [registration] = await database.fetch("SELECT state, origin FROM registration")
    assert dict(registration) == {"state": "active", "origin": "web"}


async def agreed_to() -> list[tuple[str, bool]]:
    rows = await database.fetch("SELECT purpose, proved_at IS NOT NULL AS proved FROM consent ORDER BY id")
    return [(row["purpose"], row["proved"]) for row in rows]


async def test_consent_is_kept_once_while_it_stays_the_same():
    slot, person = await a_slot(), await make_person()
    bob = Applicant(person_id=person)
    for _ in range(3):
        answer = await take_place(slot.code, bob, consents=AGREED)
        await cancel_place(answer.code)
    await take_place(slot.code, bob, consents=consents.given({"registration", "news"}, organiser="MRC d’Argenteuil"))

    assert await agreed_to() == [("registration", True), ("news", True)]


async def test_consent_is_kept_again_when_it_is_proved_or_was_withdrawn():
    slot = await a_slot()
    for _ in range(2):
        await cancel_place((await take_place(slot.code, BOB, consents=AGREED)).code)
    [person] = await database.fetch("SELECT id FROM person")
    bob = Applicant(person_id=person["id"])
    await cancel_place((await take_place(slot.code, bob, consents=AGREED)).code)
    await database.fetch("UPDATE consent SET withdrawn_at = $1", clock.now())
    await take_place(slot.code, bob, consents=AGREED)

    assert await agreed_to() == [("registration", False), ("registration", True), ("registration", True)]


async def test_earlier_consents_are_found_without_reading_everybodys():
    await database.fetch("SET LOCAL enable_seqscan = off")
    plan = await database.fetch("EXPLAIN SELECT FROM consent WHERE person = 1 AND edition = 1")

    assert "consent_person" in str(plan)


async def test_place_is_the_same_when_asked_twice():
    slot = await a_slot()
    first = await take_place(slot.code, BOB, consents=AGREED)

    second = await take_place(slot.code, BOB, consents=AGREED)

    assert second == Answer(outcome="already", code=first.code, slot_full=False)
    assert await counted(slot) == (1, 1)
    assert await mails() == ["ticket", "ticket-again"]


async def test_repeated_question_sends_the_ticket_again_once_in_ten_minutes():
    slot = await a_slot()
    with clock.stopped_at(datetime(2027, 9, 1, 12, 0, tzinfo=UTC)):
        for _ in range(4):
            await take_place(slot.code, BOB, consents=AGREED)
    with clock.stopped_at(datetime(2027, 9, 1, 12, 10, tzinfo=UTC)):
        await take_place(slot.code, BOB, consents=AGREED)

    assert await mails() == ["ticket", "ticket-again", "ticket-again"]


async def test_full_slot_refuses_and_remembers_who_asked():
    slot = await a_slot(seats=1)
    await take_place(slot.code, BOB, consents=AGREED)

    answer = await take_place(slot.code, CHARLIE, consents=AGREED)

    assert (answer.outcome, answer.slot_full) == ("full", True)
    assert await counted(slot) == (1, 1)
    refused = await database.fetch("SELECT reason FROM place WHERE state = 'refused'")
    assert [row["reason"] for row in refused] == ["full"]
    assert await mails() == ["ticket"]


async def test_overlap_takes_no_seat_and_is_explained_by_mail():
    activity = await make_activity(await make_edition())
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(minutes=59))
    await take_place(first.code, BOB, consents=AGREED)

    answer = await take_place(second.code, BOB, consents=AGREED)

    assert answer.outcome == "overlap"
    assert await counted(second) == (0, 0)
    assert await mails() == ["ticket", "overlap"]


async def test_slots_that_touch_do_not_overlap():
    activity = await make_activity(await make_edition())
    first = await make_slot(activity)
    second = await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=1))
    await take_place(first.code, BOB, consents=AGREED)

    answer = await take_place(second.code, BOB, consents=AGREED)

    assert answer.outcome == "confirmed"


async def test_refused_person_gets_the_place_later_with_the_same_code():
    slot = await a_slot(seats=1)
    bobs = await take_place(slot.code, BOB, consents=AGREED)
    refused = await take_place(slot.code, CHARLIE, consents=AGREED)
    await cancel_place(bobs.code)

    answer = await take_place(slot.code, CHARLIE, consents=AGREED)

    assert answer == Answer(outcome="confirmed", code=refused.code, slot_full=False)
    assert await counted(slot) == (1, 1)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("starts_at = now() - interval '1 minute'", RegistrationClosed),
        ("state = 'cancelled'", RegistrationClosed),
        ("seats = NULL", FreeEntry),
    ],
)
async def test_slot_that_takes_nobody_says_why(change: str, refusal: type[Exception]):
    slot = await a_slot()
    await database.fetch(f"UPDATE slot SET {change} WHERE id = $1", slot.id)

    with pytest.raises(refusal):
        await take_place(slot.code, BOB, consents=AGREED)

    assert await database.fetch("SELECT FROM person") == []


async def test_unknown_slot_is_refused():
    with pytest.raises(NoSuchSlot):
        await take_place("NOSUCHSLOT", BOB, consents=AGREED)


async def test_idempotency_key_gives_the_first_answer_again_even_after_a_cancellation():
    slot = await a_slot()
    first = await take_place(slot.code, BOB, consents=AGREED, idempotency_key="k1")
    await cancel_place(first.code)

    again = await take_place(slot.code, BOB, consents=AGREED, idempotency_key="k1")

    assert again == first
    assert await counted(slot) == (0, 0)


@pytest.mark.parametrize("key", ["k1", ""])
async def test_idempotency_key_is_refused_for_another_request(key: str):
    slot = await a_slot()
    await take_place(slot.code, BOB, consents=AGREED, idempotency_key=key)

    with pytest.raises(KeyReused):
        await take_place(slot.code, CHARLIE, consents=AGREED, idempotency_key=key)


async def test_cancelling_frees_the_seat_the_agenda_and_sends_a_mail_once():
    slot = await a_slot(seats=1)
    answer = await take_place(slot.code, BOB, consents=AGREED)

    assert [await cancel_place(answer.code), await cancel_place(answer.code)] == [True, False]

    assert await counted(slot) == (0, 0)
    assert await database.fetch("SELECT FROM agenda_entry") == []
    assert await mails() == ["ticket", "cancelled"]


async def test_sequence_grows_with_each_change_of_a_place():
    slot = await a_slot()
    answer = await take_place(slot.code, BOB, consents=AGREED)
    await cancel_place(answer.code)
    await take_place(slot.code, BOB, consents=AGREED)

    keys = [row["dedup_key"] for row in await database.fetch("SELECT dedup_key FROM outbox_message ORDER BY id")]

    assert keys == [f"ticket:{answer.code}:0", f"cancelled:{answer.code}:1", f"ticket:{answer.code}:2"]


async def test_cancelling_is_refused_once_the_activity_has_started():
    slot = await a_slot()
    answer = await take_place(slot.code, BOB, consents=AGREED)

    with clock.stopped_at(IN_A_YEAR), pytest.raises(AlreadyStarted):
        await cancel_place(answer.code)

    assert await counted(slot) == (1, 1)


async def test_cancelling_an_unknown_place_is_refused():
    with pytest.raises(NoSuchPlace):
        await cancel_place("NOSUCHPLACE")


async def test_slot_with_places_is_kept_by_the_database():
    slot = await a_slot()
    await take_place(slot.code, BOB, consents=AGREED)

    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await database.fetch("DELETE FROM slot")


async def test_edition_in_use_is_kept_by_the_database():
    slot = await a_slot()
    await take_place(slot.code, BOB, consents=AGREED)

    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await database.fetch("DELETE FROM edition")


async def test_latecomer_takes_a_place_at_the_door_until_the_end():
    slot = await a_slot()
    late = IN_A_YEAR + timedelta(minutes=59)

    with clock.stopped_at(late):
        answer = await take_place(slot.code, BOB, consents=AGREED, origin="desk")
        with pytest.raises(RegistrationClosed):
            await take_place(slot.code, CHARLIE, consents=AGREED)

    assert answer.outcome == "confirmed"


async def test_desk_gives_a_place_back_until_the_end():
    slot = await a_slot()
    answer = await take_place(slot.code, BOB, consents=AGREED)
    end = IN_A_YEAR + timedelta(hours=1)

    with clock.stopped_at(end), pytest.raises(AlreadyOver):
        await cancel_place(answer.code, by="desk")
    with clock.stopped_at(end - timedelta(minutes=1)):
        assert await cancel_place(answer.code, by="desk")

    assert await counted(slot) == (0, 0)


async def test_place_is_not_asked_for_again_inside_a_transaction_that_is_lost():
    slot = await a_slot()
    for statement in EVERYBODY_IS_FASTER:
        await database.fetch(statement)

    with pytest.raises(asyncpg.PostgresError) as caught:
        async with database.transaction():
            await take_place(slot.code, BOB, consents=AGREED)

    assert caught.value.sqlstate == "DD001"


async def test_place_is_taken_without_reading_a_whole_table():
    # A table of few rows is read whole although it has an index, and that is fine: is there one for when it is full?
    await database.fetch("SET LOCAL enable_seqscan = off")
    await database.fetch("SET LOCAL plan_cache_mode = force_custom_plan")
    slot = await a_slot(seats=9)
    before = await whole_tables_read()

    for applicant in (BOB, CHARLIE, BOB):
        await take_place(slot.code, applicant, consents=AGREED, idempotency_key=applicant.email)

    assert await whole_tables_read() == before


async def whole_tables_read() -> dict[str, int]:
    """How often this transaction has read a table from end to end."""
    rows = await database.fetch("SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE seq_scan > 0")
    return {row["relname"]: row["seq_scan"] for row in rows}
