from datetime import UTC, datetime
from typing import Any

import pytest

from scheduling.imports.c3voc_json import read_json
from tests.scheduling.imports.builders import as_json, event, said, schedule
from tests.scheduling.imports.test_c3voc_json import FIRST, errors_of


def test_zone_comes_from_the_offsets_when_the_file_names_none() -> None:
    no_zone = schedule(event())
    del no_zone["schedule"]["conference"]["time_zone_name"]

    reading = read_json(as_json(no_zone))

    assert reading.programme is not None
    assert reading.programme.time_zone == "America/Toronto"
    assert said(reading.repairs)[0][1] == "Pas de fuseau horaire : America/Toronto d’après les heures."


def test_zone_gives_way_to_the_offsets_when_all_times_contradict_it() -> None:
    reading = read_json(as_json(schedule(event(), time_zone_name="UTC")))

    assert reading.programme is not None
    assert reading.programme.time_zone == "America/Toronto"
    assert reading.programme.activities[0].slots[0].starts_at == datetime(2027, 10, 22, 13, tzinfo=UTC)


def test_time_without_offset_is_read_in_the_zone_of_the_file() -> None:
    reading = read_json(as_json(schedule(event(date="2027-10-22T09:00:00"))))

    assert reading.programme is not None
    assert reading.programme.activities[0].slots[0].starts_at == datetime(2027, 10, 22, 13, tzinfo=UTC)
    assert said(reading.repairs)[0][1] == "Heure sans décalage : celui du fuseau du fichier est appliqué."


def hourly(number: int, offset: str = "-04:00") -> dict[str, Any]:
    return event(number, date=f"2027-10-22T{number:02}:00:00{offset}", start=f"{number:02}:00")


@pytest.mark.parametrize(
    ("member", "times"),
    [
        ("date", {"date": "2027-10-22T09:00:00"}),
        ("end", {"date": "2027-10-22T09:00:00-04:00", "duration": "", "end": "2027-10-22T09:30:00"}),
    ],
)
def test_only_the_time_without_offset_is_refused_when_the_others_contradict_the_zone(
    member: str, times: dict[str, Any]
) -> None:
    bare = event(**times)

    assert errors_of(bare, hourly(10), hourly(11), time_zone_name="UTC") == [
        (
            f"{FIRST}.{member}",
            (
                "Heure sans décalage, et le fuseau du fichier (time_zone_name) manque ou contredit les autres heures : "
                "écrivez 2027-10-22T13:30:00-04:00."
            ),
        )
    ]


def test_only_the_odd_offset_is_refused_when_the_others_contradict_the_zone() -> None:
    odd = hourly(20, "+00:00")

    assert errors_of(odd, hourly(10), hourly(11), time_zone_name="UTC") == [
        (f"{FIRST}.date", "Le décalage +0000 n’est pas celui des autres heures (-0400) : corrigez-le.")
    ]


def test_only_the_odd_offset_is_refused_when_the_others_agree_with_the_zone() -> None:
    odd = hourly(18, "+05:00")

    assert errors_of(odd, hourly(10), hourly(11)) == [
        (
            f"{FIRST}.date",
            "Le décalage +0500 n’est pas celui du fuseau America/Toronto à cette date : corrigez l’un des deux.",
        )
    ]


def test_zone_is_refused_when_most_offsets_contradict_it_and_each_other() -> None:
    assert errors_of(hourly(18, "+05:00"), hourly(10), hourly(11), time_zone_name="UTC") == [
        (
            "$.schedule.conference.time_zone_name",
            "Le fuseau annoncé (UTC) contredit la plupart des heures (3 sur 3) : corrigez le fuseau ou les décalages.",
        )
    ]
