"""The engine at work on a scenario: asked for, taken by one worker, kept alive, ended; never two at once a scenario."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, _
from matchmaking.domain.asking import Asked
from matchmaking.domain.rounds import Round
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import Request, Result

State = Literal["queued", "running", "done", "stopped", "failed"]

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
MOST_POINTS = 600
SECONDS = (5, 600)

GAVE_UP = N_("Le calcul a été interrompu plusieurs fois. Recommencez; l’horaire publié n’a pas changé.")


STATES: Mapping[State, str] = {
    "queued": N_("En attente"),
    "running": N_("En cours"),
    "done": N_("Terminé"),
    "stopped": N_("Arrêté : le meilleur est gardé"),
    "failed": N_("N’a pas abouti"),
}


class NoSuchRun(NotFound):
    message = N_("Ce calcul n’existe pas, ou n’existe plus.")


class NobodyToMatch(Conflict):
    message = N_("Personne n’est encore à assortir, ou aucune ronde n’est prévue : voyez d’abord les réglages.")


class Point(Struct, frozen=True, array_like=True):
    """Where the search was after so many seconds."""

    seconds: float
    level: str
    value: tuple[int, ...]
    bound: tuple[int, ...]


class Run(Struct, frozen=True, kw_only=True):
    """``rounds`` are those that the question speaks of; ``reason``: a French sentence of the catalogue."""

    id: int
    code: str
    edition_id: int
    scenario: str
    scenario_name: str
    state: State
    seconds: int
    rounds: tuple[Round, ...]
    progress: tuple[Point, ...]
    reason: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stop_asked: bool

    @property
    def state_in_words(self) -> str:
        """In the reader's language."""
        return _(STATES[self.state])

    @property
    def reason_in_words(self) -> str:
        """In the reader's language; empty where nothing failed."""
        return _(self.reason) if self.reason else ""

    @property
    def is_under_way(self) -> bool:
        """Whether more is to come."""
        return self.state in ("queued", "running")


_RUN = """
    SELECT r.id, r.code, s.edition AS edition_id, s.code AS scenario, s.name AS scenario_name, r.state, r.seconds,
        r.rounds, r.progress, r.reason, r.created_at, r.started_at, r.ended_at,
        r.stop_asked_at IS NOT NULL AS stop_asked
    FROM solver_run r JOIN scenario s ON s.id = r.scenario
"""
_QUEUE = """
    INSERT INTO solver_run (code, scenario, seed, seconds, question, rounds, created_by, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (scenario) WHERE state IN ('queued', 'running') DO NOTHING RETURNING code
"""
_CLAIM = """
    UPDATE solver_run SET state = 'running', claimed_by = $1, lease_until = $2, attempts = attempts + 1,
        started_at = coalesce(started_at, $3), progress = '[]'
    WHERE id = (
        SELECT id FROM solver_run
        WHERE (state = 'queued' OR (state = 'running' AND lease_until < $3)) AND attempts < $4
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id, seed, seconds, question, stop_asked_at IS NOT NULL AS stop_asked
"""
_GIVE_UP = """
    UPDATE solver_run SET state = 'failed', reason = $3, ended_at = $1
    WHERE state = 'running' AND lease_until < $1 AND attempts >= $2
"""


class Claimed(Struct, frozen=True, kw_only=True):
    """What one worker has in hand."""

    id: int
    request: Request
    stop_asked: bool


async def queue_run(scenario_id: int, asked: Asked, *, by: int | None, seconds: int = 60, seed: int = 0) -> str:
    """The new run's code, or that of the one under way: pressing twice is harmless. Raises ``NobodyToMatch``."""
    if not asked.problem.meetings or not asked.rounds:
        raise NobodyToMatch
    request = Request(problem=asked.problem, seed=seed, time_limit=float(seconds))
    row = await database.fetch_one(
        _QUEUE,
        codes.new_code(),
        scenario_id,
        seed,
        seconds,
        msgspec.msgpack.encode(request),
        msgspec.json.encode(asked.rounds).decode(),
        by,
        clock.now(),
    ) or await database.fetch_one(
        "SELECT code FROM solver_run WHERE scenario = $1 ORDER BY id DESC LIMIT 1", scenario_id
    )
    if row is None:  # pragma: no cover - what kept us from adding it is there
        raise NoSuchRun
    return str(row["code"])


async def run_called(edition_id: int, code: str) -> Run:
    """Raises ``NoSuchRun``."""
    row = await database.fetch_one(f"{_RUN} WHERE s.edition = $1 AND r.code = $2", edition_id, code)
    if row is None:
        raise NoSuchRun
    return _run(row)


