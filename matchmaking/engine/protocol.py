"""What goes to the process that solves, and what comes back: one request in, lines of JSON out."""

from enum import IntEnum

import msgspec
from msgspec import Struct

from matchmaking.engine.explain import Unserved
from matchmaking.engine.plan import Plan, Progress
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rule_book import Rule

EXPLAINING = 10.0
"""Seconds, beyond the time limit, in which it may look for the rules that leave no plan."""


class ExitCode(IntEnum):
    """``ANSWERED``: the last line is a result, whether a plan was found or not."""

    ANSWERED = 0
    UNREADABLE = 65
    OUT_OF_MEMORY = 71


class Request(Struct, frozen=True, kw_only=True):
    """``explain``: why wishes are not served, or which rules leave no plan."""

    problem: Problem
    seed: int = 0
    time_limit: float = 60.0
    start: tuple[Placed, ...] = ()
    explain: bool = True


class Started(Struct, frozen=True, tag_field="type", tag="started"):
    """The first line: from now on a stop is heard."""


class Advanced(Struct, frozen=True, tag_field="type", tag="progress"):
    """About ten in a second at most."""

    progress: Progress


class Result(Struct, frozen=True, kw_only=True, tag_field="type", tag="result"):
    """The last line. ``stopped``: asked to end before its time, so that the plan is the best so far, if there is any.

    ``conflict``: where no plan is possible, rules that leave none; empty if they were not found in the time.
    """

    plan: Plan
    unserved: tuple[Unserved, ...] = ()
    conflict: tuple[Rule, ...] = ()
    stopped: bool = False


Line = Started | Advanced | Result

write_request = msgspec.msgpack.Encoder().encode
read_request = msgspec.msgpack.Decoder(Request).decode
write_line = msgspec.json.Encoder().encode
read_line = msgspec.json.Decoder(Line).decode
