"""The plan live, through real HTTP: who follows it hears of every booth, and lets the server stop in time."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import msgspec
import pytest

from digital_days.kernel.revalidated import FRESH_FOR
from digital_days.kernel.settings import Settings
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from exhibitors.routes.live_plan import changes
from tests.exhibitors.bookable import OpenFair, book, open_fair
from tests.running_server import web_server

pytestmark = pytest.mark.usefixtures("committed", "pool")

FOLLOW = "/jn2027/salon/plan/suivre"
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[str]:
    with web_server(settings) as address:
        yield address


@asynccontextmanager
async def following(server: str) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, str]]]]:
    """Each event with what it says."""
    async with httpx.AsyncClient(timeout=10) as client, client.stream("GET", server + FOLLOW, headers=EVENTS) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[tuple[str, dict[str, str]]]:
    name = ""
    async for line in answer.aiter_lines():
        kind, _, rest = line.partition(": ")
        if kind == "event":
            name = rest
        elif kind == "data":
            yield name, msgspec.json.decode(rest, type=dict[str, str])


async def a_fair() -> OpenFair:
    await asyncio.sleep(FRESH_FOR)  # the server forgets the test before, whose edition had the same number
    fair = await open_fair(booths=3, exhibitors=2)
    await book(fair.exhibitors[1], fair.booths[2])
    return fair


async def test_follower_is_told_all_that_is_not_free_and_then_what_changes(server: str):
    fair = await a_fair()
    first, _second, third = (booth.code for booth in fair.booths)

    async with following(server) as events:
        begun = await anext(events)
        hold = await hold_booth(fair.exhibitors[0].id, first)
        held = await anext(events)
        await end_booking(hold)
        freed = await anext(events)

    assert begun == ("all", {third: "taken"})
    assert (held, freed) == (("changed", {first: "held"}), ("changed", {first: "free"}))


async def test_many_followers_hear_the_same_soon(server: str):
    fair = await a_fair()

    async def hears() -> float:
        async with following(server) as events:
            await anext(events)
            ready.release()
            await anext(events)
            return time.perf_counter()

    ready = asyncio.Semaphore(0)
    followers = [asyncio.create_task(hears()) for _ in range(20)]
    for _ in followers:
        await ready.acquire()
    began = time.perf_counter()
    await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)

    assert max(await asyncio.gather(*followers)) - began < 5


async def test_who_asks_for_no_events_is_told_once_and_nothing_of_who_has_a_booth(server: str):
    fair = await a_fair()

    async with httpx.AsyncClient() as client:
        answer = await client.get(server + FOLLOW)

    assert answer.text == f'{{"{fair.booths[2].code}":"taken"}}'
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/json", "no-store")


async def test_server_stops_at_once_although_somebody_follows(settings: Settings):
    await a_fair()
    with web_server(settings) as address:
        told = asyncio.Event()
        follower = asyncio.create_task(_follow_to_the_end(address, told))
        await asyncio.wait_for(told.wait(), 30)
        began = time.perf_counter()
    took = time.perf_counter() - began

    assert await follower == ["all"]
    assert took < 6  # the server is killed after eight


async def _follow_to_the_end(address: str, told: asyncio.Event) -> list[str]:
    names = []
    async with following(address) as events:
        async for name, _said in events:
            names.append(name)
            told.set()
    return names


def test_changes_say_what_became_free():
    before, now = {"A": "held", "B": "taken", "C": "held"}, {"B": "taken", "C": "taken", "D": "held"}

    assert changes(before, now) == {"A": "free", "C": "taken", "D": "held"}  # type: ignore[arg-type] # the same words
