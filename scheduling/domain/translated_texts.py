"""Everything attendees read that exists in two languages: where it stands, and what still lacks its English."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from piccolo.columns import Varchar
from piccolo.table import Table

from digital_days.kernel import database
from digital_days.kernel.i18n import N_
from digital_days.kernel.tables import Edition
from scheduling.imports import limits
from scheduling.tables.programme import Activity, Label, Room, Speaker

State = Literal["missing", "doubtful", "done"]
Key = tuple[str, int, str]
"""Part, number of the row, English column."""

PER_PAGE = 40
_LONG = 40
"""From so many characters on, an English text that equals the French one is probably no translation."""


class Part(Struct, frozen=True, kw_only=True):
    """A table, named as its key says: how its rows are called, and for each English column the French one and words."""

    table: type[Table]
    words: str
    name: str
    of_draft: bool = True
    texts: Mapping[str, tuple[str, str]]


PARTS: dict[str, Part] = {
    "edition": Part(
        table=Edition,
        words=N_("Édition"),
        name="name_fr",
        of_draft=False,
        texts={
            "name_en": ("name_fr", N_("Nom")),
            "tagline_en": ("tagline_fr", N_("Accroche")),
            "place_en": ("place_fr", N_("Lieu")),
            "english_ground_en": ("english_ground_fr", N_("Qui peut consulter l’anglais")),
        },
    ),
    "room": Part(
        table=Room,
        words=N_("Salles"),
        name="name",
        texts={
            "name_en": ("name", N_("Nom")),
            "venue_en": ("venue", N_("Lieu")),
            "equipment_en": ("equipment_fr", N_("Matériel")),
        },
    ),
    "label": Part(
        table=Label,
        words=N_("Genres, thèmes et publics"),
        name="name_fr",
        texts={
            "name_en": ("name_fr", N_("Nom")),
            "description_en": ("description_fr", N_("Description")),
        },
    ),
    "activity": Part(
        table=Activity,
        words=N_("Activités"),
        name="title_fr",
        texts={
            "title_en": ("title_fr", N_("Titre")),
            "summary_en": ("summary_fr", N_("Résumé")),
            "description_en": ("description_fr", N_("Description")),
        },
    ),
    "speaker": Part(
        table=Speaker,
        words=N_("Intervenants"),
        name="name",
        texts={"biography_en": ("biography_fr", N_("Biographie"))},
    ),
}


class Text(Struct, frozen=True, kw_only=True):
    """One text of one thing; ``version`` is that of the whole row."""

    part: str
    id: int
    column: str
    version: str
    thing: str
    code: str
    fr: str
    en: str

    @property
    def key(self) -> Key:
        """What a form calls it."""
        return self.part, self.id, self.column


class Progress(Struct, frozen=True, kw_only=True):
    """How many texts there are, and by part how many are missing."""

    total: int
    done: int
    doubtful: int
    missing: Mapping[str, int]


def longest(part: str, column: str) -> int:
    """Characters that the column holds."""
    found = getattr(PARTS[part].table, column)
    return (found.length or limits.LINE) if isinstance(found, Varchar) else limits.TEXT


def _rows(place: int, name: str, part: Part) -> str:
    values = ", ".join(
        f"({number}, '{english}', t.{french}, t.{english})"
        for number, (english, (french, _words)) in enumerate(part.texts.items())
    )
    return f"""
        SELECT {place} AS part_place, '{name}' AS part, t.id, t.xmin::text AS version, t.{part.name} AS thing,
            {"t.code" if name == "activity" else "''"} AS code, v.place, v.english AS column, v.fr, v.en,
            CASE WHEN btrim(v.en) = '' THEN 'missing' WHEN v.en = v.fr AND length(v.fr) >= {_LONG} THEN 'doubtful'
                ELSE 'done' END AS state
        FROM {name} t CROSS JOIN LATERAL (VALUES {values}) v (place, english, fr, en)
        WHERE {"t.edition = $2" if part.of_draft else "t.id = $1"} AND btrim(v.fr) <> ''
    """


_TEXTS = " UNION ALL ".join(_rows(place, name, part) for place, (name, part) in enumerate(PARTS.items()))
_COLUMNS = "part, id, version, thing, code, x.column, fr, en"
_ORDER = "ORDER BY part_place, thing, id, place"


async def progress(edition_id: int, draft_id: int) -> Progress:
    """Of what the edition says itself and what its draft says; one query."""
    rows = await database.fetch(
        f"SELECT part, state, count(*) AS texts FROM ({_TEXTS}) x GROUP BY part, state", edition_id, draft_id
    )
    count = {(row["part"], row["state"]): row["texts"] for row in rows}
    return Progress(
        total=sum(count.values()),
        done=sum(number for (_part, state), number in count.items() if state != "missing"),
        doubtful=sum(number for (_part, state), number in count.items() if state == "doubtful"),
        missing={part: count[part, "missing"] for part in PARTS if (part, "missing") in count},
    )


async def texts_to_translate(
    edition_id: int, draft_id: int, *, state: State = "missing", part: str = "", page: int = 1
) -> Sequence[Text]:
    """One page of them, in the order of the parts; one query."""
    return await _texts(
        f"WHERE state = $3 AND ($4 = '' OR part = $4) {_ORDER} LIMIT {PER_PAGE} OFFSET $5",
        edition_id,
        draft_id,
        state,
        part,
        PER_PAGE * (page - 1),
    )


async def texts_called(edition_id: int, draft_id: int, keys: Collection[Key]) -> dict[Key, Text]:
    """Those of these that belong to the edition, whatever their state; one query."""
    names = [" ".join(map(str, key)) for key in keys]
    found = await _texts("WHERE concat_ws(' ', part, id, x.column) = ANY($3)", edition_id, draft_id, names)
    return {text.key: text for text in found}


async def _texts(condition: str, *arguments: object) -> list[Text]:
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM ({_TEXTS}) x {condition}", *arguments)
    return [Text(**row) for row in rows]
