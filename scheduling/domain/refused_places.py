"""Why somebody got no place, for those who may know: full, or expected elsewhere at that time."""

from digital_days.kernel import agenda
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, format_time_range
from scheduling.domain.places import Outcome
from scheduling.domain.slots import SlotSummary


class SlotFull(Conflict):
    message = N_("Toutes les places sont prises.")


class Overlap(Conflict):
    message = N_("« %(wanted)s » (%(wanted_time)s) a lieu en même temps que « %(held)s » (%(held_time)s).")


class OverlapGone(Conflict):
    message = N_(
        "À ce moment-là, l’agenda était pris. Il est libre maintenant : la place peut être demandée de nouveau."
    )


async def refusal_of(outcome: Outcome, wanted: SlotSummary, person_id: int) -> Conflict | None:
    """The reason in a sentence; none where the person has the place."""
    if outcome == "full":
        return SlotFull()
    if outcome == "overlap":
        return await _overlap(wanted, person_id)
    return None


async def _overlap(wanted: SlotSummary, person_id: int) -> Conflict:
    held = next(iter(await agenda.busy(person_id, wanted.starts_at, wanted.ends_at)), None)
    if held is None:  # given back meanwhile
        return OverlapGone()
    return Overlap(
        wanted=wanted.title,
        wanted_time=format_time_range(wanted.starts_at, wanted.ends_at),
        held=held.title,
        held_time=format_time_range(held.starts_at, held.ends_at),
    )
