"""Solves one problem in a process of its own, which may be stopped, killed or die without taking anything with it.

``python -m matchmaking.engine`` reads a request (msgpack) from its input until the end of it, and writes lines (JSON).
On SIGTERM it answers with the best that it has. See ``protocol``.
"""

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from threading import Lock

import msgspec

from matchmaking.engine.conflict import conflict
from matchmaking.engine.explain import unserved
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import (
    EXPLAINING,
    Advanced,
    ExitCode,
    Line,
    Request,
    Result,
    Started,
    read_request,
    write_line,
)
from matchmaking.engine.references import broken_references
from matchmaking.engine.solve import solve
from matchmaking.engine.watch import Stop

BETWEEN = 0.1
"""Seconds from one word of progress to the next, unless it is about another level."""
ATTENTIVE = 0.2
"""Seconds in which a request to stop is passed on."""


def main() -> ExitCode:
    """Answers one request."""
    _yield_to_others()
    stop = Stop()
    asked = _asked_to_stop()
    try:
        request = read_request(sys.stdin.buffer.read())
    except msgspec.MsgspecError as error:
        print(error, file=sys.stderr)  # noqa: T201 - what a program says when it cannot read
        return ExitCode.UNREADABLE
    if broken := broken_references(request.problem):
        print(broken[0], file=sys.stderr)  # noqa: T201 - the same
        return ExitCode.UNREADABLE
    teller = Teller()
    teller.write(Started())
    with ThreadPoolExecutor(1) as threads:  # signals are heard by the main thread, while it does nothing
        answer = threads.submit(_answer, request, teller, stop)
        while wait([answer], ATTENTIVE).not_done:
            if asked:
                stop.ask()
    try:
        teller.write(answer.result())
    except MemoryError:
        return ExitCode.OUT_OF_MEMORY
    return ExitCode.ANSWERED


class Teller:
    """Writes lines; of much progress only some."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: tuple[float, str] = (0.0, "")

    def write(self, line: Line) -> None:
        """At once. Nobody listens any more: nobody wants to know the rest."""
        with self._lock:
            try:
                sys.stdout.buffer.write(write_line(line) + b"\n")
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                os._exit(os.EX_IOERR)

    def advance(self, progress: Progress) -> None:
        """Unless something was just said about this level."""
        at, level = self._last
        if progress.level != level or time.monotonic() - at >= BETWEEN:
            self._last = (time.monotonic(), progress.level)
            self.write(Advanced(progress))


def _answer(request: Request, teller: Teller, stop: Stop) -> Result:
    plan = solve(
        request.problem,
        seed=request.seed,
        time_limit=request.time_limit,
        on_progress=teller.advance,
        start=request.start,
        stop=stop,
    )
    explained = unserved(request.problem, plan) if request.explain and plan.found else []
    why_none = (
        conflict(request.problem, time_limit=EXPLAINING, stop=stop) if request.explain and plan.infeasible else ()
    )
    return Result(plan=plan, unserved=tuple(explained), conflict=why_none, stopped=stop.asked)


def _asked_to_stop() -> list[int]:
    """Fills when a stop is asked for."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda heard, _frame: asked.append(heard))
    return asked


def _yield_to_others() -> None:
    """Whoever uses the site goes first; and if memory is short, this process is the one that ends."""
    os.nice(5)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
