"""What somebody changes by hand in a plan, and what follows from it, whether the rules allow it or not."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rules import Violation, violations
from matchmaking.engine.score import Scores, scores

Held = tuple[Placed, ...]


class Edited(Struct, frozen=True, kw_only=True):
    """The problem and what is held, afterwards; before and after: the levels, and the rules that are ``broken``.

    ``new`` violations were not there before, ``mended`` ones are no more. ``lost`` and ``gained``: wishes.
    """

    problem: Problem
    held: Held
    before: Scores
    after: Scores
    broken: tuple[Violation, ...]
    new: tuple[Violation, ...]
    mended: tuple[Violation, ...]
    lost: tuple[int, ...]
    gained: tuple[int, ...]


def move(problem: Problem, held: Iterable[Placed], meeting: int, at: int, table: int | None = None) -> Edited:
    """To that round and table, from another or from none: a meeting that was not held is added.

    Without a table it keeps its own if that is free there, else takes the first that is. A fixed one is fixed there.
    """
    held = tuple(held)
    others = [place for place in held if place.meeting != meeting]
    own = next((place.table for place in held if place.meeting == meeting), None)
    there = Placed(round=at, meeting=meeting, table=_free(problem, others, at, own) if table is None else table)
    return consequences(problem, held, _refixed(problem, {meeting: there}), [*others, there])


def swap(problem: Problem, held: Iterable[Placed], one: int, other: int) -> Edited:
    """Each takes the round and the table of the other; both are held."""
    held = tuple(held)
    at = {place.meeting: place for place in held}
    swapped = {one: replace(at[other], meeting=one), other: replace(at[one], meeting=other)}
    return consequences(
        problem, held, _refixed(problem, swapped), [swapped.get(place.meeting, place) for place in held]
    )


def drop(problem: Problem, held: Iterable[Placed], meeting: int) -> Edited:
    """Holds it no more; it is not fixed any longer."""
    held = tuple(held)
    return consequences(
        problem, held, _refixed(problem, {meeting: None}), [place for place in held if place.meeting != meeting]
    )


def forbid(problem: Problem, held: Iterable[Placed], meeting: int) -> Edited:
    """Drops it, and no plan has it again until ``allow``."""
    held = tuple(held)
    forbidden = _marked(_refixed(problem, {meeting: None}), meeting, forbidden=True)
    return consequences(problem, held, forbidden, [place for place in held if place.meeting != meeting])


def allow(problem: Problem, held: Iterable[Placed], meeting: int) -> Edited:
    """Not forbidden any more."""
    held = tuple(held)
    return consequences(problem, held, _marked(problem, meeting, forbidden=False), held)


def lock(problem: Problem, held: Iterable[Placed], meeting: int) -> Edited:
    """Fixes a meeting that is held, in its round at its table; twice is once."""
    held = tuple(held)
    there = tuple(place for place in held if place.meeting == meeting)
    others = tuple(place for place in problem.fixed if place.meeting != meeting)
    return consequences(problem, held, replace(problem, fixed=tuple(sorted((*others, *there)))), held)


def unlock(problem: Problem, held: Iterable[Placed], meeting: int) -> Edited:
    """It is held, but may be elsewhere in the next plan."""
    held = tuple(held)
    return consequences(problem, held, _refixed(problem, {meeting: None}), held)


def consequences(problem: Problem, held: Iterable[Placed], after: Problem, then: Iterable[Placed]) -> Edited:
    """Of any two problems and plans of the same meetings and wishes: what the second has that the first had not."""
    held, then = tuple(held), tuple(sorted(then))
    wrong, wrong_then = violations(problem, held), violations(after, then)
    served, served_then = _served(problem, held), _served(after, then)
    return Edited(
        problem=after,
        held=then,
        before=scores(problem, held),
        after=scores(after, then),
        broken=tuple(wrong_then),
        new=tuple(each for each in wrong_then if each not in wrong),
        mended=tuple(each for each in wrong if each not in wrong_then),
        lost=tuple(sorted(served - served_then)),
        gained=tuple(sorted(served_then - served)),
    )


def _free(problem: Problem, others: Iterable[Placed], at: int, own: int | None) -> int | None:
    """None: all are taken."""
    tables = problem.tables[at] if 0 <= at < problem.rounds else ()
    free = {*tables} - {place.table for place in others if place.round == at}
    return own if own in free else min(free, default=None)


def _refixed(problem: Problem, places: Mapping[int, Placed | None]) -> Problem:
    """With those of these meetings that are fixed fixed there instead (None: no more)."""
    moved = ((places.get(place.meeting, place), place) for place in problem.fixed)
    fixed = (replace(now, table=now.table if was.table is not None else None) for now, was in moved if now is not None)
    return replace(problem, fixed=tuple(fixed))


def _marked(problem: Problem, number: int, *, forbidden: bool) -> Problem:
    meetings = list(problem.meetings)
    meetings[number] = replace(meetings[number], forbidden=forbidden)
    return replace(problem, meetings=tuple(meetings))


def _served(problem: Problem, held: Iterable[Placed]) -> set[int]:
    numbers = {place.meeting for place in held}
    return {number for number, wish in enumerate(problem.wishes) if not numbers.isdisjoint(wish.meetings)}
