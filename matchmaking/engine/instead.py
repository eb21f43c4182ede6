"""Which meetings would have to go for another to be held, and whose wishes with them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from matchmaking.engine.problem import Placed
from matchmaking.engine.standing import Standing, bits


class Instead(Struct, frozen=True, kw_only=True):
    """Held there, in place of these meetings; ``lost`` wishes would be served no more, ``gained`` would be served."""

    hold: Placed
    meetings: tuple[int, ...]
    lost: tuple[int, ...]
    gained: tuple[int, ...]


class Exchanges:
    """What a plan could hold instead of what it holds, everything else staying where it is."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.serves: dict[int, list[int]] = defaultdict(list)
        for number, wish in enumerate(standing.problem.wishes):
            for meeting in {*wish.meetings}:
                self.serves[meeting].append(number)
        problem = standing.problem
        stays = {place.meeting for place in problem.fixed}
        self.movable = {
            number: sum(standing.served_by[wish] == 1 for wish in self.serves[number])
            for number, at in standing.rounds.items()
            if number not in stays and not problem.meetings[number].required and at >= problem.past
        }
        self.of_participant = [self._cheapest(mine.values()) for mine in standing.mine]
        self.of_round = [self._cheapest(inside) for inside in standing.inside]

    def cheapest(self, number: int) -> Instead | None:
        """Of a meeting that is not held: what costs the fewest wishes; None: the rules allow none. O(rounds)."""
        standing = self.standing
        meeting = standing.problem.meetings[number]
        if meeting.forbidden or meeting.a == meeting.b:
            return None
        rounds = standing.own(number) & standing.open_ & ~standing.away[meeting.a] & ~standing.away[meeting.b]
        for _pair, mask in standing.misordered(number):
            rounds &= ~mask
        always = self._whenever(number)
        found = []
        for at in bits(rounds):
            going = {each for each in self._at(number, at, always) if each is not None}
            if going <= self.movable.keys() and self._fits(number, at, going):
                found.append((sum(self.movable[each] for each in going), len(going), at, going))
        if not found:
            return None
        _cost, _many, at, going = min(found, key=lambda option: option[:3])
        return self._exchange(number, at, going)

    def _cheapest(self, numbers: Iterable[int]) -> int | None:
        movable = self.movable
        return min((each for each in numbers if each in movable), key=lambda each: (movable[each], each), default=None)

    def _whenever(self, number: int) -> set[int]:
        return {rival for rivals in self.standing.rivals(number).values() for rival in rivals}

    def _at(self, number: int, at: int, always: set[int]) -> set[int | None]:
        standing = self.standing
        meeting = standing.problem.meetings[number]
        going: set[int | None] = {*always, standing.mine[meeting.a].get(at), standing.mine[meeting.b].get(at)}
        for participant in (meeting.a, meeting.b):
            if standing.sated(participant) and going.isdisjoint(standing.mine[participant].values()):
                going.add(self.of_participant[participant])
        if standing.full >> at & 1 and going.isdisjoint(standing.inside[at]):
            going.add(self.of_round[at])
        return going

    def _fits(self, number: int, at: int, going: set[int]) -> bool:
        """Whether there is room then, and everybody still has as many meetings as they must."""
        standing = self.standing
        problem = standing.problem
        if standing.full >> at & 1 and going.isdisjoint(standing.inside[at]):
            return False
        pair = (problem.meetings[number].a, problem.meetings[number].b)
        change = Counter(dict.fromkeys(pair, 1))
        change.subtract(each for gone in going for each in (problem.meetings[gone].a, problem.meetings[gone].b))
        for participant, more in change.items():
            asked, many = problem.participants[participant], len(standing.mine[participant]) + more
            if (more < 0 and many < asked.least) or (more > 0 and asked.most is not None and many > asked.most):
                return False
        return True

    def _exchange(self, number: int, at: int, going: set[int]) -> Instead:
        standing = self.standing
        left = (standing.places[each].table for each in sorted(going) if standing.rounds[each] == at)
        change = Counter(self.serves[number])
        change.subtract(wish for each in going for wish in self.serves[each])
        before = standing.served_by
        return Instead(
            hold=Placed(round=at, meeting=number, table=next(left, standing.free_table[at])),
            meetings=tuple(sorted(going)),
            lost=tuple(sorted(wish for wish, more in change.items() if before[wish] > 0 >= before[wish] + more)),
            gained=tuple(sorted(wish for wish, more in change.items() if before[wish] + more > 0 >= before[wish])),
        )
