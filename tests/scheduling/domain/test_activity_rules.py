"""The rules of an activity, at each side of each of their dates."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Refusal
from scheduling.domain.activity_rules import NO_RULES, Rules
from scheduling.domain.edition_rules import EditionRules, edition_rules_of, write_edition_rules
from scheduling.domain.places import Applicant, NotOpenYet, RegistrationClosed, Wish, take_place
from scheduling.domain.rule_writing import ruled_activity
from tests.factories import IN_A_YEAR, Made, make_activity, make_person, make_slot
from tests.scheduling.ruled import AGREED, BEFORE, DIET, LEVEL, ask, ruled_slot, say_rules

pytestmark = pytest.mark.usefixtures("db")

MOMENT = timedelta(seconds=1)
WINDOW = Rules(opens_at=BEFORE, closes_at=BEFORE + timedelta(days=5))
RESERVED = Rules(reserved_seats=1, reserved_for="etudiants", reserved_until=BEFORE + timedelta(days=5))


async def version_of(edition: Made, activity: Made) -> str:
    known = await ruled_activity(edition.id, activity.code, code=activity.code, title_fr="", title_en="")
    return known.version


@pytest.mark.parametrize(
    ("after", "origin", "outcome"),
    [
        (-MOMENT, "web", NotOpenYet),
        (timedelta(0), "web", "confirmed"),
        (timedelta(days=5) - MOMENT, "web", "confirmed"),
        (timedelta(days=5), "web", RegistrationClosed),
        (-MOMENT, "desk", "confirmed"),
        (timedelta(days=5), "desk", "confirmed"),
    ],
)
async def test_places_are_given_within_the_window_and_at_the_desk_at_any_time(
    after: timedelta, origin: str, outcome: object
):
    _edition, _activity, slot = await ruled_slot(WINDOW)

    with clock.stopped_at(BEFORE + after):
        try:
            answer: object = (await ask(slot, "Bob", origin=origin)).outcome
        except Refusal as refusal:
            answer = type(refusal)

    assert answer == outcome


@pytest.mark.parametrize(
    ("after", "audience", "outcome", "reason"),
    [
        (timedelta(0), "", "full", "reserved"),
        (timedelta(0), "aines", "full", "reserved"),
        (timedelta(0), "etudiants", "confirmed", ""),
        (timedelta(days=5), "", "confirmed", ""),
    ],
)
async def test_last_seat_is_kept_for_its_audience_until_the_date(
    after: timedelta, audience: str, outcome: str, reason: str
):
    _edition, _activity, slot = await ruled_slot(RESERVED)

    with clock.stopped_at(BEFORE + after):
        first = await ask(slot, "Charlie")
        answer = await ask(slot, "Bob", audience=audience)

    [place] = await database.fetch("SELECT audience, reason FROM place WHERE code = $1", answer.code)
    assert (first.outcome, answer.outcome, place["audience"], place["reason"]) == (
        "confirmed",
        outcome,
        audience,
        reason,
    )


async def test_member_who_took_the_reserved_seat_leaves_the_others_to_everybody():
    _edition, _activity, slot = await ruled_slot(RESERVED)

    with clock.stopped_at(BEFORE):
        answers = [await ask(slot, "Alice", audience="etudiants"), await ask(slot, "Bob"), await ask(slot, "Charlie")]

    assert [answer.outcome for answer in answers] == ["confirmed", "confirmed", "full"]


async def test_each_person_has_so_many_places_until_the_date():
    edition, _activity, slot = await ruled_slot(NO_RULES)
    later = await make_slot(await make_activity(edition, "Autre"), starts_at=IN_A_YEAR + timedelta(hours=3))
    bob = await make_person()
    until = BEFORE + timedelta(days=1)
    await write_edition_rules(edition.id, EditionRules(most=1, most_until=until, offer_hours=6))

    with clock.stopped_at(BEFORE):
        early = [(await ask(each, bob)).outcome for each in (slot, later)]
    with clock.stopped_at(until):
        late = (await ask(later, bob)).outcome

    known = await edition_rules_of(edition.id)
    assert (early, late) == (["confirmed", "limit"], "confirmed")
    assert (known.most, known.most_until, known.offer_hours) == (1, until, 6)
    with pytest.raises(ChangedMeanwhile):
        await write_edition_rules(edition.id, EditionRules(most=3))


async def test_second_organiser_is_told_and_overwrites_nothing():
    edition, activity, _slot = await ruled_slot(WINDOW)
    await say_rules(edition, activity, RESERVED, version=await version_of(edition, activity))

    for stale in ("1", ""):
        with pytest.raises(ChangedMeanwhile):
            await say_rules(edition, activity, NO_RULES, version=stale)

    known = await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")
    assert known.rules == RESERVED


async def test_seat_that_is_no_longer_reserved_is_offered_to_who_waits_for_it():
    edition, activity, slot = await ruled_slot(Rules(reserved_seats=2, reserved_for="etudiants"))
    bob = await make_person()

    with clock.stopped_at(BEFORE):
        waits = await take_place(slot.code, Applicant(person_id=bob), consents=AGREED, wish=Wish(wait=True))
        await say_rules(edition, activity, NO_RULES, version=await version_of(edition, activity))

    [entry] = await database.fetch("SELECT state FROM waiting_entry")
    assert (waits.outcome, entry["state"]) == ("waiting", "offered")


async def test_answers_go_with_a_question_that_is_taken_away():
    edition, activity, slot = await ruled_slot(Rules(questions=(DIET, LEVEL)))
    with clock.stopped_at(BEFORE):
        answer = await ask(slot, "Bob", answers={"DIET": "Noix", "LEVEL": "1"})

    await say_rules(edition, activity, Rules(questions=(LEVEL,)), version=await version_of(edition, activity))

    [place] = await database.fetch("SELECT answers::text FROM place WHERE code = $1", answer.code)
    known = await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")
    assert place["answers"] == '{"LEVEL": "1"}'
    assert (known.rules.questions, known.answered, [each.answered for each in known.slots]) == (
        (LEVEL,),
        {"LEVEL": 1},
        [1],
    )
