from datetime import UTC, datetime

import pytest

from scheduling.imports import limits
from scheduling.imports.c3voc_xml import read_xml
from scheduling.imports.model import ImportedActivity, ImportedRoom, ImportedSlot, ImportedSpeaker
from tests.scheduling.imports.builders import said

EVENT = """<event guid='g-1' id='7'>
<date>2027-10-22T09:00:00-04:00</date><start>09:00</start><duration>01:00</duration>
<room>Salle A</room><title>Pièges &amp; astuces</title><subtitle/><track>Thème</track><type>Atelier</type>
<language>fr</language><abstract>Court</abstract><description>&lt;p&gt;Un&lt;/p&gt;&lt;p&gt;Deux&lt;/p&gt;</description>
<recording><license>CC</license><optout>true</optout></recording>
<persons><person id='3'>Camille Exemple</person></persons>
<links><link href='https://example.org/'>Site</link></links>
</event>"""


def xml(events: str = EVENT, *, before: str = "", room: str = "Salle A") -> bytes:
    return f"""<?xml version='1.0' encoding='utf-8'?>
{before}<schedule><version>1</version>
<conference><acronym>jn2027</acronym><title>Journées</title><start>2027-10-22</start><end>2027-10-22</end>
<days>1</days><time_zone_name>America/Toronto</time_zone_name></conference>
<day date='2027-10-22' start='2027-10-22T08:00:00-04:00' end='2027-10-22T20:00:00-04:00' index='1'>
<room name='{room}' guid='r-1'>
{events}
</room></day></schedule>""".encode()


def test_schedule_becomes_a_programme_when_it_is_sound() -> None:
    reading = read_xml(xml())

    assert reading.errors == ()
    assert said(reading.repairs) == [("ligne 10", "HTML converti en texte simple : description.")]
    assert reading.programme is not None
    assert reading.programme.rooms == (ImportedRoom(name="Salle A", extra={"guid": "r-1"}),)
    assert reading.programme.speakers == (ImportedSpeaker(key="3", name="Camille Exemple", extra={"id": 3}),)
    assert reading.programme.activities == (
        ImportedActivity(
            key="g-1",
            title_fr="Pièges & astuces",
            subtitle="",
            summary_fr="Court",
            description_fr="Un\n\nDeux",
            kind="Atelier",
            theme="Thème",
            speakers=("3",),
            slots=(
                ImportedSlot(
                    key="g-1",
                    starts_at=datetime(2027, 10, 22, 13, tzinfo=UTC),
                    ends_at=datetime(2027, 10, 22, 14, tzinfo=UTC),
                    room="Salle A",
                ),
            ),
            links=(("Site", "https://example.org/"),),
            extra={"id": 7, "recording_license": "CC", "do_not_record": True},
        ),
    )


def test_unknown_elements_are_kept_and_listed_when_another_generation_wrote_them() -> None:
    reading = read_xml(xml(EVENT.replace("</event>", "<conflict a='1'>x</conflict></event>")))

    assert reading.programme is not None
    assert reading.programme.activities[0].extra["conflict"] == "x"
    assert said(reading.repairs)[1] == ("ligne 14", "« conflict » n’est pas du format c3voc : gardé à part.")


def test_each_error_has_its_line_when_several_things_are_wrong() -> None:
    wrong = EVENT.replace("id='7'", "id='x'").replace("01:00", "1 heure").replace("<subtitle/>", "<title>Autre</title>")

    reading = read_xml(xml(wrong))

    assert said(reading.errors) == [
        ("ligne 7", "Il faut ici un nombre entier, pas un texte."),
        ("ligne 8", "« 1 heure » n’est pas une durée : écrivez 01:30."),
        ("ligne 9", "« title » est écrit deux fois : gardez-en un."),
    ]


def test_events_are_refused_at_their_line_when_they_stand_outside_a_room() -> None:
    wrapped = xml().replace(b"<room name", b"<rooms><room name").replace(b"</room></day>", b"</room></rooms></day>")

    assert said(read_xml(wrapped).errors) == [
        (
            "ligne 6",
            (
                "« rooms » n’a pas sa place ici : une journée (day) contient des salles (room), une salle des "
                "activités (event)."
            ),
        )
    ]


def test_note_is_listed_when_it_stands_among_rooms_or_events() -> None:
    reading = read_xml(xml("<note>x</note>" + EVENT))

    assert reading.programme is not None
    assert said(reading.repairs)[0] == ("ligne 7", "« note » n’est pas du format c3voc : ignoré.")


LAUGHS = "<!DOCTYPE schedule [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>\n"
OUTSIDE = "<!DOCTYPE schedule [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n"
REFUSED_TYPE = "Déclarations DOCTYPE et entités sont refusées par sécurité : retirez-les du fichier."


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE, "<!DOCTYPE schedule SYSTEM 'http://127.0.0.1:9/x.dtd'>\n"])
def test_document_type_is_refused_when_it_is_declared(declaration: str) -> None:
    reading = read_xml(xml(before=declaration))

    assert said(reading.errors) == [("ligne 2", REFUSED_TYPE)]


def test_line_is_named_when_the_document_is_malformed() -> None:
    reading = read_xml(xml(EVENT.replace("&amp;", "&")))

    assert (reading.programme, reading.errors[0].place) == (None, "ligne 9")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 100_000,
        b"<rss/>",
        b"<schedule/>",
        b"<schedule><conference/></schedule>",
        b"<?xml version='1.0' encoding='klingon'?><schedule/>",
        b"<?xml version='1.0' encoding='utf-16'?><schedule/>",
        b"<?xml version='1.0' encoding='base64'?><schedule/>",
        b"\xff\xfe<\x00",
        b"<",
    ],
)
def test_document_is_refused_when_it_is_no_schedule(data: bytes) -> None:
    reading = read_xml(data)

    assert reading.programme is None
    assert {remark.place.startswith("ligne ") for remark in reading.errors} == {True}


def test_document_is_refused_when_it_has_more_elements_than_a_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    elements = xml().count(b"</") + xml().count(b"/>")

    monkeypatch.setattr(limits, "PARTS", elements)
    assert read_xml(xml()).errors == ()
    monkeypatch.setattr(limits, "PARTS", elements - 1)
    assert said(read_xml(xml()).errors) == [("ligne 13", "Le fichier contient trop d’éléments pour un programme.")]
