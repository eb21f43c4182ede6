"""Which booths an exhibitor may have: those of its category or of anybody, and what stands in the way of each."""

from collections.abc import Mapping, Sequence
from typing import Literal

from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.floor_plan import Booth, Plan
from exhibitors.domain.standings import Occupant
from exhibitors.engine.neighbours import nearest

BoothState = Literal["free", "held", "taken", "mine", "other"]
"""As one exhibitor sees a booth; « other »: of another category."""
PROPOSED = 3


def state_for(exhibitor: Exhibitor, booth: Booth, occupant: Occupant | None) -> BoothState:
    """What the exhibitor may know of the booth."""
    if occupant and occupant.exhibitor == exhibitor.code:
        return "mine"
    if booth.category not in ("", exhibitor.category_code):
        return "other"
    return occupant.standing if occupant else "free"


def free_for(exhibitor: Exhibitor, plan: Plan, occupants: Mapping[str, Occupant]) -> list[Booth]:
    """In the plan's order."""
    return [booth for booth in plan.booths if state_for(exhibitor, booth, occupants.get(booth.code)) == "free"]


def free_near(exhibitor: Exhibitor, plan: Plan, occupants: Mapping[str, Occupant], booth: str) -> Sequence[Booth]:
    """The nearest to the booth with this code, itself first where it is free; any where it is no longer on the plan."""
    free = free_for(exhibitor, plan, occupants)
    wanted = next((each for each in plan.booths if each.code == booth), None)
    return nearest(wanted, free, most=PROPOSED) if wanted else free[:PROPOSED]
