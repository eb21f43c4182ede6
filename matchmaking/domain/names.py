"""What the numbers and keys of a problem are for people: who, whose house, when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO, _, format_day, format_time, format_time_range
from matchmaking.domain.rounds import Round
from matchmaking.engine.problem import Problem


class Named(Struct, frozen=True, kw_only=True):
    """A participant; ``house`` is their organisation's code."""

    code: str
    name: str
    house: str
    organisation: str

    @property
    def in_words(self) -> str:
        """« Bob Roy (Maison Roy) »."""
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


def gone() -> Named:
    """Whoever is no longer there."""
    return Named(code="", name=_("quelqu’un qui ne participe plus"), house="", organisation="")


class Names(Struct, frozen=True, kw_only=True):
    """Participants and organisations by their codes; whoever is gone by now is said to be so."""

    problem: Problem
    rounds: tuple[Round, ...]
    people: Mapping[str, Named]
    organisations: Mapping[str, str]
    somebody_of: Mapping[str, str]
    """Of each organisation (by code) the code of one who takes part for it."""

    def named(self, number: int) -> Named:
        """A participant of the problem."""
        return self.people.get(self.problem.participants[number].key) or gone()

    def person(self, number: int) -> str:
        """« Bob Roy (Maison Roy) »."""
        return self.named(number).in_words

    def meeting(self, number: int) -> str:
        """« Bob Roy (Maison Roy) et Carole Lee (Centre Lee) »."""
        one, other = self.problem.pair(number)
        return _("%(one)s et %(other)s", one=self.person(one), other=self.person(other))

    def partner(self, meeting: int, participant: int) -> str:
        """With whom somebody is in a meeting: the house, as people know it."""
        one, other = self.problem.pair(meeting)
        named = self.named(other if one == participant else one)
        return named.organisation or named.name

    def organisation(self, code: str) -> str:
        """Its name."""
        return self.organisations.get(code) or _("une organisation qui ne participe plus")

    def wish(self, number: int) -> tuple[str, str]:
        """Whose it is, and about whom."""
        wish = self.problem.wishes[number]
        return self.organisation(wish.owner), self.organisation(wish.key.split(" ")[-1])

    @property
    def houses(self) -> list[str]:
        """The codes of all whose people are in the problem, in their order."""
        found = (self.named(number).house for number in range(len(self.problem.participants)))
        return [house for house in dict.fromkeys(found) if house]

    def at(self, number: int) -> str:
        """« 10 h 20 »; with its day where the rounds are on several days."""
        if not 0 <= number < len(self.rounds):
            return _("une ronde de plus")
        starts_at = self.rounds[number].starts_at
        return self._on(starts_at, format_time(starts_at))

    def spans(self, numbers: Sequence[int]) -> str:
        """« 9 h à 9 h 35, 11 h à 11 h 15 »: one after the other is one span."""
        known = sorted(number for number in set(numbers) if 0 <= number < len(self.rounds))
        return ", ".join(self._span(first, last) for first, last in _runs(known, self.rounds))

    def _span(self, first: int, last: int) -> str:
        starts_at, ends_at = self.rounds[first].starts_at, self.rounds[last].ends_at
        return self._on(starts_at, format_time_range(starts_at, ends_at))

    def _on(self, moment: datetime, said: str) -> str:
        days = {each.starts_at.astimezone(TORONTO).date() for each in self.rounds}
        return said if len(days) < 2 else f"{format_day(moment)}, {said}"


def _runs(numbers: Iterable[int], rounds: Sequence[Round]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1 and rounds[runs[-1][1]].session == rounds[number].session:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


_PEOPLE = """
    SELECT m.code, p.name, o.code AS house, o.name AS organisation
    FROM match_participant m JOIN match_organisation o ON o.id = m.organisation JOIN person p ON p.id = m.person
    WHERE m.edition = $1 AND m.code = ANY($2) ORDER BY m.id
"""
_ORGANISATIONS = "SELECT code, name FROM match_organisation WHERE edition = $1"


async def people_called(edition_id: int, codes: Collection[str]) -> dict[str, Named]:
    """Participants by their codes, as far as they exist; one query."""
    return {row["code"]: Named(**row) for row in await database.fetch(_PEOPLE, edition_id, list(codes))}


async def organisation_names(edition_id: int) -> dict[str, str]:
    """By code, whoever takes part for them; one query."""
    return {row["code"]: row["name"] for row in await database.fetch(_ORGANISATIONS, edition_id)}


async def names_of(edition_id: int, problem: Problem, rounds: Sequence[Round]) -> Names:
    """Of all whom the problem speaks of; two queries."""
    people = await people_called(edition_id, [each.key for each in problem.participants])
    organisations = await organisation_names(edition_id)
    return Names(
        problem=problem,
        rounds=tuple(rounds),
        people=people,
        organisations=organisations,
        somebody_of={named.house: code for code, named in reversed(people.items())},
    )
