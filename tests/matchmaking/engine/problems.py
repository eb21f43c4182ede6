"""Tiny problems with every kind of rule, for trying all plans of them."""

from hypothesis import strategies as st

from matchmaking.engine.problem import Meeting, Participant, Placed, Problem, Wish

NUMBERS = st.integers


@st.composite
def tiny_problems(draw: st.DrawFn, *, fixed: bool = True, demanding: bool = False) -> Problem:
    rounds = draw(NUMBERS(1, 3))
    people = draw(NUMBERS(2, 5))
    some_rounds = st.sets(NUMBERS(0, rounds - 1), max_size=rounds).map(lambda each: tuple(sorted(each)))
    pairs = st.tuples(NUMBERS(0, people - 1), NUMBERS(0, people - 1)).filter(lambda pair: pair[0] != pair[1])
    meetings = draw(st.lists(pairs, min_size=1, max_size=6 if rounds < 3 else 5))
    numbers = NUMBERS(0, len(meetings) - 1)
    rare = st.sampled_from([False] * 7 + [True])
    groups = st.lists(numbers, min_size=2, max_size=3, unique=True).map(tuple) if len(meetings) > 1 else st.nothing()
    places = st.builds(Placed, round=NUMBERS(0, rounds - 1), meeting=numbers, table=st.one_of(st.none(), NUMBERS(1, 3)))
    return Problem(
        tables=tuple(tuple(range(1, 1 + draw(NUMBERS(0, 3)))) for _ in range(rounds)),
        participants=tuple(
            Participant(
                key=f"p{number}",
                busy=draw(some_rounds) if draw(rare) else (),
                least=draw(st.sampled_from([0, 1, 2] if demanding else [0] * 9 + [1])),
                most=draw(st.sampled_from([None, None, None, 1, 2])),
                stays=draw(st.booleans()),
            )
            for number in range(people)
        ),
        meetings=tuple(
            Meeting(
                key=f"m{number}",
                a=a,
                b=b,
                value=draw(NUMBERS(0, 4)),
                rounds=draw(some_rounds) if draw(rare) else None,
                required=draw(st.booleans() if demanding else st.sampled_from([False] * 15 + [True])),
                forbidden=draw(st.sampled_from([False] * 15 + [True])),
            )
            for number, (a, b) in enumerate(meetings)
        ),
        wishes=tuple(
            Wish(key=f"w{number}", owner=f"o{draw(NUMBERS(0, 2))}", meetings=served, must=draw(st.booleans()))
            for number, served in enumerate(
                draw(st.lists(st.lists(numbers, max_size=3, unique=True).map(tuple), max_size=5))
            )
        ),
        exclusive=tuple(draw(st.lists(groups, max_size=2))) if len(meetings) > 1 else (),
        fixed=tuple(draw(st.lists(places, max_size=1))) if fixed and draw(rare) else (),
        before=tuple(draw(st.lists(st.tuples(numbers, numbers), max_size=1))) if draw(rare) else (),
        spread=draw(st.sampled_from([None, None, 0, 1])),
        announced=tuple(draw(st.lists(places, max_size=4))) if draw(st.booleans()) else (),
        past=draw(st.sampled_from([0, 0, 0, 1])),
    )
