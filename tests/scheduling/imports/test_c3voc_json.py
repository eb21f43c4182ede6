import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scheduling.imports import limits
from scheduling.imports.c3voc_json import read_json
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)
from tests.scheduling.imports.builders import as_json, event, places, said, schedule, without

FIRST = '$.schedule.conference.days[0].rooms["Salle A"][0]'


def at(place: str) -> str:
    return place.split(" (ligne")[0]


def errors_of(*events: dict[str, Any], **conference: Any) -> list[tuple[str, str]]:
    reading = read_json(as_json(schedule(*events, **conference)))
    assert reading.programme is None
    return [(at(place), message) for place, message in said(reading.errors)]


def test_schedule_becomes_a_programme_when_it_is_sound() -> None:
    one = event(
        language="en",
        abstract="Short",
        description="Long",
        code="ABC123",
        do_not_record=True,
        persons=[{"guid": "p-1", "name": "Camille Exemple", "biography": "Hello", "url": "https://example.org/p"}],
        links=[{"title": "Site", "url": "https://example.org/s"}],
    )
    rooms = [{"name": "Salle A", "guid": "r-1", "capacity": 30}]
    tracks = [{"name": "Thème", "color": "#1E3A5F"}]

    reading = read_json(as_json(schedule(one, rooms=rooms, tracks=tracks)))

    assert reading.errors == ()
    assert reading.repairs == ()
    assert reading.programme == ImportedProgramme(
        title="Journées numériques",
        slug="jn2027",
        starts_on=date(2027, 10, 22),
        ends_on=date(2027, 10, 22),
        time_zone="America/Toronto",
        rooms=(ImportedRoom(name="Salle A", capacity=30, extra={"guid": "r-1"}),),
        speakers=(
            ImportedSpeaker(
                key="p-1",
                name="Camille Exemple",
                biography_en="Hello",
                extra={"guid": "p-1", "url": "https://example.org/p"},
            ),
        ),
        labels=(
            ImportedLabel(facet="theme", name_fr="Thème", colour="#1e3a5f"),
            ImportedLabel(facet="kind", name_fr="Atelier"),
        ),
        activities=(
            ImportedActivity(
                key="ABC123",
                title_fr="Activité 1",
                title_en="Activité 1",
                subtitle="",
                summary_en="Short",
                description_en="Long",
                kind="Atelier",
                theme="Thème",
                language="en",
                speakers=("p-1",),
                slots=(
                    ImportedSlot(
                        key=one["guid"],
                        starts_at=datetime(2027, 10, 22, 13, tzinfo=UTC),
                        ends_at=datetime(2027, 10, 22, 14, tzinfo=UTC),
                        room="Salle A",
                    ),
                ),
                links=(("Site", "https://example.org/s"),),
                extra={
                    "id": 1,
                    "code": "ABC123",
                    "slug": "jn2027-1",
                    "url": "https://example.org/",
                    "do_not_record": True,
                },
            ),
        ),
        extra={
            "version": "1",
            "conference": {
                "daysCount": 1,
                "timeslot_duration": "00:05",
                "time_zone_name": "America/Toronto",
                "tracks": tracks,
            },
            "days": [
                {
                    "index": 1,
                    "date": "2027-10-22",
                    "day_start": "2027-10-22T08:00:00-04:00",
                    "day_end": "2027-10-23T03:00:00-04:00",
                }
            ],
        },
    )


def test_optional_parts_are_repaired_and_listed_when_they_are_missing() -> None:
    bare = without(event(), "room", "track", "type", "persons", "abstract", "subtitle", "guid", "links", "language")

    reading = read_json(as_json(schedule(bare)))

    assert [(at(place), message) for place, message in said(reading.repairs)] == [
        (FIRST, "Langue non précisée : français supposé."),
        (FIRST, "Pas de salle : « Salle A », sous laquelle l’activité est rangée."),
        (FIRST, "Absents, laissés vides : subtitle, track, type, language, abstract, persons, links."),
        (FIRST, "Pas de guid : un identifiant stable est calculé."),
    ]
    assert reading.programme is not None
    assert reading.programme == read_json(as_json(schedule(bare))).programme
    assert reading.programme.activities[0].slots[0].room == "Salle A"


