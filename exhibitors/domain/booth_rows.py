"""Many booths at once: numbers anew, whole blocks of new ones, one category for several."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.booth_numbers import Order, in_reading_order, numbers_from
from exhibitors.domain.floor_plan import Booth, Plan, plan_of
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import Applied, BoothFacts, Put, facts_of


class PlanMoved(Conflict):
    message = N_("Le plan a changé depuis cet aperçu. Relisez-le, puis recommencez.")


class Numbering(Struct, frozen=True, kw_only=True):
    """``prefix`` may be empty; the booths named in ``only``, or all of them."""

    prefix: str = "A"
    start: int = 1
    order: Order = "rows"
    only: Sequence[str] = ()


class Block(Struct, frozen=True, kw_only=True):
    """``rows`` by ``columns`` booths from a corner, with gaps between; all lengths in centimetres."""

    rows: int
    columns: int
    x: int
    y: int
    width: int
    depth: int
    gap_across: int = 0
    gap_down: int = 0
    prefix: str = "A"
    start: int = 1
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = True


def numbered_anew(plan: Plan, numbering: Numbering) -> list[tuple[Booth, str]]:
    """Each booth that is numbered with its new number, in the order in which they are. Raises ``NumberTooLong``."""
    chosen = [booth for booth in plan.booths if not numbering.only or booth.code in numbering.only]
    ordered = in_reading_order(chosen, numbering.order)
    return list(zip(ordered, numbers_from(numbering.prefix, numbering.start, len(ordered)), strict=True))


def booths_of_block(block: Block) -> list[BoothFacts]:
    """Row by row. Raises ``NumberTooLong`` and ``NotAPiece``."""
    numbers = iter(numbers_from(block.prefix, block.start, block.rows * block.columns))
    return [
        BoothFacts(
            number=next(numbers),
            x=block.x + column * (block.width + block.gap_across),
            y=block.y + row * (block.depth + block.gap_down),
            width=block.width,
            depth=block.depth,
            category=block.category,
            power=block.power,
            network=block.network,
            step_free=block.step_free,
        )
        for row in range(block.rows)
        for column in range(block.columns)
    ]


async def number_booths(edition_id: int, numbering: Numbering, *, plan_version: int) -> Applied:
    """As the preview of this version of the plan has shown it. Raises ``PlanMoved`` and ``NumberTaken``."""
    plan = await plan_of(edition_id)
    if plan.version != plan_version:
        raise PlanMoved
    return await _put(edition_id, [(booth, {"number": number}) for booth, number in numbered_anew(plan, numbering)])


async def add_block(edition_id: int, block: Block) -> Applied:
    """Raises ``NumberTaken``, ``TooManyPieces``."""
    return await change_plan(edition_id, [Put(facts=facts) for facts in booths_of_block(block)])


async def give_category(edition_id: int, booths: Collection[str], category: str) -> Applied:
    """One category, or none, for these. Raises ``NoSuchCategory``."""
    plan = await plan_of(edition_id)
    return await _put(
        edition_id, [(booth, {"category": category}) for booth in plan.booths if booth.code in frozenset(booths)]
    )


async def _put(edition_id: int, changed: Sequence[tuple[Booth, dict[str, str]]]) -> Applied:
    puts = [
        Put(code=booth.code, version=booth.version, facts=replace(facts_of(booth), **change))
        for booth, change in changed
    ]
    return await change_plan(edition_id, puts)
