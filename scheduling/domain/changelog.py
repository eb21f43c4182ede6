"""What each release changed, for everybody to read: kept in memory, since a release never changes."""

from datetime import timedelta

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.revalidated import Revalidated
from scheduling.domain import documents
from scheduling.domain.changes import Change, changes
from scheduling.domain.import_plan import compare
from scheduling.domain.programme_facts import Facts
from scheduling.domain.releases import Release

MOST = 20
NEWS = timedelta(days=3)


class Entry(Struct, frozen=True, kw_only=True):
    """A release and what it changed; the first one changes nothing, ``slots`` counts what it began with."""

    release: Release
    changes: tuple[Change, ...]
    slots: int


class Changelog(Struct, frozen=True, kw_only=True):
    """The last ``MOST`` entries, the latest first; ``codes`` and ``slot_codes`` name by key what still is on."""

    version: str
    entries: tuple[Entry, ...]
    codes: dict[str, str]
    slot_codes: dict[tuple[str, str], str]

    def news(self) -> dict[str, Change]:
        """By slot: how it moved in these days, seen from where it was before."""
        since = clock.now() - NEWS
        found: dict[str, Change] = {}
        for entry in self.entries:
            if entry.release.created_at < since:
                break
            for change in entry.changes:
                code = self.slot_codes.get((change.activity, change.slot))
                if change.kind == "moved" and code and code not in found:
                    found[code] = change
        return found


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
    codes = await database.fetch(
        """
        SELECT a.source_id AS activity, a.code, s.source_id AS slot, s.code AS slot_code
        FROM activity a LEFT JOIN slot s ON s.activity = a.id WHERE a.edition = $1
        """,
        edition_id,
    )
    return Changelog(
        version=version,
        entries=tuple(reversed(entries[-MOST:])),
        codes={row["activity"]: row["code"] for row in codes},
        slot_codes={(row["activity"], row["slot"]): row["slot_code"] for row in codes if row["slot"]},
    )


_changelogs = Revalidated(_version, _read)
