"""The public directory: exhibitors who show themselves, what they answer, where they stand."""

from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized
from digital_days.kernel.people import fold
from exhibitors.domain.profile_words import ProfileWords


class NotListed(NotFound):
    message = N_("Cet exposant ne figure pas au répertoire du salon.")


class Answered(Struct, frozen=True, kw_only=True):
    """A need of the taxonomy that the exhibitor answers."""

    slug: str
    name_fr: str
    name_en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


class Link(Struct, frozen=True, kw_only=True):
    """As the exhibitor wrote it; schemes were checked then."""

    label: str
    url: str


class ListedExhibitor(ProfileWords, frozen=True, kw_only=True):
    """What anybody may read; ``booth`` and its ``booth_code`` are empty until it has one on a published plan."""

    code: str
    name: str
    logo: str
    search_key: str
    category_fr: str
    category_en: str
    booth: str
    booth_code: str
    needs: Sequence[Answered]
    links: Sequence[Link]
    activities: Sequence[str]

    @property
    def category(self) -> str:
        """Its category's name in the reader's language."""
        return localized(self.category_fr, self.category_en)

    def fits(self, words: Sequence[str], needs: Collection[str]) -> bool:
        """Every word is in what it says of itself, and it answers one of the needs where some are asked for."""
        said = " ".join((self.search_key, *(fold(need.name_fr, need.name_en) for need in self.needs)))
        return all(word in said for word in words) and (not needs or any(need.slug in needs for need in self.needs))


_LISTED = """
    SELECT x.code, x.name, x.summary_fr, x.summary_en, x.description_fr, x.description_en, x.logo, x.search_key,
        x.links, c.name_fr AS category_fr, c.name_en AS category_en,
        coalesce(b.number, '') AS booth, coalesce(b.code, '') AS booth_code,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', t.slug, 'name_fr', t.name_fr, 'name_en', t.name_en)
            ORDER BY t.position, t.id), '[]')
            FROM exhibitor_need n JOIN need_term t ON t.id = n.need WHERE n.exhibitor = x.id) AS needs,
        (SELECT coalesce(jsonb_agg(a.activity_code ORDER BY a.id), '[]')
            FROM exhibitor_activity a WHERE a.exhibitor = x.id) AS activities
    FROM exhibitor x JOIN fair_category c ON c.id = x.category
    LEFT JOIN floor_plan p ON p.edition = x.edition AND p.published
    LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed' AND p.id IS NOT NULL
    LEFT JOIN booth b ON b.id = k.booth
    WHERE x.edition = $1 AND x.listed AND x.state = 'accepted'
"""


async def directory(edition_id: int) -> list[ListedExhibitor]:
    """In the order of their names, accents apart; one query."""
    listed = [_exhibitor(dict(row)) for row in await database.fetch(_LISTED, edition_id)]
    return sorted(listed, key=lambda exhibitor: (fold(exhibitor.name), exhibitor.code))


async def listed_exhibitor(edition_id: int, code: str) -> ListedExhibitor:
    """Raises ``NotListed``, also for one of another edition."""
    row = await database.fetch_one(f"{_LISTED} AND x.code = $2", edition_id, code)
    if row is None:
        raise NotListed
    return _exhibitor(dict(row))


def words_of(text: str) -> list[str]:
    """What a search looks for, word by word, without accents."""
    return fold(text).split()


def _exhibitor(row: dict[str, object]) -> ListedExhibitor:
    lists = {name: msgspec.json.decode(str(row[name])) for name in ("needs", "links", "activities")}
    return msgspec.convert({**row, **lists}, ListedExhibitor)
