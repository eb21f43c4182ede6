"""What differs between two programmes for whoever comes: moved, added, removed, changed. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel.i18n import _
from scheduling.domain.field_words import field_name
from scheduling.domain.import_plan import Plan
from scheduling.domain.programme_facts import Facts, SlotFacts, SlotKey
from scheduling.domain.words import Words
from scheduling.imports.model import ImportedActivity

Kind = Literal["moved", "added", "removed", "changed"]

KINDS: tuple[Kind, ...] = ("moved", "added", "removed", "changed")

_SHOWN = (
    "title_fr",
    "title_en",
    "subtitle",
    "summary_fr",
    "summary_en",
    "description_fr",
    "description_en",
    "kind",
    "theme",
    "audience",
    "language",
    "speakers",
    "links",
)


class Moment(Struct, frozen=True, kw_only=True):
    """When and where; ``room`` is empty where none is known."""

    starts_at: datetime
    ends_at: datetime
    room: Words


class Change(Struct, frozen=True, kw_only=True):
    """One thing that changed in one activity; ``slot`` names the one that moved, came or went."""

    kind: Kind
    activity: str
    title: Words
    slot: str = ""
    was: Moment | None = None
    now: Moment | None = None
    fields: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """By which the changes of one kind are put in order."""
        shown = self.now or self.was
        return shown.starts_at if shown else None

    @property
    def field_names(self) -> list[str]:
        """What changed in its texts, in the reader's language."""
        return list(dict.fromkeys(_(field_name(field)) for field in self.fields))


def changes(plan: Plan) -> list[Change]:
    """Every change once, what moved first, by time. Seats, pictures and what only organisers see are no news."""
    found = [*_slots(plan), *_texts(plan)]
    return sorted(found, key=lambda each: (KINDS.index(each.kind), str(each.moment or ""), each.title.fr))


def _slots(plan: Plan) -> Iterator[Change]:
    cancelled, moved = set(plan.cancelled), set(plan.moved)
    for key, slot in plan.slots.added.items():
        if not slot.cancelled:
            yield _slot("added", plan, key, now=slot)
    for key, slot in plan.slots.removed.items():
        if not slot.cancelled:
            yield _slot("removed", plan, key, was=slot)
    for key, (before, after) in plan.slots.changed.items():
        if key in cancelled:
            yield _slot("removed", plan, key, was=before)
        elif key in moved:
            yield _slot("moved", plan, key, was=before, now=after)
        elif before.cancelled and not after.cancelled:
            yield _slot("added", plan, key, now=after)


def _slot(
    kind: Kind, plan: Plan, key: SlotKey, *, was: SlotFacts | None = None, now: SlotFacts | None = None
) -> Change:
    facts = plan.after if now else plan.before
    return Change(
        kind=kind,
        activity=key[0],
        title=_title(facts.activities[key[0]]),
        slot=key[1],
        was=_moment(plan.before, was) if was else None,
        now=_moment(plan.after, now) if now else None,
    )


def _texts(plan: Plan) -> Iterator[Change]:
    for key, (before, after) in plan.activities.changed.items():
        fields = tuple(name for name in _SHOWN if getattr(before, name) != getattr(after, name))
        if fields:
            yield Change(kind="changed", activity=key, title=_title(after), fields=fields)


def _title(activity: ImportedActivity) -> Words:
    return Words(activity.title_fr, activity.title_en or "")


def _moment(facts: Facts, slot: SlotFacts) -> Moment:
    room = facts.rooms.get(slot.room or "")
    name = Words(room.name, room.name_en or "") if room else Words("", "")
    return Moment(starts_at=slot.starts_at, ends_at=slot.ends_at, room=name)
