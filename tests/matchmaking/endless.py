"""A problem that nobody solves to the proof while a test waits."""

from random import Random

from matchmaking.engine.problem import Meeting, Participant, Problem, Wish

_RANDOM = Random(5)
_PAIRS = sorted({(_RANDOM.randrange(120), 120 + _RANDOM.randrange(30)) for _ in range(1500)})

ENDLESS = Problem(
    tables=((*range(1, 26),),) * 14,
    participants=tuple(
        Participant(key=f"p{number}", busy=tuple(_RANDOM.sample(range(14), 3)), stays=number >= 120)
        for number in range(150)
    ),
    meetings=tuple(Meeting(key=f"p{a} p{b}", a=a, b=b, value=_RANDOM.randrange(100)) for a, b in _PAIRS),
    wishes=tuple(Wish(key=f"w{number}", owner=f"{a}", meetings=(number,)) for number, (a, _b) in enumerate(_PAIRS)),
    spread=0,
)
