"""Why somebody got no place, for those who may know: full, or expected elsewhere at that time."""

from digital_days.kernel import agenda, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, format_day, format_time_range
from scheduling.domain.places import Outcome
from scheduling.domain.slots import SlotSummary


class SlotFull(Conflict):
    message = N_("Toutes les places sont prises.")


class Overlap(Conflict):
    message = N_("« %(wanted)s » (%(wanted_time)s) a lieu en même temps que « %(held)s » (%(held_time)s).")


class AtTheMost(Conflict):
    message = N_(
        "Le maximum d’ateliers par personne est de %(most)s pour l’instant, et vous l’avez atteint. Pour prendre "
        "celui-ci, annulez d’abord une autre place."
    )


class AtTheMostUntil(AtTheMost):
    message = N_(
        "Le maximum d’ateliers par personne est de %(most)s jusqu’au %(until)s, et vous l’avez atteint. Ensuite, ce "
        "qui reste est à tout le monde. Pour prendre celui-ci tout de suite, annulez d’abord une autre place."
    )


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
    if outcome == "limit":
        return await at_the_most(wanted.edition)
    return None


async def at_the_most(edition_id: int) -> AtTheMost:
    """How many places a person may have in this edition, in a sentence."""
    row = await database.fetch_one("SELECT most, most_until FROM edition_rules WHERE edition = $1", edition_id)
    most, until = (row["most"], row["most_until"]) if row else (0, None)
    return AtTheMostUntil(most=most, until=format_day(until)) if until else AtTheMost(most=most)


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
