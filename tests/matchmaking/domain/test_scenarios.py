"""Scenarios: made, copied, renamed, removed; two people at one of them."""

from datetime import timedelta

import msgspec
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from matchmaking.domain.scenarios import (
    MOST,
    Lock,
    NoSuchScenario,
    Scenario,
    TooManyScenarios,
    Variation,
    add_scenario,
    change_scenario,
    copy_scenario,
    free_pair,
    remove_scenario,
    scenario_called,
    scenarios_of,
)
from matchmaking.domain.settings import SpeedDating
from tests.factories import Made, make_edition

LOCKS = [Lock(one="A", other="B", round=1, table=2), Lock(one="A", other="C", round=2)]
BANS = [("A", "D"), ("A", "B")]


@pytest.fixture
async def edition(db: None) -> Made:
    return await make_edition()


async def _made(edition: Made, variation: Variation | None = None) -> Scenario:
    code = await add_scenario(edition.id, name="Plus de tables", variation=variation or Variation(tables=4), by=None)
    await database.fetch(
        "UPDATE scenario SET locks = $2, bans = $3, updated_at = $4 WHERE code = $1",
        code,
        msgspec.json.encode(LOCKS).decode(),
        msgspec.json.encode(BANS).decode(),
        clock.now() - timedelta(hours=1),
    )
    return await scenario_called(edition.id, code)


def test_what_differs_takes_the_place_of_the_settings_weight_by_weight():
    dating = SpeedDating(edition_id=1, tables=10, round_minutes=20, spread=3, weights={"needs": 50, "sector": 5})

    varied = Variation(tables=0, weights={"sector": 9}).applied_to(dating)

    assert (varied.tables, varied.round_minutes, varied.spread) == (0, 20, 3)
    assert varied.weights == {"needs": 50, "sector": 9}


async def test_copy_has_all_but_the_name_and_the_runs(edition: Made):
    model = await _made(edition, Variation(tables=4, weights={"sector": 9}))

    copy = await scenario_called(edition.id, await copy_scenario(edition.id, model.code, name="Copie", by=None))

    assert (copy.name, copy.variation, copy.locks, copy.bans) == ("Copie", model.variation, model.locks, model.bans)
    assert copy.code != model.code


async def test_change_keeps_what_is_decided_by_hand_and_a_new_name_alone_makes_no_run_old(edition: Made):
    seen = await _made(edition)

    await change_scenario(seen.id, seen.version, name="Cinq tables", variation=Variation(tables=5))
    changed = await scenario_called(edition.id, seen.code)
    await change_scenario(seen.id, changed.version, name="Cinq", variation=Variation(tables=5))
    renamed = await scenario_called(edition.id, seen.code)

    assert (changed.name, changed.variation, changed.locks) == ("Cinq tables", Variation(tables=5), seen.locks)
    assert changed.updated_at > seen.updated_at
    assert (renamed.name, renamed.updated_at) == ("Cinq", changed.updated_at)


@pytest.mark.usefixtures("committed")
async def test_second_of_two_people_is_told():
    edition = await make_edition()
    seen = await _made(edition)
    await change_scenario(seen.id, seen.version, name="Première", variation=Variation())

    with pytest.raises(ChangedMeanwhile):
        await change_scenario(seen.id, seen.version, name="Deuxième", variation=Variation())

    assert (await scenario_called(edition.id, seen.code)).name == "Première"


async def test_pair_is_freed_wherever_it_was_decided_and_others_stay(edition: Made):
    made = await _made(edition)

    await free_pair(made.id, "A", "B")
    await free_pair(made.id, "A", "B")

    found = await scenario_called(edition.id, made.code)
    assert (found.locks, found.bans) == ((LOCKS[1],), (("A", "D"),))
    await free_pair(made.id, "A", "C")
    await free_pair(made.id, "A", "D")
    found = await scenario_called(edition.id, made.code)
    assert (found.locks, found.bans) == ((), ())


async def test_there_are_only_so_many_and_removing_makes_room(edition: Made):
    codes = [await add_scenario(edition.id, name=str(n), variation=Variation(), by=None) for n in range(MOST)]

    with pytest.raises(TooManyScenarios):
        await copy_scenario(edition.id, codes[0], name="Un de trop", by=None)
    await remove_scenario((await scenario_called(edition.id, codes[0])).id)
    await copy_scenario(edition.id, codes[1], name="À la place", by=None)

    assert [each.name for each in await scenarios_of(edition.id)][-1] == "À la place"


async def test_scenario_of_another_edition_is_none(edition: Made):
    made, other = await _made(edition), await make_edition("jn2028")

    with pytest.raises(NoSuchScenario):
        await scenario_called(other.id, made.code)
    with pytest.raises(NoSuchScenario):
        await copy_scenario(other.id, made.code, name="Copie", by=None)
