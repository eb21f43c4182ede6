"""Scenarios: what organisers would change of the settings, and what they have fixed by hand."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from matchmaking.domain.settings import SpeedDating

MOST = 20


class NoSuchScenario(NotFound):
    message = N_("Ce scénario n’existe pas, ou n’existe plus.")


class TooManyScenarios(Conflict):
    message = N_("C’est assez de scénarios : %(most)s au plus. Supprimez-en un d’abord.")


class Lock(Struct, frozen=True, kw_only=True):
    """These two (participants' codes, the business's first) meet in this round (from 1), at this table."""

    one: str
    other: str
    round: int
    table: int | None = None


class Variation(Struct, frozen=True, kw_only=True):
    """What differs from the settings; None: as there."""

    tables: int | None = None
    round_minutes: int | None = None
    pause_minutes: int | None = None
    spread: int | None = None
    weights: Mapping[str, int] | None = None

    def applied_to(self, dating: SpeedDating) -> SpeedDating:
        """The settings as this scenario has them."""
        said = {name: value for name, value in structs.asdict(self).items() if value is not None}
        return structs.replace(dating, **said)


class Scenario(Struct, frozen=True, kw_only=True):
    """``bans``: pairs (the business's code first) that never meet in it."""

    id: int
    code: str
    edition_id: int
    name: str
    variation: Variation
    locks: tuple[Lock, ...]
    bans: tuple[tuple[str, str], ...]
    created_at: datetime


_SCENARIO = "SELECT id, code, edition AS edition_id, name, settings, locks, bans, created_at FROM scenario"


async def scenarios_of(edition_id: int) -> list[Scenario]:
    """In the order in which they were made."""
    return [_scenario(row) for row in await database.fetch(f"{_SCENARIO} WHERE edition = $1 ORDER BY id", edition_id)]


async def scenario_called(edition_id: int, code: str) -> Scenario:
    """Raises ``NoSuchScenario``."""
    row = await database.fetch_one(f"{_SCENARIO} WHERE edition = $1 AND code = $2", edition_id, code)
    if row is None:
        raise NoSuchScenario
    return _scenario(row)


async def add_scenario(edition_id: int, *, name: str, variation: Variation, by: int | None, like: str = "") -> str:
    """Its code; with the locks and bans of the one it is made like. Raises ``NoSuchScenario``, ``TooManyScenarios``."""
    async with database.transaction():
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
        if len(await scenarios_of(edition_id)) >= MOST:
            raise TooManyScenarios(most=MOST)
        model = await scenario_called(edition_id, like) if like else None
        code = codes.new_code()
        await database.fetch(
            """
            INSERT INTO scenario (code, edition, name, settings, locks, bans, created_by, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
            """,
            code,
            edition_id,
            name,
            _json(variation),
            _json(model.locks if model else ()),
            _json(model.bans if model else ()),
            by,
            clock.now(),
        )
        return code


async def remove_scenario(scenario_id: int) -> None:
    """With its runs and their drafts; again is harmless."""
    await database.fetch("DELETE FROM scenario WHERE id = $1", scenario_id)


def _scenario(row: database.Row) -> Scenario:
    said = {name: row[name] for name in ("id", "code", "edition_id", "name", "created_at")}
    return Scenario(
        **said,
        variation=msgspec.json.decode(row["settings"], type=Variation),
        locks=msgspec.json.decode(row["locks"], type=tuple[Lock, ...]),
        bans=msgspec.json.decode(row["bans"], type=tuple[tuple[str, str], ...]),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
