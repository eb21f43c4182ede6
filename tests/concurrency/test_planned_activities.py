"""Two organisers save the same activity at the same moment: one is written whole, the other is told."""

import asyncio
from datetime import timedelta

import pytest
from msgspec import structs

from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_activities import Overtaken, SlotChanges, WantedSlot, add_activity, change_activity
from scheduling.domain.planned_activity import ActivityContent, planned_activity
from scheduling.domain.translated_texts import texts_to_translate
from scheduling.domain.translating import TextChanged, translate
from tests.factories import IN_A_YEAR, make_edition, make_person

pytestmark = pytest.mark.usefixtures("committed")


async def test_one_of_many_is_written_whole_and_the_others_are_told():
    there = await draft_of((await make_edition()).id)
    alice = await make_person("Alice Roy", "alice@example.ca")
    code = await add_activity(there, ActivityContent(title_fr="Jeu"), by=alice)
    version = (await planned_activity(there, code)).version

    def slots(number: int) -> SlotChanges:
        starts_at = IN_A_YEAR + timedelta(hours=number)
        return SlotChanges(written=[WantedSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))])

    outcomes = await asyncio.gather(
        *(
            change_activity(
                there, code, ActivityContent(title_fr=f"Jeu {number}"), slots(number), version=version, by=alice
            )
            for number in range(8)
        ),
        return_exceptions=True,
    )

    now = await planned_activity(there, code)
    winner = outcomes.index(None)
    assert all(isinstance(each, Overtaken) for place, each in enumerate(outcomes) if place != winner)
    assert now.content.title_fr == f"Jeu {winner}"
    assert [slot.starts_at for slot in now.slots] == [IN_A_YEAR + timedelta(hours=winner)]


async def test_slot_moved_at_the_same_moment_leaves_neither_half_written():
    there = await draft_of((await make_edition()).id)
    alice = await make_person("Alice Roy", "alice@example.ca")
    first = SlotChanges(written=[WantedSlot(starts_at=IN_A_YEAR, ends_at=IN_A_YEAR + timedelta(hours=1))])
    code = await add_activity(there, ActivityContent(title_fr="Jeu"), first, by=alice)
    seen = await planned_activity(there, code)
    [slot] = seen.slots
    stale = WantedSlot(code=slot.code, version="1", starts_at=slot.starts_at, ends_at=slot.ends_at, seats=5)

    with pytest.raises(Overtaken):
        await change_activity(
            there,
            code,
            structs.replace(seen.content, title_fr="Grand jeu"),
            SlotChanges(written=[stale]),
            version=seen.version,
            by=alice,
        )

    now = await planned_activity(there, code)
    assert (now.content.title_fr, now.slots[0].seats) == ("Jeu", None)


async def test_one_of_many_translations_of_a_text_is_written_and_the_others_are_told():
    edition = await make_edition()
    there = await draft_of(edition.id)
    alice = await make_person("Alice Roy", "alice@example.ca")
    code = await add_activity(there, ActivityContent(title_fr="Jeu"), by=alice)
    [text] = await texts_to_translate(edition.id, there, part="activity")

    outcomes = await asyncio.gather(
        *(
            translate(
                edition.id, there, text.part, text.id, {"title_en": f"Game {number}"}, version=text.version, by=alice
            )
            for number in range(8)
        ),
        return_exceptions=True,
    )

    winner = outcomes.index(None)
    assert all(isinstance(each, TextChanged) for place, each in enumerate(outcomes) if place != winner)
    assert (await planned_activity(there, code)).content.title_en == f"Game {winner}"
