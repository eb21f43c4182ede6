"""What no release may have: a room or a speaker twice at once, found in a programme that comes from a file."""

from scheduling.domain.conflict_wording import in_words
from scheduling.domain.programme_facts import Facts
from scheduling.engine.conflicts import Plan, PlannedRoom, PlannedSlot, conflicts


def contradictions(facts: Facts) -> tuple[str, ...]:
    """A sentence each, by time. Nothing but the programme itself is looked at: no hours, no availabilities."""
    plan = _plan(facts)
    return tuple(in_words(each, plan, dated=True) for each in conflicts(plan) if each.hard)


def _plan(facts: Facts) -> Plan:
    rooms = {name: number for number, name in enumerate(facts.rooms, start=1)}
    speakers = {key: number for number, key in enumerate(facts.speakers, start=1)}
    activities = {key: number for number, key in enumerate(facts.activities, start=1)}
    slots = [
        PlannedSlot(
            id=number,
            code=key[1],
            key=key[1],
            activity=activities[key[0]],
            title=facts.activities[key[0]].title_fr,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            room=rooms[slot.room] if slot.room else None,
            speakers=tuple(speakers[each] for each in facts.activities[key[0]].speakers if each in speakers),
        )
        for number, (key, slot) in enumerate(facts.slots.items(), start=1)
        if not slot.cancelled
    ]
    return Plan(
        slots={slot.id: slot for slot in slots},
        rooms={number: PlannedRoom(id=number, name=name) for name, number in rooms.items()},
        speakers={number: facts.speakers[key].name for key, number in speakers.items()},
        labels={},
        available={},
        opening=(),
    )
