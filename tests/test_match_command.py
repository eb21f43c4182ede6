"""``digital-days match solve``: plans of published problems, without a database, and refusals in sentences."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks import matchmaking
from benchmarks.b2b_checker import Problem, mistakes
from tests.matchmaking.engine.timings import crowd
from tests.matchmaking.imports.published_like import SMALL, written
from tests.matchmaking.published_problems import PUBLISHED, needs_published_problems, published_optimum
from tests.running.program import CLI, call, environment


def solved(file: Path, *options: str) -> tuple[subprocess.CompletedProcess[str], dict[str, Any] | None]:
    out = file.parent / "plan.json"
    done = call("match", "solve", str(file), "--out", str(out), *options, env=environment())
    assert "Traceback" not in done.stderr
    assert [each.name for each in file.parent.glob("plan*")] == (["plan.json"] if out.exists() else [])
    return done, json.loads(out.read_bytes()) if out.exists() else None


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "small.dzn"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_match_solve_writes_the_plan_with_its_proof(problem: Path):
    done, answer = solved(problem, "--seed", "4", "--time-limit", "20")

    assert answer is not None
    assert 0 <= answer.pop("seconds") < 20
    assert answer == {"value": 1, "bound": 1, "proven": True, "infeasible": False, "slots": [2, 4, 3]}
    assert (done.returncode, done.stdout) == (
        0,
        "Pauses : 1, le minimum, c’est prouvé.\nBreaks: 1, the fewest: proven.\n",
    )


def test_match_solve_says_that_no_schedule_exists_with_proof(problem: Path):
    problem.write_text(SMALL.replace("[{}, {}, {1}]", "[{3}, {}, {1}]"), encoding="utf-8")

    done, answer = solved(problem)

    assert answer is not None
    assert answer.pop("seconds") < 20
    assert answer == {"value": None, "bound": 0, "proven": True, "infeasible": True, "slots": None}
    assert (done.returncode, "No schedule exists: proven." in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (SMALL.replace("nTables", "tables"), (), "« nTables »"),
        (SMALL, ("--fairness", "-1"), "--fairness -1"),
        (SMALL, ("--time-limit", "0"), "--time-limit"),
        (SMALL, ("--out", "/proc/no/plan.json"), "can’t be written"),
    ],
    ids=["a key missing", "fairness", "time limit", "nowhere to write"],
)
def test_match_solve_refuses_in_a_sentence_and_writes_nothing(
    problem: Path, text: str, options: tuple[str, ...], sentence: str
):
    problem.write_text(text, encoding="utf-8")

    done, answer = solved(problem, *options)

    assert answer is None
    assert done.returncode in (1, 2)
    assert sentence in done.stderr


def test_match_solve_leaves_no_proof_behind_when_it_is_ended(tmp_path: Path):
    file, out = tmp_path / "hard.dzn", tmp_path / "plan.json"
    file.write_text(written(crowd(2, guests=60, hosts=30, rounds=20, meetings=500, tables=26, absent=0.2)))
    with subprocess.Popen(
        [*CLI, "match", "solve", str(file), "--out", str(out)], env=environment(), stderr=subprocess.PIPE
    ) as running:
        until(lambda: proofs_of(running.pid))
        proofs = proofs_of(running.pid)

        running.terminate()

        assert running.wait(5) == 130
    until(lambda: not any(proof.is_running() and proof.status() != psutil.STATUS_ZOMBIE for proof in proofs))
    assert list(tmp_path.iterdir()) == [file]


def proofs_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({}, None),
        ({"slots": [1, 4, 3], "value": 2, "bound": 2}, None),
        ({"slots": [2, 4, 2]}, "business 2 is in two meetings at once"),
        ({"slots": [2, 4, 4]}, "2 meetings in slot 4"),
        ({"slots": [2, 4, 1]}, "meeting 1 is not before meeting 3"),
        ({"slots": [3, 4, 5]}, "meeting 1 may not be in slot 3"),
        ({"slots": [2, 3, 4]}, "meeting 2 may not be in slot 3"),
        ({"slots": [2, 4]}, "2 slots for 3 meetings"),
        ({"value": 0}, "1 breaks, not 0"),
        ({"bound": 0}, "the bound is not one"),
    ],
)
def test_checker_of_the_benchmark_finds_what_is_wrong(problem: Path, change: dict[str, Any], mistake: str | None):
    answer = {"value": 1, "bound": 1, "proven": True, "infeasible": False, "slots": [2, 4, 3]} | change

    found = mistakes(Problem(problem), answer, fairness=2)

    assert mistake in found if mistake else found == []


def test_checker_of_the_benchmark_finds_breaks_that_are_not_fairly_spread(problem: Path):
    answer = {"value": 1, "bound": 1, "proven": True, "infeasible": False, "slots": [2, 4, 3]}

    found = [mistakes(Problem(problem), answer, fairness=most) for most in (0, 1)]

    assert found == [["breaks are not fairly spread"], []]


def test_benchmark_fails_where_a_plan_is_wrong(problem: Path, monkeypatch: pytest.MonkeyPatch):
    answer = {"value": 1, "bound": 1, "proven": True, "infeasible": False, "slots": [2, 4, 3], "seconds": 0.1}
    for name, value in (("PROBLEMS", problem.parent), ("FOLDER", problem.parent), ("LARGE_SECONDS", ())):
        monkeypatch.setattr(matchmaking, name, value)

    monkeypatch.setattr(matchmaking, "solve", lambda _path: answer)
    matchmaking.main()

    monkeypatch.setattr(matchmaking, "solve", lambda _path: {**answer, "value": 0})
    with pytest.raises(SystemExit, match="1 wrong"):
        matchmaking.main()


@needs_published_problems
@pytest.mark.parametrize("name", ["tic-12.original.dzn", "tic-13crafb.fixed020-Forb.dzn", "forumt-14.original.dzn"])
def test_match_solve_proves_the_published_optimum(tmp_path: Path, name: str):
    file = tmp_path / name
    file.write_bytes((PUBLISHED / name).read_bytes())

    _done, answer = solved(file)

    assert answer is not None
    assert (answer["value"], answer["proven"]) == (published_optimum(name), True)
    assert mistakes(Problem(file), answer, fairness=2) == []
