"""The rows and who may write to them."""

import asyncio
from datetime import timedelta

import pytest

from digital_days.kernel import clock, database, outbox
from digital_days.kernel.outbox import Message
from tests.kernel.letters import LEASE, queue_letters, queue_many, rows


async def _claim(by: str = "one", *, limit: int = 10) -> list[Message]:
    return await outbox.claim(by=by, kinds=["mail"], limit=limit, lease=LEASE)


async def _let_leases_run_out() -> None:
    await database.fetch("UPDATE outbox_message SET lease_until = $1", clock.now() - timedelta(seconds=1))


async def test_message_is_promised_once_when_its_key_is_repeated(db: None) -> None:
    await queue_letters(subject="the first")
    await queue_letters(subject="the second")

    assert await rows("dedup_key", "payload->>'subject'") == [("letter:0", "the first")]


async def test_promise_disappears_with_its_transaction(committed: None) -> None:
    async def promise_and_break() -> None:
        async with database.transaction():
            await queue_letters()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await promise_and_break()

    assert await rows("id") == []


async def test_claim_takes_what_has_been_due_longest_and_leaves_the_future(db: None) -> None:
    now = clock.now()
    await queue_letters(first=0, due_at=now)
    await queue_letters(first=1, due_at=now - timedelta(hours=2))
    await queue_letters(first=2, due_at=now + timedelta(hours=1))
    await queue_letters(first=3, due_at=now)
    await outbox.add(kind="event", topic="x>y", dedup_key="event", payload={}, due_at=now - timedelta(hours=3))

    claimed = await _claim()

    assert [message.dedup_key for message in claimed] == ["letter:1", "letter:0", "letter:3"]
    assert claimed[0].payload == {"number": 1}
    assert await rows("state") == [("claimed",), ("claimed",), ("queued",), ("claimed",), ("queued",)]


async def test_sign_in_link_is_claimed_before_a_large_mailing_that_was_due_earlier(db: None) -> None:
    await queue_many(500)
    await database.fetch("UPDATE outbox_message SET priority = $1", outbox.Priority.BULK)
    await queue_letters(first=500)
    await outbox.add(
        kind="mail", topic="x", dedup_key="awaited", payload={}, priority=outbox.Priority.AWAITED, due_at=clock.now()
    )

    claimed = await _claim(limit=3)

    assert [message.dedup_key for message in claimed] == ["awaited", "letter:500", "letter:0"]


async def test_claims_never_share_a_message_when_they_happen_at_once(committed: None) -> None:
    await queue_many(300)

    async def take_all(by: str) -> list[int]:
        taken: list[int] = []
        while batch := await _claim(by, limit=7):
            taken += [message.id for message in batch]
        return taken

    shares = await asyncio.gather(*(take_all(f"worker {n}") for n in range(6)))

    taken = sorted(message_id for share in shares for message_id in share)
    assert taken == [message_id for (message_id,) in await rows("id")]


async def test_sending_cannot_start_when_the_claim_was_lost(db: None) -> None:
    await queue_letters()
    (slow,) = await _claim("slow")
    await _let_leases_run_out()
    await outbox.recover(most_attempts=12)
    (quick,) = await _claim("quick")

    assert not await outbox.start_sending(slow, lease=LEASE)
    await outbox.put_back(slow, due_at=clock.now(), error="too late")
    assert await outbox.start_sending(quick, lease=LEASE)
    assert await rows("state", "claimed_by", "attempts", "error") == [("sending", "quick", 1, outbox.STOPPED)]


async def test_acceptance_is_recorded_even_when_the_claim_was_lost(db: None) -> None:
    await queue_letters()
    (message,) = await _claim("slow")
    await outbox.start_sending(message, lease=LEASE)
    await _let_leases_run_out()
    await outbox.doubtful(by="quick", limit=5, lease=LEASE)

    await outbox.note_accepted(message, receipt="abc")

    assert await rows("state", "receipt", "error", "attempts", "done_at IS NOT NULL") == [("done", "abc", "", 1, True)]


async def test_recovery_leaves_alone_what_is_still_leased_or_being_sent(db: None) -> None:
    await queue_letters(2)
    _first, second = await _claim()
    await outbox.start_sending(second, lease=timedelta(seconds=-1))

    assert await outbox.recover(most_attempts=12) == 0
    assert await rows("state") == [("claimed",), ("sending",)]


async def test_recovery_gives_up_when_a_message_ends_every_worker(db: None) -> None:
    await queue_letters()
    for _ in range(2):
        await _claim()
        await _let_leases_run_out()
        await outbox.recover(most_attempts=2)

    assert await rows("state", "attempts", "error") == [("failed", 2, outbox.STOPPED)]


async def test_interrupted_sendings_are_found_once_their_lease_is_over(db: None) -> None:
    await queue_letters(2)
    first, second = await _claim()
    await outbox.start_sending(first, lease=timedelta(seconds=-1))
    await outbox.start_sending(second, lease=LEASE)

    found = await outbox.doubtful(by="two", limit=5, lease=LEASE)

    assert [(message.id, message.claimed_by) for message in found] == [(first.id, "two")]
    assert await outbox.doubtful(by="three", limit=5, lease=LEASE) == []


async def test_release_gives_back_only_what_was_not_begun(db: None) -> None:
    await queue_letters(2)
    _first, second = await _claim()
    await outbox.start_sending(second, lease=LEASE)

    await outbox.release("one")

    assert await rows("state", "claimed_by") == [("queued", ""), ("sending", "one")]


async def test_failed_message_gets_a_second_chance_and_a_sent_one_does_not(db: None) -> None:
    await queue_letters(2)
    first, second = await _claim()
    await outbox.give_up(first, error="refused")
    await outbox.finish(second)

    assert await outbox.try_again(first.id)
    assert not await outbox.try_again(second.id)
    assert await rows("state", "attempts", "error") == [("queued", 0, ""), ("done", 1, "")]
