"""Where participants are instead of at a table, in words: by their agenda, and by their own word."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import _, format_time_range
from digital_days.kernel.occupations import occupations
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.rounds import Round

MOST_SAID = 3


class Elsewhere(Struct, frozen=True, kw_only=True, order=True):
    """``title`` is what their agenda calls it; ``own``: they have said themselves that they cannot."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    own: bool = False

    @property
    def in_words(self) -> str:
        """To follow a name."""
        times = format_time_range(self.starts_at, self.ends_at)
        if self.own:
            return _("a dit ne pas pouvoir de %(times)s", times=times)
        if self.title:
            return _("est à « %(title)s » de %(times)s", title=self.title, times=times)
        return _("a autre chose à son agenda de %(times)s", times=times)

    @property
    def to_themselves(self) -> str:
        """The same, said to whom it is about."""
        times = format_time_range(self.starts_at, self.ends_at)
        if self.own:
            return _("vous avez dit ne pas pouvoir de %(times)s", times=times)
        if self.title:
            return _("vous êtes à « %(title)s » de %(times)s", title=self.title, times=times)
        return _("vous avez autre chose à votre agenda de %(times)s", times=times)


Whereabouts = Mapping[str, Sequence[Elsewhere]]
"""By participants' codes; by time."""

_PEOPLE = "SELECT code, person FROM match_participant WHERE edition = $1 AND code = ANY($2)"
_ABSENT = """
    SELECT m.code, a.starts_at, a.ends_at FROM match_absence a JOIN match_participant m ON m.id = a.participant
    WHERE m.edition = $1 AND m.code = ANY($2)
"""


async def whereabouts_of(edition_id: int, codes: Collection[str], rounds: Sequence[Round]) -> Whereabouts:
    """During these rounds, as agendas are now; a handful of queries, however many people."""
    if not codes or not rounds:
        return {}
    starts_at, ends_at = min(each.starts_at for each in rounds), max(each.ends_at for each in rounds)
    seats = {row["person"]: row["code"] for row in await database.fetch(_PEOPLE, edition_id, list(codes))}
    found: dict[str, list[Elsewhere]] = defaultdict(list)
    for each in await occupations(seats.keys(), starts_at, ends_at, but=list(SOURCES.values())):
        found[seats[each.person_id]].append(Elsewhere(starts_at=each.starts_at, ends_at=each.ends_at, title=each.title))
    for row in await database.fetch(_ABSENT, edition_id, list(codes)):
        found[row["code"]].append(Elsewhere(starts_at=row["starts_at"], ends_at=row["ends_at"], own=True))
    return {code: sorted(spans) for code, spans in found.items()}


def during(spans: Sequence[Elsewhere], rounds: Sequence[Round]) -> list[Elsewhere]:
    """Those that take any of these rounds."""
    return [span for span in spans if any(each.overlaps(span.starts_at, span.ends_at) for each in rounds)]


def in_words(spans: Sequence[Elsewhere]) -> str:
    """To follow a name, the first few; empty where there is nothing to say."""
    said = "; ".join(span.in_words for span in spans[:MOST_SAID])
    return f"{said}…" if len(spans) > MOST_SAID else said
