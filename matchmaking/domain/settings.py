"""The speed dating of an edition, as its organisers have it: when, where, how many tables, what counts."""

from datetime import datetime

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import localized
from matchmaking.domain.rounds import Round, Session, rounds_in


class SpeedDating(Struct, frozen=True, kw_only=True):
    """An edition of which nobody has said anything has a speed dating without a session: it is not held.

    ``weights``: points of each part of the fit, where organisers say other than the engine's own.
    """

    edition_id: int
    intro_fr: str = ""
    intro_en: str = ""
    place_fr: str = ""
    place_en: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    sessions: tuple[Session, ...] = ()
    round_minutes: int = 15
    pause_minutes: int = 5
    tables: int = 10
    most: int = 8
    spread: int | None = None
    weights: dict[str, int] = {}
    version: str = ""

    @property
    def intro(self) -> str:
        """In the reader's language."""
        return localized(self.intro_fr, self.intro_en)

    @property
    def place(self) -> str:
        """In the reader's language."""
        return localized(self.place_fr, self.place_en)

    @property
    def is_held(self) -> bool:
        """Whether there is any round at all."""
        return bool(self.rounds)

    @property
    def has_opened(self) -> bool:
        """Whether people could say so by now, and perhaps no longer can."""
        return self.opens_at is not None and self.opens_at <= clock.now()

    @property
    def takes_people(self) -> bool:
        """Whether people may say now that they take part, and whom they wish to meet."""
        return self.has_opened and (self.closes_at is None or clock.now() < self.closes_at)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """As these settings make them; what was published may differ."""
        return rounds_in(self.sessions, round_minutes=self.round_minutes, pause_minutes=self.pause_minutes)


_LISTS = {"sessions": tuple[Session, ...], "weights": dict[str, int]}
_COLUMNS = ", ".join(name for name in SpeedDating.__struct_fields__ if name not in ("edition_id", "version"))


async def speed_dating_of(edition_id: int) -> SpeedDating:
    """One query; the defaults where there is none yet."""
    row = await database.fetch_one(
        f"SELECT {_COLUMNS}, xmin::text AS version FROM speed_dating WHERE edition = $1", edition_id
    )
    if row is None:
        return SpeedDating(edition_id=edition_id)
    lists = {name: msgspec.json.decode(row[name], type=kind) for name, kind in _LISTS.items()}
    return SpeedDating(edition_id=edition_id, **{**row, **lists})


async def change_speed_dating(said: SpeedDating) -> None:
    """In place of the one seen in its ``version``, empty where there was none. Raises ``ChangedMeanwhile``."""
    columns = structs.asdict(said)
    edition_id, version = columns.pop("edition_id"), columns.pop("version")
    columns |= {name: msgspec.json.encode(columns[name]).decode() for name in _LISTS}
    columns["updated_at"] = clock.now()
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    written = await database.fetch(
        f"""
        INSERT INTO speed_dating AS d (edition, {", ".join(columns)}) SELECT $1, {places}
        WHERE $2 = '' OR EXISTS (SELECT FROM speed_dating WHERE edition = $1)
        ON CONFLICT (edition) DO UPDATE SET {changes} WHERE d.xmin::text = $2 RETURNING d.id
        """,
        edition_id,
        version,
        *columns.values(),
    )
    if not written:
        raise ChangedMeanwhile
