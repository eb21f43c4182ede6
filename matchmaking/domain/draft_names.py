"""People, meetings and rounds of a problem by their names, for sentences about a plan."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from digital_days.kernel.i18n import _, format_time
from matchmaking.domain.asking import Asked
from matchmaking.domain.draft_seats import Seat, somebody
from matchmaking.engine.problem import Wish


class DraftNames(Struct, frozen=True, kw_only=True, dict=True):
    """``seats`` by participants' codes."""

    asked: Asked
    seats: Mapping[str, Seat]

    @cached_property
    def organisations(self) -> dict[str, str]:
        """By code."""
        return {each.organisation_code: each.organisation for each in self.seats.values()}

    def person(self, participant: int) -> str:
        """With their organisation."""
        code = self.asked.problem.participants[participant].key
        return self.seats[code].words if code in self.seats else somebody(self.seats, code)

    def people(self, participants: Iterable[int]) -> str:
        """In a row."""
        return ", ".join(self.person(each) for each in participants)

    def meeting(self, meeting: int) -> str:
        """The two, by their names alone."""
        return self.pair(*self.asked.problem.meetings[meeting].key.split(" "))

    def meetings(self, meetings: Iterable[int]) -> str:
        """In a row."""
        return ", ".join(self.meeting(each) for each in meetings)

    def pair(self, one: str, other: str) -> str:
        """Two participants, by their codes."""
        return _("%(one)s et %(other)s", one=somebody(self.seats, one), other=somebody(self.seats, other))

    def round(self, at: int) -> str:
        """Its number and hour; ``at`` from 0."""
        if not 0 <= at < len(self.asked.rounds):
            return _("ronde %(number)s", number=at + 1)
        begins = format_time(self.asked.rounds[at].starts_at)
        return _("ronde %(number)s (%(time)s)", number=at + 1, time=begins)

    def wish(self, wish: Wish) -> tuple[str, str]:
        """Who wishes, and whom."""
        by, about = wish.key.split(" ")
        return self.organisations.get(by, "?"), self.organisations.get(about, "?")
