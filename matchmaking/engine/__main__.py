"""The engine in a process of its own: ``python -m matchmaking.engine``, a request in, progress and an answer out.

SIGTERM asks for the best so far.
"""

import signal
import sys
import threading
import time

import msgspec

from matchmaking.engine.conflict import conflict
from matchmaking.engine.explain import unserved
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import Answer, Line, Request, Step
from matchmaking.engine.solve import solve
from matchmaking.engine.watch import Stop

TOLD_EVERY = 0.1
CONFLICT_LIMIT = 10.0


class _Teller:
    """Writes lines, progress not more often than it can be looked at; the last word of each level is never left out."""

    def __init__(self) -> None:
        self._told_at = float("-inf")
        self._held_back: Progress | None = None
        self._lock = threading.Lock()  # the solver speaks from threads of its own

    def progress(self, progress: Progress) -> None:
        """Held back while the last line is young, and passed on before what another level says."""
        with self._lock:
            if self._held_back is not None and self._held_back.level != progress.level:
                self._write_held_back()
            self._held_back = progress
            if time.monotonic() - self._told_at >= TOLD_EVERY:
                self._write_held_back()

    def answer(self, answer: Answer) -> None:
        """After all that was held back."""
        with self._lock:
            self._write_held_back()
            _write(answer)

    def _write_held_back(self) -> None:
        if self._held_back is not None:
            _write(Step(progress=self._held_back))
            self._held_back, self._told_at = None, time.monotonic()


def main() -> None:
    """Reads one request; exits with 0 after its answer."""
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    stop, teller = Stop(), _Teller()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.ask())
    # A thread of its own for the search: this one must hear the signal while the solver is at work.
    worker = threading.Thread(target=lambda: teller.answer(_answered(request, teller, stop)))
    worker.start()
    while worker.is_alive():
        worker.join(0.2)


def _answered(request: Request, teller: _Teller, stop: Stop) -> Answer:
    plan = solve(
        request.problem,
        seed=request.seed,
        time_limit=request.time_limit,
        on_progress=teller.progress,
        start=request.start,
        stop=stop,
    )
    if not plan.found:
        reasons = conflict(request.problem, time_limit=CONFLICT_LIMIT) if plan.infeasible and request.explain else ()
        return Answer(plan=plan, conflict=reasons)
    return Answer(plan=plan, unserved=tuple(unserved(request.problem, plan)) if request.explain else ())


def _write(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
