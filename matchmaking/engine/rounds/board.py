"""A plan in the making: who is busy when, kept up to date move by move, so that a move costs what it touches."""

from collections.abc import Iterable

from matchmaking.engine.timing import Timing, breaks

NOWHERE = -1


class Board:
    """``at[m]``: the round of meeting m, or NOWHERE. Nobody is ever in two meetings at once, nor a table missing."""

    def __init__(self, timing: Timing) -> None:
        self.timing = timing
        self.at = [NOWHERE] * len(timing.pairs)
        self.load = [0] * timing.rounds
        self.busy = [0] * timing.participants  # bit t: has a meeting in round t
        self.holder = [[NOWHERE] * timing.rounds for _ in range(timing.participants)]
        self.allowed = [sum(1 << at for at in rounds) for rounds in timing.allowed]
        self.before: dict[int, list[int]] = {}
        self.after: dict[int, list[int]] = {}
        for first, second in timing.before:
            self.before.setdefault(second, []).append(first)
            self.after.setdefault(first, []).append(second)

    def put(self, meeting: int, at: int) -> None:
        """The meeting is in this round, in which its participants are free."""
        self.at[meeting] = at
        self.load[at] += 1
        for participant in self.timing.pairs[meeting]:
            self.busy[participant] |= 1 << at
            self.holder[participant][at] = meeting

    def take(self, meeting: int) -> None:
        """The meeting is nowhere for now."""
        at = self.at[meeting]
        self.at[meeting] = NOWHERE
        self.load[at] -= 1
        for participant in self.timing.pairs[meeting]:
            self.busy[participant] &= ~(1 << at)
            self.holder[participant][at] = NOWHERE

    def in_order(self, meeting: int, at: int) -> bool:
        """Whether those that come before and after, as far as they have a round, would be so."""
        return all(self.at[other] < at for other in self.before.get(meeting, ())) and all(
            self.at[other] > at or self.at[other] == NOWHERE for other in self.after.get(meeting, ())
        )

    def cost(self, participants: Iterable[int] | None = None) -> int:
        """The number of breaks of these participants, or of all."""
        return sum(
            breaks(self.busy[p]) for p in (range(self.timing.participants) if participants is None else participants)
        )
