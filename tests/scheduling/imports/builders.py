"""Small programme files, valid as they come: each test changes what it is about."""

import csv
import io
import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from openpyxl import Workbook

from scheduling.imports.model import Remark


def event(number: int = 1, **members: Any) -> dict[str, Any]:
    return {
        "guid": str(uuid5(NAMESPACE_URL, f"event {number}")),
        "id": number,
        "date": "2027-10-22T09:00:00-04:00",
        "start": "09:00",
        "duration": "01:00",
        "room": "Salle A",
        "slug": f"jn2027-{number}",
        "url": "https://example.org/",
        "title": f"Activité {number}",
        "subtitle": "",
        "track": "Thème",
        "type": "Atelier",
        "language": "fr",
        "abstract": "",
        "description": "",
        "persons": [],
        "links": [],
        **members,
    }


def without(members: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in names}


def schedule(*events: dict[str, Any], room: str = "Salle A", **conference: Any) -> dict[str, Any]:
    day = {
        "index": 1,
        "date": "2027-10-22",
        "day_start": "2027-10-22T08:00:00-04:00",
        "day_end": "2027-10-23T03:00:00-04:00",
        "rooms": {room: list(events)},
    }
    return {
        "schedule": {
            "version": "1",
            "conference": {
                "acronym": "jn2027",
                "title": "Journées numériques",
                "start": "2027-10-22",
                "end": "2027-10-23",
                "daysCount": 1,
                "timeslot_duration": "00:05",
                "time_zone_name": "America/Toronto",
                "days": [day],
                **conference,
            },
        }
    }


def as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def as_csv(*rows: dict[str, str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return file.getvalue().encode(encoding)


def row(number: int = 1, **cells: str) -> dict[str, str]:
    return {
        "id": f"A-{number}",
        "date": "2027-10-22",
        "start": "09:00",
        "end": "10:00",
        "title_fr": f"Activité {number}",
        "room": "Salle A",
        **cells,
    }


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def said(remarks: tuple[Remark, ...]) -> list[tuple[str, str]]:
    """Places and sentences, with the ordinary spaces in which the tests are written."""
    return [(remark.place, remark.message.replace("\N{NO-BREAK SPACE}", " ")) for remark in remarks]


def places(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.place for remark in remarks]
