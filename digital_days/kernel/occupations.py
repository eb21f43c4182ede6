"""Where people are expected, many of them at once, with what it is called: every service names its own entries."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database


class Occupation(Struct, frozen=True, kw_only=True):
    """``title`` is empty where no service names it any more."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    title: str


Titles = Callable[[Collection[str]], Awaitable[Mapping[str, str]]]
"""Of entries of one source, by their codes, in the reader's language; one query however many they are."""

_titles: dict[str, Titles] = {}

_ENTRIES = """
    SELECT person AS person_id, starts_at, ends_at, source, source_code FROM agenda_entry
    WHERE person = ANY($1) AND starts_at < $3 AND $2 < ends_at AND source <> ALL($4) ORDER BY starts_at, id
"""


def add_titles(titles: Mapping[str, Titles]) -> None:
    """By the entries' sources; called at start-up. Again is harmless."""
    _titles.update(titles)


async def occupations(
    people: Collection[int], starts_at: datetime, ends_at: datetime, *, but: Collection[str] = ()
) -> list[Occupation]:
    """In this span, by time, of whatever edition, ``but`` the entries of these sources; one query and one a source."""
    rows = await database.fetch(_ENTRIES, list(people), starts_at, ends_at, list(but))
    codes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        codes[row["source"]].append(row["source_code"])
    named = {source: await _titles[source](found) for source, found in codes.items() if source in _titles}
    return [
        Occupation(
            person_id=row["person_id"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            title=named.get(row["source"], {}).get(row["source_code"], ""),
        )
        for row in rows
    ]
