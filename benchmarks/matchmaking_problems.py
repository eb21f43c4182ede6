"""Problems like those of a real speed dating: ranked wishes from both sides, some resources far more wanted."""

from random import Random

from msgspec import Struct

from matchmaking.engine.problem import Meeting, Participant, Problem, Wish

RANKS = (100, 90, 80, 70, 60, 55, 50, 45)
MUSTS = 2
COLLEAGUES = 0.1
"""Part of the businesses that send two people: either may go to a meeting, one of them does."""


class Size(Struct, frozen=True):
    businesses: int
    resources: int
    rounds: int
    tables: int

    def __str__(self) -> str:
        return f"{self.businesses:,} × {self.resources} × {self.rounds}"


MEDIUM = Size(200, 40, 12, 40)
LARGE = Size(1000, 150, 16, 120)
SIZES = (MEDIUM, LARGE, Size(2000, 270, 18, 220), Size(3000, 400, 20, 320))


def problem(size: Size, *, seed: int = 0, unavailable: float = 0.15, spread: int | None = 2) -> Problem:
    """The same for the same size and seed."""
    random = Random(seed)  # noqa: S311 - the same problem each time
    people = _people(size, random, unavailable)
    staff = [[number] for number in range(size.businesses)]
    for number in range(size.businesses, len(people) - size.resources):
        staff[random.randrange(size.businesses)].append(number)
    first = len(people) - size.resources
    wanted = [1 / (1 + rank) ** 0.5 for rank in range(size.resources)]
    pairs: dict[tuple[int, int], int] = {}
    wishes: list[tuple[str, int, int, int]] = []
    for business in range(size.businesses):
        for rank, resource in enumerate(_choose(range(size.resources), wanted, len(RANKS), random)):
            wishes.append((f"b{business}", business, resource, rank))
    for resource in range(size.resources):
        for rank, business in enumerate(random.sample(range(size.businesses), min(len(RANKS), size.businesses))):
            wishes.append((f"r{resource}", business, resource, rank))
    for _owner, business, resource, rank in wishes:
        pairs[business, resource] = pairs.get((business, resource), 0) + RANKS[rank]
    meetings: list[Meeting] = []
    of: dict[tuple[int, int], tuple[int, ...]] = {}
    for (business, resource), liked in pairs.items():
        of[business, resource] = tuple(range(len(meetings), len(meetings) + len(staff[business])))
        value = min(100, (liked + random.randrange(100)) // 2)
        meetings += [
            Meeting(key=f"m{person}-{resource}", a=person, b=first + resource, value=value)
            for person in staff[business]
        ]
    return Problem(
        tables=(tuple(range(1, size.tables + 1)),) * size.rounds,
        participants=tuple(people),
        meetings=tuple(meetings),
        wishes=tuple(
            Wish(key=f"{owner}:{rank}", owner=owner, meetings=of[business, resource], must=rank < MUSTS)
            for owner, business, resource, rank in wishes
        ),
        exclusive=tuple(group for group in of.values() if len(group) > 1),
        spread=spread,
    )


def _people(size: Size, random: Random, unavailable: float) -> list[Participant]:
    def busy() -> tuple[int, ...]:
        return tuple(number for number in range(size.rounds) if random.random() < unavailable)

    on_the_move = size.businesses + int(COLLEAGUES * size.businesses)
    return [
        *(Participant(key=f"b{number}", busy=busy(), most=8) for number in range(on_the_move)),
        *(Participant(key=f"r{number}", busy=busy(), stays=True) for number in range(size.resources)),
    ]


def _choose(among: range, weights: list[float], count: int, random: Random) -> list[int]:
    """Different ones, in the order of preference."""
    chosen: dict[int, None] = {}
    while len(chosen) < min(count, len(among)):
        chosen[random.choices(among, weights)[0]] = None
    return list(chosen)
