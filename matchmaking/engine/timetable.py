"""Meetings in rounds, with who is where, kept up to date as they come and go."""

from collections import defaultdict

from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem


class Timetable:
    """Knows what stands in the way of a meeting; whether it was open in that round is for the caller to see to."""

    def __init__(self, problem: Problem, opened: Openings) -> None:
        self.rounds: dict[int, int] = {}
        self.pairs = [(meeting.a, meeting.b) for meeting in problem.meetings]
        self.at: list[dict[int, int]] = [{} for _ in problem.participants]
        self.inside: list[list[int]] = [[] for _ in problem.tables]
        self.tables = [len(set(tables)) for tables in problem.tables]
        self.pinned = opened.must & {place.meeting for place in problem.fixed}
        self.after: dict[int, list[int]] = defaultdict(list)
        self.ahead: dict[int, list[int]] = defaultdict(list)
        for first, second in problem.before:
            self.after[first].append(second)
            self.ahead[second].append(first)

    def put(self, number: int, at: int) -> None:
        """Holds it there; nobody of the two has another then."""
        a, b = self.pairs[number]
        self.at[a][at] = self.at[b][at] = number
        self.rounds[number] = at
        self.inside[at].append(number)

    def take(self, number: int) -> int:
        """Holds it no more; gives the round in which it was."""
        at = self.rounds.pop(number)
        a, b = self.pairs[number]
        del self.at[a][at], self.at[b][at]
        self.inside[at].remove(number)
        return at

    def in_the_way(self, number: int, at: int) -> set[int]:
        """Meetings that cannot stay if this one is held then, tables aside."""
        a, b = self.pairs[number]
        found = {each for each in (self.at[a].get(at), self.at[b].get(at)) if each is not None}
        if number in self.after or number in self.ahead:
            found |= {each for each in self.after[number] if self.rounds.get(each, at + 1) <= at}
            found |= {each for each in self.ahead[number] if self.rounds.get(each, at - 1) >= at}
        return found - {number}

    def full(self, at: int) -> bool:
        """Whether all tables are taken."""
        return len(self.inside[at]) >= self.tables[at]
