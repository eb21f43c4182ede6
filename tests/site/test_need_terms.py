"""The taxonomy of needs: written in one form, in order; words change, slugs stay; nobody's words are lost."""

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.need_terms import need_terms
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.factories import Made, make_edition
from tests.scheduling.planning import errors_of, fields_of, organiser_signs_in, send, typed

pytestmark = pytest.mark.usefixtures("db")
PATH = "/jn2027/organisation/besoins-et-offres"
FORM = "need-terms-form"


async def opened(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def said(edition: Made) -> list[tuple[str, str, str]]:
    return [(term.slug, term.name_fr, term.name_en) for term in await need_terms(edition.id)]


async def test_organiser_writes_orders_and_renames_needs_without_scripts(client: httpx.AsyncClient):
    edition = await opened(client)
    form = fields_of(await client.get(PATH), FORM)
    form = fields_of(await send(client, PATH, [*typed(form, name_fr="Vendre en ligne"), ("do", "add")]), FORM)
    form = typed(form, name_fr__1="Trouver du financement", name_en__1="Find funding")
    await send(client, PATH, fields_of(await send(client, PATH, [*form, ("do", "up:1")]), FORM))
    renamed = typed(fields_of(await client.get(PATH), FORM), name_fr__1="Vendre sur le web")

    saved = await send(client, PATH, renamed)

    assert saved.status_code == 303
    assert await said(edition) == [
        ("trouver-du-financement", "Trouver du financement", "Find funding"),
        ("vendre-en-ligne", "Vendre sur le web", ""),
    ]


async def test_everything_wrong_is_said_and_kept(client: httpx.AsyncClient):
    await opened(client)
    form = fields_of(await client.get(PATH), FORM)
    form = fields_of(await send(client, PATH, [*typed(form, name_fr="Vendre"), ("do", "add")]), FORM)
    form = fields_of(await send(client, PATH, [*form, ("do", "add")]), FORM)

    answer = await send(client, PATH, typed(form, name_fr__1="VENDRE", name_en__2="Only English"))

    assert (answer.status_code, sorted(errors_of(answer))) == (422, ["name_fr-1", "name_fr-2"])
    assert "Only English" in answer.text


async def test_second_organiser_is_told_and_nothing_of_the_first_is_lost(client: httpx.AsyncClient):
    edition = await opened(client)
    first = typed(fields_of(await client.get(PATH), FORM), name_fr="Vendre")
    second = typed(fields_of(await client.get(PATH), FORM), name_fr="Acheter")
    await send(client, PATH, first)

    told = await send(client, PATH, second)

    assert (told.status_code, await said(edition)) == (409, [("vendre", "Vendre", "")])
    assert "Acheter" in told.text


async def test_need_that_goes_is_answered_by_nobody(client: httpx.AsyncClient):
    edition = await opened(client)
    await send(client, PATH, typed(fields_of(await client.get(PATH), FORM), name_fr="Vendre"))
    exhibitor = await make_exhibitor(edition, await make_category(edition))
    await database.fetch(
        "INSERT INTO exhibitor_need (exhibitor, need) SELECT $1, id FROM need_term WHERE edition = $2",
        exhibitor.id,
        edition.id,
    )

    await send(
        client,
        PATH,
        fields_of(await send(client, PATH, [*fields_of(await client.get(PATH), FORM), ("do", "drop:0")]), FORM),
    )

    assert (await said(edition), await database.fetch("SELECT FROM exhibitor_need")) == ([], [])
