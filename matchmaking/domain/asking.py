"""The engine's problem, from people, their wishes and times, the settings, and a scenario. Pure: no query."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest

from msgspec import Struct

from matchmaking.domain import fit as fits
from matchmaking.domain.pool import Pool, PoolOrganisation, PoolParticipant, Strength
from matchmaking.domain.rounds import Round
from matchmaking.domain.scenarios import Lock
from matchmaking.domain.settings import SpeedDating
from matchmaking.engine.problem import Meeting, Participant, Placed, Problem, Wish

FILLING, WORTH_FILLING = 8, 20
"""Of an organisation's best fits that nobody wished for, how many may fill free rounds, from how many points on."""


class Asked(Struct, frozen=True, kw_only=True):
    """The problem and what its numbers mean: participants and rounds stand in the problem's order."""

    problem: Problem
    participants: tuple[PoolParticipant, ...]
    rounds: tuple[Round, ...]
    numbers: Mapping[tuple[str, str], int]
    """Meetings by their two codes, the business's first."""


def ask(
    pool: Pool,
    dating: SpeedDating,
    *,
    locks: Collection[Lock] = (),
    bans: Collection[tuple[str, str]] = (),
    closed: Collection[int] = (),
    met: Collection[tuple[str, str]] = (),
    also: Collection[tuple[str, str]] = (),
    rounds: Sequence[Round] | None = None,
    fills: bool = True,
) -> Asked:
    """``closed``: tables that are not there; ``met``: pairs of participants' codes who have met before.

    ``also``: pairs who could meet although nobody wishes it; ``rounds``: in place of those that the settings make;
    ``fills``: whether good fits that nobody wished for may fill free rounds.
    Whoever says no, and whom organisers keep apart, is no meeting at all: nobody can be told of it by an explanation.
    Locks on people who no longer take part are dropped.
    """
    rounds = dating.rounds if rounds is None else tuple(rounds)
    tables = tuple(number for number in range(1, dating.tables + 1) if number not in closed)
    people = {each.code: place for place, each in enumerate(pool.participants)}
    certain = {*also, *((lock.one, lock.other) for lock in locks)}
    meetings, numbers, between = _meetings(pool, dating, set(bans), set(met), certain, fills=fills)
    kept = [lock for lock in locks if (lock.one, lock.other) in numbers and 0 < lock.round <= len(rounds)]
    problem = Problem(
        tables=tuple(tables for _ in rounds),
        participants=tuple(_participant(pool, each, rounds, dating.most) for each in pool.participants),
        meetings=tuple(
            Meeting(key=f"{one} {other}", a=people[one], b=people[other], value=value)
            for (one, other), value in meetings.items()
        ),
        wishes=_wishes(pool, between),
        exclusive=tuple(group for group in between.values() if len(group) > 1),
        fixed=tuple(
            Placed(meeting=numbers[lock.one, lock.other], round=lock.round - 1, table=lock.table) for lock in kept
        ),
        spread=dating.spread,
    )
    return Asked(problem=problem, participants=pool.participants, rounds=rounds, numbers=numbers)


Between = dict[tuple[int, int], tuple[int, ...]]
"""The meetings between two organisations, the business's number first."""


def _meetings(
    pool: Pool,
    dating: SpeedDating,
    bans: set[tuple[str, str]],
    met: set[tuple[str, str]],
    certain: set[tuple[str, str]],
    *,
    fills: bool,
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int], Between]:
    members: dict[int, list[PoolParticipant]] = defaultdict(list)
    for participant in pool.participants:
        members[participant.organisation].append(participant)
    points = fits.points_with(dating.weights)
    seats = {each.code: _sketch(pool.organisations[each.organisation], each.languages) for each in pool.participants}
    values: dict[tuple[str, str], int] = {}
    numbers: dict[tuple[str, str], int] = {}
    between: Between = {}
    for business, resource in _worth_a_meeting(pool, members, dating, certain, fills=fills):
        group: list[int] = []
        known, strangers = (_relation(pool, business, resource, met=each) for each in (True, False))
        for one in members[business.id]:
            for other in members[resource.id]:
                pair = (one.code, other.code)
                if pair in bans:
                    continue
                numbers[pair] = len(values)
                group.append(len(values))
                values[pair] = points(seats[one.code], seats[other.code], known if pair in met else strangers)
        if group:
            between[business.id, resource.id] = tuple(group)
    return values, numbers, between


