"""The organisers' settings: every mistake beside its field, nothing lost, two organisers never lose each other's."""

import re

import httpx
import pytest

from digital_days.kernel.permissions import Role
from matchmaking.domain.settings import speed_dating_of
from tests.conftest import sign_in
from tests.factories import Made, grant, make_edition, make_person

PATH = "/jn2027/organisation/rencontres-eclair/reglages"
SAID: dict[str, str | list[str]] = {
    "opens_day": "2027-09-01",
    "opens_time": "09:00",
    "session_day": ["2027-10-21", "2027-10-21"],
    "session_from": ["13:30", "9 h"],
    "session_to": ["15:30", "10:00"],
    "round_minutes": "15",
    "pause_minutes": "5",
    "tables": "12",
    "most": "6",
    "spread": "",
    "weight": ["50", "30", "10", "5", "5"],
    "place_fr": "Salle des Lilas",
}


@pytest.fixture
async def edition(db: None, client: httpx.AsyncClient) -> Made:
    return await _edition(client)


async def _edition(client: httpx.AsyncClient) -> Made:
    made = await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, made)
    await sign_in(client, alice)
    return made


async def test_settings_are_kept_and_say_how_many_rounds_they_make(client: httpx.AsyncClient, edition: Made):
    answer = await client.post(PATH, data=SAID)

    assert answer.status_code == 303, re.findall(r"field-error[^<]*<[^<]*<[^<]*", answer.text)
    found = await speed_dating_of(edition.id)
    assert (found.tables, found.most, found.spread, found.place_fr) == (12, 6, None, "Salle des Lilas")
    assert found.weights == {"needs": 50, "wishes": 30, "language": 10, "sector": 5, "novelty": 5}
    hours = [f"{each.starts_at:%H:%M}" for each in found.rounds]
    assert hours == ["13:00", "13:20", "13:40", "17:30", "17:50", "18:10", "18:30", "18:50", "19:10"]
    text = (await client.get(PATH)).text
    assert "cela fait 9 rondes" in text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"round_minutes": "0"}, "de 3 à 120"),
        ({"tables": "-1"}, "de 0 à 500"),
        ({"tables": "9" * 30}, "de 0 à 500"),
        ({"spread": "x"}, "de 0 à 20"),
        ({"weight": ["50"]}, "Souhaits : Écrivez un nombre entier, de 0 à 100."),
        ({"session_to": ["12:00", "10:00"]}, "La fin doit être après le début."),
        ({"session_from": ["09:30", "9 h"]}, "Deux séances se chevauchent."),
        ({"session_day": ["2027-10-21", "soon"]}, "Ce n’est pas une date"),
        ({"session_from": ["13:30", ""]}, "Séance 2, De : Il manque l’heure."),
        ({"closes_day": "2027-08-01", "closes_time": "09:00"}, "La fermeture doit être après l’ouverture."),
        ({"round_minutes": "3", "pause_minutes": "0", "session_to": ["16:30", "10:03"]}, "Cela fait 81 rondes"),
        ({"round_minutes": "120", "session_to": ["14:00", "10:00"]}, "Aucune ronde n’entre"),
        ({"place_fr": "x" * 201}, "C’est trop long"),
    ],
)
async def test_wrong_setting_is_said_beside_its_field_and_nothing_is_lost(
    client: httpx.AsyncClient, edition: Made, wrong: dict[str, str | list[str]], sentence: str
):
    answer = await client.post(PATH, data={**SAID, "intro_fr": "Bienvenue.", **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Bienvenue." in answer.text
    assert not (await speed_dating_of(edition.id)).is_held


async def test_second_organiser_is_told_what_the_first_has_saved(client: httpx.AsyncClient, committed):
    edition = await _edition(client)
    await client.post(PATH, data=SAID)
    seen = (await speed_dating_of(edition.id)).version
    await client.post(PATH, data={**SAID, "tables": "14", "version": seen})

    late = await client.post(PATH, data={**SAID, "tables": "9", "version": seen})

    assert late.status_code == 409
    assert "Quelqu’un a changé ceci" in late.text
    assert (await speed_dating_of(edition.id)).tables == 14
