"""``python -m matchmaking.engine.rounds.prover``: a proof in a process of its own, for the solver can't be interrupted.

Reads a ``Task`` from its input and writes lines of JSON, each a ``Timed``; ends by itself when its time is over, even
when whoever started it is gone.
"""

import resource
import sys
from math import ceil

import msgspec
from msgspec import Struct

from matchmaking.engine.rounds.cores import Strategy, prove
from matchmaking.engine.timing import Timing


class Task(Struct, frozen=True):
    timing: Timing
    strategy: Strategy
    seconds: float


def main() -> None:
    """One task from the input, what is found to the output."""
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    limit = ceil(task.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    for known in prove(task.timing, task.strategy):
        sys.stdout.buffer.write(msgspec.json.encode(known) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
