"""The hall: changed by one organiser at a time, published when its plan is fit to be."""

import pytest
from msgspec.structs import replace

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.halls import (
    HallFacts,
    PlanDoubtful,
    PlanForbidden,
    change_hall,
    hall_of,
    hall_version,
    hide_plan,
    publish_plan,
)
from exhibitors.domain.plan_copying import PlanNotEmpty, other_plans, take_plan
from exhibitors.domain.plan_pieces import facts_of
from exhibitors.domain.plan_words import found_in
from tests.exhibitors.factories import make_booth, make_category, make_plan
from tests.exhibitors.plan_shapes import make_shape
from tests.factories import make_edition

HALL = HallFacts(name_fr="Gymnase", name_en="Gym", width=1000, depth=800, aisle=120, opacity=30)


@pytest.mark.usefixtures("db")
async def test_hall_is_said_where_nobody_has_drawn_one():
    edition = await make_edition()
    await change_hall(edition.id, HALL, version=hall_version(await plan_of(edition.id)))

    plan = await plan_of(edition.id)
    assert (hall_of(plan), plan.version, plan.published) == (HALL, 1, False)


@pytest.mark.usefixtures("db")
async def test_hall_that_another_organiser_has_changed_is_not_overwritten():
    edition = await make_edition()
    seen = hall_version(await plan_of(edition.id))
    await change_hall(edition.id, HALL, version=seen)

    with pytest.raises(ChangedMeanwhile):
        await change_hall(edition.id, replace(HALL, width=500), version=seen)


@pytest.mark.usefixtures("db")
async def test_booth_drawn_meanwhile_is_no_reason_to_refuse_the_hall():
    edition = await make_edition()
    seen = hall_version(await plan_of(edition.id))
    await make_booth(edition)

    await change_hall(edition.id, HALL, version=seen)

    assert (await plan_of(edition.id)).width == 1000


@pytest.mark.usefixtures("db")
async def test_good_plan_is_published_and_hidden_again():
    edition = await make_edition()
    await make_plan(edition, published=False)
    await make_shape(edition, "entrance", x=0, y=1460, width=200, depth=40)
    await make_booth(edition)

    await publish_plan(edition.id, confirmed=False)
    assert (await plan_of(edition.id)).published
    await hide_plan(edition.id)
    assert not (await plan_of(edition.id)).published


@pytest.mark.usefixtures("db")
async def test_doubtful_plan_is_published_once_it_is_confirmed():
    edition = await make_edition()
    await make_plan(edition, published=False)
    await make_booth(edition)

    with pytest.raises(PlanDoubtful):
        await publish_plan(edition.id, confirmed=False)
    [told] = await publish_plan(edition.id, confirmed=True)

    assert (
        " ".join(told.sentence.split())
        == "Le plan n’a pas d’entrée : on ne sait pas si chaque kiosque peut être atteint."
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("x", [150, 1900])
async def test_plan_with_booths_on_one_another_or_outside_is_never_published(x: int):
    edition = await make_edition()
    await make_plan(edition, published=False)
    await make_booth(edition, "A1")
    await make_booth(edition, "A2", x=x)

    with pytest.raises(PlanForbidden):
        await publish_plan(edition.id, confirmed=True)


@pytest.mark.usefixtures("db")
async def test_findings_are_told_in_words():
    edition = await make_edition()
    await make_plan(edition, width=1000, depth=800)
    await make_shape(edition, "entrance", x=0, y=760, width=200, depth=40)
    await make_shape(edition, "aisle", x=0, y=600, width=800, depth=100, label_fr="Centrale")
    await make_shape(edition, "obstacle", x=0, y=400, width=890, depth=100)
    for number, x, y in (("A1", 0, 0), ("A2", 290, 0), ("A3", 850, 620)):
        await make_booth(edition, number, x=x, y=y)

    assert [" ".join(told.sentence.split()) for told in await found_in(await plan_of(edition.id))] == [
        "Dépasse de la salle : A3.",
        "Se chevauchent : A1 et A2.",
        "Trop étroite, « Centrale » : 1,00 m, et la règle de la salle est de 1,50 m.",
        "Le seul chemin vers A1, A2 a 1,10 m de large, et la règle de la salle est de 1,50 m.",
    ]


@pytest.mark.usefixtures("db")
async def test_plan_of_an_earlier_edition_is_taken_over_with_categories_of_the_same_name():
    before, edition = await make_edition("jn2026"), await make_edition()
    await make_plan(before, width=1234)
    category = await make_category(before, "Fournisseurs")
    await make_booth(before, "A1", category=category)
    await make_booth(before, "A2", category=await make_category(before, "Autres"), x=500)
    await make_shape(before, "entrance", x=0, y=0, width=200, depth=40)
    same = await make_category(edition, "Fournisseurs")

    assert [plan.booths for plan in await other_plans(edition.id)] == [2]
    assert await take_plan(edition.id, source_id=before.id) == 2

    old, new = await plan_of(before.id), await plan_of(edition.id)
    assert (new.width, new.published) == (1234, False)
    assert [booth.category for booth in new.booths] == [same.code, ""]
    assert [replace(facts_of(b), category="") for b in new.booths] == [
        replace(facts_of(b), category="") for b in old.booths
    ]
    assert [facts_of(shape) for shape in new.shapes] == [facts_of(shape) for shape in old.shapes]


@pytest.mark.usefixtures("db")
async def test_plan_is_not_taken_over_on_top_of_another():
    before, edition = await make_edition("jn2026"), await make_edition()
    for each in (before, edition):
        await make_booth(each)

    with pytest.raises(PlanNotEmpty):
        await take_plan(edition.id, source_id=before.id)
