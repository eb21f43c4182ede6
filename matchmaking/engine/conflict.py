"""Why there is no plan at all: a few rules that cannot all be kept, none of which is there for nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from matchmaking.engine.choice_rows import Choice
from matchmaking.engine.climbing import climb
from matchmaking.engine.grid_rows import grid
from matchmaking.engine.openings import openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.relaxed import Relaxation
from matchmaking.engine.rows import Rows, Stage
from matchmaking.engine.rule_book import Rule, essential, rule_book, under
from matchmaking.engine.rules import RuleName
from matchmaking.engine.smallest import Impossible, smallest
from matchmaking.engine.watch import Stop, Watch

BY_ROUND = frozenset({RuleName.BUSY, RuleName.TABLES})
FEW, SMALL = 8, 60
"""Of conflicts with more rules no smaller one is looked for, and of more rules in all not the smallest: for time."""


def conflict(problem: Problem, *, time_limit: float = 10.0, stop: Stop | None = None) -> tuple[Rule, ...]:
    """Of a problem without a plan, rules that leave none; without any one of them, or one of its rounds, there is one.

    Which: the same each time, unless the time (seconds) ends; then perhaps more than needed. Empty: there is a plan,
    or the time did not suffice to prove that there is none. What nobody can change goes without saying: a participant
    is in one meeting at a time, of two other people; a meeting is held once; a table has one meeting.
    The problem's references must be good (``check``).

    A preferred conflict, by division (Junker, QuickXplain, AAAI 2004): of n rules k, in O(k log(n/k)) proofs. Then any
    smaller one that lacks a rule of it; of no more than ``SMALL`` rules, the smallest there is.
    """
    watch = Watch(time_limit, stop=stop)
    small, numbers = essential(problem)

    def impossible(rules: Sequence[Rule]) -> bool:
        return watch.left > 0 and _has_no_plan(essential(under(small, rules))[0], watch)

    rules = rule_book(small)
    if not impossible(rules):
        return ()
    best = _minimal(impossible, [], _of_fewer_kinds(impossible, rules))
    for rule in best:
        others = [each for each in rules if each is not rule]
        if 1 < len(best) <= FEW and impossible(others):
            best = min(best, _minimal(impossible, [], others), key=len)
    if len(rules) <= SMALL:
        best = smallest(impossible, rules, best, goes_on=lambda: watch.left > 0)
    return tuple(
        replace(rule, meetings=tuple(numbers[each] for each in rule.meetings)) for rule in _narrowed(impossible, best)
    )


def _has_no_plan(problem: Problem, watch: Watch) -> bool:
    """Whether that is proven."""
    opened = openings(problem)
    if opened.contradiction or _relaxed(Choice(problem, opened).rows, watch):
        return True  # more meetings than rounds or tables: plain here, and hard to see for a search
    rows = grid(problem, opened).rows
    anything = Stage(level="value", terms=[], most=0)
    return _relaxed(rows, watch) or climb(rows, [anything], watch=watch, seed=0).infeasible


def _relaxed(rows: Rows, watch: Watch) -> bool:
    relaxation = Relaxation(rows, watch)
    return relaxation.infeasible or (not relaxation.aim([]) and relaxation.infeasible)


def _of_fewer_kinds(impossible: Impossible, rules: list[Rule]) -> list[Rule]:
    """Without any rule of a kind that is not needed at all: the fewest kinds are what a person understands first."""
    for name, _many in Counter(rule.rule for rule in rules).most_common():
        others = [rule for rule in rules if rule.rule != name]
        rules = others if impossible(others) else rules
    return rules


def _minimal(impossible: Impossible, given: list[Rule], rules: list[Rule], *, new: bool = False) -> list[Rule]:
    """Those of the rules, later ones only where they must, that leave no plan beside the ones given."""
    if new and impossible(given):
        return []
    if len(rules) <= 1:
        return rules
    middle = len(rules) // 2
    first, second = rules[:middle], rules[middle:]
    of_second = _minimal(impossible, [*given, *first], second, new=True)
    of_first = _minimal(impossible, [*given, *of_second], first, new=bool(of_second))
    return [*of_first, *of_second]


def _narrowed(impossible: Impossible, rules: list[Rule]) -> Iterator[Rule]:
    """The same, each only in the rounds that matter."""
    for place, rule in enumerate(rules):
        for at in rule.rounds if rule.rule in BY_ROUND else ():
            fewer = replace(rules[place], rounds=tuple(each for each in rules[place].rounds if each != at))
            if impossible([*rules[:place], fewer, *rules[place + 1 :]]):
                rules[place] = fewer
        yield rules[place]
