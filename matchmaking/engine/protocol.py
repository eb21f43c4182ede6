"""What goes between a program and the engine's own process; loads no solver."""

from typing import Literal

from msgspec import Struct

from matchmaking.engine.explain import Unserved
from matchmaking.engine.plan import Plan, Progress
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rule_book import Rule


class Request(Struct, frozen=True, kw_only=True):
    """MessagePack on the engine's standard input. ``start``: a hint, or what was announced; seconds of its own time."""

    problem: Problem
    seed: int = 0
    time_limit: float = 60.0
    start: tuple[Placed, ...] = ()
    explain: bool = True


class Answer(Struct, frozen=True, kw_only=True, tag="answer"):
    """The last line on its standard output; ``conflict`` only where there is no plan at all."""

    plan: Plan
    unserved: tuple[Unserved, ...] = ()
    conflict: tuple[Rule, ...] = ()


class Step(Struct, frozen=True, kw_only=True, tag="progress"):
    """A line before it, at most ten a second."""

    progress: Progress


Line = Answer | Step
"""One JSON object a line."""

Ending = Literal["killed", "crashed", "late"]
"""How an engine may end without an answer."""
