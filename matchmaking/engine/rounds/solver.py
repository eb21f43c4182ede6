"""When each meeting is held, with the fewest breaks: two proofs side by side, and a search that has plans meanwhile.

Why these: docs/decisions/0016-when-meetings-are-held.md.
"""

from collections.abc import Iterator, Sequence
from math import inf
from random import Random

from matchmaking.engine.rounds.anneal import anneal
from matchmaking.engine.rounds.board import Board
from matchmaking.engine.rounds.construct import construct
from matchmaking.engine.rounds.cores import FINDING, REFUTING, prove
from matchmaking.engine.rounds.helpers import Helpers
from matchmaking.engine.rounds.knowledge import Knowledge, Progress
from matchmaking.engine.rounds.prover import Task
from matchmaking.engine.rounds.tighten import tightened
from matchmaking.engine.timing import Timed, Timing

EASY = 1_500  # conflicts of a proof that needs no process of its own: a fraction of a second
# Meetings times rounds: not worth a process; proofs come first; beyond, nobody tries one.
TINY, SMALL, PROVABLE = 1_000, 20_000, 200_000
FIRST_STEPS, STEPS_PER_MEETING = 40, (150, 450, 1350)  # by meeting: at once; of one search after the other
PATIENCE = 5.0  # seconds for the proofs alone, before the search goes on beside them
LISTEN_EVERY = 2_000  # steps


def time_meetings(
    timing: Timing,
    *,
    seed: int = 0,
    time_limit: float = 60.0,
    start: Sequence[int] | None = None,
    on_progress: Progress | None = None,
) -> Timed:
    """The plan with the fewest breaks, or the best that was found in ``time_limit`` seconds; the bound always holds.

    ``start``: a round per meeting, or -1, to begin with as far as it can be kept. ``on_progress`` is called with value,
    bound and seconds whenever one of them is better. The same seed gives the same plan, unless time runs out or one
    proof overtakes the other: then the same value.
    """
    knowledge = Knowledge(timing, time_limit, on_progress)
    if start is not None:
        knowledge.learn(Timed(tuple(start), None, 0))
    tight = tightened(timing)
    if tight is None:
        knowledge.learn(Timed(None, None, 0, infeasible=True))
    else:
        random = Random(seed)  # noqa: S311 (no secret)
        with Helpers() as helpers:
            _solve(tight, random, construct(tight, random, start), knowledge, helpers)
    return knowledge.timed


def _solve(
    timing: Timing, random: Random, plans: Iterator[Board | None], knowledge: Knowledge, helpers: Helpers
) -> None:
    size = len(timing.pairs) * timing.rounds
    if TINY < size <= PROVABLE:
        helpers.start(Task(timing, REFUTING, knowledge.seconds_left))
    board = _first(plans, knowledge)
    if board is not None:
        _improve(board, random, FIRST_STEPS * len(timing.pairs), knowledge, helpers)
    if size <= SMALL and not knowledge.over:
        for known in prove(timing, FINDING, conflicts=EASY):
            knowledge.learn(known)
    if size <= SMALL and not knowledge.over:
        if size <= TINY:
            helpers.start(Task(timing, REFUTING, knowledge.seconds_left))
        helpers.start(Task(timing, FINDING, knowledge.seconds_left))
        _listen(helpers, knowledge, min(PATIENCE, knowledge.seconds_left / 4))
    while board is None and not knowledge.over:
        board = _first(plans, knowledge)
        _listen(helpers, knowledge, 0)
    if board is not None:
        _search(board, random, knowledge, helpers)
    _listen(helpers, knowledge, knowledge.seconds_left)


def _first(plans: Iterator[Board | None], knowledge: Knowledge) -> Board | None:
    board = next(plans)
    if board is not None:
        knowledge.learn(Timed(tuple(board.at), None, 0))
    return board


def _search(board: Board, random: Random, knowledge: Knowledge, helpers: Helpers) -> None:
    """Better and better plans; where proofs are likely, the processor is theirs in between."""
    meetings = len(board.at)
    small = meetings * board.timing.rounds <= SMALL
    speed = inf  # steps a second: a search that time will cut short cools down faster
    for each in STEPS_PER_MEETING:
        if knowledge.over:
            return
        began_with = knowledge.seconds_left
        steps = int(min(each * meetings, speed * began_with))
        _improve(board, random, steps, knowledge, helpers)
        speed = steps / max(began_with - knowledge.seconds_left, 0.001)
        if small:
            _listen(helpers, knowledge, min(PATIENCE, knowledge.seconds_left / 4))


def _improve(board: Board, random: Random, steps: int, knowledge: Knowledge, helpers: Helpers) -> None:
    for step, better in enumerate(anneal(board, random, steps)):
        if better:
            knowledge.learn(Timed(tuple(board.at), None, 0))
        if step % LISTEN_EVERY == 0:
            _listen(helpers, knowledge, 0)
            if knowledge.over:
                return


def _listen(helpers: Helpers, knowledge: Knowledge, seconds: float) -> None:
    """For so long, or until nothing is left to hear or to do."""
    until = knowledge.seconds_left - seconds
    for known in helpers.heard(0):
        knowledge.learn(known)
    while helpers.working and not knowledge.over and knowledge.seconds_left > until:
        for known in helpers.heard(knowledge.seconds_left - until):
            knowledge.learn(known)
