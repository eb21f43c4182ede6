"""The same conflicts in a few words, as they stand beside one of the slots concerned."""

from collections.abc import Callable

from digital_days.kernel.i18n import _, format_time_range, ngettext
from scheduling.domain.conflict_wording import listed
from scheduling.engine.conflicts import Conflict, Kind, Plan, PlannedSlot


def beside(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    """One short sentence in the reader's language, which need not name the slot, its room or its hours again."""
    return _NOTES[conflict.kind](slot, conflict, plan)


def _room_taken(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    return _("La salle est prise aussi par %(others)s.", others=_others(slot, conflict, plan))


def _speaker_twice(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    return _(
        "%(speaker)s devrait être en même temps à %(others)s.",
        speaker=_speaker(conflict, plan),
        others=_others(slot, conflict, plan),
    )


def _room_small(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    return _(
        "Salle trop petite : %(capacity)s personnes pour %(seats)s places.",
        capacity=plan.rooms[conflict.room or 0].capacity,
        seats=slot.seats,
    )


def _no_workstations(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    found = plan.rooms[conflict.room or 0].workstations or 0
    if not found:
        return _("Salle sans postes de travail.")
    return ngettext(
        "%(num)s poste de travail pour %(seats)s places.",
        "%(num)s postes de travail pour %(seats)s places.",
        found,
        seats=slot.seats,
    )


def _speaker_unavailable(_slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    return _("%(speaker)s n’est pas disponible.", speaker=_speaker(conflict, plan))


def _same_public(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    return _("Même public et même thème que %(others)s.", others=_others(slot, conflict, plan))


def _outside_hours(_slot: PlannedSlot, conflict: Conflict, _plan: Plan) -> str:
    hours = format_time_range(*conflict.hours) if conflict.hours else ""
    return _("En dehors des heures d’ouverture : %(hours)s.", hours=hours)


_NOTES: dict[Kind, Callable[[PlannedSlot, Conflict, Plan], str]] = {
    "room_taken": _room_taken,
    "speaker_twice": _speaker_twice,
    "room_small": _room_small,
    "no_workstations": _no_workstations,
    "speaker_unavailable": _speaker_unavailable,
    "same_public": _same_public,
    "outside_hours": _outside_hours,
}


def _others(slot: PlannedSlot, conflict: Conflict, plan: Plan) -> str:
    titles = [plan.slots[number].title for number in conflict.slots if number != slot.id]
    return listed([_("« %(title)s »", title=title) for title in titles])


def _speaker(conflict: Conflict, plan: Plan) -> str:
    return plan.speakers[conflict.speaker or 0]
