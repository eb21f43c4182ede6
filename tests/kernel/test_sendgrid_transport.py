"""What each answer of SendGrid means, with its own client."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from digital_days.kernel import clock, sendgrid_transport
from digital_days.kernel.mail_request import mail_request, message_id
from digital_days.kernel.outbox import Message
from digital_days.kernel.sendgrid_transport import SendGrid
from digital_days.kernel.settings import Settings
from digital_days.kernel.transport import Absent, Accepted, Closed, Doubtful, Later, NoAnswer, Refused, Unknowable
from tests.kernel.letters import compose
from tests.kernel.sendgrid_stand_in import API_KEY, HANGS, Answer, StandIn, key_of, stand_in

NOON = datetime(2027, 9, 1, 16, 0, tzinfo=UTC)
MESSAGE = Message(
    id=1,
    kind="mail",
    topic="tests.letter",
    dedup_key="ticket:ABC:0",
    edition_id=None,
    person_id=None,
    payload={"number": 7},
    attempts=0,
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@asynccontextmanager
async def _line(*, api_key: str = API_KEY, path: str = "", **behaviour: Any) -> AsyncIterator[tuple[StandIn, SendGrid]]:
    async with stand_in(**behaviour) as double:
        settings = Settings(sendgrid_api_key=api_key, sendgrid_url=double.url + path, sendgrid_timeout=0.3)
        transport = SendGrid(settings, threads=2)
        yield double, transport
        await asyncio.to_thread(transport.close)


async def _request() -> dict[str, Any]:
    letter = await compose(MESSAGE)
    assert letter is not None
    return mail_request(letter, key=MESSAGE.dedup_key, settings=Settings(mail_from="billets@jn.example"))


async def test_accepted_request_carries_key_and_message_id_and_no_tracking() -> None:
    async with _line() as (double, transport):
        outcome = await transport.send(MESSAGE, await _request())

    (request,) = double.accepted
    assert isinstance(outcome, Accepted)
    assert key_of(request) == "ticket:ABC:0"
    assert request["headers"]["Message-ID"] == message_id("ticket:ABC:0", "billets@jn.example")
    assert request["headers"]["Message-ID"].endswith("@jn.example>")
    assert request["personalizations"][0]["to"] == [{"email": "bob7@example.org", "name": "Bob"}]
    assert [part["type"] for part in request["content"]] == ["text/plain", "text/html"]
    assert request["attachments"][0]["type"] == "text/calendar"
    assert {name for name, setting in request["tracking_settings"].items() if setting["enable"]} == set()
    assert "categories" not in request


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(400), Refused(sendgrid_transport.NOT_UNDERSTOOD)),
        (
            Answer(400, body={"errors": [{"message": "?", "field": "personalizations.0.to.0.email"}]}),
            Refused(sendgrid_transport.BAD_ADDRESS),
        ),
        (Answer(400, body=["unheard of"]), Refused(sendgrid_transport.NOT_UNDERSTOOD)),
        (Answer(413), Refused(sendgrid_transport.TOO_LARGE)),
        (Answer(403), Closed(sendgrid_transport.KEY_REFUSED)),
        (Answer(405), Closed(sendgrid_transport.WRONG_ADDRESS)),
        (Answer(200), Closed(sendgrid_transport.WRONG_ADDRESS)),
        (Answer(301, {"Location": "/elsewhere"}), Closed(sendgrid_transport.WRONG_ADDRESS)),
        (Answer(500), Later(sendgrid_transport.IN_TROUBLE)),
        (Answer(503), Later(sendgrid_transport.IN_TROUBLE)),
        (Answer(502), Doubtful()),
        (HANGS, Doubtful()),
    ],
)
async def test_answer_means(answer: Answer, outcome: object) -> None:
    async with _line(script=lambda _request: answer) as (_double, transport):
        assert await transport.send(MESSAGE, await _request()) == outcome


async def test_wrong_key_and_wrong_address_close_the_line() -> None:
    async with _line(api_key="SG.another") as (_double, transport):
        assert await transport.send(MESSAGE, await _request()) == Closed(sendgrid_transport.KEY_REFUSED)
    async with _line(path="/somewhere") as (_double, transport):
        assert await transport.send(MESSAGE, await _request()) == Closed(sendgrid_transport.WRONG_ADDRESS)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": format_datetime(NOON + timedelta(minutes=2), usegmt=True)}, 120),
        ({"Retry-After": format_datetime(NOON - timedelta(minutes=2), usegmt=True)}, 1),
        ({"Retry-After": "99999999"}, 3600),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
    ],
)
async def test_too_many_requests_say_how_long_to_wait(headers: dict[str, str], seconds: int) -> None:
    async with _line(script=lambda _request: Answer(429, headers)) as (_double, transport):
        outcome = await transport.send(MESSAGE, await _request())

    assert outcome == Closed(sendgrid_transport.ASKED_TO_WAIT, timedelta(seconds=seconds))


async def test_too_many_requests_may_say_it_in_sendgrids_own_header() -> None:
    reset = Answer(429, {"X-RateLimit-Reset": str(int(time.time()) + 40)})

    async with _line(script=lambda _request: reset) as (_double, transport):
        outcome = await transport.send(MESSAGE, await _request())

    assert isinstance(outcome, Closed)
    assert outcome.wait is not None
    assert timedelta(seconds=30) < outcome.wait <= timedelta(seconds=40)


async def test_feed_knows_what_was_accepted() -> None:
    async with _line() as (_double, transport):
        before = await transport.was_accepted(MESSAGE)
        await transport.send(MESSAGE, await _request())
        after = await transport.was_accepted(MESSAGE)

    assert (before, after) == (Absent(), Accepted("ticket:ABC:0.filter"))


@pytest.mark.parametrize(
    ("feed", "verdict"),
    [
        (Answer(400, body={"errors": [{"message": "authorization required"}]}), Unknowable()),
        (Answer(401), Unknowable()),
        (Answer(403), Unknowable()),
        (Answer(404), Unknowable()),
        (Answer(429, {"Retry-After": "20"}), NoAnswer(timedelta(seconds=20))),
        (Answer(500), NoAnswer(timedelta(minutes=1))),
        (HANGS, NoAnswer(timedelta(minutes=1))),
    ],
)
async def test_feed_that_says_nothing_is_told_apart_from_one_that_cannot_be_had(feed: Answer, verdict: object) -> None:
    async with _line(feed=feed) as (_double, transport):
        assert await transport.was_accepted(MESSAGE) == verdict
