"""Several places asked for in one go: each that can be had, in one transaction, with one mail."""

from datetime import timedelta

import pytest

from digital_days.kernel import consents, database
from scheduling.domain.exchanges import take_instead_of_mistyped
from scheduling.domain.places import OVERTAKEN, Answer, Applicant, Overtaken, take_place, take_places
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.letters_read import promised
from tests.scheduling.registered import BOB, ask_for_place

pytestmark = pytest.mark.usefixtures("committed", "app")

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")
TOPICS = "SELECT topic FROM outbox_message ORDER BY id"


async def make_slots(*hours: float, seats: int = 5) -> list[Made]:
    edition = await make_edition()
    return [
        await make_slot(
            await make_activity(edition, f"Atelier {n}"), seats=seats, starts_at=IN_A_YEAR + timedelta(hours=hour)
        )
        for n, hour in enumerate(hours)
    ]


async def outcomes(slots: list[Made], applicant: Applicant = BOB) -> list[str]:
    answers = await take_places([slot.code for slot in slots], applicant, consents=AGREED)
    assert list(answers) == [slot.code for slot in slots]
    return [answer.outcome if answer else "none" for answer in answers.values()]


async def told() -> list[dict[str, object]]:
    return [message.payload for message in await promised("scheduling.agenda")]


async def topics() -> list[str]:
    return [row["topic"] for row in await database.fetch(TOPICS)]


async def test_places_are_taken_in_one_transaction_with_one_registration_and_one_mail() -> None:
    slots = await make_slots(0, 2, 4)

    assert await outcomes(slots) == ["confirmed"] * 3

    [row] = await database.fetch("SELECT count(DISTINCT xmin::text) AS transactions, count(*) AS places FROM place")
    assert (row["transactions"], row["places"]) == (1, 3)
    assert len(await database.fetch("SELECT FROM registration")) == 1
    assert [row["taken"] for row in await database.fetch("SELECT taken FROM slot ORDER BY id")] == [1, 1, 1]
    codes = {row["code"] for row in await database.fetch("SELECT code FROM place")}
    assert await topics() == ["scheduling.agenda"]
    assert await told() == [{"places": dict.fromkeys(codes, "confirmed"), "locale": "fr"}]


async def test_what_cannot_be_had_costs_nothing_of_the_rest() -> None:
    free, overlapping, full, gone, entry = await make_slots(0, 0.5, 3, 6, 8)
    await database.fetch("UPDATE slot SET taken = seats WHERE id = $1", full.id)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", gone.id)
    await database.fetch("UPDATE slot SET seats = NULL WHERE id = $1", entry.id)

    assert await outcomes([free, overlapping, full, gone, entry]) == ["confirmed", "overlap", "full", "none", "none"]

    [payload] = await told()
    assert sorted(dict(payload["places"]).values()) == ["confirmed", "full", "overlap"]  # type: ignore[call-overload] # JSON
    assert await topics() == ["scheduling.agenda"]


async def test_repeated_request_takes_nothing_twice_and_is_answered_once_in_ten_minutes() -> None:
    slots = await make_slots(0, 2)
    await outcomes(slots)

    again = [await outcomes(slots) for _ in range(3)]

    assert again == [["already", "already"]] * 3
    assert await topics() == ["scheduling.agenda"] * 2
    assert [row["taken"] for row in await database.fetch("SELECT taken FROM slot")] == [1, 1]


async def test_no_mail_is_promised_when_all_is_full() -> None:
    slots = await make_slots(0, 2, seats=0)

    assert await outcomes(slots) == ["full", "full"]
    assert await topics() == []


async def test_same_slot_named_twice_is_asked_for_once() -> None:
    [slot] = await make_slots(0)

    answers = await take_places([slot.code, slot.code.lower()], BOB, consents=AGREED)

    assert [answer and answer.outcome for answer in answers.values()] == ["confirmed"]


async def test_who_is_always_overtaken_is_told_to_try_again_and_has_nothing() -> None:
    slots = await make_slots(0, 2)
    await database.fetch(
        f"""
        CREATE FUNCTION be_faster() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'faster' USING ERRCODE = '{OVERTAKEN}'; END $$
        """
    )
    await database.fetch("CREATE TRIGGER be_faster BEFORE UPDATE ON slot FOR EACH ROW EXECUTE FUNCTION be_faster()")
    try:
        with pytest.raises(Overtaken):
            await outcomes(slots)
    finally:
        await database.fetch("DROP TRIGGER be_faster ON slot")
        await database.fetch("DROP FUNCTION be_faster()")

    assert await database.fetch("SELECT id FROM place UNION ALL SELECT id FROM outbox_message") == []


async def test_single_place_still_has_a_mail_of_its_own() -> None:
    [slot] = await make_slots(0)

    await ask_for_place(slot)
    await ask_for_place(slot)

    assert await topics() == ["scheduling.ticket"] * 2


async def test_place_asked_for_again_with_others_is_not_moved_with_a_mistyped_address() -> None:
    """Somebody who gets its mail wants it: the form that brought it no longer decides about it."""
    [slot] = await make_slots(0)
    typo = Applicant(name="Bob Tremblay", email="bob@exampel.ca")
    await take_place(slot.code, typo, consents=AGREED, idempotency_key="form:1")
    await outcomes([slot], typo)

    moved: Answer | None = await take_instead_of_mistyped(
        "form:1", slot.code, BOB, consents=AGREED, idempotency_key="form:2"
    )

    assert moved is None
