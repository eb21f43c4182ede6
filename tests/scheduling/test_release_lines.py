"""What a release means for those who wait: closed, moved, or more seats; told in the release's own transaction."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from scheduling.domain.drafts import draft_of
from scheduling.domain.places import cancel_place
from scheduling.domain.rehearsal import rehearse
from scheduling.domain.releases import Blocked, prepared
from tests.factories import IN_A_YEAR
from tests.letters_read import composed, letter, link_to
from tests.scheduling.lines import FullSlot, a_line, ask, counted, states, told
from tests.scheduling.registered import another_slot
from tests.scheduling.releasing import move, release, remove

pytestmark = pytest.mark.usefixtures("db", "app")
LATER = IN_A_YEAR + timedelta(hours=3)


async def planned(full: FullSlot, change: str) -> None:
    """In the draft's twin of the slot."""
    await database.fetch(
        f"""
        UPDATE slot d SET {change} FROM slot p, activity a
        WHERE p.code = $2 AND a.id = d.activity AND a.edition = $1 AND d.source_id = p.source_id
        """,
        await draft_of(full.edition.id),
        full.slot.code,
    )


async def test_line_is_closed_and_told_when_the_slot_is_called_off_even_whoever_was_offered_a_place() -> None:
    full = await a_line(waiting=2)
    await draft_of(full.edition.id)
    await cancel_place(full.place)
    await remove(full.edition, full.slot)
    rehearsal = await rehearse(full.edition.id, await prepared(full.edition.id))

    await release(full.edition)

    assert (await states(full.slot), await counted(full.slot)) == (["closed", "closed"], (0, 0))
    assert await told("waiting_over") == ["Ginette Roy", "Denise Côté"]
    mails = [mail for mail in await composed("scheduling.waiting_over") if mail]
    assert ["Cette activité n’aura pas lieu" in mail.text for mail in mails] == [True, True]
    assert [mail for mail in await composed("scheduling.offer") if mail] == []
    assert rehearsal
    assert sorted((each.email, each.text) for each in rehearsal.messages) == [(m.to_email, m.text) for m in mails]
    assert rehearsal.count == 2


async def test_entry_becomes_free_and_those_who_waited_are_told_to_come() -> None:
    full = await a_line(waiting=1)
    await draft_of(full.edition.id)
    await planned(full, "seats = NULL")

    await release(full.edition)

    assert await states(full.slot) == ["closed"]
    assert "l’entrée est maintenant libre" in (await letter("scheduling.waiting_over")).text


async def test_seats_added_go_to_the_first_in_line() -> None:
    full = await a_line(waiting=3)
    await draft_of(full.edition.id)
    await planned(full, "seats = 3")

    await release(full.edition)

    assert (await states(full.slot), await counted(full.slot)) == (["offered", "offered", "waiting"], (1, 2))


async def test_seats_are_never_fewer_than_those_taken_and_offered() -> None:
    full = await a_line(waiting=3)
    await draft_of(full.edition.id)
    await planned(full, "seats = 3")
    await release(full.edition, "Plus de places")
    await planned(full, "seats = 2")

    with pytest.raises(Blocked):
        await release(full.edition, "Moins de places")


async def test_those_who_wait_learn_the_new_time_and_what_else_of_theirs_is_then() -> None:
    full = await a_line(waiting=2)
    other = await another_slot(full.edition, "Acheter en ligne", starts_at=LATER)
    await ask(other, full.people[1])
    await draft_of(full.edition.id)
    await move(full.edition, full.slot, LATER)
    rehearsal = await rehearse(full.edition.id, await prepared(full.edition.id))

    await release(full.edition)

    assert await told("waiting_moved") == ["Ginette Roy", "Denise Côté"]
    first, second = [mail for mail in await composed("scheduling.waiting_moved") if mail]
    spoken = [mail.text.replace("\N{NO-BREAK SPACE}", " ") for mail in (first, second)]
    assert "12 h à 13 h" in spoken[0]
    assert "Avant : jeudi 21 octobre 2027, 9 h à 10 h" in spoken[0]
    assert "le numéro 1" in spoken[0]
    assert ["Acheter en ligne" in text for text in spoken] == [False, True]
    assert link_to(first, "/attentes/") == full.link(0)
    assert rehearsal
    assert rehearsal.count == 3  # Bob's place moves too


async def test_only_the_last_of_two_moves_is_told() -> None:
    full = await a_line(waiting=1)
    await draft_of(full.edition.id)
    for hours in (3, 5):
        await move(full.edition, full.slot, IN_A_YEAR + timedelta(hours=hours))
        await release(full.edition, f"Version {hours}")

    assert [bool(mail) for mail in await composed("scheduling.waiting_moved")] == [False, True]


async def test_offer_ends_with_the_beginning_when_the_slot_is_moved_earlier() -> None:
    full = await a_line(waiting=1)
    await draft_of(full.edition.id)
    await cancel_place(full.place)
    soon = clock.now() + timedelta(hours=2)
    await database.fetch("UPDATE edition SET starts_on = current_date - 1")
    await move(full.edition, full.slot, soon)

    await release(full.edition)

    [row] = await database.fetch("SELECT deadline, state FROM waiting_entry")
    assert (row["deadline"], row["state"]) == (soon, "offered")
