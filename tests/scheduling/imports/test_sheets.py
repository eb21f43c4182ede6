from datetime import UTC, date, datetime

import pytest

from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
    Reading,
)
from scheduling.imports.sheets import read_sheets
from tests.scheduling.imports.builders import row, said


def sheet(*rows: dict[str, str]) -> list[list[str]]:
    names = list(dict.fromkeys(name for each in rows for name in each))
    return [names, *([each.get(name, "") for name in names] for each in rows)]


def reading_of(*rows: dict[str, str], **others: list[list[str]]) -> Reading:
    return read_sheets({"activities": sheet(*rows), **others}, title="Journées 2027")


def test_sheets_become_a_programme_when_they_are_sound() -> None:
    reading = reading_of(
        row(
            1,
            title_en="Activity 1",
            kind="Atelier",
            audience="grand public",
            language="bilingue",
            seats="12",
            speakers="Camille Exemple; Dominique Exemple",
        ),
        row(2, activity="A-1", date="2027-10-23", start="13 h 30", end="", duration="1 h 30", title_fr="", seats=""),
        rooms=[["room", "capacity", "step_free", "étage"], ["Salle A", "30", "oui", "2"]],
        speakers=[["name", "ambassador"], ["Camille Exemple", "oui"], ["Dominique Exemple", ""]],
        labels=[
            ["facet", "name_fr", "name_en", "colour", "description"],
            ["public", "Grand public", "General public", "#ABC", "Pour tout le monde."],
            ["kind", "Atelier", "", "", ""],
        ],
    )

    assert reading.errors == ()
    assert said(reading.repairs) == [
        ("feuille rooms, ligne 1, colonne étage", "Colonne inconnue : son contenu est gardé à part."),
        (
            "feuille activities, ligne 2, colonne audience",
            "« grand public » est compris comme « Grand public ».",
        ),
    ]
    assert reading.programme == ImportedProgramme(
        title="Journées 2027",
        slug="journees-2027",
        starts_on=date(2027, 10, 22),
        ends_on=date(2027, 10, 23),
        time_zone="America/Toronto",
        rooms=(ImportedRoom(name="Salle A", capacity=30, step_free=True, extra={"étage": "2"}),),
        speakers=(
            ImportedSpeaker(key="Camille Exemple", name="Camille Exemple", ambassador=True),
            ImportedSpeaker(key="Dominique Exemple", name="Dominique Exemple", ambassador=False),
        ),
        labels=(
            ImportedLabel(
                facet="audience",
                name_fr="Grand public",
                name_en="General public",
                colour="#aabbcc",
                description_fr="Pour tout le monde.",
            ),
            ImportedLabel(facet="kind", name_fr="Atelier", name_en="", colour="", description_fr=""),
        ),
        activities=(
            ImportedActivity(
                key="A-1",
                title_fr="Activité 1",
                title_en="Activity 1",
                kind="Atelier",
                audience="Grand public",
                language="bi",
                speakers=("Camille Exemple", "Dominique Exemple"),
                slots=(
                    ImportedSlot(
                        key="A-1",
                        starts_at=datetime(2027, 10, 22, 13, tzinfo=UTC),
                        ends_at=datetime(2027, 10, 22, 14, tzinfo=UTC),
                        room="Salle A",
                        seats=12,
                    ),
                    ImportedSlot(
                        key="A-2",
                        starts_at=datetime(2027, 10, 23, 17, 30, tzinfo=UTC),
                        ends_at=datetime(2027, 10, 23, 19, tzinfo=UTC),
                        room="Salle A",
                    ),
                ),
            ),
        ),
        exported_as="sheets",
    )


