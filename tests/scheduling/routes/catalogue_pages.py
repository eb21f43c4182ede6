"""Alice at the organisers' pages."""

import httpx
from lxml import html

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from tests.conftest import sign_in
from tests.factories import Made, grant, make_edition, make_person


async def alice_organises(client: httpx.AsyncClient, edition: Made | None = None) -> Made:
    """An edition that Alice runs, and her session."""
    edition = edition or await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)
    return edition


def fields(page: httpx.Response, action: str = "") -> dict[str, str]:
    """What the page's last form that goes there would send as it stands."""
    *_others, form = html.document_fromstring(page.text).iterfind(".//main//form[@action]")
    for each in html.document_fromstring(page.text).iterfind(".//main//form[@action]"):
        if action and str(each.get("action")).endswith(action):
            form = each
    return dict(form.form_values())  # type: ignore[attr-defined] # lxml's stubs know no forms


def errors(page: httpx.Response) -> list[str]:
    """The sentences beside the fields, with ordinary spaces."""
    found = html.document_fromstring(page.text).iterfind(".//p[@class='field-error']")
    return [" ".join("".join(map(str, each.itertext())).split()).removeprefix("Erreur : ") for each in found]


def said(page: httpx.Response) -> str:
    """The page's main part as words with ordinary spaces."""
    [main] = html.document_fromstring(page.text).iterfind(".//main")
    return " ".join(" ".join(map(str, main.itertext())).split())


async def rows(sql: str, *arguments: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await database.fetch(sql, *arguments)]
