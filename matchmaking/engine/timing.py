"""All these meetings are to be held: in which round each? The question, its answer, and what is true of an answer."""

from collections.abc import Iterator

from msgspec import Struct


class Timing(Struct, frozen=True):
    """Participants, meetings and rounds are counted from 0.

    ``tables``: meetings at once, per round. ``pairs``: the two participants of each meeting. ``allowed``: rounds in
    which each meeting may be. ``before``: (i, j): meeting i in an earlier round than meeting j. ``spread``: the most by
    which two participants' numbers of breaks may differ; None: any.
    """

    participants: int
    rounds: int
    tables: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    allowed: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, int], ...] = ()
    spread: int | None = None


class Timed(Struct, frozen=True):
    """``rounds``: the round of each meeting, None as long as none is known. No plan has fewer breaks than ``bound``."""

    rounds: tuple[int, ...] | None
    value: int | None
    bound: int
    infeasible: bool = False

    @property
    def proven(self) -> bool:
        """Nothing better exists: the optimum, or nothing at all."""
        return self.infeasible or self.value == self.bound


def meetings_of(timing: Timing) -> list[list[int]]:
    """The meetings of each participant."""
    own: list[list[int]] = [[] for _ in range(timing.participants)]
    for meeting, pair in enumerate(timing.pairs):
        for participant in pair:
            own[participant].append(meeting)
    return own


def breaks(busy: int) -> int:
    """Groups of idle rounds between the first and the last set bit of ``busy``, whose bit t is round t."""
    return max((busy & ~(busy << 1)).bit_count() - 1, 0)


def breaks_of(timing: Timing, rounds: tuple[int, ...]) -> list[int]:
    """The number of breaks of each participant."""
    busy = [0] * timing.participants
    for pair, at in zip(timing.pairs, rounds, strict=True):
        for participant in pair:
            busy[participant] |= 1 << at
    return [breaks(each) for each in busy]


def violations(timing: Timing, rounds: tuple[int, ...]) -> Iterator[str]:
    """What is wrong with a plan, in words; nothing when it may be held."""
    taken: set[tuple[int, int]] = set()
    load = [0] * timing.rounds
    for meeting, (pair, at) in enumerate(zip(timing.pairs, rounds, strict=True)):
        if at not in timing.allowed[meeting]:
            yield f"meeting {meeting} may not be in round {at}"
            continue
        load[at] += 1
        for participant in pair:
            if (participant, at) in taken:
                yield f"participant {participant} has two meetings in round {at}"
            taken.add((participant, at))
    for number, (held, tables) in enumerate(zip(load, timing.tables, strict=True)):
        if held > tables:
            yield f"round {number} has {held} meetings for {tables} tables"
    for first, second in timing.before:
        if rounds[first] >= rounds[second]:
            yield f"meeting {first} is not before meeting {second}"
    counts = breaks_of(timing, rounds)
    if timing.spread is not None and counts and max(counts) - min(counts) > timing.spread:
        yield f"breaks differ by {max(counts) - min(counts)}, more than {timing.spread}"