def test_row_is_repaired_and_listed_when_room_or_time_is_missing() -> None:
    reading = reading_of(row(1, room=""), row(2, date="", start="", end="", seats="5"))

    assert said(reading.repairs) == [
        ("feuille activities, ligne 2, colonne room", "Pas de salle : la plage est importée sans salle."),
        ("feuille activities, ligne 3, colonne date", "Ni date ni heure : l’activité est importée sans plage."),
    ]
    assert reading.programme is not None
    assert [len(activity.slots) for activity in reading.programme.activities] == [1, 0]
    assert reading.programme.activities[1].extra == {"seats": "5", "room": "Salle A"}


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"end": "08:00"}, "end", "La fin est avant le début : corrigez l’une des deux heures."),
        ({"end": "09:00"}, "end", "La plage ne dure pas : la fin doit être après le début."),
        ({"end": ""}, "end", "Il manque la fin : écrivez une heure, ou une durée dans « duration »."),
        (
            {"date": "22/10/2027"},
            "date",
            "« 22/10/2027 » n’est pas une date comprise ici : écrivez-la comme 2027-10-22.",
        ),
        ({"date": ""}, "date", "Il manque la date : écrivez-la comme 2027-10-22."),
        ({"start": ""}, "start", "Il manque l’heure de début : écrivez-la comme 13:30."),
        ({"start": "25:00"}, "start", "« 25:00 » n’est pas une heure : écrivez-la comme 13:30 ou 13 h 30."),
        ({"end": "tard"}, "end", "« tard » n’est pas une heure : écrivez-la comme 13:30 ou 13 h 30."),
        ({"duration": "longtemps"}, "duration", "« longtemps » n’est pas une durée : écrivez 90 (minutes) ou 1:30."),
        (
            {"duration": "90"},
            "duration",
            "La durée et la fin se contredisent : corrigez ou videz l’une des deux.",
        ),
        ({"seats": "-3"}, "seats", "« -3 » : il faut un nombre entier entre 1 et 100000, ou rien."),
        ({"language": "de"}, "language", "« de » n’est pas prévu ici : écrivez fr, en, bi."),
        ({"title_fr": ""}, "title_fr", "Il manque le titre de l’activité."),
        ({"id": ""}, "id", "Il manque l’id de la ligne : donnez-lui un identifiant à elle."),
        (
            {"date": "2027-03-14", "start": "02:30", "end": "04:00"},
            "start",
            "Cette heure n’existe pas : l’horloge la saute en passant à l’heure d’été.",
        ),
        ({"room": "x" * 201}, "room", "Texte trop long : au plus 200 caractères."),
    ],
)
def test_row_is_refused_at_its_cell_when_it_is_wrong(cells: dict[str, str], column: str, message: str) -> None:
    reading = reading_of(row(1, **cells))

    assert reading.programme is None
    assert said(reading.errors) == [(f"feuille activities, ligne 2, colonne {column}", message)]


def test_first_of_two_hours_is_taken_when_the_clock_goes_back() -> None:
    reading = reading_of(row(date="2027-11-07", start="01:30", end="", duration="90"))

    assert said(reading.repairs) == [
        (
            "feuille activities, ligne 2, colonne start",
            "L’horloge montre deux fois cette heure : la première est retenue.",
        )
    ]
    assert reading.programme is not None
    slot = reading.programme.activities[0].slots[0]
    assert (slot.starts_at, slot.ends_at) == (
        datetime(2027, 11, 7, 5, 30, tzinfo=UTC),
        datetime(2027, 11, 7, 7, 0, tzinfo=UTC),
    )


def test_end_may_be_on_the_next_day_when_it_says_so() -> None:
    reading = reading_of(row(start="22:00", end="2027-10-23 00:30"))

    assert reading.programme is not None
    assert reading.programme.activities[0].slots[0].ends_at == datetime(2027, 10, 23, 4, 30, tzinfo=UTC)


def test_overlap_names_both_titles_and_times_when_slots_share_a_room() -> None:
    reading = reading_of(row(1), row(2, start="09:30", end="11:00", room="salle a"))

    assert said(reading.errors) == [
        (
            "feuille activities, ligne 3, colonne start",
            (
                "Dans la salle « Salle A », « Activité 1 » (9 h à 10 h) et « Activité 2 » (9 h 30 à 11 h) se "
                "chevauchent le 22 octobre 2027 : changez l’heure ou la salle de l’une des deux."
            ),
        )
    ]