def test_every_error_is_named_at_its_place_when_several_things_are_wrong() -> None:
    wrong = event(1, id="1", title={"fr": "Titre"}, persons=[3], do_not_record="oui", colour="red")
    late = event(2, date="2027-10-22T12:00:00-04:00", start="12:30", duration="x", room="Salle B")

    assert errors_of(wrong, late, time_zone_name="Mars/Olympus") == [
        (
            "$.schedule.conference.time_zone_name",
            "« Mars/Olympus » n’est pas un fuseau horaire : écrivez par exemple America/Toronto.",
        ),
        (f"{FIRST}.id", "Il faut ici un nombre entier, pas un texte."),
        (f"{FIRST}.title", "Il faut ici un texte, pas un objet."),
        (f"{FIRST}.persons[0]", "Il faut ici un objet, pas un nombre."),
        (f"{FIRST}.do_not_record", "Il faut ici true ou false, pas un texte."),
        (
            f"{FIRST}.colour",
            "« colour » n’existe pas ici dans le format c3voc : retirez-le ou exportez la version publique.",
        ),
        (
            FIRST.replace("[0]", "[1]").replace("days[1]", "days[0]") + ".start",
            "« start » dit 12:30 et « date » dit 12:00 : corrigez l’une des deux heures.",
        ),
        (
            FIRST.replace("[0]", "[1]").replace("days[1]", "days[0]") + ".duration",
            "« x » n’est pas une durée : écrivez 01:30.",
        ),
        (
            FIRST.replace("[0]", "[1]").replace("days[1]", "days[0]") + ".room",
            "L’activité est rangée sous la salle « Salle A », mais dit « Salle B » : corrigez l’une des deux.",
        ),
    ]


def test_overlap_names_both_titles_and_times_when_slots_share_a_room() -> None:
    other = event(2, date="2027-10-22T09:30:00-04:00", start="09:30")

    assert errors_of(event(1), other) == [
        (
            '$.schedule.conference.days[0].rooms["Salle A"][1]',
            (
                "Dans la salle « Salle A », « Activité 1 » (9 h à 10 h) et « Activité 2 » (9 h 30 à 10 h 30) se "
                "chevauchent le 22 octobre 2027 : changez l’heure ou la salle de l’une des deux."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"duration": "00:00"}, "La plage ne dure pas : la fin doit être après le début."),
        (
            {"end": "2027-10-22T08:00:00-04:00", "duration": None},
            "La fin est avant le début : corrigez l’une des deux heures.",
        ),
        ({"duration": "200:00"}, "La plage dure plus d’une semaine : vérifiez les dates."),
        ({"duration": None}, "Il manque la durée : ajoutez « duration », par exemple 01:30."),
        (
            {"end": "2027-10-22T11:00:00-04:00"},
            "« end » dit 11:00, mais la durée mène à 10:00 : corrigez l’une des deux.",
        ),
        (
            {"date": "2027-10-25T09:00:00-04:00"},
            (
                "L’activité commence le 2027-10-25 09:00, hors de la journée du 2027-10-22 : corrigez la date ou "
                "changez-la de jour."
            ),
        ),
        (
            {"date": "0001-01-01T09:00:00+01:00"},
            "« 0001-01-01T09:00:00+01:00 » n’est pas une date avec heure : écrivez 2027-10-22T13:30:00-04:00.",
        ),
        ({"language": "Klingon !"}, "« Klingon ! » n’est pas une langue : écrivez son code, par exemple fr ou en."),
        ({"description": "x" * 100_001}, "Texte trop long : au plus 100000 caractères."),
    ],
)
def test_event_is_refused_when_it_contradicts_itself(members: dict[str, Any], message: str) -> None:
    assert [found for _place, found in errors_of(event(**members))] == [message]


