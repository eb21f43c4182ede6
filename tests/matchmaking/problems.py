"""Random problems with their plans, for all tests of the matching (who solves and who explains), and the rules by name.

Nothing here imports more of the engine than what it is asked in: it is held against this.
"""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from matchmaking.engine.problem import Meeting, Participant, Placed, Problem, Wish


def numbered(count: int, **common: Any) -> tuple[Participant, ...]:
    """That many participants, alike."""
    return tuple(Participant(key=f"p{number}", **common) for number in range(count))


def between(*pairs: tuple[int, int]) -> tuple[Meeting, ...]:
    """A meeting of each pair."""
    return tuple(Meeting(key=f"m{number}", a=a, b=b) for number, (a, b) in enumerate(pairs))


def at(round: int, meeting: int, table: int | None = None) -> Placed:  # noqa: A002 - as it is called everywhere
    """A place, in a line."""
    return Placed(round=round, meeting=meeting, table=table)


@st.composite
def problems(draw: st.DrawFn, *, rounds: int = 4, participants: int = 5, meetings: int = 7, wishes: int = 5) -> Problem:
    """Small, with all kinds of rules but no promises (least, required, fixed); sizes are at most these."""
    many = draw(st.integers(1, rounds))
    people = draw(st.integers(2, participants))
    number = st.integers(0, people - 1)
    subset = st.sets(st.integers(0, many - 1), max_size=many).map(lambda rounds: tuple(sorted(rounds)))
    pairs = draw(st.lists(st.tuples(number, number), max_size=meetings))
    some = st.lists(st.integers(0, len(pairs) - 1), max_size=3, unique=True).map(tuple) if pairs else st.just(())
    two = st.tuples(st.integers(0, len(pairs) - 1), st.integers(0, len(pairs) - 1)) if pairs else st.nothing()
    return Problem(
        tables=tuple(draw(st.sets(st.integers(1, 4), max_size=3).map(sorted).map(tuple)) for _ in range(many)),
        participants=tuple(
            Participant(
                key=f"p{each}",
                busy=draw(st.just(()) | subset),
                most=draw(st.none() | st.integers(0, many)),
                stays=draw(st.booleans()),
            )
            for each in range(people)
        ),
        meetings=tuple(
            Meeting(
                key=f"m{each}",
                a=a,
                b=b,
                value=draw(st.integers(0, 5)),
                rounds=draw(st.none() | subset),
                forbidden=draw(st.integers(0, 9)) == 0,
            )
            for each, (a, b) in enumerate(pairs)
        ),
        wishes=tuple(
            Wish(key=f"w{each}", owner=draw(st.sampled_from("xyz")), meetings=draw(some), must=draw(st.booleans()))
            for each in range(draw(st.integers(0, wishes)))
        ),
        exclusive=tuple(draw(st.lists(some, max_size=2))) if pairs else (),
        before=tuple(draw(st.lists(two, max_size=2))) if pairs else (),
        spread=draw(st.none() | st.integers(0, 2)),
        past=draw(st.sampled_from((0, 0, 0, 1))),
    )


@st.composite
def planned(draw: st.DrawFn) -> tuple[Problem, tuple[Placed, ...]]:
    """A problem with one of its plans; some of what the plan holds is promised (least, required, fixed, announced)."""
    problem = draw(problems())
    held: list[Placed] = []
    free = list(range(len(problem.meetings)))
    for number in draw(st.permutations(free)) if free else ():
        options = [
            place
            for each, tables in enumerate(problem.tables)
            for place in (at(each, number, table) for table in tables)
            if not broken(problem, [*held, place])
        ]
        if draw(st.integers(0, 3)) and options:
            held.append(draw(st.sampled_from(options)))
    some = st.sets(st.sampled_from(held or [at(0, 0)]), max_size=len(held))
    required = {place.meeting for place in draw(some)}
    count = [sum(each in pair(problem, place.meeting) for place in held) for each in range(len(problem.participants))]
    promised = replace(
        problem,
        participants=tuple(
            replace(participant, least=draw(st.integers(0, many)))
            for participant, many in zip(problem.participants, count, strict=True)
        ),
        meetings=tuple(replace(each, required=number in required) for number, each in enumerate(problem.meetings)),
        fixed=tuple(sorted(draw(some))),
        announced=tuple(sorted(draw(some))),
    )
    return promised, tuple(sorted(held))


def pair(problem: Problem, number: int) -> set[int]:
    """Who meets."""
    return {problem.meetings[number].a, problem.meetings[number].b}


def served(problem: Problem, held: Iterable[Placed]) -> set[int]:
    """The wishes that these meetings serve."""
    numbers = {place.meeting for place in held}
    return {number for number, wish in enumerate(problem.wishes) if numbers & {*wish.meetings}}


def broken(problem: Problem, held: list[Placed]) -> set[str]:
    """The names of the rules that these break, found without haste."""
    unknown = [place for place in held if not 0 <= place.meeting < len(problem.meetings)]
    held = [place for place in held if place not in unknown]
    outside = [place for place in held if not 0 <= place.round < problem.rounds]
    held = sorted({place for place in held if place not in outside}, key=str)
    rounds = {place.meeting: place.round for place in sorted(held, key=lambda each: each.round, reverse=True)}
    people = range(len(problem.participants))
    many = [sum(each in pair(problem, number) for number in rounds) for each in people]
    fixed = {(place.meeting, place.round) for place in problem.fixed}
    apart = [(one, two) for one in held for two in held if one.round == two.round and one.meeting < two.meeting]
    found = {
        "unknown_meeting": bool(unknown),
        "unknown_round": bool(outside),
        "both_sides": any(len(pair(problem, number)) == 1 for number in rounds),
        "twice": len(held) > len(rounds),
        "one_at_a_time": any(pair(problem, one.meeting) & pair(problem, two.meeting) for one, two in apart),
        "busy": any(
            place.round in problem.participants[each].busy for place in held for each in pair(problem, place.meeting)
        ),
        "past": any(place.round < problem.past and (place.meeting, place.round) not in fixed for place in held),
        "rounds": any(
            (own := problem.meetings[place.meeting].rounds) is not None and place.round not in own for place in held
        ),
        "forbidden": any(problem.meetings[number].forbidden for number in rounds),
        "required": any(each.required and number not in rounds for number, each in enumerate(problem.meetings)),
        "fixed": any(
            not any(
                each.meeting == place.meeting and each.round == place.round and place.table in (None, each.table)
                for each in held
            )
            for place in problem.fixed
        ),
        "table_missing": any(
            place.table is not None and place.table not in problem.tables[place.round] for place in held
        ),
        "table_taken": any(one.table == two.table and one.table in problem.tables[one.round] for one, two in apart),
        "tables": any(
            len({place.meeting for place in held if place.round == each}) > len({*tables})
            for each, tables in enumerate(problem.tables)
        ),
        "least": any(many[each] < problem.participants[each].least for each in people),
        "most": any((most := problem.participants[each].most) is not None and many[each] > most for each in people),
        "exclusive": any(len({*group} & rounds.keys()) > 1 for group in problem.exclusive),
        "before": any(
            {first, second} <= rounds.keys() and rounds[first] >= rounds[second] for first, second in problem.before
        ),
    }
    return {name for name, is_broken in found.items() if is_broken}
