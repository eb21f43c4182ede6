"""What is said after a meeting: events for the follow-up, agreements on record, figures without small numbers."""

from datetime import timedelta

import msgspec
import pytest

from digital_days.kernel import clock, database, events
from digital_days.kernel.events import Event
from matchmaking.domain.outcome_words import share_words
from matchmaking.domain.outcomes import NoSuchProject, NotHeld, Said, say_not_held, say_outcome
from matchmaking.domain.presence import MeetAgain
from matchmaking.domain.results import results_of
from matchmaking.events import ContactsShared, ContactsWithdrawn, OutcomeSaid
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import made, make_meeting, make_organisation, make_participant

KINDS = (OutcomeSaid, ContactsShared, ContactsWithdrawn)


async def _heard(_fact: Event) -> None:
    """A subscriber, so that events have a row."""


@pytest.fixture
async def told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_subscribers", {})
    events.subscribe({kind: [_heard] for kind in KINDS}, service="tests")


async def _events() -> list[tuple[str, dict[str, object]]]:
    rows = await database.fetch(
        "SELECT topic, payload FROM outbox_message WHERE topic LIKE 'matchmaking.%' ORDER BY id"
    )
    return [(row["topic"].partition(">")[0].partition(".")[2], msgspec.json.decode(row["payload"])) for row in rows]


async def _met(edition: Made, number: int = 1) -> tuple[Made, int, int, Made, Made]:
    """A meeting an hour ago; the people of its two sides, and their organisations."""
    mill = await make_organisation(edition, f"Moulin {number}")
    cle = await make_organisation(edition, f"CLE {number}", side="resource")
    bob = await make_person(f"Bob {number}", f"bob{number}@example.ca")
    carole = await make_person(f"Carole {number}", f"carole{number}@example.ca")
    seats = (await make_participant(edition, mill, bob), await make_participant(edition, cle, carole))
    began = clock.now() - timedelta(hours=1)
    return await make_meeting(edition, *seats, table=number, began=began), bob, carole, mill, cle


async def test_answer_is_told_with_the_registration_of_the_business(told):
    edition = await make_edition()
    meeting, bob, carole, mill, _cle = await _met(edition)
    await made("registration", code="REGISTERED", person=bob, edition=edition.id)

    await say_outcome(
        carole, edition.id, meeting.code, Said(useful=3, next_step="referral", project="hub", shares=True)
    )

    fact = {
        "meeting": meeting.code,
        "edition": "jn2027",
        "registration": "REGISTERED",
        "organisation": mill.code,
        "by": "resource",
        "useful": 3,
        "next_step": "referral",
        "project": "hub",
        "said": 1,
    }
    assert await _events() == [("outcome-said", fact)]
    [row] = await database.fetch("SELECT state FROM meeting")
    assert row["state"] == "held"


async def test_sharing_is_told_when_both_agree_and_when_one_takes_it_back(told):
    edition = await make_edition()
    meeting, bob, carole, *_rest = await _met(edition)

    for person, shares in ((bob, True), (carole, True), (bob, True), (bob, False), (carole, False)):
        await say_outcome(person, edition.id, meeting.code, Said(useful=2, shares=shares))

    told_of = [name for name, _fact in await _events()]
    said = "outcome-said"
    assert told_of == [said, said, "contacts-shared", said, said, "contacts-withdrawn", said]


async def test_agreement_is_on_record_in_the_words_that_were_read(told):
    edition = await make_edition()
    meeting, bob, *_rest = await _met(edition)

    await say_outcome(bob, edition.id, meeting.code, Said(useful=2, shares=True))
    await say_outcome(bob, edition.id, meeting.code, Said(useful=2))

    [row] = await database.fetch("SELECT consent, consent_version, shares_contact, withdrawn_at FROM meeting_outcome")
    words = share_words("Carole 1", "CLE 1")
    assert (row["consent"], row["consent_version"]) == (words.text, words.version)
    assert (row["shares_contact"], row["withdrawn_at"] is not None) == (False, True)


