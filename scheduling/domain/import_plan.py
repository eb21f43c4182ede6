"""What an import has to change: the one plan from which the report is worded and the database is written."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from scheduling.domain.programme_facts import EditionFacts, Facts, LabelKey, SlotFacts, SlotKey
from scheduling.imports.model import ImportedActivity, ImportedLabel, ImportedRoom, ImportedSpeaker

K = TypeVar("K")
T = TypeVar("T")


class Difference(Struct, Generic[K, T], frozen=True):
    """Between two mappings; ``changed`` holds before and after."""

    added: Mapping[K, T]
    changed: Mapping[K, tuple[T, T]]
    removed: Mapping[K, T]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Plan(Struct, frozen=True, kw_only=True):
    """Before, after, and what differs. ``order`` names the lists whose order changes beyond additions and removals."""

    before: Facts
    after: Facts
    edition: tuple[EditionFacts | None, EditionFacts | None]
    rooms: Difference[str, ImportedRoom]
    labels: Difference[LabelKey, ImportedLabel]
    speakers: Difference[str, ImportedSpeaker]
    activities: Difference[str, ImportedActivity]
    slots: Difference[SlotKey, SlotFacts]
    reordered: frozenset[str]

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return (
            self.edition[0] != self.edition[1]
            or any((self.rooms, self.labels, self.speakers, self.activities, self.slots))
            or bool(self.reordered)
        )

    @property
    def moved(self) -> list[SlotKey]:
        """Slots that take place before and after, at another time or in another place."""
        return [
            key
            for key, (before, after) in self.slots.changed.items()
            if not before.cancelled and not after.cancelled and where_and_when(before) != where_and_when(after)
        ]

    @property
    def cancelled(self) -> list[SlotKey]:
        """Slots that don't take place any more and are remembered."""
        return [key for key, (before, after) in self.slots.changed.items() if after.cancelled and not before.cancelled]


def compare(before: Facts, after: Facts) -> Plan:
    """Everything that differs, thing by thing."""
    return Plan(
        before=before,
        after=after,
        edition=(before.edition, after.edition),
        rooms=difference(before.rooms, after.rooms),
        labels=difference(before.labels, after.labels),
        speakers=difference(before.speakers, after.speakers),
        activities=difference(before.activities, after.activities),
        slots=difference(before.slots, after.slots),
        reordered=frozenset(
            name
            for name, first, second in (
                ("rooms", before.rooms, after.rooms),
                ("labels", before.labels, after.labels),
            )
            if [key for key in first if key in second] != [key for key in second if key in first]
        ),
    )


def difference(before: Mapping[K, T], after: Mapping[K, T]) -> Difference[K, T]:
    """Added and changed in the order of the second, removed in the order of the first."""
    return Difference(
        added={key: thing for key, thing in after.items() if key not in before},
        changed={key: (before[key], thing) for key, thing in after.items() if key in before and before[key] != thing},
        removed={key: thing for key, thing in before.items() if key not in after},
    )


def where_and_when(slot: SlotFacts) -> tuple[object, ...]:
    """What a person who comes must know; seats are not part of it."""
    return slot.starts_at, slot.ends_at, slot.room, slot.venue, slot.address, slot.cancelled
