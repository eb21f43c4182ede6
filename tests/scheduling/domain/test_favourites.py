import pytest

from digital_days.kernel import database, purge
from scheduling.domain.drafts import draft_of
from scheduling.domain.favourites import drop_favourite, favourites_of, keep_favourites
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person

pytestmark = pytest.mark.usefixtures("db", "app")


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def kept(person: int, edition: Made) -> set[str]:
    return set(await favourites_of(person, edition.id))


async def test_favourites_are_kept_once_and_dropped_whatever_is_asked_twice(edition: Made) -> None:
    bob, charlie = await make_person(), await make_person("Charlie Roy", "charlie@example.ca")
    one, other = await make_activity(edition, "Une"), await make_activity(edition, "Autre")

    await keep_favourites(bob, [one.code, other.code])
    await keep_favourites(bob, [one.code])
    await drop_favourite(bob, other.code)
    await drop_favourite(bob, other.code)

    assert (await kept(bob, edition), await kept(charlie, edition)) == ({one.code}, set())


async def test_favourites_are_those_of_one_edition_and_never_of_a_draft(edition: Made) -> None:
    bob = await make_person()
    elsewhere = await make_edition("cafe2028")
    here, there = await make_activity(edition), await make_activity(elsewhere)
    draft = await draft_of(edition.id)
    [drafted] = await database.fetch("SELECT code FROM activity WHERE edition = $1", draft)

    await keep_favourites(bob, [here.code, there.code, drafted["code"], "NOSUCHCODE"])

    assert (await kept(bob, edition), await kept(bob, elsewhere)) == ({here.code}, {there.code})
    assert len(await database.fetch("SELECT FROM favourite")) == 2


async def test_favourites_keep_nobody_and_go_with_the_person(edition: Made) -> None:
    bob = await make_person()
    await keep_favourites(bob, [(await make_activity(edition)).code])

    await purge.purge(IN_A_YEAR)

    assert await database.fetch("SELECT id FROM person UNION ALL SELECT id FROM favourite") == []
