"""The organisations of an edition as the desk knows them: by the name that somebody says."""

from collections.abc import Iterable

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.people import fold
from matchmaking.domain.pool import Side


class House(Struct, frozen=True, kw_only=True):
    """``needs`` and ``people``: how many it has, whoever was invited or has left included."""

    id: int
    side: Side
    name: str
    needs: int
    people: int


async def houses_of(edition_id: int) -> list[House]:
    """In the order of the alphabet; one query."""
    rows = await database.fetch(
        """
        SELECT o.id, o.side, o.name, (SELECT count(*) FROM match_need n WHERE n.organisation = o.id) AS needs,
            (SELECT count(*) FROM match_participant m WHERE m.organisation = o.id) AS people
        FROM match_organisation o WHERE o.edition = $1 ORDER BY o.id
        """,
        edition_id,
    )
    return sorted((House(**row) for row in rows), key=lambda each: fold(each.name))


def called(houses: Iterable[House], name: str) -> list[House]:
    """Of this very name, accents and capitals apart; of either side."""
    return [each for each in houses if fold(each.name) == fold(name)]


def of_side(houses: Iterable[House], side: str) -> House | None:
    """The first of them that is of this side."""
    return next((each for each in houses if each.side == side), None)