async def test_project_counts_with_a_referral_only(told):
    edition = await make_edition()
    meeting, bob, *_rest = await _met(edition)

    await say_outcome(bob, edition.id, meeting.code, Said(useful=2, next_step="contact", project="hub"))

    [row] = await database.fetch("SELECT project FROM meeting_outcome")
    assert row["project"] == ""
    with pytest.raises(NoSuchProject):
        await say_outcome(bob, edition.id, meeting.code, Said(useful=2, next_step="referral", project="moon"))


async def test_cancelled_meeting_takes_no_answer(told):
    edition = await make_edition()
    meeting, bob, *_rest = await _met(edition)
    await database.fetch("UPDATE meeting SET state = 'cancelled'")

    for say in (
        say_outcome(bob, edition.id, meeting.code, Said(useful=2)),
        say_not_held(bob, edition.id, meeting.code),
    ):
        with pytest.raises(NotHeld):
            await say


async def test_answer_outweighs_the_word_that_it_did_not_take_place(told):
    edition = await make_edition()
    meeting, bob, carole, *_rest = await _met(edition)

    await say_not_held(bob, edition.id, meeting.code)
    await say_outcome(carole, edition.id, meeting.code, Said(useful=2))
    await say_not_held(bob, edition.id, meeting.code)

    [row] = await database.fetch("SELECT state FROM meeting")
    assert row["state"] == "held"


async def test_missed_meeting_of_two_who_were_given_another_takes_no_answer(told):
    edition = await make_edition()
    meeting, bob, *_rest = await _met(edition)
    await say_not_held(bob, edition.id, meeting.code)
    [pair] = await database.fetch("SELECT business, resource FROM meeting")
    seats = (Made(pair["business"], ""), Made(pair["resource"], ""))
    again = await make_meeting(edition, *seats, number=2, began=clock.now() - timedelta(minutes=30))

    with pytest.raises(MeetAgain):
        async with database.taken_back():
            await say_outcome(bob, edition.id, meeting.code, Said(useful=2))
    await say_outcome(bob, edition.id, again.code, Said(useful=2))

    states = await database.fetch("SELECT state FROM meeting ORDER BY id")
    assert [row["state"] for row in states] == ["missed", "held"]
    assert len(await database.fetch("SELECT FROM meeting_outcome")) == 1


async def test_results_add_up_by_theme_of_both_sides(told):
    edition = await make_edition()
    term = await made("need_term", edition=edition.id, slug="vendre", name_fr="Vendre en ligne")
    other = await made("need_term", edition=edition.id, slug="autre", name_fr="Autre chose")
    for number, (state, useful) in enumerate([("held", 3), ("held", 1), ("missed", 0)], start=1):
        meeting, bob, carole, mill, cle = await _met(edition, number)
        for need, organisation in ((term, mill), (term, cle), (other, mill)):
            await made("match_need", organisation=organisation.id, need=need)
        if useful:
            for person, said in (
                (bob, Said(useful=useful, next_step="contact", shares=number == 1)),
                (carole, Said(useful=useful, shares=number == 1)),
            ):
                await say_outcome(person, edition.id, meeting.code, said)
        else:
            await database.fetch("UPDATE meeting SET state = $2 WHERE id = $1", meeting.id, state)

    tally, themes = await results_of(edition.id)

    assert (tally.meetings, tally.held, tally.missed, tally.cancelled, tally.shared) == (3, 2, 1, 0, 1)
    assert tally.useful == {3: 2, 2: 0, 1: 2}
    assert tally.next_steps == {"contact": 2, "appointment": 0, "referral": 0, "": 2}
    assert tally.is_enough
    assert [(theme.name, theme.tally) for theme in themes] == [("Vendre en ligne", tally)]


async def test_few_answers_are_not_shown(told):
    edition = await make_edition()
    meeting, bob, *_rest = await _met(edition)
    await say_outcome(bob, edition.id, meeting.code, Said(useful=2))

    tally, _themes = await results_of(edition.id)

    assert (tally.answers, tally.is_enough) == (1, False)
