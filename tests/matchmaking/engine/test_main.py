"""The process that solves: what it is asked, what it answers, how it ends when it cannot."""

import subprocess
import sys

import msgspec

from matchmaking.engine.problem import Problem, Wish
from matchmaking.engine.protocol import (
    Advanced,
    ExitCode,
    Line,
    Request,
    Result,
    Started,
    read_line,
    read_request,
    write_line,
    write_request,
)
from matchmaking.engine.rules import RuleName
from tests.matchmaking.problems import at, between, numbered

COMMAND = [sys.executable, "-m", "matchmaking.engine"]
PROBLEM = Problem(
    tables=((1,),),
    participants=numbered(4),
    meetings=between((0, 1), (2, 3)),
    wishes=tuple(Wish(key=f"w{number}", owner=f"o{number}", meetings=(number,)) for number in range(2)),
)


def answered(request: bytes) -> tuple[int, list[Line]]:
    ended = subprocess.run(COMMAND, input=request, capture_output=True, check=False)
    return ended.returncode, [read_line(line) for line in ended.stdout.splitlines()]


def test_request_is_answered_line_by_line_to_the_explained_result():
    request = Request(problem=PROBLEM, seed=3, time_limit=2.0, start=(at(0, 1, 1),))

    code, lines = answered(write_request(request))

    assert read_request(write_request(request)) == request
    assert code == ExitCode.ANSWERED
    assert [read_line(write_line(line)) for line in lines] == lines
    assert [type(line) for line in lines if not isinstance(line, Advanced)] == [Started, Result]
    assert isinstance(result := lines[-1], Result)
    assert [place.meeting for place in result.plan.held] == [1]
    assert [(each.wish, each.reason) for each in result.unserved] == [(0, "no_table")]


def test_result_names_the_rules_that_leave_no_plan():
    impossible = msgspec.structs.replace(PROBLEM, fixed=(at(0, 0), at(0, 1)))

    _code, [*_lines, result] = answered(write_request(Request(problem=impossible)))

    assert isinstance(result, Result)
    assert result.plan.infeasible
    assert [each.rule for each in result.conflict] == [RuleName.FIXED, RuleName.FIXED, RuleName.TABLES]


def test_unreadable_request_has_its_own_end():
    assert answered(b"not a request") == (ExitCode.UNREADABLE, [])
