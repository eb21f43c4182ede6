"""A speed dating with two businesses and two resources, and plans for it."""

from msgspec import Struct

from digital_days.kernel import editions
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.pool import Side
from matchmaking.domain.rounds import Round
from matchmaking.domain.settings import speed_dating_of
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import make_organisation, make_participant, make_speed_dating


class Fair(Struct, frozen=True, kw_only=True):
    """Bob and Ève sit for businesses, Carole and Dora for resources; six rounds from nine o'clock."""

    edition: Made
    people: dict[str, int]
    seats: dict[str, Made]
    rounds: tuple[Round, ...]

    def place(self, one: str, other: str, number: int, table: int, *, locked: bool = False) -> DraftPlace:
        """A meeting of these two."""
        seats = (self.seats[one].code, self.seats[other].code)
        return DraftPlace(one=seats[0], other=seats[1], round=number, table=table, locked=locked)


async def make_matched(slug: str = "jn2027") -> Fair:
    editions.forget()
    edition = await make_edition(slug)
    await make_speed_dating(edition, place_fr="Salle des Lilas")
    people, seats = {}, {}
    sides: dict[str, Side] = {"Bob": "business", "Ève": "business", "Carole": "resource", "Dora": "resource"}
    for name, side in sides.items():
        people[name] = await make_person(f"{name} Roy", f"{name.lower().replace('è', 'e')}@{slug}.example.ca")
        organisation = await make_organisation(edition, f"Maison {name}", side=side)
        seats[name] = await make_participant(edition, organisation, people[name])
    rounds = (await speed_dating_of(edition.id)).rounds
    return Fair(edition=edition, people=people, seats=seats, rounds=rounds)