async def last_runs(edition_id: int) -> dict[str, Run]:
    """The newest of each scenario, by the scenario's code; one query."""
    rows = await database.fetch(
        f"{_RUN} WHERE s.edition = $1 AND r.id = (SELECT max(id) FROM solver_run WHERE scenario = s.id)", edition_id
    )
    return {row["scenario"]: _run(row) for row in rows}


async def runs_of(scenario_id: int) -> list[Run]:
    """The newest first, the last few; one query."""
    return [
        _run(row) for row in await database.fetch(f"{_RUN} WHERE s.id = $1 ORDER BY r.id DESC LIMIT 20", scenario_id)
    ]


async def question_of(run_id: int) -> Request:
    """What the engine was asked."""
    [row] = await database.fetch("SELECT question FROM solver_run WHERE id = $1", run_id)
    return msgspec.msgpack.decode(row["question"], type=Request)


async def answer_of(run_id: int) -> Result | None:
    """What it answered; None as long as it has not."""
    [row] = await database.fetch("SELECT answer FROM solver_run WHERE id = $1", run_id)
    return msgspec.msgpack.decode(row["answer"], type=Result) if row["answer"] else None


async def ask_to_stop(run_id: int) -> None:
    """The best so far is kept; again, or of one that has ended, changes nothing."""
    await database.fetch(
        """
        UPDATE solver_run SET stop_asked_at = $2
        WHERE id = $1 AND state IN ('queued', 'running') AND stop_asked_at IS NULL
        """,
        run_id,
        clock.now(),
    )


async def claim_run(by: str) -> Claimed | None:
    """The oldest that waits, or whose worker has died; one conditional update, so two workers never hold the same."""
    now = clock.now()
    await database.fetch(_GIVE_UP, now, MOST_ATTEMPTS, GAVE_UP)
    row = await database.fetch_one(_CLAIM, by, now + LEASE, now, MOST_ATTEMPTS)
    if row is None:
        return None
    request = msgspec.msgpack.decode(row["question"], type=Request)
    return Claimed(id=row["id"], request=request, stop_asked=row["stop_asked"])


async def keep_run(run_id: int, by: str, points: Sequence[Point]) -> bool | None:
    """Whether it should stop; None where the run is no longer this worker's."""
    row = await database.fetch_one(
        """
        UPDATE solver_run SET lease_until = $3, progress = $4 WHERE id = $1 AND claimed_by = $2 AND state = 'running'
        RETURNING stop_asked_at IS NOT NULL AS stop_asked
        """,
        run_id,
        by,
        clock.now() + LEASE,
        msgspec.json.encode(points[-MOST_POINTS:]).decode(),
    )
    return None if row is None else bool(row["stop_asked"])


async def give_back(run_id: int, by: str) -> None:
    """Another worker goes on: this one has to stop, and the attempt does not count."""
    await database.fetch(
        """
        UPDATE solver_run SET state = 'queued', attempts = attempts - 1, lease_until = NULL
        WHERE id = $1 AND claimed_by = $2 AND state = 'running'
        """,
        run_id,
        by,
    )


async def end_run(
    run_id: int, by: str, *, answer: Result | None, points: Sequence[Point] = (), reason: str = ""
) -> bool:
    """Whether it was still this worker's to end, with an answer or a reason (a French sentence of the catalogue)."""
    rows = await database.fetch(
        """
        UPDATE solver_run SET answer = $3, reason = $4, progress = $5, ended_at = $6, lease_until = NULL,
            state = CASE WHEN $3::bytea IS NULL THEN 'failed' WHEN stop_asked_at IS NULL THEN 'done' ELSE 'stopped' END
        WHERE id = $1 AND claimed_by = $2 AND state = 'running' RETURNING id
        """,
        run_id,
        by,
        None if answer is None else msgspec.msgpack.encode(answer),
        reason,
        msgspec.json.encode(points[-MOST_POINTS:]).decode(),
        clock.now(),
    )
    return bool(rows)


def point(progress: Progress) -> Point:
    """As it is kept."""
    return Point(round(progress.seconds, 2), progress.level, progress.value, progress.bound)


def _run(row: database.Row) -> Run:
    lists = {
        "rounds": msgspec.json.decode(row["rounds"], type=tuple[Round, ...]),
        "progress": msgspec.json.decode(row["progress"], type=tuple[Point, ...]),
    }
    return Run(**{**row, **lists})
