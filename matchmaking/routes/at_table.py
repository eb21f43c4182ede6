"""A table, on the phone of whoever walks past it: is everybody there?"""

from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.course import Course
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.hall import NoSuchTable, tables_of
from matchmaking.domain.presence import both_are_here, sittings, somebody_is_missing, take_presence_back

ROUTE = "matchmaking:table"


class Word(Struct, kw_only=True):
    """What is seen at the table."""

    seen: Literal["both", "business", "resource", "undo"]


@get("/", name=ROUTE, permission=Permission.DESK)
async def show(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """The meeting that goes on there, and the next one."""
    return await _table_page(request, edition, number)


@post("/{meeting:str}", name="matchmaking:say-presence", permission=Permission.DESK)
async def say(
    request: PageRequest, edition: RequestedEdition, number: FromPath[int], meeting: FromPath[str]
) -> Response[str] | Redirect:
    """Both are here, or who is missing; a second tap says the same."""
    form = await read_form(request, Word)
    if form.value is None:
        return await _table_page(request, edition, number, status=422)
    try:
        await _command(form.value)(edition.id, meeting)
    except Conflict as refusal:
        return await _table_page(request, edition, number, status=409, error=str(refusal))
    return see_other(url(ROUTE, edition_slug=edition.slug, number=number))


def _command(word: Word) -> Callable[[int, str], Awaitable[None]]:
    if word.seen == "both":
        return both_are_here
    if word.seen == "undo":
        return take_presence_back
    side = word.seen
    return lambda edition_id, code: somebody_is_missing(edition_id, code, side)


async def _table_page(
    request: PageRequest, edition: Edition, number: int, *, status: int = 200, error: str = ""
) -> Response[str]:
    tables = [table.number for table in await tables_of(edition.id)]
    if number not in tables:
        raise NoSuchTable
    course = await course_of(edition.id)
    standing = course.standing(clock.now())
    at = [sitting for sitting in await sittings(edition.id, _near(course)) if sitting.table == number]
    shown = standing.shown
    around = dict(pairwise(tables)), dict(pairwise(reversed(tables)))
    return page(
        request,
        "matchmaking/at_table.html",
        edition=edition,
        status_code=status,
        number=number,
        turns={turn.number: turn for turn in course.turns},
        standing=standing,
        paused=None if standing.phase == "over" else course.paused_at,
        now=next((sitting for sitting in at if shown and sitting.number == shown.number), None),
        others=[sitting for sitting in at if not shown or sitting.number != shown.number],
        after=around[0].get(number),
        before=around[1].get(number),
        error=error,
    )


def _near(course: Course) -> list[int]:
    """The round that goes on or is next, the one before it and the one after."""
    standing = course.standing(clock.now())
    numbers = [turn.number for turn in course.turns if turn.is_held]
    shown = standing.shown
    place = numbers.index(shown.number) if shown else len(numbers)
    return numbers[max(0, place - 1) : place + 2]


router = Router(
    path="/{edition_slug:str}/accueil/rencontres-eclair/tables/{number:int}",
    route_handlers=[show, say],
    include_in_schema=False,
)
