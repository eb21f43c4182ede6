"""What speakers told the organisers goes after the event, and portraits with whoever had them."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.forgetting import KEPT, forget_people
from digital_days.kernel.purge import purge
from scheduling.domain.forgetting import forget_places
from scheduling.domain.portraits import NoSuchPortrait, hold_portrait, keep_portrait, portrait_called
from scheduling.domain.speaker_editing import Details, save_speaker
from scheduling.domain.tidying import tidy
from tests.factories import make_edition
from tests.kernel.photos import BLUE, photo, saved
from tests.scheduling.speaker_factories import ADDRESS, CAMILLE, at, fresh, make_own_page, make_profile

pytestmark = pytest.mark.usefixtures("db", "app")

LAST_DAY = datetime(2027, 10, 22, 16, 0, tzinfo=UTC)
SOON, LATER = LAST_DAY + KEPT, LAST_DAY + KEPT + timedelta(days=1)


async def is_there(digest: str) -> bool:
    try:
        return bool(await portrait_called(digest))
    except NoSuchPortrait:
        return False


async def test_portrait_goes_a_day_after_nobody_has_it():
    edition = await make_edition()
    with clock.stopped_at(LAST_DAY):
        worn, replaced = await keep_portrait(saved(photo())), await keep_portrait(saved(photo(colour=BLUE)))
        await make_profile(edition, portrait=worn)

    await purge(LAST_DAY + timedelta(hours=24))
    at_first = await is_there(replaced)
    await purge(LAST_DAY + timedelta(hours=25))

    assert (at_first, await is_there(replaced), await is_there(worn)) == (True, False, True)


async def test_portrait_stays_while_the_published_version_shows_it():
    edition = await make_edition()
    with clock.stopped_at(LAST_DAY):
        digest = await keep_portrait(saved(photo()))
    camille = await make_profile(edition, portrait=digest)
    await database.fetch(
        """
        INSERT INTO speaker (edition, code, source_id, name, portrait)
        SELECT $1, 'PVBLIC0000', source_id, name, portrait FROM speaker WHERE id = $2
        """,
        edition.id,
        camille.id,
    )
    await save_speaker(camille, Details(name=CAMILLE), version=camille.version)

    await database.fetch("UPDATE portrait SET created_at = $1", LAST_DAY)
    await tidy(LATER)

    assert ((await fresh(camille)).portrait, await is_there(digest)) == ("", True)


async def test_portrait_held_by_a_form_is_as_new():
    with clock.stopped_at(LAST_DAY):
        digest = await keep_portrait(saved(photo()))
    with clock.stopped_at(LATER):
        held = await hold_portrait(digest)

    await tidy(LATER)

    assert (held, await is_there(digest), await hold_portrait("0" * 64)) == (digest, True, "")


@pytest.mark.parametrize(("when", "stays"), [(SOON, True), (LATER, False)])
async def test_what_only_the_organisers_know_goes_thirty_days_after_the_event(when: datetime, stays: bool):
    _edition, camille, _link = await make_own_page(
        needs="Une rampe", biography_fr="Elle programme.", available=[(at(9), at(12))]
    )

    await tidy(when)

    kept = await fresh(camille)
    [spans] = await database.fetch("SELECT count(*) AS number FROM availability")
    expected = (ADDRESS, "Une rampe", True, 1) if stays else ("", "", False, 0)
    assert (kept.email, kept.needs, kept.person is not None, spans["number"]) == expected
    assert kept.biography_fr == "Elle programme."


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize(("when", "stays"), [(SOON, True), (LATER, False)])
async def test_person_who_gets_a_speakers_messages_stays_until_thirty_days_after_the_event(
    when: datetime, stays: bool, published: bool
):
    edition, camille, _link = await make_own_page()
    assert camille.person
    if published:  # and out of the draft since
        await database.fetch("UPDATE speaker SET edition = $1", edition.id)
    await database.fetch("UPDATE person SET created_at = $1", when - KEPT - timedelta(days=9))

    await forget_people(when, batch=10)

    assert await forget_places([camille.person], when - KEPT) == ([] if stays else [camille.person])
    rows = await database.fetch("SELECT id FROM person")
    assert [row["id"] for row in rows] == ([camille.person] if stays else [])
