"""Alice at the programme in preparation: its rows, and its forms as a browser without scripts sends them."""

from typing import Any

import httpx
from lxml import html

from digital_days.kernel import clock, database
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from tests.conftest import sign_in
from tests.desk_factories import MORNING, make_volunteer
from tests.factories import Made

ACTIVITIES = "/jn2027/organisation/activites"
Fields = list[tuple[str, str]]


async def organiser_signs_in(client: httpx.AsyncClient, edition: Made, name: str = "Alice Roy") -> int:
    person = await make_volunteer(edition, Role.ORGANISER, name)
    with clock.stopped_at(MORNING):
        await sign_in(client, person)
    return person


async def draft(edition: Made) -> Made:
    """What organisers work on, made of what is public when it is asked for first."""
    return Made(await draft_of(edition.id), edition.code)


async def planned_code(activity: Made) -> str:
    """What the draft calls the activity that the public knows."""
    [row] = await database.fetch(
        """
        SELECT d.code FROM activity a JOIN edition e ON e.draft_of = a.edition
        JOIN activity d ON d.edition = e.id AND d.source_id = a.source_id WHERE a.id = $1
        """,
        activity.id,
    )
    return str(row["code"])


def the_form(page: httpx.Response, css_class: str = "planned") -> Any:
    """The form itself; its fields stand as the page shows them."""
    [form] = found(page, f"//form[contains(@class, '{css_class}')]")
    return form


def fields_of(page: httpx.Response, css_class: str = "planned") -> Fields:
    """What a browser would send if nobody typed anything."""
    return [
        (name, value.removeprefix("\n").replace("\n", "\r\n"))
        for name, value in the_form(page, css_class).form_values()
    ]


def typed(fields: Fields, **changes: str) -> Fields:
    """The same, with other values: a name is the first of its rows, ``name__1`` the second."""
    wanted = dict(changes)
    seen: dict[str, int] = {}
    answer = []
    for name, value in fields:
        place = seen[name] = seen.get(name, -1) + 1
        answer.append((name, wanted.pop(name if place == 0 else f"{name}__{place}", value)))
    return [*answer, *wanted.items()]


async def send(client: httpx.AsyncClient, path: str, fields: Fields) -> httpx.Response:
    """As a browser sends it."""
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return await client.post(path, data=data)


def errors_of(page: httpx.Response) -> dict[str, str]:
    """Sentences by the control they stand beside."""
    return {
        each.get("id").removeprefix("field-").removesuffix("-error"): _text(each)
        for each in found(page, "//p[@class='field-error']")
    }


def texts(page: httpx.Response, path: str) -> list[str]:
    """What the page says there, spaces folded."""
    return [_text(each) for each in found(page, path)]


def found(page: httpx.Response, path: str) -> list[Any]:
    """Elements, or values of attributes."""
    elements: Any = html.fromstring(page.text).xpath(path)
    return list(elements)


def _text(element: Any) -> str:
    said = " ".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(said.replace("Erreur :", "").split())
