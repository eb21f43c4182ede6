"""How much time is left, and who is told how far the search is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from matchmaking.engine.plan import LevelName, Progress

Listener = Callable[[Progress], None]


class Stop:
    """Asked for while a search runs, it ends as if its time had ended."""

    def __init__(self) -> None:
        self.asked = False
        self._running: list[Callable[[], object]] = []

    def ask(self) -> None:
        """From any thread, and again if a solver began at that very moment: it may not have heard."""
        self.asked = True
        for interrupt in (*self._running,):
            interrupt()

    @contextmanager
    def reaching(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Meanwhile whoever asks for a stop calls this too."""
        self._running.append(interrupt)
        try:
            yield
        finally:
            self._running.remove(interrupt)


class Watch:
    """Runs from the moment in which it is made; ``limit`` is in seconds."""

    def __init__(
        self,
        limit: float,
        on_progress: Listener | None = None,
        *,
        stop: Stop | None = None,
        began: float | None = None,
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
        """Seconds until the limit, never less than none."""
        return 0.0 if self.stop.asked else max(0.0, self.limit - self.seconds)

    def sooner(self, seconds: float) -> "Watch":
        """One that leaves so much time for what comes after."""
        return Watch(self.limit - seconds, self._on_progress, stop=self.stop, began=self._began)

    def tell(self, level: LevelName, value: tuple[int, ...], bound: tuple[int, ...]) -> None:
        """Says what is new; the same twice is said once."""
        if self._on_progress is not None and self._told != (level, value, bound):
            self._told = (level, value, bound)
            self._on_progress(Progress(level=level, value=value, bound=bound, seconds=self.seconds))
