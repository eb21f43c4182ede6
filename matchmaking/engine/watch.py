"""How much time is left, and who is told how far the search is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from matchmaking.engine.plan import LevelName, Progress

Listener = Callable[[Progress], None]


class Stop:
    """Asked for from another thread: then there is no time left, and the solver at work is told so."""

    def __init__(self) -> None:
        self.asked = False
        self._halt: Callable[[], None] | None = None

    def ask(self) -> None:
        """Again is harmless."""
        self.asked = True
        if self._halt is not None:
            self._halt()

    @contextmanager
    def halting(self, halt: Callable[[], None]) -> Iterator[None]:
        """While inside, ``halt`` is called when somebody asks."""
        self._halt = halt
        try:
            yield
        finally:
            self._halt = None


class Watch:
    """Runs from the moment in which it is made; ``limit`` is in seconds."""

    def __init__(
        self,
        limit: float,
        on_progress: Listener | None = None,
        *,
        began: float | None = None,
        stop: Stop | None = None,
    ) -> None:
        self.limit = limit
        self.stop = stop or Stop()
        self._began = time.monotonic() if began is None else began
        self._on_progress = on_progress
        self._told: tuple[LevelName, tuple[int, ...], tuple[int, ...]] | None = None

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds until the limit, never less than none; none once somebody has asked to stop."""
        return 0.0 if self.stop.asked else max(0.0, self.limit - self.seconds)

    def sooner(self, seconds: float) -> "Watch":
        """One that leaves so much time for what comes after."""
        return Watch(self.limit - seconds, self._on_progress, began=self._began, stop=self.stop)

    def tell(self, level: LevelName, value: tuple[int, ...], bound: tuple[int, ...]) -> None:
        """Says what is new; the same twice is said once."""
        if self._on_progress is not None and self._told != (level, value, bound):
            self._told = (level, value, bound)
            self._on_progress(Progress(level=level, value=value, bound=bound, seconds=self.seconds))