def test_event_after_midnight_stays_with_the_day_before_when_that_night_is_its_own() -> None:
    late = event(date="2027-10-23T00:30:00-04:00", start="00:30")

    reading = read_json(as_json(schedule(late)))

    assert reading.errors == ()
    assert reading.programme is not None
    assert reading.programme.activities[0].slots[0].starts_at == datetime(2027, 10, 23, 4, 30, tzinfo=UTC)
    assert reading.programme.activities[0].extra["day"] == "2027-10-22"


def test_events_are_slots_of_one_activity_when_they_share_a_code() -> None:
    first = event(1, code="ABC123", url="https://example.org/1")
    again = {**event(2, code="ABC123", date="2027-10-22T11:00:00-04:00", start="11:00"), "title": "Activité 1"}

    reading = read_json(as_json(schedule(first, again)))

    assert reading.programme is not None
    activity = reading.programme.activities[0]
    assert (activity.key, [slot.key for slot in activity.slots]) == ("ABC123", [first["guid"], again["guid"]])
    assert activity.extra == {
        "code": "ABC123",
        "slots": {
            first["guid"]: {"id": 1, "slug": "jn2027-1", "url": "https://example.org/1"},
            again["guid"]: {"id": 2, "slug": "jn2027-2", "url": "https://example.org/"},
        },
    }


def test_events_are_refused_when_they_share_a_code_or_guid_and_differ() -> None:
    noon = {"date": "2027-10-22T12:00:00-04:00", "start": "12:00"}

    assert errors_of(event(1, code="ABC"), event(2, code="ABC", **noon))[0][1] == (
        "« Activité 2 » porte le même code ou id que « Activité 1 », mais en diffère (title) : changez le code ou "
        "alignez-les."
    )
    assert errors_of(event(1, guid="same"), event(2, guid="same", **noon))[0][1] == (
        "« Activité 1 » et « Activité 2 » ont le même identifiant (same) : chaque plage doit avoir le sien."
    )


def test_unsafe_link_is_kept_apart_when_it_is_no_web_address() -> None:
    links = [{"title": "x", "url": "javascript:alert(1)"}, {"title": "y", "url": "www.example.org"}]

    reading = read_json(as_json(schedule(event(links=links))))

    assert reading.programme is not None
    assert reading.programme.activities[0].links == (("y", "http://www.example.org"),)
    assert reading.programme.activities[0].extra["links"] == links
    assert len(reading.repairs) == 2


def test_persons_are_refused_when_one_identifier_has_two_names() -> None:
    persons = [{"guid": "p", "name": "Camille"}, {"guid": "p", "name": "Dominique"}]

    assert [message for _place, message in errors_of(event(persons=persons))] == [
        "« Camille » et « Dominique » portent le même identifiant (p) : corrigez l’un des deux."
    ]


def test_line_and_path_are_given_when_a_member_is_wrong() -> None:
    text = as_json(schedule(event(duration="x"))).decode()

    reading = read_json(text.encode())

    line = next(number for number, line in enumerate(text.split("\n"), start=1) if '"duration"' in line)
    assert places(reading.errors) == [f"{FIRST}.duration (ligne {line})"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"schedule":\n [1, }', "ligne 2"),
        ('{"schedule": {"version": NaN}}', "$.schedule.version (ligne 1)"),
        ('{"schedule": {"version": 1e999}}', "$.schedule.version (ligne 1)"),
        ('{"schedule": {\n"version": "1",\n"version": "2"}}', "$.schedule.version (ligne 2)"),
        ('{"a":\n' * 50 + "1" + "}" * 50, "ligne 41"),
        ("[" * 100_000, "ligne 1"),
        ('{"schedule": ' + "9" * 5000 + "}", "$.schedule (ligne 1)"),
        ('{"schedule": "\\ud800"}', "$.schedule (ligne 1)"),
        ("null", "$"),
        ("[]", "$"),
    ],
)
def test_document_is_refused_at_its_place_when_it_is_no_schedule(text: str, expected: str) -> None:
    reading = read_json(text.encode())

    assert reading.programme is None
    assert expected in places(reading.errors)


