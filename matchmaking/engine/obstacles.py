"""What stands in the way of a meeting, beside those that are held: in words that a person can check, round by round."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from matchmaking.engine.rules import RuleName
from matchmaking.engine.standing import Standing, bits


class Reason(StrEnum):
    """From what no plan can help, to what another plan could.

    ``FULL``: in each common round one of the two has another meeting. ``POSSIBLE``: nothing, it could be added.
    """

    NO_MEETING = "no_meeting"
    BOTH_SIDES = "both_sides"
    FORBIDDEN = "forbidden"
    NO_COMMON_ROUND = "no_common_round"
    PAST = "past"
    EXCLUSIVE = "exclusive"
    MOST = "most"
    FULL = "full"
    NO_TABLE = "no_table"
    BEFORE = "before"
    POSSIBLE = "possible"


class Obstacle(Struct, frozen=True, kw_only=True):
    """The rule that would be broken: in these rounds (empty: in all), by this participant, beside these meetings."""

    rule: RuleName
    rounds: tuple[int, ...] = ()
    participant: int | None = None
    meetings: tuple[int, ...] = ()


def obstacles(standing: Standing, number: int) -> tuple[Obstacle, ...]:
    """All of them; a round that none names, where none is for all rounds, is one in which the meeting could be."""
    return (*_whenever(standing, number), *_by_round(standing, number))


def _whenever(standing: Standing, number: int) -> Iterator[Obstacle]:
    meeting = standing.problem.meetings[number]
    if meeting.a == meeting.b:
        yield Obstacle(rule=RuleName.BOTH_SIDES, participant=meeting.a)
    if meeting.forbidden:
        yield Obstacle(rule=RuleName.FORBIDDEN)
    for rivals in standing.rivals(number).values():
        yield Obstacle(rule=RuleName.EXCLUSIVE, meetings=rivals)
    for participant in (meeting.a, meeting.b):
        if standing.sated(participant):
            held = tuple(sorted(standing.mine[participant].values()))
            yield Obstacle(rule=RuleName.MOST, participant=participant, meetings=held)


def _by_round(standing: Standing, number: int) -> Iterator[Obstacle]:
    meeting = standing.problem.meetings[number]
    if past := standing.every & ~standing.open_:
        yield Obstacle(rule=RuleName.PAST, rounds=bits(past))
    if outside := standing.every & ~standing.own(number):
        yield Obstacle(rule=RuleName.ROUNDS, rounds=bits(outside))
    for participant in (meeting.a, meeting.b):
        if away := standing.away[participant]:
            yield Obstacle(rule=RuleName.BUSY, rounds=bits(away), participant=participant)
        if mine := standing.mine[participant]:
            rounds = tuple(sorted(mine))
            held = tuple(mine[at] for at in rounds)
            yield Obstacle(rule=RuleName.ONE_AT_A_TIME, rounds=rounds, participant=participant, meetings=held)
    if standing.full:
        yield Obstacle(rule=RuleName.TABLES, rounds=bits(standing.full))
    for pair, mask in standing.misordered(number):
        yield Obstacle(rule=RuleName.BEFORE, rounds=bits(mask), meetings=pair)


def reason(standing: Standing, number: int) -> Reason:
    """Why the meeting is not held: the first of ``Reason`` that no other plan of the other meetings would take away."""
    meeting = standing.problem.meetings[number]
    if meeting.a == meeting.b:
        return Reason.BOTH_SIDES
    if meeting.forbidden:
        return Reason.FORBIDDEN
    common = standing.own(number) & ~standing.away[meeting.a] & ~standing.away[meeting.b]
    if not common:
        return Reason.NO_COMMON_ROUND
    common &= standing.open_
    if not common:
        return Reason.PAST
    if standing.rivals(number):
        return Reason.EXCLUSIVE
    if standing.sated(meeting.a) or standing.sated(meeting.b):
        return Reason.MOST
    common &= ~standing.taken[meeting.a] & ~standing.taken[meeting.b]
    if not common:
        return Reason.FULL
    common &= ~standing.full
    if not common:
        return Reason.NO_TABLE
    for _pair, mask in standing.misordered(number):
        common &= ~mask
    return Reason.POSSIBLE if common else Reason.BEFORE
