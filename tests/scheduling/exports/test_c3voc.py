"""c3voc schedules, member by member; that any programme makes a valid one is in ``test_round_trips``."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET  # only for what we have written ourselves

from msgspec.structs import replace

from scheduling.exports.c3voc_json import schedule_json
from scheduling.exports.c3voc_schedule import schedule_of
from scheduling.exports.c3voc_xml import schedule_xml
from scheduling.exports.texts import Language
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)
from tests.scheduling.exports.made_programmes import publication_of, stored_of

GUID = "0b0a79ba-6d0e-4e4a-8f2c-2f3c7d1f2a11"
SLOT = ImportedSlot(
    key=GUID,
    starts_at=datetime(2027, 10, 21, 17, 30, tzinfo=UTC),
    ends_at=datetime(2027, 10, 21, 19, 0, tzinfo=UTC),
    room="Coin numérique",
    seats=12,
)
ACTIVITY = ImportedActivity(
    key="ABC123",
    title_fr="Mots de passe",
    title_en="Passwords",
    summary_fr="Un <b>vrai</b> atelier",
    kind="Atelier",
    theme="Sécurité",
    audience="Tous",
    language="bi",
    speakers=("denise",),
    slots=(SLOT,),
    links=(("Aide", "https://example.org/é"), ("", "javascript:alert(1)")),
    extra={"do_not_record": True, "slug": "ancien", "attachments": [{"url": "https://example.org/a.pdf"}]},
)
PROGRAMME = ImportedProgramme(
    title="Journées numériques",
    slug="jn2027",
    starts_on=date(2027, 10, 21),
    ends_on=date(2027, 10, 21),
    time_zone="America/Toronto",
    rooms=(ImportedRoom(name="Coin numérique", name_en="Digital corner", venue="Bibliothèque", capacity=20),),
    speakers=(ImportedSpeaker(key="denise", name="Denise Lavallée-Côté", biography_fr="Bonjour"),),
    labels=(
        ImportedLabel(facet="theme", name_fr="Sécurité", name_en="Security", colour="1e3a5f"),
        ImportedLabel(facet="kind", name_fr="Atelier", name_en="Workshop"),
        ImportedLabel(facet="audience", name_fr="Tous"),
    ),
    activities=(ACTIVITY,),
)


def as_json(programme: ImportedProgramme, language: Language = "fr") -> Any:
    return json.loads(schedule_json(schedule_of(publication_of(stored_of(programme), language))))


def as_xml(programme: ImportedProgramme, language: Language = "fr") -> ET.Element:
    return ET.fromstring(schedule_xml(schedule_of(publication_of(stored_of(programme), language))))  # noqa: S314 - ours


def test_schedule_says_the_programme_in_french() -> None:
    document = as_json(PROGRAMME)

    version = document["schedule"].pop("version")
    event = document["schedule"]["conference"]["days"][0]["rooms"]["Coin numérique"][0]
    code = event["persons"][0].pop("code")
    assert (len(version), event["id"] > 1000, len(code), code.isupper()) == (12, True, 10, True)
    assert document == {
        "generator": {"name": "digital-days", "version": "json-fr", "url": "https://example.org/"},
        "schedule": {
            "base_url": "https://example.org/",
            "conference": {
                "acronym": "jn2027",
                "title": "Journées numériques",
                "start": "2027-10-21",
                "end": "2027-10-21",
                "daysCount": 1,
                "timeslot_duration": "00:05",
                "time_zone_name": "America/Toronto",
                "url": "https://example.org/programme",
                "tracks": [{"name": "Sécurité", "color": "#1e3a5f"}],
                "rooms": [
                    {
                        "name": "Coin numérique",
                        "guid": str(uuid5(NAMESPACE_URL, "room:jn2027:Coin numérique")),
                        "capacity": 20,
                        "description": "Bibliothèque",
                        "features": {"venue": "Bibliothèque"},
                    }
                ],
                "days": [
                    {
                        "index": 1,
                        "date": "2027-10-21",
                        "day_start": "2027-10-21T06:00:00-04:00",
                        "day_end": "2027-10-22T06:00:00-04:00",
                        "rooms": {
                            "Coin numérique": [
                                {
                                    "guid": GUID,
                                    "code": "ABC123",
                                    "id": event["id"],
                                    "date": "2027-10-21T13:30:00-04:00",
                                    "start": "13:30",
                                    "end": "2027-10-21T15:00:00-04:00",
                                    "duration": "01:30",
                                    "room": "Coin numérique",
                                    "slug": f"jn2027-{event['id']}-mots-de-passe",
                                    "url": "https://example.org/0",
                                    "title": "Mots de passe",
                                    "subtitle": "",
                                    "track": "Sécurité",
                                    "type": "Atelier",
                                    "language": "mul",
                                    "abstract": "Un &lt;b&gt;vrai&lt;/b&gt; atelier",
                                    "description": "",
                                    "persons": [
                                        {
                                            "guid": str(uuid5(NAMESPACE_URL, "speaker:jn2027:denise")),
                                            "name": "Denise Lavallée-Côté",
                                            "biography": "Bonjour",
                                            "url": "https://example.org/qui",
                                        }
                                    ],
                                    "links": [{"url": "https://example.org/%C3%A9", "title": "Aide"}],
                                    "do_not_record": True,
                                    "attachments": [{"url": "https://example.org/a.pdf", "title": ""}],
                                }
                            ]
                        },
                    }
                ],
            },
        },
    }


def test_schedule_speaks_english_and_falls_back_on_french() -> None:
    conference = as_json(PROGRAMME, "en")["schedule"]["conference"]

    [[event]] = conference["days"][0]["rooms"].values()
    assert conference["rooms"][0]["name"] == event["room"] == "Digital corner"
    assert [event[name] for name in ("title", "track", "type", "abstract")] == [
        "Passwords",
        "Security",
        "Workshop",
        "Un &lt;b&gt;vrai&lt;/b&gt; atelier",
    ]


def test_two_things_of_one_english_name_stay_two() -> None:
    labels = [replace(PROGRAMME.labels[0], name_fr=name, name_en="Data") for name in ("Sécurité", "Données")]
    tracks = as_json(replace(PROGRAMME, labels=tuple(labels)), "en")["schedule"]["conference"]["tracks"]

    assert [track["name"] for track in tracks] == ["Data", "Données"]


def test_person_whose_name_no_file_can_carry_is_left_out() -> None:
    nobody = replace(PROGRAMME.speakers[0], name="\x0b")
    [[event]] = as_json(replace(PROGRAMME, speakers=(nobody,)))["schedule"]["conference"]["days"][0]["rooms"].values()

    assert event["persons"] == []


def test_xml_gives_its_code_only_to_an_activity_of_one_slot() -> None:
    other = replace(SLOT, key="A-2", starts_at=SLOT.ends_at, ends_at=datetime(2027, 10, 21, 20, tzinfo=UTC))
    once = as_xml(PROGRAMME)
    twice = as_xml(replace(PROGRAMME, activities=(replace(ACTIVITY, slots=(SLOT, other)),)))

    assert [event.get("code") for event in once.iter("event")] == ["ABC123"]
    assert [event.get("code") for event in twice.iter("event")] == [None, None]
    assert len({event.findtext("url") for event in twice.iter("event")}) == 1
    assert len({event.findtext("slug") for event in twice.iter("event")}) == 2


def test_night_belongs_to_the_evening_and_every_day_is_listed() -> None:
    night = replace(
        SLOT,
        starts_at=datetime(2027, 10, 22, 2, 0, tzinfo=UTC),
        ends_at=datetime(2027, 10, 22, 11, 0, tzinfo=UTC),
    )
    late = replace(PROGRAMME, ends_on=date(2027, 10, 23), activities=(replace(ACTIVITY, slots=(night,)),))
    days = as_json(late)["schedule"]["conference"]["days"]

    assert [(day["date"], day["day_end"], len(day["rooms"])) for day in days] == [
        ("2027-10-21", "2027-10-22T07:00:00-04:00", 1),
        ("2027-10-22", "2027-10-23T06:00:00-04:00", 0),
        ("2027-10-23", "2027-10-24T06:00:00-04:00", 0),
    ]


def test_version_changes_with_a_text_and_not_with_an_address() -> None:
    publication = publication_of(stored_of(PROGRAMME))
    moved = replace(publication, activities={"ABC123": "https://example.com/autre"}, base_url="https://example.com/")
    changed = stored_of(replace(PROGRAMME, activities=(replace(ACTIVITY, title_fr="Phrases de passe"),)))

    versions = [
        json.loads(schedule_json(schedule_of(each)))["schedule"]["version"]
        for each in (publication, moved, publication_of(changed))
    ]

    assert versions[0] == versions[1] != versions[2]


def test_same_schedule_gives_the_same_bytes_in_whatever_order_its_activities_stand() -> None:
    other = replace(ACTIVITY, key="XYZ789", slots=(replace(SLOT, key="A-2", room=None),), speakers=())
    there = publication_of(stored_of(replace(PROGRAMME, activities=(ACTIVITY, other))))
    back = replace(there, programme=replace(there.programme, activities=(other, ACTIVITY)))

    assert schedule_json(schedule_of(there)) == schedule_json(schedule_of(back))
    assert schedule_xml(schedule_of(there)) == schedule_xml(schedule_of(back))
