"""Two people at once at the last seat that is not reserved, and one person who asks for two places at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

import scheduling
from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from scheduling.domain.activity_rules import NO_RULES, Rules
from scheduling.domain.edition_rules import EditionRules, write_edition_rules
from scheduling.domain.places import OVERTAKEN
from scheduling.domain.rule_writing import ruled_activity
from tests.factories import IN_A_YEAR, Made, make_activity, make_person, make_slot
from tests.scheduling.ruled import BEFORE, ask, ruled_slot, say_rules

PROTECTED = "IF others[n] > 0 AND"
DECIDED = "is_full := free <= kept;"
FUNCTION = (Path(scheduling.__file__).parent / "sql" / "take_places.sql").read_text(encoding="utf-8")
ONE_RESERVED = Rules(reserved_seats=1, reserved_for="etudiants")

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
async def slowly(pool: None) -> AsyncIterator[None]:
    """Everybody reads before anybody writes."""
    assert DECIDED in FUNCTION
    await database.fetch(FUNCTION.replace(DECIDED, f"{DECIDED} PERFORM pg_sleep(0.05);"))
    yield
    await database.fetch(FUNCTION)


@pytest.fixture
async def without_protection(slowly: None) -> None:
    """The same without the look at the reserved seats that comes last."""
    assert PROTECTED in FUNCTION
    unguarded = FUNCTION.replace(PROTECTED, "IF false AND others[n] > 0 AND")
    await database.fetch(unguarded.replace(DECIDED, f"{DECIDED} PERFORM pg_sleep(0.05);"))


async def two_at_once() -> Counter[str]:
    _edition, _activity, slot = await ruled_slot(ONE_RESERVED)
    people = [await make_person("Bob", "bob@example.ca"), await make_person("Charlie", "charlie@example.ca")]
    answers = await asyncio.gather(*(_apart(slot, person) for person in people))
    return Counter(answers)


async def _apart(slot: Made, person: int) -> str:
    """Asked in a transaction of its own, as another web program does, and again where somebody was faster."""
    for _try in range(5):
        try:
            async with database.transaction():
                return (await ask(slot, person)).outcome
        except asyncpg.PostgresError as error:
            if error.sqlstate != OVERTAKEN:
                raise
    return "overtaken"


@pytest.mark.usefixtures("slowly")
async def test_last_seat_that_is_not_reserved_goes_to_one_of_two():
    assert await two_at_once() == {"confirmed": 1, "full": 1}


@pytest.mark.usefixtures("without_protection")
async def test_reserved_seat_is_given_away_without_the_protection():
    assert await two_at_once() == {"confirmed": 2}


async def test_person_who_asks_twice_at_once_has_one_place_where_one_is_the_most():
    edition, _activity, slot = await ruled_slot(NO_RULES)
    later = await make_slot(await make_activity(edition, "Autre"), starts_at=IN_A_YEAR.replace(hour=20))
    bob = await make_person()
    await write_edition_rules(edition.id, EditionRules(most=1))

    answers = await asyncio.gather(_apart(slot, bob), _apart(later, bob))

    assert sorted(answers) == ["confirmed", "limit"]


async def test_organiser_who_is_second_overwrites_nothing():
    edition, activity, _slot = await ruled_slot(ONE_RESERVED)
    seen = (await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")).version

    said = await asyncio.gather(
        *(
            say_rules(edition, activity, Rules(reserved_seats=seats, reserved_for="etudiants"), version=seen)
            for seats in (2, 3)
        ),
        return_exceptions=True,
    )

    assert sorted(repr(each) for each in said) == ["ChangedMeanwhile()", "None"]


async def test_rules_and_registrations_at_the_same_time_wait_for_each_other():
    edition, activity, slot = await ruled_slot(NO_RULES, seats=30)
    version = (await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")).version
    people = [await make_person(f"P{number}", f"p{number}@example.ca") for number in range(12)]

    with clock.stopped_at(BEFORE):
        said = await asyncio.gather(
            say_rules(edition, activity, ONE_RESERVED, version=version),
            *(ask(slot, person) for person in people),
            return_exceptions=True,
        )

    assert not [each for each in said if isinstance(each, BaseException) and not isinstance(each, ChangedMeanwhile)]
