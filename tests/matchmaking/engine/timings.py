"""Problems to time, small enough to try everything or drawn at random, and what is true of their plans."""

from itertools import pairwise, product
from random import Random

from hypothesis import strategies as st

from matchmaking.engine.timing import Timing


@st.composite
def tiny_timings(draw: st.DrawFn) -> Timing:
    """At most five meetings in four rounds; many have no plan."""
    participants, rounds = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    pair = st.lists(st.integers(0, participants - 1), min_size=2, max_size=2, unique=True)
    pairs = draw(st.lists(pair, max_size=5))
    some_rounds = st.sets(st.integers(0, rounds - 1), min_size=1) | st.just(set(range(rounds)))
    meetings = st.integers(0, max(len(pairs) - 1, 0))
    return Timing(
        participants=participants,
        rounds=rounds,
        tables=tuple(draw(st.lists(st.integers(0, 3), min_size=rounds, max_size=rounds))),
        pairs=tuple((one, other) for one, other in pairs),
        allowed=tuple(tuple(sorted(draw(some_rounds))) for _ in pairs),
        before=tuple(draw(st.lists(st.tuples(meetings, meetings), max_size=2))) if pairs else (),
        spread=draw(st.none() | st.integers(0, 2)),
    )


def fewest_breaks(timing: Timing) -> int | None:
    """By trying every plan there is."""
    return min(
        (sum(counts) for rounds in product(*timing.allowed) if (counts := counted(timing, rounds))), default=None
    )


def counted(timing: Timing, rounds: tuple[int, ...]) -> list[int] | None:
    """The breaks of each participant, or None when the plan may not be held."""
    hours: list[list[int]] = [[] for _ in range(timing.participants)]
    for pair, at in zip(timing.pairs, rounds, strict=True):
        for participant in pair:
            hours[participant].append(at)
    breaks = [sum(later - earlier > 1 for earlier, later in pairwise(sorted(row))) for row in hours]
    fine = (
        all(at in allowed for at, allowed in zip(rounds, timing.allowed, strict=True))
        and all(len(set(row)) == len(row) for row in hours)
        and all(rounds.count(at) <= tables for at, tables in enumerate(timing.tables))
        and all(rounds[first] < rounds[second] for first, second in timing.before)
        and (timing.spread is None or max(breaks) - min(breaks) <= timing.spread)
    )
    return breaks if fine else None


def crowd(seed: int, *, guests: int, hosts: int, rounds: int, meetings: int, tables: int, absent: float) -> Timing:
    """Guests meet hosts, each at most as often as there are rounds; guests are absent now and then; no fairness."""
    random = Random(seed)
    left = dict.fromkeys(range(guests + hosts), rounds // 2) | dict.fromkeys(range(guests, guests + hosts), rounds)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < meetings:
        pair = (random.randrange(guests), guests + random.randrange(hosts))
        if pair not in pairs and all(left[participant] for participant in pair):
            pairs.add(pair)
            for participant in pair:
                left[participant] -= 1
    there = [tuple(at for at in range(rounds) if random.random() >= absent) for _ in range(guests)]
    return Timing(
        participants=guests + hosts,
        rounds=rounds,
        tables=(tables,) * rounds,
        pairs=tuple(sorted(pairs)),
        allowed=tuple(there[guest] for guest, _ in sorted(pairs)),
    )
