"""What the meetings were good for: kept, useful, next steps, by theme. Small numbers are shown to nobody."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized
from matchmaking.domain.outcome_words import NEXT_STEPS, USEFUL

ENOUGH = 3
"""Fewer answers than this could be guessed from who was there."""


class Tally(Struct, frozen=True, kw_only=True):
    """Meetings, and what was said of them; ``useful`` and ``next_steps`` count people's answers."""

    meetings: int
    held: int
    missed: int
    cancelled: int
    useful: dict[int, int]
    next_steps: dict[str, int]
    shared: int

    @property
    def answers(self) -> int:
        """How many people said something."""
        return sum(self.useful.values())

    @property
    def is_enough(self) -> bool:
        """Whether the answers may be shown."""
        return self.answers >= ENOUGH


class Theme(Struct, frozen=True, kw_only=True):
    """Of the meetings at which this need of the business was one that the resource answers."""

    slug: str
    name_fr: str
    name_en: str
    tally: Tally

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


_COUNTS = f"""
    count(DISTINCT m.id) AS meetings,
    count(DISTINCT m.id) FILTER (WHERE m.state = 'held') AS held,
    count(DISTINCT m.id) FILTER (WHERE m.state = 'missed') AS missed,
    count(DISTINCT m.id) FILTER (WHERE m.state = 'cancelled') AS cancelled,
    count(DISTINCT m.id) FILTER (WHERE o.shares_contact AND EXISTS (
        SELECT FROM meeting_outcome c WHERE c.meeting = m.id AND c.id <> o.id AND c.shares_contact)) AS shared,
    {", ".join(f"count(DISTINCT o.id) FILTER (WHERE o.useful = {value}) AS useful_{value}" for value in USEFUL)},
    {
    ", ".join(
        f"count(DISTINCT o.id) FILTER (WHERE o.next_step = '{step}') AS step_{step or 'none'}" for step in NEXT_STEPS
    )
}
"""
_ALL = f"""
    SELECT {_COUNTS} FROM meeting m LEFT JOIN meeting_outcome o ON o.meeting = m.id WHERE m.edition = $1
"""
_THEMES = f"""
    SELECT t.slug, t.name_fr, t.name_en, {_COUNTS}
    FROM need_term t
    JOIN match_need wanted ON wanted.need = t.id JOIN match_need offered ON offered.need = t.id
    JOIN match_participant b ON b.organisation = wanted.organisation
    JOIN match_participant r ON r.organisation = offered.organisation
    JOIN meeting m ON m.business = b.id AND m.resource = r.id
    LEFT JOIN meeting_outcome o ON o.meeting = m.id
    WHERE t.edition = $1 AND m.state <> 'cancelled' GROUP BY t.id ORDER BY count(DISTINCT m.id) DESC, t.position, t.id
"""


async def results_of(edition_id: int) -> tuple[Tally, list[Theme]]:
    """All meetings, then by theme, most met first; two queries."""
    [row] = await database.fetch(_ALL, edition_id)
    themes = await database.fetch(_THEMES, edition_id)
    return _tally(row), [
        Theme(slug=each["slug"], name_fr=each["name_fr"], name_en=each["name_en"], tally=_tally(each))
        for each in themes
    ]


def _tally(row: database.Row) -> Tally:
    return Tally(
        meetings=row["meetings"],
        held=row["held"],
        missed=row["missed"],
        cancelled=row["cancelled"],
        useful={value: row[f"useful_{value}"] for value in USEFUL},
        next_steps={step: row[f"step_{step or 'none'}"] for step in NEXT_STEPS},
        shared=row["shared"],
    )
