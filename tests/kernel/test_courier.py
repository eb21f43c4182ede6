"""The way of a message, with the real client, a real database and a stand-in for SendGrid."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from digital_days.kernel import clock, courier, mail, outbox, sendgrid_transport
from digital_days.kernel.courier import TROUBLES_IN_A_ROW, Courier
from digital_days.kernel.sendgrid_transport import SendGrid
from digital_days.kernel.settings import Settings
from tests.kernel.letters import TOPIC, compose, eventually, queue_letters, queue_many, rows, states
from tests.kernel.office import PATIENCE, Office, always, an_office, with_key
from tests.kernel.sendgrid_stand_in import HANGS, TAKES_IT_AND_HANGS, Answer

NOON = datetime(2027, 9, 1, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def composers() -> None:
    mail.add_composers({TOPIC: compose})


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


async def _after(office: Office, wait: timedelta) -> int:
    with clock.stopped_at(clock.now() + wait):
        return await office.courier.drain()


async def test_letters_are_accepted_once_and_their_receipts_kept(committed: None, settings: Settings) -> None:
    await queue_many(30)

    async with an_office(settings) as office:
        assert await office.courier.drain() == 30
        assert await office.courier.drain() == 0

    assert sorted(office.sendgrid.keys()) == sorted(f"letter:{n}" for n in range(30))
    assert await states() == {"done": 30}
    assert {len(receipt) for (receipt,) in await rows("receipt")} == {22}
    assert office.sendgrid.most_busy <= settings.worker_concurrency


async def test_outcome_is_held_while_the_database_restarts(
    committed: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, away = outbox.note_accepted, [asyncpg.ConnectionDoesNotExistError(), asyncpg.CannotConnectNowError()]

    async def note_once_it_is_back(message: outbox.Message, *, receipt: str) -> None:
        if away:
            raise away.pop(0)
        await note(message, receipt=receipt)

    monkeypatch.setattr(outbox, "note_accepted", note_once_it_is_back)
    await queue_many(1)

    async with an_office(settings) as office:
        await office.courier.drain()

    assert (office.sendgrid.keys(), await states()) == (["letter:0"], {"done": 1})


@pytest.mark.parametrize(
    ("status", "error"),
    [(413, sendgrid_transport.TOO_LARGE), (400, sendgrid_transport.NOT_UNDERSTOOD)],
)
async def test_refused_letter_fails_at_once(committed: None, settings: Settings, status: int, error: str) -> None:
    await queue_letters()

    async with an_office(settings, script=always(Answer(status))) as office:
        await office.courier.drain()

    assert await rows("state", "error", "attempts") == [("failed", error, 1)]


async def test_address_that_is_none_fails_with_a_reason(committed: None, settings: Settings) -> None:
    await queue_letters(to="nobody")

    async with an_office(settings) as office:
        await office.courier.drain()

    assert await rows("state", "error") == [("failed", sendgrid_transport.BAD_ADDRESS)]


async def test_trouble_over_there_is_retried_ever_later_and_at_last_given_up(
    committed: None, settings: Settings
) -> None:
    await queue_letters()

    waits = []
    async with an_office(settings, script=always(Answer(500))) as office:
        now = NOON
        for _ in range(PATIENCE.attempts):
            with clock.stopped_at(now):
                await office.courier.drain()
            ((due_at,),) = await rows("due_at")
            waits.append((due_at - now).total_seconds())
            now = due_at

    expected = [min(30 * 2**n, 3600) for n in range(PATIENCE.attempts - 1)]
    assert all(wanted / 2 <= wait <= wanted for wait, wanted in zip(waits, expected, strict=False)), waits
    assert await rows("state", "attempts", "error") == [("failed", 12, sendgrid_transport.IN_TROUBLE)]


async def test_unreachable_server_is_no_doubt_and_retried(committed: None, settings: Settings) -> None:
    await queue_letters()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = with_key(settings, f"http://127.0.0.1:{closed.getsockname()[1]}")
        transport = SendGrid(nowhere, threads=1)
        await Courier(transport, settings=nowhere, patience=PATIENCE).drain()
        transport.close()

    assert await rows("state", "attempts", "error") == [("queued", 1, sendgrid_transport.UNREACHABLE)]


async def test_everybody_waits_as_long_as_asked_and_no_attempt_is_lost(committed: None, settings: Settings) -> None:
    await queue_many(40)
    first = iter([Answer(429, {"Retry-After": "90"})])

    async with an_office(settings, script=lambda _request: next(first, None)) as office:
        await office.courier.drain()
        before = len(office.sendgrid.seen)
        assert await _after(office, timedelta(seconds=89)) == 0
        waiting = await rows("error", "attempts")
        await _after(office, timedelta(seconds=91))

    assert before < 3 * settings.worker_concurrency
    assert (sendgrid_transport.ASKED_TO_WAIT, 0) in waiting
    assert {error for error, _ in waiting} == {sendgrid_transport.ASKED_TO_WAIT, ""}
    assert sorted(office.sendgrid.keys()) == sorted(f"letter:{n}" for n in range(40))
    assert set(await rows("state", "error", "attempts")) == {("done", "", 1)}


async def test_wrong_key_burns_no_letter_and_is_said_once(
    committed: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await queue_many(20)
    key = [Answer(401)]

    async with an_office(settings, script=lambda _request: key[0]) as office:
        await office.courier.drain()
        seen = len(office.sendgrid.seen)
        told = await rows("state", "attempts", "error")
        key[0] = Answer()
        await _after(office, PATIENCE.pause)

    assert seen < 3 * settings.worker_concurrency
    assert set(told) == {("queued", 0, sendgrid_transport.KEY_REFUSED)}
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1
    assert await states() == {"done": 20}


@pytest.mark.parametrize(
    ("answer", "has_activity", "accepted", "asked", "maybe_twice"),
    [
        (TAKES_IT_AND_HANGS, True, 1, 1, False),
        (TAKES_IT_AND_HANGS, False, 2, 1, True),
        (HANGS, True, 1, 1, False),
        (HANGS, False, 1, 1, True),
        (Answer(504, accept=True), True, 1, 1, False),
    ],
)
async def test_letter_without_an_answer_is_asked_about_before_it_goes_again(
    committed: None,
    settings: Settings,
    answer: Answer,
    has_activity: bool,
    accepted: int,
    asked: int,
    maybe_twice: bool,
) -> None:
    await queue_letters()
    first = iter([answer])

    async with an_office(settings, script=lambda _r: next(first, None), has_activity=has_activity) as office:
        await office.courier.drain()
        in_between = await rows("state", "error")
        assert await _after(office, PATIENCE.settling - timedelta(seconds=1)) == 0
        await _after(office, PATIENCE.settling + timedelta(seconds=1))

    assert in_between == [("sending", outbox.DOUBT)]
    assert await rows("state", "maybe_twice", "error") == [("done", maybe_twice, "")]
    assert len(office.sendgrid.accepted) == accepted
    assert office.sendgrid.questions == asked


@pytest.mark.parametrize("trouble", [HANGS, Answer(500)])
async def test_all_wait_while_nothing_gets_through_and_one_tries_first(
    committed: None, settings: Settings, trouble: Answer
) -> None:
    await queue_many(40)
    current: list[Answer | None] = [trouble]

    async with an_office(settings, script=lambda _request: current[0]) as office:
        await office.courier.drain()
        at_first = len(office.sendgrid.seen)
        await _after(office, PATIENCE.pause)
        then = len(office.sendgrid.seen)
        current[0] = None
        await _after(office, PATIENCE.settling * 2)
        await _after(office, PATIENCE.settling * 4)

    assert TROUBLES_IN_A_ROW <= at_first < TROUBLES_IN_A_ROW + settings.worker_concurrency
    assert then - at_first == 1
    assert sorted(office.sendgrid.keys()) == sorted(f"letter:{n}" for n in range(40))
    assert await states() == {"done": 40}


async def test_letter_is_not_sent_again_when_the_feed_cannot_be_asked_now(committed: None, settings: Settings) -> None:
    await queue_letters()
    first = iter([TAKES_IT_AND_HANGS])

    async with an_office(settings, script=lambda _request: next(first, None)) as office:
        await office.courier.drain()
        office.sendgrid.feed = Answer(429, {"Retry-After": "10"})
        await _after(office, PATIENCE.settling + timedelta(seconds=1))
        postponed = await rows("state")
        office.sendgrid.feed = None
        await _after(office, PATIENCE.settling + timedelta(seconds=12))

    assert postponed == [("sending",)]
    assert await rows("state") == [("done",)]
    assert office.sendgrid.keys() == ["letter:0"]


@pytest.mark.parametrize("feed", [Answer(503), Answer(429, {"Retry-After": "3600"}), Answer(200, body=["no", "feed"])])
async def test_letter_is_sent_again_when_the_feed_is_asked_in_vain_for_an_hour(
    committed: None, settings: Settings, feed: Answer
) -> None:
    await queue_letters()
    first = iter([TAKES_IT_AND_HANGS])

    async with an_office(settings, script=lambda _request: next(first, None), feed=feed) as office:
        await office.courier.drain()
        for step in range(PATIENCE.questions + 2):
            await _after(office, PATIENCE.settling + step * PATIENCE.longest_question + timedelta(seconds=step + 1))
            if step == PATIENCE.questions - 2:
                last_but_one = await rows("state", "asked")

    assert last_but_one == [("sending", PATIENCE.questions - 1)]
    assert await rows("state", "maybe_twice") == [("done", True)]
    assert office.sendgrid.keys() == ["letter:0"] * 2
    assert office.sendgrid.questions == PATIENCE.questions


async def test_letters_leave_when_the_feed_answers_nonsense_about_another(committed: None, settings: Settings) -> None:
    await queue_letters()
    first = iter([HANGS])

    async with an_office(settings, script=lambda _request: next(first, None), feed=Answer(200)) as office:
        await office.courier.drain()
        await queue_letters(first=1)
        await _after(office, PATIENCE.settling + timedelta(seconds=1))

    assert await rows("state") == [("sending",), ("done",)]


async def test_broken_letter_stops_no_other_and_its_cause_is_logged_without_its_data(
    committed: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await queue_letters(first=0, breaks=True)
    await queue_letters(2, first=1)
    await outbox.add(kind="mail", topic="tests.unheard_of", dedup_key="unheard of", payload={})

    async with an_office(settings) as office:
        await office.courier.drain()

    assert sorted(office.sendgrid.keys()) == ["letter:1", "letter:2"]
    assert await rows("state", "error") == [
        ("queued", courier.BROKEN),
        ("done", ""),
        ("done", ""),
        ("queued", courier.BROKEN),
    ]
    assert "SayingTooMuchError at" in caplog.text
    assert "@example.org" not in caplog.text


async def test_nothing_personal_is_logged_at_any_level(
    committed: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await queue_letters(3)
    answers = iter([Answer(500), Answer(400, body={"errors": [{"message": "bob0@example.org", "field": "x y"}]})])

    with caplog.at_level(logging.DEBUG):
        async with an_office(settings, script=lambda _request: next(answers, None)) as office:
            await office.courier.drain()

    assert len(office.sendgrid.accepted) == 1
    assert "example.org" not in caplog.text


async def test_letter_without_reason_or_address_is_done_and_not_sent(committed: None, settings: Settings) -> None:
    await queue_letters(first=0, unneeded=True)
    await queue_letters(first=1, to="")

    async with an_office(settings) as office:
        await office.courier.drain()

    assert office.sendgrid.seen == []
    assert await rows("state", "receipt") == [("done", outbox.UNNEEDED)] * 2


async def test_two_workers_send_everything_once(committed: None, settings: Settings) -> None:
    await queue_many(120)

    async with an_office(settings) as office:
        real = with_key(settings, office.sendgrid.url)
        second = SendGrid(real, threads=4)
        other = Courier(second, settings=real, patience=PATIENCE)
        await asyncio.gather(office.courier.drain(), other.drain())
        await asyncio.to_thread(second.close)

    assert sorted(office.sendgrid.keys()) == sorted(f"letter:{n}" for n in range(120))


async def test_told_to_stop_it_finishes_what_is_under_way_and_gives_back_the_rest(
    committed: None, settings: Settings
) -> None:
    await queue_many(50)

    async with an_office(settings, delay=0.05) as office:
        working = asyncio.create_task(office.courier.drain())
        await eventually(lambda: office.sendgrid.accepted)
        office.courier.stop()
        await working

    done = len(office.sendgrid.accepted)
    assert await states() == {"done": done, "queued": 50 - done}
