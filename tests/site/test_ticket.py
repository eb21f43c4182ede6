"""The ticket's page."""

import httpx
import pytest

from digital_days.kernel import database, qr, signing
from digital_days.kernel.settings import Settings
from tests.conftest import sign_in
from tests.scheduling.registered import registered

pytestmark = pytest.mark.usefixtures("db")


async def test_ticket_shows_name_code_and_activities_when_opened_by_link(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    bob = await registered()

    answer = await client.get(bob.ticket_link)

    token = signing.ticket_token(bob.registration, key=settings.secret_key)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert str(qr.svg(token, label="Code QR du billet")) in answer.text
    for said in ("Bob Tremblay", f"{bob.registration[:5]}-{bob.registration[5:]}", "Mots de passe solides"):
        assert said in answer.text
    assert f'href="{bob.agenda_link}"' in answer.text


async def test_ticket_is_the_same_when_opened_signed_in(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await sign_in(client, bob.person)

    page = (await client.get("/jn2027/mon-billet")).text

    assert f"{bob.registration[:5]}-{bob.registration[5:]}" in page
    assert 'href="/jn2027/mon-agenda"' in page


async def test_ticket_says_so_when_the_registration_is_cancelled(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await database.fetch("UPDATE registration SET state = 'cancelled'")

    page = (await client.get(bob.ticket_link)).text

    assert ("Billet annulé" in page, "À montrer à l’accueil" in page) == (True, False)
    assert ("Voir le programme" in page, "Montrez-le" in page, "Imprimer mon billet" in page) == (True, False, False)


async def test_looking_changes_nothing_when_every_link_is_opened_twice(client: httpx.AsyncClient) -> None:
    bob = await registered()
    before = await everything()

    for link in (bob.ticket_link, bob.agenda_link, bob.feed_link, bob.place_link) * 2:
        assert (await client.get(link)).status_code == 200

    assert await everything() == before


async def everything() -> list[tuple[object, ...]]:
    rows = await database.fetch(
        """
        SELECT p.*, s.taken, r.state, w.proved_at, (SELECT count(*) FROM outbox_message) AS messages
        FROM place p JOIN slot s ON s.id = p.slot JOIN person w ON w.id = p.person
        JOIN registration r ON r.person = w.id
        """
    )
    return [tuple(row.values()) for row in rows]
