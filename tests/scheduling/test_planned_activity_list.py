"""The list of activities in preparation: searched without accents, filtered, told apart from what is public."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.search_keys import refresh_search_keys
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.planning import ACTIVITIES, draft, found, organiser_signs_in, texts
from tests.scheduling.programme_factories import describe, make_label, make_speaker, mark
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

TITLES = "//tbody/tr/th"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def test_list_is_in_french_order_and_says_who_when_and_in_which_state(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity(edition, "Écran", title_en="Screen")
    await make_speaker(edition, "Denise Lavallée", activity=activity)
    await mark(activity, "kind", await make_label(edition, "kind", "atelier", "Atelier"))
    await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=2))
    await make_slot(activity)
    await make_activity(edition, "Fibre")
    await make_activity(edition, "Adresse", title_en="Address")

    page = await client.get(ACTIVITIES)

    assert texts(page, "//tbody/tr") == [
        "Adresse personne encore sans horaire Publiée Places et règles",
        "Écran Atelier Denise Lavallée jeudi 21 octobre, 9 h et 1 autre plage Publiée Places et règles",
        "Fibre personne encore sans horaire Publiée À traduire Places et règles",
    ]


async def test_search_finds_without_accents_by_title_people_and_room(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity(edition, "Écran")
    await make_speaker(edition, "Denise Lavallée", activity=activity)
    await make_slot(activity, room=await make_room(edition, "Labo"))
    await make_activity(edition, "Fibre")
    await refresh_search_keys((await draft(edition)).id)

    by_words = {
        words: texts(await client.get(f"{ACTIVITIES}?q={words}"), TITLES) for words in ("ECRAN", "lavallee labo")
    }

    assert by_words == {"ECRAN": ["Écran"], "lavallee labo": ["Écran"]}
    assert texts(await client.get(f"{ACTIVITIES}?q=xyz"), "//p[@class='empty-state-title']") == [
        "Aucune activité ne correspond à votre recherche"
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("genre=atelier", ["Atelier"]),
        ("public=eleves", ["Public"]),
        ("theme=inconnu", []),
        ("sans_horaire=1", ["Atelier", "Public", "Vide"]),
        ("sans_intervenant=1", ["Atelier", "Plage", "Vide"]),
        ("pas_traduites=1", ["Atelier", "Résumé"]),
    ],
)
async def test_filters_narrow_the_list(client: httpx.AsyncClient, edition: Made, query: str, expected: list[str]):
    workshop = await make_activity(edition, "Atelier")
    await mark(workshop, "kind", await make_label(edition, "kind", "atelier", "Atelier"))
    public = await make_activity(edition, "Public", title_en="Audience")
    await mark(public, "audience", await make_label(edition, "audience", "eleves", "Élèves"))
    await make_speaker(edition, "Denise", activity=public)
    await make_slot(await make_activity(edition, "Plage", title_en="Slot"))
    half = await make_activity(edition, "Résumé", title_en="Summary")
    await describe(half, summary_fr="En français.")
    await make_slot(half)
    await make_speaker(edition, "Luc", activity=half)
    await make_activity(edition, "Vide", title_en="Empty")

    assert texts(await client.get(f"{ACTIVITIES}?{query}"), TITLES) == expected


async def test_french_edition_has_no_filter_for_translations(client: httpx.AsyncClient):
    edition = await make_edition("cafe2028", english=False)
    await organiser_signs_in(client, edition)
    await make_activity(edition, "Jeu")

    page = await client.get("/cafe2028/organisation/activites?pas_traduites=1")

    assert texts(page, "//tbody/tr") == ["Jeu personne encore sans horaire Publiée Places et règles"]
    assert texts(page, "//input[@name='pas_traduites']/../label") == []


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("SELECT $1::int", "Publiée"),
        ("DELETE FROM activity a USING edition e WHERE a.edition = e.draft_of AND e.id = $1", "Jamais publiée"),
        ("UPDATE activity SET search_key = 'autre' WHERE edition = $1", "Publiée"),
        ("UPDATE activity SET subtitle = 'Neuf' WHERE edition = $1", "Modifiée depuis la dernière version"),
        ("UPDATE activity SET kind = NULL WHERE edition = $1", "Modifiée depuis la dernière version"),
        (
            "DELETE FROM activity_speaker w USING activity a WHERE a.id = w.activity AND a.edition = $1",
            "Modifiée depuis la dernière version",
        ),
        (
            "UPDATE slot SET seats = 99 FROM activity a WHERE a.id = slot.activity AND a.edition = $1",
            "Modifiée depuis la dernière version",
        ),
        (
            "UPDATE slot SET room = NULL FROM activity a WHERE a.id = slot.activity AND a.edition = $1",
            "Modifiée depuis la dernière version",
        ),
    ],
)
async def test_state_compares_with_what_is_public(client: httpx.AsyncClient, edition: Made, change: str, state: str):
    activity = await make_activity(edition, "Jeu", title_en="Game")
    await mark(activity, "kind", await make_label(edition, "kind", "atelier", "Atelier"))
    await make_speaker(edition, "Denise", activity=activity)
    await make_slot(activity, room=await make_room(edition))
    await database.fetch(change, (await draft(edition)).id)

    assert texts(await client.get(ACTIVITIES), "//tbody//span[contains(@class, 'badge')]") == [state]


async def test_list_needs_as_many_statements_for_fifty_activities_as_for_one(client: httpx.AsyncClient, edition: Made):
    counts = []
    there = await draft(edition)
    for many in (1, 49):
        for number in range(many):
            activity = await make_activity(there, f"Activité {many} {number}")
            await make_speaker(there, "Bob Exemple", activity=activity)
            await make_slot(activity)
        async with counted_statements() as sent:
            page = await client.get(ACTIVITIES)
        counts.append(len(sent))

    assert len(texts(page, TITLES)) == 50
    assert counts[0] == counts[1]


async def test_fifty_at_a_time_with_the_choices_kept(client: httpx.AsyncClient, edition: Made):
    there = await draft(edition)
    for number in range(61):
        await make_activity(there, f"Activité {number:02}")

    first, second = [await client.get(f"{ACTIVITIES}?q=activite&sans_horaire=1&page={number}") for number in (1, 2)]

    assert (len(texts(first, TITLES)), texts(second, TITLES)[0]) == (50, "Activité 50")
    assert found(first, "//a[@rel='next']/@href") == ["?q=activite&sans_horaire=1&page=2"]
    for beyond in ("99", "x", "0", "-1", "9" * 30):
        assert texts(await client.get(f"{ACTIVITIES}?page={beyond}"), TITLES)[0] == "Activité 00"


async def test_empty_programme_says_how_to_begin(client: httpx.AsyncClient, edition: Made):
    page = await client.get(ACTIVITIES)

    assert texts(page, "//p[@class='empty-state-title']") == ["Aucune activité encore"]
    assert texts(page, "//div[contains(@class, 'empty-state')]//a") == ["Ajouter une activité"]


async def test_other_editions_are_not_listed(client: httpx.AsyncClient, edition: Made):
    await make_activity(await make_edition("cafe2028"), "Ailleurs")

    assert texts(await client.get(ACTIVITIES), TITLES) == []
