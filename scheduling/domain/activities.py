"""An activity's page: what can be done with each of its slots now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.codes import normalize
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from scheduling.domain.programme import Activity, Programme, Slot

State = Literal["open", "full", "free", "cancelled", "started", "over", "early", "closed"]


class NoSuchActivity(NotFound):
    message = N_("Cette activité n’est pas, ou n’est plus, au programme.")


class Offer(Struct, frozen=True):
    """A slot, and whether somebody can still get in."""

    slot: Slot
    state: State


def activity_called(programme: Programme, code: str) -> Activity:
    """The activity of this edition with this public code; raises ``NoSuchActivity``, also for another edition's."""
    activity = programme.activities.get(normalize(code))
    if activity is None:
        raise NoSuchActivity
    return activity


def offers_of(programme: Programme, activity: Activity) -> list[Offer]:
    """Every slot of the activity in order of time."""
    now = clock.now()
    return [Offer(slot, state_of(slot, now)) for slot in programme.slots_of.get(activity.code, ())]


def chosen_offer(offers: Sequence[Offer], code: str) -> Offer | None:
    """The slot that the reader comes for, also a full one, else the only open one; none while there is a choice."""
    named = next((offer for offer in offers if offer.slot.code == normalize(code)), None)
    open_ones = [offer for offer in offers if offer.state == "open"]
    return named or (open_ones[0] if len(open_ones) == 1 else None)


def open_beside(programme: Programme, activity_code: str, slot_code: str) -> list[Slot]:
    """Other slots of the same activity where seats are left: the way out of a full one."""
    activity = programme.activities.get(activity_code)
    offers = offers_of(programme, activity) if activity else []
    return [offer.slot for offer in offers if offer.state == "open" and offer.slot.code != slot_code]


async def places_held(person_id: int, edition_id: int) -> dict[str, str]:
    """The codes of the places that this person has, each under its slot's."""
    rows = await database.fetch(
        """
        SELECT s.code AS slot, p.code FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
        WHERE p.person = $1 AND a.edition = $2 AND p.state = 'confirmed'
        """,
        person_id,
        edition_id,
    )
    return {row["slot"]: row["code"] for row in rows}


async def slots_held(person_id: int, edition_id: int) -> frozenset[str]:
    """Codes of the slots where this person has a place."""
    return frozenset(await places_held(person_id, edition_id))


def state_of(slot: Slot, now: datetime) -> State:
    """What can be done about it at that moment."""
    if slot.cancelled:
        return "cancelled"
    if slot.ends_at <= now:
        return "over"
    if slot.seats is None:
        return "free"
    if slot.starts_at <= now:
        return "started"
    if slot.opens_at and now < slot.opens_at:
        return "early"
    if slot.closes_at and slot.closes_at <= now:
        return "closed"
    return "open" if slot.left else "full"
