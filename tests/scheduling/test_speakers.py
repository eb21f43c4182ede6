"""The organisers' speakers: list, search, writing, removing, the link."""

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.drafts import draft_of
from scheduling.domain.portraits import keep_portrait
from tests.factories import Made, make_edition
from tests.kernel.photos import photo, saved
from tests.scheduling.programme_factories import make_speaker
from tests.scheduling.speaker_factories import (
    ADDRESS,
    CAMILLE,
    appear,
    at,
    fresh,
    make_organiser,
    make_profile,
    send_form,
    text_of,
)
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/intervenants"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    made = await make_edition()
    await make_organiser(client, made)
    return made


async def rows(client: httpx.AsyncClient, query: str = "") -> list[str]:
    """What each line of the list says."""
    page = await client.get(f"{LIST}{query}")
    assert page.status_code == 200
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [text_of(f"<table><tr>{row}</table>") for row in body.split("<tr>")[1:]]


async def test_list_says_who_where_and_what_is_missing(client: httpx.AsyncClient, edition: Made):
    digest = await keep_portrait(saved(photo()))
    whole = await make_profile(
        edition,
        "Zoé Roy",
        organisation="Verger Exemple",
        ambassador=True,
        email=ADDRESS,
        biography_fr="Elle plante.",
        biography_en="She plants.",
        portrait=digest,
        available=[(at(9), at(12))],
    )
    await appear(whole, "Mots de passe solides")
    await make_profile(edition, "Émile Roy", biography_fr="Il compte.")

    first, second = await rows(client)

    assert first == "ÉR Émile Roy sans adresse aucune Biographie en anglais Portrait Disponibilités Adresse courriel"
    assert second == (
        "Zoé Roy Verger Exemple Ambassadeur ou ambassadrice camille@example.ca Lien jamais envoyé "
        "Mots de passe solides Fiche complète Envoyer le lien Zoé Roy"
    )
    assert (
        f'src="/portraits/{digest}.webp" width="64" height="64" alt="" loading="lazy"' in (await client.get(LIST)).text
    )


async def test_list_shows_the_draft_and_no_other(client: httpx.AsyncClient, edition: Made):
    await draft_of(edition.id)
    await make_speaker(edition, "Seulement Publique")
    await make_profile(await make_edition("cafe2028"), "Une Autre Édition")

    assert await rows(client) == []
    assert "ne nomme encore personne" in (await client.get(LIST)).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=emile", ["Émile Roy"]),
        ("?q=VERGER+zoe", ["Zoé Côté"]),
        ("?q=passe+solide", ["Zoé Côté"]),
        ("?q=personne", []),
        ("?manque=biography", ["Émile Roy"]),
        ("?manque=nothing-of-ours", ["Émile Roy", "Zoé Côté"]),
        ("?manque=address&q=roy", ["Émile Roy"]),
    ],
)
async def test_search_forgives_accents_and_looks_everywhere(
    client: httpx.AsyncClient, edition: Made, query: str, found: list[str]
):
    zoe = await make_profile(edition, "Zoé Côté", organisation="Verger Exemple", biography_fr="Elle plante.")
    await appear(zoe)
    await make_profile(edition, "Émile Roy")

    assert [name for row in await rows(client, query) for name in ("Émile Roy", "Zoé Côté") if name in row] == found


async def test_english_is_missing_only_where_the_edition_opens_it(client: httpx.AsyncClient):
    french = await make_edition(english=False)
    await make_organiser(client, french)
    await make_profile(french, biography_fr="Elle programme.")

    [row] = await rows(client)

    assert "anglais" not in row
    assert "Biographie en anglais" not in (await client.get(LIST)).text


async def test_list_asks_the_database_no_more_for_many(client: httpx.AsyncClient, edition: Made):
    counts = []
    for names in (["Un Roy"], ["Deux Roy", "Trois Roy"]):
        for name in names:
            await appear(await make_profile(edition, name, email=f"{name[:4].strip()}@example.ca"))
        async with counted_statements() as statements:
            await rows(client)
        counts.append(len(statements))

    assert counts[0] == counts[1]


async def test_somebody_is_added_with_a_name_alone(client: httpx.AsyncClient, edition: Made):
    answer = await send_form(client, f"{LIST}/ajouter", {"name": "  Camille   Roy "})

    page = await client.get(answer.headers["location"])
    assert answer.status_code == 303
    assert "Camille Roy est maintenant dans le programme en préparation." in page.text
    [row] = await rows(client)
    assert row.startswith("CR Camille Roy sans adresse")
    assert await database.fetch("SELECT FROM speaker WHERE edition = $1", edition.id) == []


async def test_somebody_in_an_activity_stays_and_the_page_says_where(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)
    await appear(camille, "Mots de passe solides")

    answer = await client.post(f"{LIST}/{camille.code}/enlever")
    page = await client.get(answer.headers["location"])

    assert "Camille Roy anime encore : « Mots de passe solides »." in text_of(page.text)
    assert await fresh(camille)


async def test_somebody_without_an_activity_goes(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition, available=[(at(9), at(12))])

    answer = await client.post(f"{LIST}/{camille.code}/enlever")

    page = await client.get(answer.headers["location"])
    assert f"{CAMILLE} n’est plus dans le programme en préparation." in page.text
    assert (await client.get(f"{LIST}/{camille.code}")).status_code == 404


@pytest.mark.parametrize("suffix", ["", "/enlever", "/lien"])
async def test_speaker_of_another_edition_does_not_exist_here(client: httpx.AsyncClient, edition: Made, suffix: str):
    elsewhere = await make_profile(await make_edition("cafe2028"))
    public = await make_speaker(edition, "Publique Roy")

    for code in (elsewhere.code, public.code):
        assert (await client.post(f"{LIST}/{code}{suffix}")).status_code == 404
        assert (await client.get(f"{LIST}/{code}")).status_code == 404
    assert await fresh(elsewhere)
