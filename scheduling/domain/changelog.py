"""What each release changed, for everybody to read: kept in memory, since a release never changes."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.revalidated import Revalidated
from scheduling.domain import documents
from scheduling.domain.changes import Change, changes
from scheduling.domain.import_plan import compare
from scheduling.domain.programme_facts import Facts
from scheduling.domain.releases import Release

MOST = 20


class Entry(Struct, frozen=True, kw_only=True):
    """A release and what it changed; the first one changes nothing, ``slots`` counts what it began with."""

    release: Release
    changes: tuple[Change, ...]
    slots: int


class Changelog(Struct, frozen=True, kw_only=True):
    """The last ``MOST`` entries, the latest first; ``codes`` of the activities that still are on, by their key."""

    version: str
    entries: tuple[Entry, ...]
    codes: dict[str, str]


async def changelog_of(edition_id: int) -> Changelog:
    """At most a second old; usually without a question to the database."""
    return await _changelogs.get(edition_id)


async def _version(edition_id: int) -> str:
    row = await database.fetch_one("SELECT count(*) AS number FROM release WHERE edition = $1", edition_id)
    return str(row["number"] if row else 0)


async def _read(edition_id: int, version: str) -> Changelog:
    rows = await database.fetch(
        """
        SELECT number, name, created_at, document::text FROM release WHERE edition = $1
        ORDER BY number DESC LIMIT $2
        """,
        edition_id,
        MOST + 1,
    )
    entries: list[Entry] = []
    before = Facts()
    for row in reversed(rows):
        after = documents.facts_in(documents.read(row["document"]))
        entries.append(
            Entry(
                release=Release(number=row["number"], name=row["name"], created_at=row["created_at"]),
                changes=tuple(changes(compare(before, after))) if entries else (),
                slots=len(after.slots),
            )
        )
        before = after
    codes = await database.fetch("SELECT source_id, code FROM activity WHERE edition = $1", edition_id)
    return Changelog(
        version=version,
        entries=tuple(reversed(entries[-MOST:])),
        codes={row["source_id"]: row["code"] for row in codes},
    )


_changelogs = Revalidated(_version, _read)
