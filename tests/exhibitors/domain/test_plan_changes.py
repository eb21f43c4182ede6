"""Changes of the plan: all or nothing, nobody's lost, nobody's booth taken away."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from digital_days.kernel import clock, database
from exhibitors.domain.categories import NoSuchCategory
from exhibitors.domain.floor_plan import Booth, Plan, plan_of
from exhibitors.domain.holding import hold_booth
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import (
    Applied,
    BoothBooked,
    BoothFacts,
    BoothHeld,
    BoothInBooks,
    NotAPiece,
    NumberTaken,
    PieceChanged,
    PieceGone,
    Put,
    ShapeFacts,
    TakeAway,
    facts_of,
)
from tests.exhibitors.bookable import open_fair, told
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_plan
from tests.factories import Made, make_edition, make_person


def with_spaces(sentence: str) -> str:
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


def there(number: str = "", x: int = 100) -> BoothFacts:
    return BoothFacts(number=number, x=x, y=100, width=300, depth=200)


def put(booth: Booth, **change: object) -> Put:
    return Put(code=booth.code, version=booth.version, facts=replace(facts_of(booth), **change))


def taking(booth: Booth) -> TakeAway:
    return TakeAway(what="booth", code=booth.code, version=booth.version)


async def numbers(edition: Made) -> list[str]:
    return [booth.number for booth in (await plan_of(edition.id)).booths]


async def booked_booth(state: str = "confirmed") -> tuple[Made, Plan]:
    """« A1 », which « Atelier du Nord » has; Bob acts for it."""
    edition = await make_edition()
    await make_plan(edition)
    exhibitor = await make_exhibitor(edition, await make_category(edition), await make_person("Bob", "bob@example.ca"))
    await make_booking(await make_booth(edition), exhibitor, state=state)
    return edition, await plan_of(edition.id)


@pytest.mark.usefixtures("db")
async def test_booth_and_shape_are_added_to_an_empty_hall():
    edition = await make_edition()
    aisle = ShapeFacts(kind="aisle", x=0, y=300, width=2000, depth=150, label_fr="Centrale")

    applied = await change_plan(edition.id, [Put(facts=aisle), Put(facts=there("B7")), Put(facts=there(x=500))])

    plan = await plan_of(edition.id)
    assert [facts_of(booth) for booth in plan.booths] == [there("B7"), there("B8", x=500)]
    assert [facts_of(shape) for shape in plan.shapes] == [aisle]
    assert applied.codes == [plan.shapes[0].code, plan.booths[0].code, plan.booths[1].code]
    assert (applied.version, plan.version) == (1, 1)


@pytest.mark.usefixtures("db")
async def test_everything_said_of_a_booth_is_kept():
    edition = await make_edition()
    category = await make_category(edition)
    said = BoothFacts(
        number="Z9",
        x=1,
        y=2,
        width=30,
        depth=40,
        category=category.code,
        power=True,
        network=True,
        step_free=False,
        note="Près du quai",
    )

    await change_plan(edition.id, [Put(facts=said)])

    assert [facts_of(booth) for booth in (await plan_of(edition.id)).booths] == [said]


@pytest.mark.usefixtures("committed")  # a row's version is that of its transaction
async def test_second_of_two_organisers_is_told_and_the_first_one_s_change_stays():
    edition = await make_edition()
    await make_booth(edition)
    [booth] = (await plan_of(edition.id)).booths
    await change_plan(edition.id, [put(booth, x=700)])

    with pytest.raises(PieceChanged):
        await change_plan(edition.id, [put(booth, x=50)])

    assert [booth.x for booth in (await plan_of(edition.id)).booths] == [700]


@pytest.mark.usefixtures("db")
async def test_change_of_a_booth_that_is_gone_is_told_and_taking_it_away_again_is_not():
    edition = await make_edition()
    await make_booth(edition)
    [booth] = (await plan_of(edition.id)).booths
    await change_plan(edition.id, [], [taking(booth)])

    await change_plan(edition.id, [], [taking(booth)])
    with pytest.raises(PieceGone):
        await change_plan(edition.id, [put(booth, x=50)])


@pytest.mark.usefixtures("db")
async def test_piece_of_another_edition_is_none_of_this_one():
    await make_booth(await make_edition())
    other = await make_edition("jn2028")
    [row] = await database.fetch("SELECT code, xmin::text AS version FROM booth")

    with pytest.raises(PieceGone):
        await change_plan(other.id, [Put(code=row["code"], version=row["version"], facts=there("A1"))])
    await change_plan(other.id, [], [TakeAway(what="booth", code=row["code"], version=row["version"])])

    assert len(await database.fetch("SELECT FROM booth")) == 1


@pytest.mark.usefixtures("db")
async def test_number_is_one_booth_s_however_it_is_written():
    edition = await make_edition()
    await make_booth(edition, "A1")

    with pytest.raises(NumberTaken):
        await change_plan(edition.id, [Put(facts=there("a1"))])


@pytest.mark.usefixtures("db")
async def test_two_booths_may_change_their_numbers():
    edition = await make_edition()
    for number in ("A1", "A2"):
        await make_booth(edition, number, x=100 if number == "A1" else 500)
    one, other = (await plan_of(edition.id)).booths

    await change_plan(edition.id, [put(one, number="A2"), put(other, number="A1")])

    assert [(booth.number, booth.x) for booth in (await plan_of(edition.id)).booths] == [("A1", 500), ("A2", 100)]


@pytest.mark.usefixtures("db")
async def test_category_of_another_edition_is_refused():
    edition = await make_edition()
    other = await make_category(await make_edition("jn2028"))

    with pytest.raises(NoSuchCategory):
        await change_plan(edition.id, [Put(facts=replace(there("A1"), category=other.code))])


@pytest.mark.parametrize("wrong", [{"x": -1}, {"width": 9}, {"depth": 50_001}, {"number": "A" * 13}])
def test_measures_that_are_none_are_refused(wrong: dict[str, object]):
    with pytest.raises(NotAPiece):
        replace(there("A1"), **wrong)


@pytest.mark.usefixtures("db")
async def test_booked_booth_stays_and_its_exhibitor_is_named():
    edition, plan = await booked_booth()

    with pytest.raises(BoothBooked) as refusal:
        await change_plan(edition.id, [], [taking(plan.booths[0])])

    assert (
        with_spaces(str(refusal.value))
        == "« A1 » est réservé par Atelier du Nord : libérez-le d’abord, ou déplacez-le."
    )


@pytest.mark.usefixtures("db")
async def test_held_booth_stays_and_its_exhibitor_is_named():
    edition, plan = await booked_booth("held")

    with pytest.raises(BoothHeld):
        await change_plan(edition.id, [], [taking(plan.booths[0])])

    assert await numbers(edition) == ["A1"]


@pytest.mark.usefixtures("db")
async def test_booth_whose_option_is_over_goes():
    edition, plan = await booked_booth("held")
    await database.fetch("UPDATE booking SET held_until = $1", clock.now() - timedelta(minutes=1))

    await change_plan(edition.id, [], [taking(plan.booths[0])])

    assert await numbers(edition) == []


@pytest.mark.usefixtures("db")
async def test_booth_that_was_booked_once_stays_in_the_books():
    edition, plan = await booked_booth()
    await database.fetch("UPDATE booking SET state = 'cancelled'")

    with pytest.raises(BoothInBooks):
        await change_plan(edition.id, [], [taking(plan.booths[0])])


@pytest.mark.usefixtures("db")
async def test_nothing_is_done_where_one_of_many_is_refused():
    edition, plan = await booked_booth()

    with pytest.raises(BoothBooked):
        await change_plan(edition.id, [Put(facts=there("B1", x=800))], [taking(plan.booths[0])])

    assert await numbers(edition) == ["A1"]


@pytest.mark.usefixtures("db")
async def test_organiser_who_moves_a_booked_booth_is_told_whose_it_is_and_its_exhibitor_gets_one_mail():
    edition, plan = await booked_booth()
    first = await change_plan(edition.id, [put(plan.booths[0], x=600)])
    await change_plan(edition.id, [put((await plan_of(edition.id)).booths[0], number="C3")])

    assert [*map(with_spaces, first.notes)] == ["« A1 » est réservé par Atelier du Nord, qui l’apprendra par courriel."]
    [mail] = await database.fetch(
        "SELECT topic, dedup_key, payload::text, due_at - created_at AS rest FROM outbox_message"
    )
    assert (mail["topic"], mail["rest"]) == ("exhibitors.booth-changed", timedelta(minutes=10))
    assert '"x": 100' in mail["payload"]
    assert '"number": "A1"' in mail["payload"]


@pytest.mark.usefixtures("db")
async def test_change_that_is_no_news_for_the_exhibitor_promises_no_mail():
    edition, plan = await booked_booth()

    applied = await change_plan(edition.id, [put(plan.booths[0], note="Près du quai")])

    assert [*map(with_spaces, applied.notes)] == ["« A1 » est réservé par Atelier du Nord."]
    assert await told() == []


@pytest.mark.usefixtures("db")
async def test_held_booth_may_change_and_no_mail_is_sent():
    edition, plan = await booked_booth("held")

    applied = await change_plan(edition.id, [put(plan.booths[0], width=200)])

    assert [*map(with_spaces, applied.notes)] == [
        "« A1 » est en option pour Atelier du Nord, qui voit ce changement sur sa page."
    ]
    assert await told() == []


@pytest.mark.usefixtures("committed")
async def test_booth_is_either_taken_away_or_held():
    fair = await open_fair(booths=1)
    [booth] = (await plan_of(fair.edition.id)).booths

    outcomes = await asyncio.gather(
        change_plan(fair.edition.id, [], [taking(booth)]),
        hold_booth(fair.exhibitors[0].id, booth.code),
        change_plan(fair.edition.id, [], [taking(booth)]),
        hold_booth(fair.exhibitors[1].id, booth.code),
        return_exceptions=True,
    )

    holds = await database.fetch("SELECT FROM booking WHERE state = 'held'")
    assert (await numbers(fair.edition) == ["A1"]) is (len(holds) == 1)
    assert [each for each in outcomes if isinstance(each, (str, Applied))] != []


@pytest.mark.usefixtures("committed")
async def test_of_two_organisers_at_once_one_is_told():
    edition = await make_edition()
    await make_booth(edition)
    [booth] = (await plan_of(edition.id)).booths

    outcomes = await asyncio.gather(
        *(change_plan(edition.id, [put(booth, x=x)]) for x in (300, 600)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["Applied", "PieceChanged"]
