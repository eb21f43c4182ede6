"""A plan in sentences' words: what is added, changed and removed."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from digital_days.kernel.i18n import N_, TORONTO, _, format_date, format_time_range, ngettext
from scheduling.domain.field_words import changes
from scheduling.domain.import_plan import Difference, K, Plan, T
from scheduling.domain.import_report import Change, Line
from scheduling.domain.programme_facts import Facts, SlotFacts, SlotKey

_FACETS = {"theme": N_("thème"), "audience": N_("public"), "kind": N_("genre")}
_ORDERS = {"rooms": N_("ordre des salles"), "labels": N_("ordre des thèmes, publics et genres")}


class Lines(Struct, frozen=True):
    added: tuple[Line, ...]
    changed: tuple[Line, ...]
    removed: tuple[Line, ...]


def lines(plan: Plan, zone: ZoneInfo, people: Mapping[SlotKey, int]) -> Lines:
    """One line a thing; the slots of an activity that comes or goes are part of its line.

    ``people`` counts who has a place in each slot that moves or is cancelled; times are shown in ``zone``.
    """
    return Lines(
        added=tuple(_added(plan, zone)),
        changed=tuple(_changed(plan, zone, people)),
        removed=tuple(_removed(plan, zone, people)),
    )


def slot_title(facts: Facts, key: SlotKey, slot: SlotFacts, zone: ZoneInfo) -> str:
    """« Titre, 21 octobre 2027, 9 h à 10 h, Salle »."""
    parts = [facts.activities[key[0]].title_fr, *moment(slot, zone), slot.room or ""]
    return ", ".join(part for part in parts if part)


def moment(slot: SlotFacts, zone: ZoneInfo) -> tuple[str, str]:
    """The day and the hours, as the clocks of the place show them."""
    # The formats show Toronto's time; a programme from elsewhere must be quoted with its own.
    start, end = (each.astimezone(zone).replace(tzinfo=TORONTO) for each in (slot.starts_at, slot.ends_at))
    return format_date(start), format_time_range(start, end)


def _added(plan: Plan, zone: ZoneInfo) -> Iterator[Line]:
    if plan.edition[0] is None and plan.edition[1]:
        yield Line(what=_("édition"), title=plan.edition[1].title)
    for what, title in _named(plan, "added"):
        yield Line(what=what, title=title)
    for key, slot in plan.slots.added.items():
        if key[0] not in plan.activities.added:
            yield Line(what=_("plage"), title=slot_title(plan.after, key, slot, zone))


def _removed(plan: Plan, zone: ZoneInfo, people: Mapping[SlotKey, int]) -> Iterator[Line]:
    for what, title in _named(plan, "removed"):
        yield Line(what=what, title=title)
    for key, slot in plan.slots.removed.items():
        if key[0] not in plan.activities.removed:
            yield Line(what=_("plage"), title=slot_title(plan.before, key, slot, zone))
    for key in plan.cancelled:
        title = slot_title(plan.before, key, plan.before.slots[key], zone)
        yield Line(what=_("plage"), title=title, note=_people_cancelled(people.get(key, 0)))


def _changed(plan: Plan, zone: ZoneInfo, people: Mapping[SlotKey, int]) -> Iterator[Line]:
    before, after = plan.edition
    if before and after and before != after:
        yield Line(what=_("édition"), title=after.title, changes=changes(before, after))
    for name, order in _ORDERS.items():
        if name in plan.reordered:
            yield Line(what=_(order), title="")
    for name, room in plan.rooms.changed.items():
        yield Line(what=_("salle"), title=name, changes=changes(*room))
    for (facet, name), label in plan.labels.changed.items():
        yield Line(what=_(_FACETS[facet]), title=name, changes=changes(*label))
    for speaker in plan.speakers.changed.values():
        yield Line(what=_("personne intervenante"), title=speaker[1].name, changes=changes(*speaker))
    names = {key: speaker.name for facts in (plan.before, plan.after) for key, speaker in facts.speakers.items()}
    for activity in plan.activities.changed.values():
        yield Line(what=_("activité"), title=activity[1].title_fr, changes=changes(*activity, names=names))
    cancelled = set(plan.cancelled)
    for key, slot in plan.slots.changed.items():
        if key not in cancelled:
            title = slot_title(plan.after, key, slot[1], zone)
            note = _people_moved(people.get(key, 0))
            yield Line(what=_("plage"), title=title, changes=_slot_changes(*slot, zone), note=note)


def _slot_changes(before: SlotFacts, after: SlotFacts, zone: ZoneInfo) -> tuple[Change, ...]:
    when = [" ".join((day, hours)) for day, hours in (moment(before, zone), moment(after, zone))]
    where = ("venue", "address") if before.room != after.room else ()  # another room is elsewhere anyway
    rest = changes(before, after, without=("starts_at", "ends_at", *where))
    if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
        return rest
    return (Change(_("moment"), *when), *rest)


def _named(plan: Plan, which: str) -> Iterator[tuple[str, str]]:
    for name in _of(plan.rooms, which):
        yield _("salle"), name
    for facet, name in _of(plan.labels, which):
        yield _(_FACETS[facet]), name
    for speaker in _of(plan.speakers, which).values():
        yield _("personne intervenante"), speaker.name
    for activity in _of(plan.activities, which).values():
        yield _("activité"), activity.title_fr


def _of(difference: Difference[K, T], which: str) -> Mapping[K, T]:
    return difference.added if which == "added" else difference.removed


def _people_cancelled(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(num)d personne inscrite est prévenue : sa place est annulée.",
        "%(num)d personnes inscrites sont prévenues : leur place est annulée.",
        count,
    )


def _people_moved(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(num)d personne inscrite est prévenue du changement.",
        "%(num)d personnes inscrites sont prévenues du changement.",
        count,
    )
