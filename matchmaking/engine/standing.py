"""What a plan leaves open, as bits: who is free when, where there is a table, what may still move."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from matchmaking.engine.problem import Placed, Problem


def bits(mask: int) -> tuple[int, ...]:
    """The rounds in a mask, in order."""
    return tuple(at for at in range(mask.bit_length()) if mask >> at & 1)


def mask_of(rounds: Iterable[int], limit: int) -> int:
    """The mask of those of these rounds that exist."""
    return sum(1 << at for at in {*rounds} if 0 <= at < limit)


class Standing:
    """Of meetings that are held (each once, in rounds that exist); masks have a bit for each round.

    ``away``: busy rounds of each participant; ``mine``: their meetings by round. ``full``: rounds without a table left.
    ``open_``: rounds that are not past. ``pinned``: meetings that are fixed, or are in the round that was announced.
    ``free_table``: in each round a number that nobody has; ``new_table``: one that isn't there (of another round, if
    there is one). ``served_by``: how many meetings serve each wish that is served.
    """

    def __init__(self, problem: Problem, held: Iterable[Placed]) -> None:
        count = problem.rounds
        self.problem = problem
        self.places = {place.meeting: place for place in held}
        self.rounds = {number: place.round for number, place in self.places.items()}
        self.mine: list[dict[int, int]] = [{} for _ in problem.participants]
        self.inside: list[list[int]] = [[] for _ in range(count)]
        for number, at in self.rounds.items():
            meeting = problem.meetings[number]
            self.mine[meeting.a][at] = self.mine[meeting.b][at] = number
            self.inside[at].append(number)
        self.taken = [mask_of(mine, count) for mine in self.mine]
        self.away = [mask_of(participant.busy, count) for participant in problem.participants]
        self.every = (1 << count) - 1
        self.open_ = self.every & ~((1 << max(0, problem.past)) - 1)
        room = [len(set(tables)) for tables in problem.tables]
        self.full = mask_of((at for at in range(count) if len(self.inside[at]) >= room[at]), count)
        self.groups: dict[int, list[int]] = defaultdict(list)
        for group, numbers in enumerate(problem.exclusive):
            for number in dict.fromkeys(numbers):
                self.groups[number].append(group)
        self.pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair in sorted({*problem.before}):
            for number in {*pair}:
                self.pairs[number].append(pair)
        self.pinned = {place.meeting for place in problem.fixed} | {
            place.meeting for place in problem.announced if self.rounds.get(place.meeting) == place.round
        }
        everywhere = {table for tables in problem.tables for table in tables}
        following = max(everywhere, default=0) + 1
        self.free_table = [self._free_table(at) for at in range(count)]
        self.new_table = [min(everywhere - set(tables), default=following) for tables in problem.tables]
        self.served_by = Counter(self._serving())

    def _serving(self) -> Iterator[int]:
        for number, wish in enumerate(self.problem.wishes):
            for meeting in {*wish.meetings}:
                if meeting in self.rounds:
                    yield number

    def own(self, number: int) -> int:
        """The rounds in which the meeting may be, past or not."""
        rounds = self.problem.meetings[number].rounds
        return self.every if rounds is None else mask_of(rounds, self.problem.rounds)

    def misordered(self, number: int) -> list[tuple[tuple[int, int], int]]:
        """The precedences that speak against the meeting in some rounds, and in which."""
        found = []
        for first, second in self.pairs.get(number, ()):
            if first == second:
                mask = self.every
            elif first == number:
                mask = self.every & ~((1 << self.rounds[second]) - 1) if second in self.rounds else 0
            else:
                mask = (2 << self.rounds[first]) - 1 if first in self.rounds else 0
            if mask:
                found.append(((first, second), mask))
        return found

    def rivals(self, number: int) -> dict[int, tuple[int, ...]]:
        """By group: other meetings that are held and exclude this one."""
        exclusive = self.problem.exclusive
        found = {
            group: tuple(sorted({each for each in exclusive[group] if each != number and each in self.rounds}))
            for group in self.groups.get(number, ())
        }
        return {group: rivals for group, rivals in found.items() if rivals}

    def sated(self, participant: int) -> bool:
        """Whether they have as many meetings as they may."""
        most = self.problem.participants[participant].most
        return most is not None and len(self.mine[participant]) >= most

    def _free_table(self, at: int) -> int | None:
        used = {self.places[number].table for number in self.inside[at]}
        return min((table for table in self.problem.tables[at] if table not in used), default=None)
