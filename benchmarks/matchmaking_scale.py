"""Large speed datings: what is reached and proven at each level, when, and with how much memory; then new plans."""

import asyncio
import os
import resource
import subprocess
import sys
import time

import msgspec
from msgspec import Struct, structs

from benchmarks.matchmaking_problems import LARGE, MEDIUM, SIZES, Size, problem
from benchmarks.plot import Curve, plot
from benchmarks.report import FOLDER, report
from matchmaking.domain.child import answer_to
from matchmaking.domain.replanning import SECONDS as SECONDS_AGAIN
from matchmaking.engine.plan import Level, LevelName, Plan, Progress
from matchmaking.engine.problem import Problem
from matchmaking.engine.protocol import Request
from matchmaking.engine.solve import solve

SECONDS = float(os.environ.get("SECONDS", "60"))
MOST_MB, MOST_AGAIN = 2048, 2.0
PROVEN: tuple[LevelName, ...] = ("musts", "wishes", "value")


class Run(Struct):
    """Of a size: its levels, when each was first reached and proven, and what that took."""

    levels: tuple[Level, ...]
    proven: dict[LevelName, float]
    seconds: float
    megabytes: float


def measure(size: Size) -> Run:
    """In this process, so that its memory is the solver's."""
    asked = problem(size)
    proven: dict[LevelName, float] = {}

    def note(told: Progress) -> None:
        if told.value == told.bound:
            proven.setdefault(told.level, told.seconds)

    began = time.perf_counter()
    plan = solve(asked, time_limit=SECONDS, on_progress=note)
    seconds = time.perf_counter() - began
    whole = {level.name: proven.get(level.name, seconds) for level in plan.levels if level.proven}
    return Run(plan.levels, whole, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def changes(asked: Problem, plan: Plan) -> dict[str, Problem]:
    """What may happen in the middle of a day whose meetings are announced."""
    past = asked.rounds // 3
    held = structs.replace(
        asked, announced=plan.held, past=past, fixed=tuple(each for each in plan.held if each.round < past)
    )
    people = list(held.participants)
    away = structs.replace(people[-1], busy=tuple({*people[-1].busy, *range(past, held.rounds)}))
    meetings = list(held.meetings)
    new = next(number for number in range(len(meetings)) if number not in {each.meeting for each in plan.held})
    meetings[new] = structs.replace(meetings[new], required=True)
    fewer = tuple(names if at < past else names[1:] for at, names in enumerate(held.tables))
    return {
        "nothing changes": held,
        "a resource leaves": structs.replace(held, participants=(*people[:-1], away)),
        "a table breaks": structs.replace(held, tables=fewer),
        "a meeting is added": structs.replace(held, meetings=tuple(meetings)),
    }


def main() -> None:
    """Each size in a process of its own."""
    curves = {name: Curve(name=f"{name} proven", points=[]) for name in PROVEN}
    print(f"{'businesses × resources × rounds':32} {'level':8} {'value':>40} {'bound':>28} {'proven after':>14}")
    for size in SIZES:
        answer = subprocess.run([sys.executable, "-m", __spec__.name, str(SIZES.index(size))], capture_output=True)
        run = msgspec.json.decode(answer.stdout, type=Run)
        for level in run.levels:
            after = f"{run.proven[level.name]:.1f} s" if level.proven else "open"
            print(f"{size!s:32} {level.name:8} {_short(level.value):>40} {_short(level.bound):>28} {after:>14}")
            if level.name in curves and level.proven:
                curves[level.name].points.append((size.businesses + size.resources, run.proven[level.name]))
        report(
            name=f"matchmaking-scale-{size.businesses}",
            value=max((run.proven.get(name, SECONDS) for name in PROVEN), default=SECONDS),
            unit="s to proof",
            ceiling=60,
            ceiling_name=f"goal for {LARGE}: at most; {run.seconds:.0f} s in all",
        )
        report(
            name=f"matchmaking-memory-{size.businesses}",
            value=run.megabytes,
            unit="MB",
            ceiling=MOST_MB,
            ceiling_name="goal: at most",
        )
    for size in (Size(60, 20, 12, 20), MEDIUM):
        again(size)
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawing = plot(list(curves.values()), across="participants", up="s", goal=60)
    (FOLDER / "matchmaking_scale.svg").write_text(drawing, encoding="utf-8")
    print(f"{FOLDER / 'matchmaking_scale.svg'}")


def again(size: Size) -> None:
    """New plans of the same day, as a moderator asks for them: by a process of their own, its start included."""
    asked = problem(size)
    plan = solve(asked, time_limit=SECONDS / 4)
    for name, changed in changes(asked, plan).items():
        began = time.perf_counter()
        request = Request(problem=changed, time_limit=SECONDS_AGAIN, start=changed.announced, explain=False)
        new = asyncio.run(answer_to(request)).plan
        seconds = time.perf_counter() - began
        kept = new.levels[0]
        report(
            name=f"matchmaking-again-{size.businesses}-{name.replace(' ', '-')}",
            value=seconds,
            unit="s",
            ceiling=MOST_AGAIN,
            ceiling_name=f"goal: at most; {name}: {kept.value[0]} of {len(plan.held)} kept, bound {kept.bound[0]}",
        )


def _short(values: tuple[int, ...]) -> str:
    """Without the zeros at the end."""
    many = max((place for place, value in enumerate(values, 1) if value), default=min(1, len(values)))
    return " ".join(f"{value:,}" for value in values[:many])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.buffer.write(msgspec.json.encode(measure(SIZES[int(sys.argv[1])])))
    else:
        main()
