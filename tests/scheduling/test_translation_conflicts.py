"""Two translators at the same texts: the second is told what has happened, and keeps every word."""

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.stored_programme import stored_programme
from tests.factories import Made, make_activity, make_edition
from tests.scheduling.planning import draft, errors_of, fields_of, organiser_signs_in, send, texts
from tests.scheduling.programme_factories import make_label, make_speaker, mark
from tests.scheduling.test_untranslated import PAGE, filled, listed

pytestmark = pytest.mark.usefixtures("committed")  # a row is told from an earlier writing of it by its transaction


@pytest.fixture
async def edition(client: httpx.AsyncClient, committed: None) -> Made:
    edition = await make_edition()
    await database.fetch("UPDATE edition SET place_en = 'Lachute' WHERE id = $1", edition.id)
    await organiser_signs_in(client, edition)
    return edition


async def titles(edition: Made) -> dict[str, str | None]:
    facts = (await stored_programme((await draft(edition)).id)).facts
    return {each.title_fr: each.title_en for each in facts.activities.values()}


async def test_second_translator_sees_the_words_of_the_first_and_may_overwrite_them(
    client: httpx.AsyncClient, edition: Made
):
    await make_activity(edition, "Jeu")
    page = await client.get(PAGE)
    await send(client, PAGE, filled(page, title_en="Game"))

    told = await send(client, PAGE, filled(page, title_en="Play"))

    assert told.status_code == 409
    assert list(errors_of(told).values()) == ["Quelqu’un vient de traduire ce texte ainsi : « Game »"]
    assert dict(fields_of(told, "translations"))["english"] == "Play"
    assert await titles(edition) == {"Jeu": "Game"}
    assert (await send(client, PAGE, fields_of(told, "translations"))).status_code == 303
    assert await titles(edition) == {"Jeu": "Play"}


async def test_same_words_twice_are_no_conflict(client: httpx.AsyncClient, edition: Made):
    await make_activity(edition, "Jeu")
    page = await client.get(PAGE)
    await send(client, PAGE, filled(page, title_en="Game"))

    assert (await send(client, PAGE, filled(page, title_en="Game"))).status_code == 303


async def test_translator_reads_again_when_the_french_has_changed(client: httpx.AsyncClient, edition: Made):
    await make_activity(edition, "Jeu")
    await make_speaker(edition, "Denise", biography="Elle enseigne.")
    page = await client.get(PAGE)
    await database.fetch("UPDATE activity SET title_fr = 'Grand jeu' WHERE edition = $1", (await draft(edition)).id)

    told = await send(client, PAGE, filled(page, title_en="Game", biography_en="She teaches."))

    assert (told.status_code, listed(told)) == (409, ["Grand jeu / Titre"])
    assert list(errors_of(told).values()) == [
        "Ce texte a changé entre-temps : relisez le français, puis enregistrez de nouveau."
    ]
    assert texts(told, "//div[@role='status']//p") == ["1 texte est enregistré."]
    assert await titles(edition) == {"Grand jeu": ""}


async def test_thing_that_is_gone_leaves_the_others_alone(client: httpx.AsyncClient, edition: Made):
    await make_activity(edition, "Jeu")
    await make_speaker(edition, "Denise", biography="Elle enseigne.")
    page = await client.get(PAGE)
    await database.fetch("DELETE FROM activity WHERE edition = $1", (await draft(edition)).id)

    answer = await send(client, PAGE, filled(page, title_en="Game", biography_en="She teaches."))

    assert answer.status_code == 303
    assert texts(await client.get(PAGE), "//p[@class='empty-state-title']") == ["Tout est traduit"]


async def test_label_and_its_activities_are_saved_at_once(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity(edition, "Jeu")
    await mark(activity, "kind", await make_label(edition, "kind", "atelier", "Atelier"))
    await draft(edition)

    answer = await send(client, PAGE, filled(await client.get(PAGE), title_en="Game", name_en="Workshop"))

    assert answer.status_code == 303
    assert await titles(edition) == {"Jeu": "Game"}
