"""What is known so far: the best plan, the bound, and whether anything is left to do."""

import time
from collections.abc import Callable

from matchmaking.engine.timing import Timed, Timing, breaks_of, violations

Progress = Callable[[int | None, int, float], None]


class Knowledge:
    """Grows by what it is told, whoever says it; a plan that may not be held never gets in."""

    def __init__(self, timing: Timing, time_limit: float, on_progress: Progress | None) -> None:
        self.timed = Timed(None, None, 0)
        self._timing = timing
        self._began = time.monotonic()
        self._time_limit = time_limit
        self._on_progress = on_progress

    @property
    def seconds_left(self) -> float:
        """Never negative."""
        return max(self._began + self._time_limit - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Nothing better can be known, or no time is left."""
        return self.timed.proven or self.seconds_left == 0

    def learn(self, told: Timed) -> None:
        """Keeps the better plan and the better bound."""
        before = self.timed
        if told.infeasible:
            self.timed = Timed(None, None, before.bound, infeasible=True)
            return
        rounds, value = before.rounds, before.value
        if told.rounds is not None and not any(violations(self._timing, told.rounds)):
            found = sum(breaks_of(self._timing, told.rounds))
            if value is None or found < value:
                rounds, value = told.rounds, found
        self.timed = Timed(rounds, value, max(before.bound, told.bound))
        if self._on_progress and self.timed != before:
            self._on_progress(value, self.timed.bound, time.monotonic() - self._began)
