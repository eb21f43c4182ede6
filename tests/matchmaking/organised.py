"""Alice organises a speed dating of two businesses and two resources; scenarios and runs of it by hand."""

import httpx

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.runs import Run, claim_run, end_run, queue_run, run_called
from matchmaking.domain.scenarios import Variation, add_scenario, scenario_called
from matchmaking.engine.explain import unserved
from matchmaking.engine.plan import Level, Plan
from matchmaking.engine.problem import Placed
from matchmaking.engine.protocol import Result
from matchmaking.engine.score import scores
from tests.conftest import sign_in
from tests.factories import Made, grant, make_person
from tests.matchmaking.factories import make_wish
from tests.matchmaking.published import Fair, make_matched

BASE = "/jn2027/organisation/rencontres-eclair"


async def organised(client: httpx.AsyncClient) -> Fair:
    """Alice is signed in; nobody has wished for anything."""
    fair = await make_matched()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, fair.edition)
    await sign_in(client, alice)
    return fair


async def all_wished() -> None:
    """Each business absolutely wishes to meet each resource."""
    rows = await database.fetch("SELECT id, code, side FROM match_organisation ORDER BY id")
    for one in rows:
        for other in rows:
            if (one["side"], other["side"]) == ("business", "resource"):
                await make_wish(Made(one["id"], one["code"]), Made(other["id"], other["code"]), "must")


async def ended_run(
    fair: Fair, *pairs: tuple[str, str, int], name: str = "Essai", variation: Variation | None = None, short: int = 1
) -> Run:
    """Of a scenario of its own: these meet, in these rounds (from 1). ``short``: points that the bound has more."""
    code = await add_scenario(fair.edition.id, name=name, variation=variation or Variation(), by=None)
    scenario = await scenario_called(fair.edition.id, code)
    asked = await asked_now(fair.edition.id, scenario)
    run = await queue_run(scenario.id, asked, by=None, seconds=5)
    await claim_run("test")
    numbers = [asked.numbers[fair.seats[one].code, fair.seats[other].code] for one, other, _round in pairs]
    held = tuple(
        sorted(
            Placed(round=at - 1, meeting=number, table=place)
            for place, (number, (_one, _other, at)) in enumerate(zip(numbers, pairs, strict=True), start=1)
        )
    )
    levels = tuple(
        Level(name=level, value=value, bound=(value[0] + short,) if level == "value" else value)
        for level, value in scores(asked.problem, held).items()
    )
    answer = Result(plan=Plan(held=held, levels=levels), unserved=tuple(unserved(asked.problem, held)))
    found = await run_called(fair.edition.id, run)
    await end_run(found.id, "test", answer=answer)
    return await run_called(fair.edition.id, run)
