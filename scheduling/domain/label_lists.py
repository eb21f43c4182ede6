"""The themes, audiences and kinds of a draft, in the order in which everybody sees them."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.drafts import hold
from scheduling.domain.labels import slug_of
from scheduling.domain.ordering import place_after

Facet = Literal["theme", "audience", "kind"]
LARGEST_NUMBER = 2**31 - 1


class NoSuchLabel(NotFound):
    message = N_("Ceci n’existe pas, ou quelqu’un l’a enlevé.")


class LabelNameTaken(Conflict):
    message = N_("« %(name)s » est déjà dans cette liste : choisissez un autre nom.")


class LabelTexts(Struct, frozen=True, kw_only=True):
    """What is said of it; the names are those of the columns."""

    name_fr: str
    name_en: str = ""
    colour: str = ""
    description_fr: str = ""
    description_en: str = ""


class ListedLabel(LabelTexts, frozen=True, kw_only=True):
    """``version`` is the row's; ``activities`` how many of the draft bear it."""

    id: int
    version: str
    facet: Facet
    slug: str
    activities: int

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return localized(self.name_fr, self.name_en)


_LABELS = f"""
    SELECT id, xmin::text AS version, facet, slug, {", ".join(LabelTexts.__struct_fields__)},
        (SELECT count(*) FROM activity a WHERE a.edition = l.edition AND l.id IN (a.theme, a.audience, a.kind))
            AS activities
    FROM label l WHERE edition = $1
"""


async def labels_of(draft_id: int) -> list[ListedLabel]:
    """Of all facets, each in its order; one query."""
    return [ListedLabel(**row) for row in await database.fetch(f"{_LABELS} ORDER BY position, id", draft_id)]


async def label_numbered(draft_id: int, number: int) -> ListedLabel:
    """Raises ``NoSuchLabel``, also for one of another edition."""
    row = 0 < number <= LARGEST_NUMBER and await database.fetch_one(f"{_LABELS} AND id = $2", draft_id, number)
    if not row:
        raise NoSuchLabel
    return ListedLabel(**row)


async def add_label(draft_id: int, facet: Facet, said: LabelTexts, *, after: int) -> None:
    """Its address is made of its name, for good. Raises ``LabelNameTaken``."""
    columns = asdict(said)
    values = ", ".join(f"${number}" for number in range(4, len(columns) + 4))
    async with database.transaction():
        await hold(draft_id)
        others = await _others(draft_id, facet, said.name_fr)
        slug = slug_of(said.name_fr, among=[other.slug for other in others], otherwise=facet)
        made = await database.fetch_one(
            f"""
            INSERT INTO label (edition, facet, slug, {", ".join(columns)}) VALUES ($1, $2, $3, {values}) RETURNING id
            """,
            draft_id,
            facet,
            slug,
            *columns.values(),
        )
        if made:
            await place_after("label", made["id"], after, draft_id=draft_id)


async def change_label(draft_id: int, number: int, said: LabelTexts, *, version: str, after: int) -> None:
    """Under another name it keeps its address. Raises ``LabelNameTaken``, ``ChangedMeanwhile``, ``NoSuchLabel``."""
    columns = asdict(said)
    values = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=3))
    async with database.transaction():
        await hold(draft_id)
        label = await label_numbered(draft_id, number)
        await _others(draft_id, label.facet, said.name_fr, but=number)
        changed = await database.fetch(
            f"UPDATE label SET {values} WHERE id = $1 AND xmin::text = $2 RETURNING id",
            number,
            version,
            *columns.values(),
        )
        if not changed:
            raise ChangedMeanwhile
        await place_after("label", number, after, draft_id=draft_id)


async def _others(draft_id: int, facet: Facet, name: str, *, but: int = 0) -> list[ListedLabel]:
    others = [each for each in await labels_of(draft_id) if each.facet == facet and each.id != but]
    if any(each.name_fr == name for each in others):
        raise LabelNameTaken(name=name)
    return others
