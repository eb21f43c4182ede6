from typing import Any

import pytest

from scheduling.imports.c3voc_json import read_json
from tests.scheduling.imports.builders import as_json, event, said, schedule
from tests.scheduling.imports.test_c3voc_json import FIRST, at, errors_of


def test_null_is_listed_when_it_stands_for_an_optional_list() -> None:
    reading = read_json(as_json(schedule(event(persons=None, links=None), rooms=None)))

    message = "Rien (null) là où il faut une liste : compté comme vide."
    assert reading.programme is not None
    assert [(at(place), repair) for place, repair in said(reading.repairs)] == [
        (f"{FIRST}.persons", message),
        (f"{FIRST}.links", message),
        ("$.schedule.conference.rooms", message),
    ]


DAY = "$.schedule.conference.days[0]"


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ({"rooms": None}, (f"{DAY}.rooms", "Il faut ici un objet, pas rien (null).")),
        ({"rooms": []}, (f"{DAY}.rooms", "Il faut ici un objet, pas une liste.")),
        ({"rooms": {"Salle A": None}}, (f'{DAY}.rooms["Salle A"]', "Il faut ici une liste, pas rien (null).")),
        (
            {},
            (
                f"{DAY}.rooms",
                "Il manque les salles de la journée : ajoutez « rooms », vide s’il n’y a rien ce jour-là.",
            ),
        ),
    ],
)
def test_day_is_refused_when_it_does_not_say_what_takes_place(day: dict[str, Any], error: tuple[str, str]) -> None:
    assert errors_of(days=[{"index": 1, "date": "2027-10-22", **day}]) == [error]


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"schedule": None}, ("$.schedule", "Il faut ici un objet, pas rien (null).")),
        ({"schedule": {"conference": 12}}, ("$.schedule.conference", "Il faut ici un objet, pas un nombre.")),
        (
            {"schedule": {}},
            ("$.schedule.conference", "Il manque « conference » : ce fichier n’est pas un programme c3voc."),
        ),
        (schedule(days=None), ("$.schedule.conference.days", "Il faut ici une liste, pas rien (null).")),
        (schedule(title=3), ("$.schedule.conference.title", "Il faut ici un texte, pas un nombre.")),
        (schedule(event(title=None)), (f"{FIRST}.title", "Il faut ici un texte, pas rien (null).")),
        (schedule(event(duration=60)), (f"{FIRST}.duration", "Il faut ici un texte, pas un nombre.")),
        (schedule(event(date=3)), (f"{FIRST}.date", "Il faut ici un texte, pas un nombre.")),
    ],
)
def test_one_error_is_enough_when_a_member_is_of_a_wrong_type(document: Any, error: tuple[str, str]) -> None:
    reading = read_json(as_json(document))

    assert [(at(place), message) for place, message in said(reading.errors)] == [error]
    assert reading.programme is None
