"""The activities of the draft as a list to search, with what is still missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.people import fold
from scheduling.domain.words import Words

PER_PAGE = 50
State = Literal["published", "new", "changed"]


class Wanted(Struct, frozen=True, kw_only=True):
    """What to look for; labels by their slugs."""

    words: str = ""
    kind: str = ""
    theme: str = ""
    audience: str = ""
    without_slot: bool = False
    without_speaker: bool = False
    untranslated: bool = False

    def __bool__(self) -> bool:
        """Whether anything narrows the list."""
        return any(getattr(self, name) for name in self.__struct_fields__)


class Listed(Struct, frozen=True, kw_only=True):
    """``state``: public as it stands here, never public, or changed since the last version."""

    code: str
    title: Words
    kind: Words
    audience: Words
    speakers: Sequence[str]
    slots: int
    starts_at: datetime | None
    state: State
    is_translated: bool


class ListPage(Struct, frozen=True, kw_only=True):
    """``count`` is of all pages."""

    rows: Sequence[Listed]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.count // PER_PAGE))


def _said(activity: str) -> str:
    """All that a release would copy of this row, as one text to compare; ids differ between draft and public."""
    return f"""
        ROW({activity}.title_fr, {activity}.title_en, {activity}.subtitle, {activity}.summary_fr,
            {activity}.summary_en, {activity}.description_fr, {activity}.description_en, {activity}.language,
            {activity}.links, {activity}.extra, {activity}.minutes, {activity}.needs_workstations,
            (SELECT array_agg(ROW(l.facet, l.name_fr) ORDER BY l.facet) FROM label l
                WHERE l.id IN ({activity}.kind, {activity}.theme, {activity}.audience)),
            (SELECT array_agg(s.source_id ORDER BY w.position, w.id)
                FROM activity_speaker w JOIN speaker s ON s.id = w.speaker WHERE w.activity = {activity}.id),
            (SELECT array_agg(ROW(s.source_id, s.starts_at, s.ends_at, r.name, s.seats) ORDER BY s.source_id)
                FROM slot s LEFT JOIN room r ON r.id = s.room
                WHERE s.activity = {activity}.id AND s.state = 'scheduled')
        )::text
    """


_TRANSLATED = """
    (a.title_en <> '' AND (a.summary_en <> '' OR a.summary_fr = '')
        AND (a.description_en <> '' OR a.description_fr = ''))
"""
_LIST = f"""
    WITH a AS (
        SELECT a.*, k.name_fr AS kind_fr, k.name_en AS kind_en, u.name_fr AS audience_fr, u.name_en AS audience_en,
            e.draft_of, {_TRANSLATED} AS is_translated, count(*) OVER () AS found
        FROM activity a
        JOIN edition e ON e.id = a.edition
        LEFT JOIN label k ON k.id = a.kind LEFT JOIN label t ON t.id = a.theme LEFT JOIN label u ON u.id = a.audience
        WHERE a.edition = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) word WHERE position(word IN a.search_key) = 0)
            AND ($3 = '' OR k.slug = $3) AND ($4 = '' OR t.slug = $4) AND ($5 = '' OR u.slug = $5)
            AND NOT ($6 AND EXISTS (SELECT FROM slot s WHERE s.activity = a.id))
            AND NOT ($7 AND EXISTS (SELECT FROM activity_speaker s WHERE s.activity = a.id))
            AND NOT ($8 AND {_TRANSLATED})
        ORDER BY a.search_key COLLATE "C", a.id LIMIT {PER_PAGE} OFFSET $9
    )
    SELECT a.code, a.title_fr, a.title_en, a.kind_fr, a.kind_en, a.audience_fr, a.audience_en, a.is_translated,
        a.found,
        ARRAY(SELECT s.name FROM activity_speaker w JOIN speaker s ON s.id = w.speaker
            WHERE w.activity = a.id ORDER BY w.position, w.id) AS speakers,
        (SELECT count(*) FROM slot s WHERE s.activity = a.id) AS slots,
        (SELECT min(s.starts_at) FROM slot s WHERE s.activity = a.id) AS starts_at,
        CASE WHEN p.id IS NULL THEN 'new' WHEN {_said("p")} = {_said("a")} THEN 'published' ELSE 'changed' END AS state
    FROM a LEFT JOIN activity p ON p.edition = a.draft_of AND p.source_id = a.source_id
    ORDER BY a.search_key COLLATE "C", a.id
"""
# A key begins with the title, without accents: its order is that of a French reader.


async def planned_activities(draft_id: int, wanted: Wanted, page: int) -> ListPage:
    """One page of those that fit, by title, and how many there are; one query, whatever the number of activities."""
    rows = await database.fetch(
        _LIST,
        draft_id,
        fold(wanted.words).split(),
        wanted.kind,
        wanted.theme,
        wanted.audience,
        wanted.without_slot,
        wanted.without_speaker,
        wanted.untranslated,
        PER_PAGE * (page - 1),
    )
    if not rows and page > 1:  # a page that is no more: fewer are left than there were
        return await planned_activities(draft_id, wanted, 1)
    return ListPage(rows=[_listed(row) for row in rows], count=rows[0]["found"] if rows else 0, page=page)


def _listed(row: database.Row) -> Listed:
    return Listed(
        code=row["code"],
        title=Words(row["title_fr"], row["title_en"]),
        kind=Words(row["kind_fr"] or "", row["kind_en"] or ""),
        audience=Words(row["audience_fr"] or "", row["audience_en"] or ""),
        speakers=row["speakers"],
        slots=row["slots"],
        starts_at=row["starts_at"],
        state=row["state"],
        is_translated=row["is_translated"],
    )
