"""The organisers' list of applications, narrowed by state, category and words."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import _, localized
from digital_days.kernel.people import fold
from exhibitors.domain.exhibitors import STATES, State


class ListedApplication(Struct, frozen=True, kw_only=True):
    """One line; ``to_check`` documents wait for an organiser."""

    code: str
    name: str
    state: State
    category_code: str
    category_fr: str
    category_en: str
    booth: str
    applied_at: datetime
    to_check: int
    search_key: str

    @property
    def category(self) -> str:
        """In the reader's language."""
        return localized(self.category_fr, self.category_en)

    @property
    def state_in_words(self) -> str:
        """In the reader's language."""
        return _(STATES[self.state])


_LIST = """
    SELECT x.code, x.name, x.state, c.code AS category_code, c.name_fr AS category_fr, c.name_en AS category_en,
        coalesce(b.number, '') AS booth, x.applied_at, x.search_key, (
            SELECT count(*) FROM exhibitor_document d WHERE d.exhibitor = x.id AND d.state = 'received'
        ) AS to_check
    FROM exhibitor x JOIN fair_category c ON c.id = x.category
    LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed' LEFT JOIN booth b ON b.id = k.booth
    WHERE x.edition = $1
    ORDER BY array_position(ARRAY['submitted', 'waiting', 'accepted', 'declined', 'withdrawn'], x.state::text),
        x.applied_at, x.id
"""


async def applications_of(edition_id: int) -> list[ListedApplication]:
    """Those that wait for an answer first, the oldest of them first; one query."""
    return [ListedApplication(**row) for row in await database.fetch(_LIST, edition_id)]


def narrowed(
    applications: list[ListedApplication], *, words: str, state: str, category: str
) -> list[ListedApplication]:
    """Those with every word in their name, accents apart, and of this state and category where one is asked for."""
    asked = fold(words).split()
    return [
        each
        for each in applications
        if all(word in fold(each.name) for word in asked)
        and (not state or each.state == state)
        and (not category or each.category_code == category)
    ]
