"""Published meeting scheduling problems, each in a process of its own and checked apart; then a large room's meetings.

The problems lie beside this project, not in it: ``PROBLEMS`` names their folder. Published times: Bofill et al. (2022).
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.b2b_checker import Problem, mistakes
from benchmarks.cactus import cactus
from benchmarks.report import FOLDER, report
from matchmaking.engine.rounds.solver import time_meetings
from matchmaking.engine.timing import violations
from tests.matchmaking.engine.timings import crowd

PROBLEMS = Path(os.environ.get("PROBLEMS", "../shared/benchmarks/b2b"))
SECONDS = float(os.environ.get("SECONDS", "120"))
FAIRNESS = 2
OTHERS = ("maxsat", "chuffed", "cplex")
FEWEST_SECONDS = 1.0
LARGE_SECONDS = (5, 10, 30)


def solve(path: Path) -> dict[str, Any]:
    """What the command answers."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "plan.json"
        command = [sys.executable, "-m", "digital_days", "match", "solve", str(path), "--out", str(out)]
        command += ["--time-limit", str(SECONDS), "--fairness", str(FAIRNESS)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        answer: dict[str, Any] = json.loads(out.read_bytes())
        return answer


def published() -> dict[str, dict[str, str]]:
    """Their optimum and their seconds, by file."""
    try:
        with (PROBLEMS / "published.csv").open(encoding="utf-8") as file:
            return {row["instance"]: row for row in csv.DictReader(file)}
    except FileNotFoundError:
        return {}


def compare() -> int:
    """A line for each problem, totals by kind, and the curves; how many answers are wrong."""
    theirs, ours, count = published(), dict[str, float](), 0
    print(
        f"{'':34}{'value':>6}{'publ.':>6} {'proven':7}{'ours s':>8}"
        + "".join(f"{name:>9}" for name in OTHERS)
        + "  ratio"
    )
    for path in sorted(PROBLEMS.glob("*.dzn")):
        answer, row = solve(path), theirs.get(path.name, {})
        wrong = mistakes(Problem(path), answer, FAIRNESS)
        if row and answer["proven"] and str(answer["value"]) != row["optimum"]:
            wrong.append("not the published optimum")
        count += bool(wrong)
        if answer["proven"]:
            ours[path.name] = answer["seconds"]
        times = [row.get(f"{name}_s", "") for name in OTHERS]
        ratio = answer["seconds"] / float(times[0]) if times[0] else 0
        slow = "" if not times[0] or answer["seconds"] <= max(float(times[0]), FEWEST_SECONDS) else "SLOWER"
        print(
            f"{path.name.removesuffix('.dzn'):34}{answer['value']!s:>6}{row.get('optimum', ''):>6} "
            f"{'yes' if answer['proven'] else 'NO':7}{answer['seconds']:>8.2f}"
            + "".join(f"{seconds:>9}" for seconds in times)
            + f"{ratio:>7.2f} {slow} {'; '.join(wrong)}",
            flush=True,
        )
    for kind in ("original", "fixed"):
        known = {name: float(row["maxsat_s"]) for name, row in theirs.items() if kind in name}
        if known and known.keys() <= ours.keys():
            report(
                name=f"b2b_{kind}",
                value=sum(ours[name] for name in known),
                unit="s in all",
                ceiling=sum(known.values()) / 2,
                ceiling_name="half of published",
            )
    curves = {"Digital Days": list(ours.values())} | {
        name: [float(row[f"{name}_s"]) for row in theirs.values() if row[f"{name}_s"] != "TO"] for name in OTHERS
    }
    (FOLDER / "matchmaking.svg").write_text(cactus(curves, max(len(theirs), len(ours))), encoding="utf-8")
    print(FOLDER / "matchmaking.svg")
    return count


def large() -> int:
    """2,000 meetings of 1,150 participants in 16 rounds: how good a plan is after a while; how many are wrong."""
    count = 0
    timing = crowd(1, guests=1000, hosts=150, rounds=16, meetings=2000, tables=130, absent=0.15)
    for seconds in LARGE_SECONDS:
        told: list[tuple[int | None, int, float]] = []
        began = time.monotonic()
        timed = time_meetings(timing, time_limit=seconds, on_progress=partial(_note, told))
        took = time.monotonic() - began
        fine = timed.rounds is not None and not any(violations(timing, timed.rounds))
        count += not fine
        print(
            f"large timing, {seconds:>3} s: {timed.value} breaks, at least {timed.bound}; first plan after "
            f"{told[0][2] if told else took:.2f} s; {took:.2f} s in all; {'checked' if fine else 'WRONG'}"
        )
    return count


def _note(told: list[tuple[int | None, int, float]], *known: Any) -> None:
    told.append(known)


def main() -> None:
    """The published problems where they are, the large one always; fails where a plan is wrong."""
    wrong = 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    if any(PROBLEMS.glob("*.dzn")):
        wrong += compare()
    else:
        print(f"No .dzn files in {PROBLEMS}: say where they are with PROBLEMS=folder.")
    wrong += large()
    if wrong:
        sys.exit(f"{wrong} wrong.")


if __name__ == "__main__":
    main()
