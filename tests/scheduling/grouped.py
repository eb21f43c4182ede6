"""Groups for tests: Carole registers several people."""

from collections.abc import Sequence

from digital_days.kernel import codes
from digital_days.kernel.editions import edition_numbered
from scheduling.domain.group_lines import Kind, NewMember, padded
from scheduling.domain.groups import NewGroup, Started, start_group
from tests.factories import Made, make_person

NAMES = ("Alain Roy", "Béa Cyr", "Carl Daoust", "Diane Émond", "Éric Fortin")
FIVE = [NewMember(name=name, email=f"p{n}@garage.example" if n < 3 else "") for n, name in enumerate(NAMES)]
"""Five colleagues, three of whom have an address."""


async def make_contact(email: str = "carole@garage.example") -> int:
    return await make_person("Carole Gagné", email)


async def make_group(
    edition: Made,
    slots: Sequence[Made],
    members: Sequence[NewMember] = (),
    *,
    contact: int | None = None,
    count: int = 0,
    kind: Kind = "business",
    together: bool = True,
    form_code: str = "",
) -> Started:
    """As the form asks for it."""
    wanted = NewGroup(
        kind=kind,
        organisation="École Saint-Philippe" if kind == "class" else "Garage Tremblay",
        slots=[slot.code for slot in slots],
        members=padded(members, count),
        together=together,
        form_code=form_code or codes.new_code(),
    )
    return await start_group(await edition_numbered(edition.id), contact or await make_contact(), wanted)