WRONG_DURATION = "« x » n’est pas une durée : écrivez 01:30."


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if line.lstrip().startswith(start))


def test_key_written_twice_is_refused_beside_the_other_errors() -> None:
    text = as_json(schedule(event(duration="x"))).decode().replace('"title": "J', '"title": "A",\n"title": "J')
    title, duration = line_of(text, '"title"'), line_of(text, '"duration"')

    assert said(read_json(text.encode()).errors) == [
        (
            f"$.schedule.conference.title (ligne {title})",
            "La clé « title » est écrite deux fois : gardez-en une.",
        ),
        (f"{FIRST}.duration (ligne {duration})", WRONG_DURATION),
    ]


def test_what_is_missing_is_named_when_it_is_missing_inside_a_key_written_twice() -> None:
    text = json.dumps(schedule(without(event(), "duration")), ensure_ascii=False)
    twice = text.replace("}]}}]", '}], "Salle A": [{"title": "B"}]}}]')

    reading = read_json(twice.encode())

    assert [(at(place), message) for place, message in said(reading.errors)] == [
        (FIRST.removesuffix("[0]"), "La clé « Salle A » est écrite deux fois : gardez-en une."),
        (f"{FIRST}.duration", "Il manque la durée : ajoutez « duration », par exemple 01:30."),
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("member", ["id", "title", "persons"])
def test_unacceptable_number_is_refused_once_beside_the_other_errors(number: str, member: str) -> None:
    wrong = {member: "NUMBER", "language": "Klingon !"}
    text = as_json(schedule(event(1, **wrong), event(2, duration="x"))).decode().replace('"NUMBER"', number)

    reading = read_json(text.encode())

    assert sorted((at(place), message) for place, message in said(reading.errors)) == sorted(
        [
            (f"{FIRST}.{member}", f"« {number} » n’est pas un nombre acceptable ici : corrigez-le."),
            (f"{FIRST}.language", "« Klingon ! » n’est pas une langue : écrivez son code, par exemple fr ou en."),
            (f"{FIRST.removesuffix('[0]')}[1].duration", WRONG_DURATION),
        ]
    )


def test_document_is_refused_when_it_has_more_parts_than_a_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_json(schedule(event()))
    parts = data.count(b"{") + data.count(b"[")

    monkeypatch.setattr(limits, "PARTS", parts)
    assert read_json(data).errors == ()
    monkeypatch.setattr(limits, "PARTS", parts - 1)
    assert said(read_json(data).errors) == [("$", "Le fichier contient trop d’objets et de listes pour un programme.")]


def test_line_is_named_when_bytes_are_not_utf8() -> None:
    reading = read_json(b'{"schedule":\n"caf\xe9"}')

    assert said(reading.errors) == [("ligne 2", "Cet octet n’est pas de l’UTF-8 : enregistrez le fichier en UTF-8.")]


def test_control_characters_are_removed_when_a_text_holds_them() -> None:
    reading = read_json(as_json(schedule(event(title="Ti\x00tre"))))

    assert reading.programme is not None
    assert reading.programme.activities[0].title_fr == "Titre"


def test_errors_are_counted_when_there_are_too_many_to_list() -> None:
    many = [event(number, duration="x") for number in range(1, 800)]

    reading = read_json(json.dumps(schedule(*many)).encode())

    assert len(reading.errors) == 501
    assert said(reading.errors)[-1] == ("", "Il y en a d’autres : seules les 500 premières sont listées.")


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("2027-10-23T04:00:00-04:00", 22),
        ("2027-10-23T00:00:00", 22),
        ("2027-10-23T18:00:00-04:00", 23),
        ("2027-10-23", 22),
        ("2027-10-24", 24),
    ],
)
def test_edition_ends_on_its_last_evening_when_the_file_ends_in_the_night(end: str, last: int) -> None:
    programme = read_json(as_json(schedule(event(), end=end))).programme

    assert programme
    assert (programme.starts_on, programme.ends_on) == (date(2027, 10, 22), date(2027, 10, last))