def _worth_a_meeting(
    pool: Pool,
    members: Mapping[int, list[PoolParticipant]],
    dating: SpeedDating,
    certain: set[tuple[str, str]],
    *,
    fills: bool,
) -> list[tuple[PoolOrganisation, PoolOrganisation]]:
    """Organisations with a wish between them, with a certain pair, or whose fit is among the best of one of them."""
    sides = {
        side: [pool.organisations[number] for number in members if pool.organisations[number].side == side]
        for side in ("business", "resource")
    }
    of_code = {each.code: each.organisation for each in pool.participants}
    wanted = {(of_code[one], of_code[other]) for one, other in certain if one in of_code and other in of_code}
    best: dict[int, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    points, nothing_said = fits.points_with(dating.weights), fits.Relation()
    sketches = {number: _sketch(pool.organisations[number], _spoken(each)) for number, each in members.items()}
    for business in sides["business"]:
        for resource in sides["resource"]:
            pair = (business.id, resource.id)
            said, answered = pool.wishes.get(pair), pool.wishes.get((resource.id, business.id))
            if "no" in (said, answered) or (min(pair), max(pair)) in pool.exclusions:
                wanted.discard(pair)
            elif said or answered:
                wanted.add(pair)
            elif fills:
                worth = points(sketches[business.id], sketches[resource.id], nothing_said)
                if worth >= WORTH_FILLING:
                    best[business.id].append((-worth, pair))
                    best[resource.id].append((-worth, pair))
    for found in best.values():
        wanted |= {pair for _worth, pair in nsmallest(FILLING, found)}
    return [(pool.organisations[one], pool.organisations[other]) for one, other in sorted(wanted)]


def _spoken(members: list[PoolParticipant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for each in members for language in each.languages))


def _sketch(organisation: PoolOrganisation, languages: tuple[str, ...]) -> fits.Sketch:
    return fits.sketch(fits.Profile(needs=organisation.needs, languages=languages, sector=organisation.sector))


def _relation(pool: Pool, business: PoolOrganisation, resource: PoolOrganisation, *, met: bool) -> fits.Relation:
    return fits.Relation(
        business_says=_said(pool.wishes.get((business.id, resource.id))),
        resource_says=_said(pool.wishes.get((resource.id, business.id))),
        met_before=met,
    )


def _said(strength: Strength | None) -> fits.Strength:
    return "" if strength is None or strength == "no" else strength


def _participant(pool: Pool, each: PoolParticipant, rounds: tuple[Round, ...], most: int) -> Participant:
    return Participant(
        key=each.code,
        busy=busy_rounds(each, rounds),
        least=each.least,
        most=most if each.most is None else each.most,
        stays=pool.organisations[each.organisation].side == "resource",
    )


def busy_rounds(each: PoolParticipant, rounds: tuple[Round, ...]) -> tuple[int, ...]:
    """From 0: by their own word, or because their agenda has them elsewhere."""
    spans = (*each.absent, *each.expected)
    return tuple(place for place, at in enumerate(rounds) if any(at.overlaps(*span) for span in spans))


def _wishes(pool: Pool, between: Between) -> tuple[Wish, ...]:
    """Also those that no meeting can serve: the check says so."""
    codes = {number: each.code for number, each in pool.organisations.items()}
    wishes = []
    for (by, about), strength in sorted(pool.wishes.items()):
        if strength == "no":
            continue
        pair = (by, about) if pool.organisations[by].side == "business" else (about, by)
        key = f"{codes[by]} {codes[about]}"
        wishes.append(Wish(key=key, owner=codes[by], meetings=between.get(pair, ()), must=strength == "must"))
    return tuple(wishes)