def test_rows_are_refused_when_ids_repeat_or_slots_of_one_activity_differ() -> None:
    reading = reading_of(row(1), row(1, start="11:00", end="12:00"), row(3, activity="A-1", title_fr="Autre", room="B"))

    assert said(reading.errors) == [
        ("feuille activities, ligne 3, colonne id", "L’id « A-1 » est déjà celui de la ligne 2 : changez-le."),
        (
            "feuille activities, ligne 4, colonne title_fr",
            "Diffère de la ligne 2, qui est de la même activité : alignez-les ou videz cette cellule.",
        ),
    ]


def test_every_error_is_named_when_several_sheets_are_wrong() -> None:
    reading = reading_of(
        row(1, seats="beaucoup"),
        rooms=[["room", "capacity"], ["Salle A", "x"], ["", "3"], ["salle a", ""]],
        speakers=[["organisme"], ["Exemple"]],
        labels=[["facet", "name_fr"], ["couleur", "Rouge"]],
    )

    assert [place for place, _message in said(reading.errors)] == [
        "feuille speakers, ligne 1",
        "feuille rooms, ligne 2, colonne capacity",
        "feuille rooms, ligne 3, colonne room",
        "feuille rooms, ligne 4, colonne room",
        "feuille labels, ligne 2, colonne facet",
        "feuille activities, ligne 2, colonne seats",
    ]


def test_headings_are_understood_when_they_are_french() -> None:
    reading = read_sheets(
        {"Activités": [["Identifiant", "Jour", "Début", "Durée", "Titre"], ["1", "2027-10-22", "9 h", "45 min", "Un"]]},
        title="T",
    )

    assert reading.errors == ()
    assert reading.programme is not None
    assert reading.programme.activities[0].slots[0].ends_at == datetime(2027, 10, 22, 13, 45, tzinfo=UTC)


def test_place_names_the_heading_as_it_is_written_when_it_is_french() -> None:
    reading = read_sheets({"": [["Id", "Titre", "Début"], ["1", "Un", "?"]]}, title="T")

    assert [place for place, _message in said(reading.errors)] == [
        "ligne 2, colonne date",
        "ligne 2, colonne Début",
        "ligne 2, colonne end",
    ]


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        (
            {"a": [["x"]], "b": [["y"]]},
            "Il manque la feuille « activities » : le modèle montre les feuilles attendues.",
        ),
        ({"activities": []}, "Aucune ligne n’a de date : il en faut au moins une pour situer l’édition."),
        ({"activities": [["title_fr"]]}, "Il manque la colonne « id » : le modèle montre les colonnes attendues."),
        ({"activities": [["id", "ID", "titre"]]}, "Deux colonnes disent « id » : gardez-en une."),
        (
            {"activities": [["id", "titre"]], "programme": [["id"]]},
            "Deux feuilles disent la même chose, l’autre est « activities » : gardez-en une.",
        ),
    ],
)
def test_sheets_are_refused_when_their_frame_is_wrong(sheets: dict[str, list[list[str]]], message: str) -> None:
    assert said(read_sheets(sheets, title="T").errors)[0][1] == message


def test_edition_is_refused_when_a_year_is_mistyped() -> None:
    reading = reading_of(row(1), row(2, date="2072-10-22"))

    assert [message for _place, message in said(reading.errors)] == [
        "Du 22 octobre 2027 au 22 octobre 2072, l’édition dure plus d’un an : vérifiez l’année des dates."
    ]


def test_formula_guard_is_removed_when_an_export_put_it() -> None:
    reading = reading_of(row(title_fr="'=Égalité", summary_fr="'quote'"))

    assert reading.programme is not None
    assert reading.programme.activities[0].title_fr == "=Égalité"
    assert reading.programme.activities[0].summary_fr == "'quote'"
