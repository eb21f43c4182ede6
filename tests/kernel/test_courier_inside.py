"""What the courier hands over inside the house: facts to subscribers, letters to the mailbox; each exactly once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from digital_days.kernel import clock, courier, database, events, mail, mailbox, outbox
from digital_days.kernel.courier import Courier
from digital_days.kernel.settings import Settings
from tests.kernel.letters import TOPIC, compose, queue_letters, rows
from tests.kernel.office import PATIENCE, always, an_office
from tests.kernel.sendgrid_stand_in import Answer

NOON = datetime(2027, 9, 1, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def composers() -> None:
    mail.add_composers({TOPIC: compose})


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


class _SomethingHappened(events.Event, frozen=True):
    name: ClassVar[str] = "tests.something_happened"
    number: int


async def _write_down(event: _SomethingHappened) -> None:
    """Twice is impossible: it is one transaction with the record."""
    await database.fetch("INSERT INTO idempotency_key (key, fingerprint) VALUES ($1, 'x')", f"event {event.number}")
    if event.number == 1:
        raise ZeroDivisionError


async def test_fact_is_told_and_recorded_together_or_not_at_all(committed: None, settings: Settings) -> None:
    events.subscribe({_SomethingHappened: [_write_down]}, service="tests")
    await events.publish(_SomethingHappened(number=0), key="0")
    await events.publish(_SomethingHappened(number=1), key="1")

    await Courier(None, settings=settings, patience=PATIENCE).drain()

    assert await rows("state", "error") == [("done", ""), ("queued", courier.BROKEN)]
    assert [row["key"] for row in await database.fetch("SELECT key FROM idempotency_key")] == ["event 0"]


async def _lose_the_claim() -> None:
    """What ``recover`` and another worker do to a claim whose lease ran out."""
    await database.fetch("UPDATE outbox_message SET claimed_by = 'another'")


async def test_fact_is_not_told_by_a_worker_that_lost_its_claim(committed: None, settings: Settings) -> None:
    events.subscribe({_SomethingHappened: [_write_down]}, service="tests")
    await events.publish(_SomethingHappened(number=3), key="3")
    (slow,) = await outbox.claim(by="slow", kinds=["event"], limit=1, lease=PATIENCE.lease)
    await _lose_the_claim()

    await Courier(None, settings=settings, patience=PATIENCE)._keep(slow)

    assert await rows("state", "claimed_by") == [("claimed", "another")]
    assert await database.fetch("SELECT key FROM idempotency_key") == []


@pytest.mark.parametrize("unneeded", [False, True])
async def test_letter_is_not_stored_by_a_worker_that_lost_its_claim(
    committed: None, settings: Settings, unneeded: bool
) -> None:
    await queue_letters(unneeded=unneeded)
    (slow,) = await outbox.claim(by="slow", kinds=["mail"], limit=1, lease=PATIENCE.lease)
    await _lose_the_claim()

    await Courier(mailbox.Mailbox(), settings=settings, patience=PATIENCE)._keep(slow)

    assert await rows("state", "claimed_by") == [("claimed", "another")]
    assert await mailbox.letters() == []


async def test_facts_are_told_while_mails_must_wait(committed: None, settings: Settings) -> None:
    events.subscribe({_SomethingHappened: [_write_down]}, service="tests")
    await queue_letters()

    async with an_office(settings, script=always(Answer(429, {"Retry-After": "60"}))) as office:
        await office.courier.drain()
        await events.publish(_SomethingHappened(number=2), key="2")
        await office.courier.drain()

    assert await rows("kind", "state") == [("mail", "queued"), ("event", "done")]


async def test_mails_wait_with_a_clear_reason_where_nothing_carries_them(committed: None, settings: Settings) -> None:
    await queue_letters()

    await Courier(None, settings=settings, patience=PATIENCE).drain()

    assert await rows("state", "attempts", "error") == [("queued", 0, courier.NO_WAY)]


async def test_mailbox_keeps_the_letter_as_it_would_have_left(committed: None, settings: Settings) -> None:
    await queue_letters()

    await Courier(mailbox.Mailbox(), settings=settings, patience=PATIENCE).drain()

    (letter,) = await mailbox.letters(to="BOB0@example.org")
    assert await rows("state", "receipt") == [("done", "mailbox")]
    assert (letter.to, letter.subject, letter.text, letter.html, letter.created_at) == (
        "bob0@example.org",
        "Lettre 0",
        "Bonjour",
        "<p>Bonjour</p>",
        NOON,
    )
    assert letter.headers["To"] == "Bob <bob0@example.org>"
    assert letter.headers["From"] == f"{settings.mail_from_name} <{settings.mail_from}>"
    assert [(part.filename, part.media_type, part.content) for part in letter.attachments] == [
        ("billet.ics", "text/calendar", b"BEGIN:VCALENDAR")
    ]
    assert await mailbox.letter(letter.id) == letter
    assert await mailbox.letter(letter.id + 1) is None


async def test_mail_without_a_sender_fails_in_a_sentence(committed: None, settings: Settings) -> None:
    await queue_letters(anonymous=True)

    async with an_office(settings) as office:
        await office.courier.drain()

    assert await rows("state", "error") == [("failed", mail.WithoutSender.error)]
