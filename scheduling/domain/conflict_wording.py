"""Conflicts as sentences: who and what, when and where."""

from collections.abc import Callable, Sequence

from digital_days.kernel.i18n import _, format_date, format_time_range, ngettext
from scheduling.engine.conflicts import Conflict, Kind, Plan, PlannedSlot

MOST_NAMED = 4


def in_words(conflict: Conflict, plan: Plan, *, dated: bool = False) -> str:
    """One sentence in the reader's language; ``dated`` where the day is not said beside it."""
    slots = [plan.slots[number] for number in conflict.slots]
    named = sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at, slot.id))
    return _SENTENCES[conflict.kind](conflict, plan, named, listed([_said(slot, dated=dated) for slot in named]))


def _room_taken(conflict: Conflict, plan: Plan, _slots: Sequence[PlannedSlot], said: str) -> str:
    return _(
        "La salle « %(room)s » est prise par plusieurs activités à la fois : %(slots)s.",
        room=_room(conflict, plan),
        slots=said,
    )


def _speaker_twice(conflict: Conflict, plan: Plan, _slots: Sequence[PlannedSlot], said: str) -> str:
    return _(
        "%(speaker)s devrait être à plusieurs endroits à la fois : %(slots)s.",
        speaker=_speaker(conflict, plan),
        slots=said,
    )


def _room_small(conflict: Conflict, plan: Plan, slots: Sequence[PlannedSlot], said: str) -> str:
    capacity = plan.rooms[conflict.room or 0].capacity or 0
    return ngettext(
        "La salle « %(room)s » est trop petite pour %(slots)s : elle reçoit %(num)s personne, "
        "et on offre %(seats)s places.",
        "La salle « %(room)s » est trop petite pour %(slots)s : elle reçoit %(num)s personnes, "
        "et on offre %(seats)s places.",
        capacity,
        room=_room(conflict, plan),
        slots=said,
        seats=slots[0].seats,
    )


def _no_workstations(conflict: Conflict, plan: Plan, slots: Sequence[PlannedSlot], said: str) -> str:
    found = plan.rooms[conflict.room or 0].workstations or 0
    if not found:
        return _(
            "La salle « %(room)s » n’a pas de postes de travail : il en faut pour %(slots)s.",
            room=_room(conflict, plan),
            slots=said,
        )
    return ngettext(
        "La salle « %(room)s » n’a que %(num)s poste de travail pour les %(seats)s places de %(slots)s.",
        "La salle « %(room)s » n’a que %(num)s postes de travail pour les %(seats)s places de %(slots)s.",
        found,
        room=_room(conflict, plan),
        slots=said,
        seats=slots[0].seats,
    )


def _speaker_unavailable(conflict: Conflict, plan: Plan, _slots: Sequence[PlannedSlot], said: str) -> str:
    return _("%(speaker)s n’est pas disponible pour %(slots)s.", speaker=_speaker(conflict, plan), slots=said)


def _same_public(_conflict: Conflict, plan: Plan, slots: Sequence[PlannedSlot], said: str) -> str:
    return _(
        "Plusieurs activités pour le même public (%(audience)s) et sur le même thème (%(theme)s) ont lieu "
        "en même temps : %(slots)s.",
        audience=plan.labels[slots[0].audience or 0],
        theme=plan.labels[slots[0].theme or 0],
        slots=said,
    )


def _outside_hours(conflict: Conflict, _plan: Plan, _slots: Sequence[PlannedSlot], said: str) -> str:
    return _(
        "%(slots)s sort des heures d’ouverture : %(hours)s.",
        slots=said,
        hours=format_time_range(*conflict.hours) if conflict.hours else "",
    )


_SENTENCES: dict[Kind, Callable[[Conflict, Plan, Sequence[PlannedSlot], str], str]] = {
    "room_taken": _room_taken,
    "speaker_twice": _speaker_twice,
    "room_small": _room_small,
    "no_workstations": _no_workstations,
    "speaker_unavailable": _speaker_unavailable,
    "same_public": _same_public,
    "outside_hours": _outside_hours,
}


def _said(slot: PlannedSlot, *, dated: bool) -> str:
    hours = format_time_range(slot.starts_at, slot.ends_at)
    if dated:
        return _("« %(title)s » (%(day)s, %(hours)s)", title=slot.title, day=format_date(slot.starts_at), hours=hours)
    return _("« %(title)s » (%(hours)s)", title=slot.title, hours=hours)


def listed(named: Sequence[str]) -> str:
    """« A, B et C »; of many the first few and how many more."""
    if len(named) > MOST_NAMED:
        more = len(named) - MOST_NAMED + 1
        return _("%(some)s et %(more)s autres", some=", ".join(named[: MOST_NAMED - 1]), more=more)
    *first, last = named
    return _("%(some)s et %(last)s", some=", ".join(first), last=last) if first else last


def _room(conflict: Conflict, plan: Plan) -> str:
    return plan.rooms[conflict.room or 0].name


def _speaker(conflict: Conflict, plan: Plan) -> str:
    return plan.speakers[conflict.speaker or 0]
