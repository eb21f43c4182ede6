"""A change of the plan, of one piece or of many: all of it or nothing."""

from collections.abc import Sequence

from digital_days.kernel import database
from exhibitors.domain.booth_changes import put_booths, remove_booths
from exhibitors.domain.plan_pieces import MOST_PIECES, Applied, BoothFacts, Put, ShapeFacts, TakeAway, TooManyPieces
from exhibitors.domain.plan_turns import plan_turn
from exhibitors.domain.shape_changes import put_shapes, remove_shapes

_PIECES = (
    "SELECT (SELECT count(*) FROM booth WHERE edition = $1) + (SELECT count(*) FROM plan_shape WHERE edition = $1)"
)


async def change_plan(edition_id: int, puts: Sequence[Put], removals: Sequence[TakeAway] = ()) -> Applied:
    """What is taken away goes first. Raises what ``plan_pieces`` names, and ``NoSuchCategory``: then nothing is done.

    Who has a booth that moves, changes its size or its number gets a mail (``told_booths``).
    """
    booths = [put for put in puts if isinstance(put.facts, BoothFacts)]
    shapes = [put for put in puts if isinstance(put.facts, ShapeFacts)]
    async with plan_turn(edition_id) as version:
        await remove_booths(edition_id, [each for each in removals if each.what == "booth"])
        await remove_shapes(edition_id, [each for each in removals if each.what == "shape"])
        await _check_room(edition_id, sum(not put.code for put in puts))
        booth_codes, notes = await put_booths(edition_id, booths, plan_version=version)
        shape_codes = await put_shapes(edition_id, shapes)
    codes = {id(put): code for put, code in zip([*booths, *shapes], [*booth_codes, *shape_codes], strict=True)}
    return Applied(version=version, codes=[codes[id(put)] for put in puts], notes=notes)


async def _check_room(edition_id: int, new: int) -> None:
    [row] = await database.fetch(f"{_PIECES} AS pieces", edition_id)
    if row["pieces"] + new > MOST_PIECES:
        raise TooManyPieces(most=MOST_PIECES)
