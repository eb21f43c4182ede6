"""``digital-days match solve``: a problem from a file, its best plan to a file.

In a process of its own, for it loads solvers. It needs no database and no server.
"""

import signal
import sys
import time
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from digital_days.kernel.sentences import Unable
from matchmaking.engine.rounds.solver import time_meetings
from matchmaking.engine.timing import Timed, Timing
from matchmaking.imports.b2b import read_b2b


class Answer(Struct):
    """``slots``: the slot of each meeting in the file's order, from 1; null when there is none."""

    value: int | None
    bound: int
    proven: bool
    infeasible: bool
    seconds: float
    slots: list[int] | None


def main() -> None:
    """An expected failure is a sentence on the error stream and exit code 1, never a traceback."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))  # an orderly end: no proof goes on without us
    try:
        solve(prog_name="digital-days match solve")
    except Unable as error:
        sys.exit(str(error))


def _fairness(_context: click.Context, _option: click.Parameter, value: str) -> int | None:
    if value == "none":
        return None
    if not value.isdecimal() or len(value) > 6:
        raise Unable(
            f"--fairness {value} : écrivez un nombre de pauses, ou none.",
            f"--fairness {value}: write a number of breaks, or none.",
        )
    return int(value)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the plan goes, as JSON: value, bound, proven, infeasible, seconds, slots.",
)
@click.option(
    "--time-limit", default=60.0, show_default=True, type=click.FloatRange(min=0.1, max=86_400), help="In seconds."
)
@click.option(
    "--fairness",
    default="2",
    show_default=True,
    callback=_fairness,
    metavar="D",
    help="By how much two participants' numbers of breaks may differ; none for any.",
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="For another plan as good.")
def solve(file: Path, *, out: Path, time_limit: float, fairness: int | None, seed: int) -> None:
    """Find when to hold the meetings of FILE (MiniZinc data of published problems) with the fewest breaks."""
    began = time.monotonic()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Unable(f"{file} ne se lit pas : {error.strerror}", f"{file} can’t be read: {error.strerror}") from error
    timing = Timing(**msgspec.structs.asdict(read_b2b(data)), spread=fairness)
    timed = time_meetings(timing, seed=seed, time_limit=time_limit)
    answer = Answer(
        value=timed.value,
        bound=timed.bound,
        proven=timed.proven,
        infeasible=timed.infeasible,
        seconds=round(time.monotonic() - began, 3),
        slots=None if timed.rounds is None else [at + 1 for at in timed.rounds],
    )
    _write(out, msgspec.json.format(msgspec.json.encode(answer), indent=0) + b"\n")
    click.echo(_sentence(timed))


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing."""
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise Unable(
            f"{path} ne s’écrit pas : {error.strerror}", f"{path} can’t be written: {error.strerror}"
        ) from error


def _sentence(timed: Timed) -> str:
    if timed.infeasible:
        return "Aucun horaire ne convient, c’est prouvé.\nNo schedule exists: proven."
    if timed.rounds is None:
        return "Pas encore d’horaire : donnez plus de temps.\nNo schedule yet: give it more time."
    if timed.proven:
        return f"Pauses : {timed.value}, le minimum, c’est prouvé.\nBreaks: {timed.value}, the fewest: proven."
    return f"Pauses : {timed.value}, au moins {timed.bound}.\nBreaks: {timed.value}, at least {timed.bound}."


if __name__ == "__main__":
    main()
