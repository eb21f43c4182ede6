"""What organisers write about a speaker, and what is refused beside which field."""

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.availabilities import availability_of
from scheduling.domain.portraits import keep_portrait
from tests.factories import Made, make_edition
from tests.kernel.photos import BLUE, RED, opened, photo, saved, with_everything
from tests.scheduling.speaker_factories import (
    ADDRESS,
    at,
    filled,
    fresh,
    keys,
    make_organiser,
    make_profile,
    send_form,
    text_of,
)

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/intervenants"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    made = await make_edition()
    await make_organiser(client, made)
    return made


async def test_everything_is_written_and_shown_again(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)
    fields = filled(
        camille,
        name="Camille Roy-Côté",
        organisation="Verger Exemple",
        ambassador="yes",
        biography_fr="Elle plante.\r\n\r\nElle récolte.",
        biography_en="She plants.",
        email="Camille@Example.ca",
        needs="Une rampe",
        available=keys("9:00", "9:30", "13:00"),
        whole_day=["2027-10-22"],
    )

    answer = await send_form(client, f"{LIST}/{camille.code}", fields, photo=("moi.jpg", saved(photo()), "image/jpeg"))

    page = await client.get(answer.headers["location"])
    now = await fresh(camille)
    assert "La fiche est enregistrée." in page.text
    assert (now.name, now.organisation, now.ambassador, now.email) == (
        "Camille Roy-Côté",
        "Verger Exemple",
        True,
        ADDRESS,
    )
    assert (now.biography_fr, now.biography_en, now.needs) == (
        "Elle plante.\n\nElle récolte.",
        "She plants.",
        "Une rampe",
    )
    assert await availability_of(camille.id) == [(at(9), at(10)), (at(13), at(13, 30)), (at(8, day=22), at(20, day=22))]
    assert page.text.count('name="available"') == 48
    assert page.text.count("checked") == 3 + 24 + 1
    assert f'src="/portraits/{now.portrait}.webp"' in page.text


async def test_nothing_typed_is_lost_when_something_is_wrong(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)
    fields = filled(
        camille,
        name="",
        email="camille",
        biography_fr="b" * 4001,
        needs="Une rampe",
        available=keys("9:00"),
    )

    answer = await send_form(client, f"{LIST}/{camille.code}", fields, photo=("moi.png", saved(photo(), "PNG"), "x/y"))

    assert answer.status_code == 422
    for sentence in (
        "Nom : Ce renseignement est nécessaire.",
        "Adresse courriel : Écrivez une adresse courriel complète",
        "Biographie : C’est trop long : 4000 caractères au plus.",
    ):
        assert sentence in text_of(answer.text)
    kept = await database.fetch_one("SELECT digest FROM portrait")
    assert kept
    assert f'name="portrait" value="{kept["digest"]}"' in answer.text
    assert 'value="camille"' in answer.text
    assert "Une rampe</textarea>" in answer.text
    assert f'value="{keys("9:00")[0]}" data-minute="540" checked' in answer.text
    assert (await fresh(camille)).needs == ""


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("moi.jpg", b"<!doctype html><script>alert(1)</script>", "Ce fichier n’est pas une photo"),
        ("moi.svg", b"<svg/>", "Ce fichier n’est pas une photo"),
        ("vide.jpg", b"", "Ce fichier n’est pas une photo"),
        ("moi.jpg", saved(photo()) + b"<script>", "autre chose qu’une image"),
        ("moi.jpg", b"\xff" * 8_000_001, "8\N{NO-BREAK SPACE}Mo au plus"),
        ("moi.jpg", saved(photo())[:500], "abîmée ou incomplète"),
    ],
    ids=["page", "svg", "empty", "polyglot", "heavy", "half"],
)
async def test_what_is_no_photo_is_refused_beside_its_field(
    client: httpx.AsyncClient, edition: Made, name: str, content: bytes, sentence: str
):
    camille = await make_profile(edition)

    answer = await send_form(
        client, f"{LIST}/{camille.code}", filled(camille, needs="Une rampe"), photo=(name, content, "image/jpeg")
    )

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert 'id="field-photo-error"' in answer.text
    assert "Une rampe" in answer.text
    assert await database.fetch("SELECT FROM portrait") == []


async def test_enormous_file_is_refused_in_words(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)

    answer = await send_form(
        client, f"{LIST}/{camille.code}", filled(camille), photo=("moi.jpg", b"\xff" * 20_000_001, "image/jpeg")
    )

    assert (answer.status_code, "Le fichier envoyé est trop lourd." in answer.text) == (413, True)


async def test_portrait_says_nothing_of_where_it_was_taken(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)
    await send_form(
        client, f"{LIST}/{camille.code}", filled(camille), photo=("moi.jpg", with_everything(), "image/jpeg")
    )

    shown = await client.get(f"/portraits/{(await fresh(camille)).portrait}.webp")

    assert (dict(opened(shown.content).getexif()), b"Secret" in shown.content) == ({}, False)


async def test_portrait_is_replaced_and_removed(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition, portrait=await keep_portrait(saved(photo(colour=RED))))
    path = f"{LIST}/{camille.code}"

    await send_form(client, path, filled(camille), photo=("b.png", saved(photo(colour=BLUE), "PNG"), "image/png"))
    replaced = await fresh(camille)
    await send_form(client, path, filled(replaced, without_portrait="yes"))

    assert replaced.portrait not in ("", camille.portrait)
    assert (await fresh(camille)).portrait == ""


async def test_portrait_that_is_not_there_cannot_be_claimed(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)

    await send_form(client, f"{LIST}/{camille.code}", filled(camille, portrait="f" * 64))

    rows = await database.fetch("SELECT portrait FROM speaker WHERE id = $1", camille.id)
    assert [row["portrait"] for row in rows] == [""]


async def test_spans_that_fit_no_box_stay_when_the_boxes_are_not_touched(client: httpx.AsyncClient, edition: Made):
    spans = [(at(9), at(9, 40)), (at(21), at(22))]
    camille = await make_profile(edition, available=spans)

    await send_form(client, f"{LIST}/{camille.code}", filled(camille, available=keys("9:00")))
    untouched = await availability_of(camille.id)
    await send_form(client, f"{LIST}/{camille.code}", filled(await fresh(camille), available=keys("9:30")))

    assert (untouched, await availability_of(camille.id)) == (spans, [(at(9, 30), at(10))])


async def test_english_biography_stays_where_the_form_does_not_ask_for_it(client: httpx.AsyncClient):
    french = await make_edition(english=False)
    await make_organiser(client, french)
    camille = await make_profile(french, biography_en="She plants.")
    fields = filled(camille, name="Camille Côté")
    del fields["biography_en"]

    await send_form(client, f"{LIST}/{camille.code}", fields)

    now = await fresh(camille)
    assert (now.name, now.biography_en) == ("Camille Côté", "She plants.")
