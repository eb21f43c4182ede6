"""What a level reaches, and whether more would be possible, in plain words."""

import pytest

from digital_days.kernel.i18n import _
from matchmaking.domain.level_words import LEVEL_NAMES, level_line
from matchmaking.engine.plan import Level, LevelName
from matchmaking.engine.problem import Problem, Wish
from matchmaking.engine.protocol import Request

WISHES = tuple(
    Wish(key=f"{owner} {number}", owner=owner, meetings=(), must=number == 0) for owner in "xy" for number in range(3)
)
REQUEST = Request(problem=Problem(tables=(), participants=(), meetings=(), wishes=WISHES))
PROVEN = "Prouvé\N{NO-BREAK SPACE}: on ne peut pas faire mieux."


@pytest.mark.parametrize(
    ("name", "value", "bound", "text", "proof"),
    [
        ("kept", (1,), (3,), "1 rencontre", "Au mieux 2 de plus."),
        ("musts", (2,), (2,), "2 sur 2; 2 organisations sur 2 en ont au moins un.", PROVEN),
        (
            "wishes",
            (2, 1, 0),
            (2, 2, 1),
            "3 sur 6; 2 organisations sur 2 en ont au moins un.",
            "Au mieux, 1 organisation de plus en aurait au moins 2.",
        ),
        ("value", (70,), (72,), "70 points", "Au mieux 2 points de plus."),
        ("breaks", (0, 4), (0, 1), "4 pauses", "Au mieux 3 de moins."),
        (
            "breaks",
            (2, 1),
            (1, 0),
            "1 pause; l’écart permis est dépassé de 2",
            "Au mieux, l’écart serait dépassé de 1.",
        ),
        ("moves", (5,), (5,), "5 changements", PROVEN),
    ],
)
def test_level_is_said(name: LevelName, value: tuple[int, ...], bound: tuple[int, ...], text: str, proof: str):
    line = level_line(Level(name=name, value=value, bound=bound), REQUEST)

    assert (line.name, line.text, line.proof, line.proven) == (_(LEVEL_NAMES[name]), text, proof, value == bound)


def test_without_any_wish_that_is_said():
    empty = Request(problem=Problem(tables=(), participants=(), meetings=()))

    assert level_line(Level(name="wishes", value=(), bound=()), empty).text == "Aucun souhait"
