"""Scenarios: what organisers would change of the settings, and what they have fixed by hand."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock, codes, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
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
        if self.weights is not None:
            said["weights"] = {**dating.weights, **self.weights}
        return structs.replace(dating, **said)


class Scenario(Struct, frozen=True, kw_only=True):
    """``bans``: pairs (the business's code first) that never meet in it. ``updated_at``: of all but its name."""

    id: int
    code: str
    edition_id: int
    name: str
    variation: Variation
    locks: tuple[Lock, ...]
    bans: tuple[tuple[str, str], ...]
    created_at: datetime
    updated_at: datetime
    version: str = ""


_SCENARIO = """
    SELECT id, code, edition AS edition_id, name, settings, locks, bans, created_at, updated_at, xmin::text AS version
    FROM scenario
"""
_FREE = """
    UPDATE scenario SET updated_at = $4,
        locks = (SELECT coalesce(jsonb_agg(l ORDER BY n), '[]') FROM jsonb_array_elements(locks)
            WITH ORDINALITY AS e (l, n) WHERE (l->>'one', l->>'other') <> ($2, $3)),
        bans = (SELECT coalesce(jsonb_agg(b ORDER BY n), '[]') FROM jsonb_array_elements(bans)
            WITH ORDINALITY AS e (b, n) WHERE (b->>0, b->>1) <> ($2, $3))
    WHERE id = $1
"""


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


async def copy_scenario(edition_id: int, code: str, *, name: str, by: int | None) -> str:
    """The copy's code; without runs. Raises ``NoSuchScenario``, ``TooManyScenarios``."""
    model = await scenario_called(edition_id, code)
    return await add_scenario(edition_id, name=name, variation=model.variation, by=by, like=code)


async def change_scenario(scenario_id: int, version: str, *, name: str, variation: Variation) -> None:
    """In place of the version seen, whose locks and bans stay. Raises ``ChangedMeanwhile``, also where it is gone."""
    written = await database.fetch(
        """
        UPDATE scenario SET name = $3, settings = $4, updated_at = CASE WHEN settings = $4 THEN updated_at ELSE $5 END
        WHERE id = $1 AND xmin::text = $2 RETURNING id
        """,
        scenario_id,
        version,
        name,
        _json(variation),
        clock.now(),
    )
    if not written:
        raise ChangedMeanwhile


async def free_pair(scenario_id: int, one: str, other: str) -> None:
    """Neither locked nor banned in its next runs; again is harmless."""
    await database.fetch(_FREE, scenario_id, one, other, clock.now())


async def remove_scenario(scenario_id: int) -> None:
    """With its runs and their drafts; again is harmless."""
    await database.fetch("DELETE FROM scenario WHERE id = $1", scenario_id)


def _scenario(row: database.Row) -> Scenario:
    said = {name: value for name, value in row.items() if name != "settings"}
    lists = {
        "locks": msgspec.json.decode(row["locks"], type=tuple[Lock, ...]),
        "bans": msgspec.json.decode(row["bans"], type=tuple[tuple[str, str], ...]),
    }
    return Scenario(variation=msgspec.json.decode(row["settings"], type=Variation), **{**said, **lists})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
