"""What each part of the search is given."""

from collections.abc import Mapping

from msgspec import Struct, structs

from matchmaking.engine.openings import Openings, openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.watch import Watch


class Task(Struct, frozen=True, kw_only=True):
    """``preferred``: rounds that meetings had or were thought to have; a hint, whether it is possible or not."""

    problem: Problem
    opened: Openings
    preferred: Mapping[int, int]
    seed: int
    watch: Watch

    def narrowed(self, problem: Problem) -> "Task":
        """With more of it fixed."""
        return structs.replace(self, problem=problem, opened=openings(problem))

    def sooner(self, seconds: float) -> "Task":
        """Leaving so much time for what comes after."""
        return structs.replace(self, watch=self.watch.sooner(seconds))
