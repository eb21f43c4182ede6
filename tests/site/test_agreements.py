"""One's agreements: seen on the account page, asked about where a stranger may have ticked, given and taken back."""

import httpx
import pytest

from digital_days.kernel import consents, database
from digital_days.kernel.private_links import private_path
from digital_days.site.sign_in_links import make_link, use_link
from scheduling.domain.places import Applicant, take_place
from tests.conftest import sign_in
from tests.factories import make_activity, make_edition, make_person, make_slot
from tests.scheduling.registered import BOB

pytestmark = pytest.mark.usefixtures("db")

ORIGIN = {"origin": "http://test.example"}
ALL = {"registration", "news", "coaching"}
WAITS = "En attente de votre réponse"


async def bob_with(applicant: Applicant = BOB, purposes: set[str] = ALL) -> int:
    """Bob's number, once a place has been asked for under his address."""
    slot = await make_slot(await make_activity(await make_edition()))
    await take_place(slot.code, applicant, consents=consents.given(purposes, organiser="MRC d’Argenteuil"))
    [row] = await database.fetch("SELECT id FROM person WHERE account_email = 'bob@example.ca'")
    return int(row["id"])


async def ticket_link() -> str:
    [row] = await database.fetch("SELECT code FROM registration")
    return private_path("site:ticket", "ticket", row["code"])


async def in_force() -> list[tuple[str, str]]:
    """What we may rely on, and who said so."""
    rows = await database.fetch(
        "SELECT purpose, origin FROM consent WHERE proved_at IS NOT NULL AND withdrawn_at IS NULL ORDER BY purpose, id"
    )
    return [(row["purpose"], row["origin"]) for row in rows]


async def kept() -> int:
    [row] = await database.fetch("SELECT count(*) AS rows FROM consent")
    return int(row["rows"])


def boxes(page: str) -> list[str]:
    """The boxes of agreements, as they are written."""
    return [tag.partition(">")[0] for tag in page.split("<input ")[1:] if 'name="agreed"' in tag.partition(">")[0]]


async def test_signing_in_proves_the_required_one_only(client: httpx.AsyncClient) -> None:
    bob = await bob_with()
    token = (await make_link(bob)).rpartition("/")[2]

    assert await use_link(token, browser="", confirmed=True) == bob

    assert await in_force() == [("registration", "web")]


async def test_account_asks_about_what_a_stranger_ticked_and_ticks_nothing(client: httpx.AsyncClient) -> None:
    await sign_in(client, await bob_with())

    page = (await client.get("/compte")).text

    assert page.count(WAITS) == 2
    assert [("checked" in box, box.count("value=")) for box in boxes(page)] == [(False, 1)] * 2


async def test_what_is_ticked_counts_and_what_is_left_empty_is_settled(client: httpx.AsyncClient) -> None:
    await sign_in(client, await bob_with())

    for _twice in range(2):
        answer = await client.post("/compte/accords", data={"edition": "jn2027", "agreed": ["news"]})

    page = (await client.get("/compte")).text
    assert answer.headers["location"] == "/compte"
    assert await in_force() == [("news", "account")]
    assert await kept() == len(ALL) + 1
    assert WAITS not in page
    assert consents.REGISTRATION[1].text("MRC d’Argenteuil") in page


async def test_answer_says_what_was_recorded(client: httpx.AsyncClient) -> None:
    await sign_in(client, await bob_with())
    said = {}
    for ticked in (["news"], []):
        await client.post("/compte/accords", data={"edition": "jn2027", "agreed": ticked})
        said[len(ticked)] = (await client.get("/compte")).text

    assert ("votre accord compte" in said[1], "rien n’est coché" in said[1]) == (True, False)
    assert ("votre accord compte" in said[0], "rien n’est coché" in said[0]) == (False, True)


async def test_withdrawn_agreement_no_longer_counts_however_often_it_was_given(client: httpx.AsyncClient) -> None:
    bob = await make_person()
    await bob_with(Applicant(person_id=bob))
    other = await make_slot(await make_activity(await make_edition("cafe2028")))
    await take_place(other.code, Applicant(person_id=bob), consents=[])
    await database.fetch(
        """
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
        SELECT person, edition, purpose, version, locale, text, origin, given_at, proved_at FROM consent
        """
    )
    await sign_in(client, bob)
    before = await kept()

    page = (await client.get("/compte")).text
    for slug in ("jn2027", "cafe2028"):
        for purpose in ("news", "registration"):
            await client.post("/compte/accords/retirer", data={"edition": slug, "purpose": purpose})

    assert page.count("Retirer mon accord") == 2
    assert {purpose for purpose, _origin in await in_force()} == {"coaching", "registration"}
    assert await kept() == before
    assert "Retiré le" in (await client.get("/compte")).text


async def test_agreement_is_given_for_an_edition_of_ones_own_only(client: httpx.AsyncClient) -> None:
    await bob_with(purposes={"registration"})
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))

    for slug in ("jn2027", "nulle-part"):
        answer = await client.post("/compte/accords", data={"edition": slug, "agreed": ["news"]})
        assert answer.status_code == 404
    assert await in_force() == []


async def test_ticket_asks_and_its_answer_proves_the_address(client: httpx.AsyncClient) -> None:
    await bob_with()
    link = await ticket_link()

    asked = [(await client.get(link)).text.count(WAITS) for _twice in range(2)]
    answer = await client.post(f"{link}/accords", data={"agreed": ["coaching", "made-up"]}, headers=ORIGIN)

    assert asked == [2, 2]
    assert answer.headers["location"] == link
    assert await in_force() == [("coaching", "ticket"), ("registration", "web")]
    assert WAITS not in (await client.get(link)).text


async def test_ticket_asks_nothing_when_the_person_said_it_themselves(client: httpx.AsyncClient) -> None:
    await bob_with(Applicant(person_id=await make_person()))

    assert boxes((await client.get(await ticket_link())).text) == []


async def test_nothing_is_said_to_be_withdrawn_when_nothing_was(client: httpx.AsyncClient) -> None:
    await sign_in(client, await bob_with(purposes={"registration"}))

    for purpose in ("registration", "news"):
        await client.post("/compte/accords/retirer", data={"edition": "jn2027", "purpose": purpose})
        assert "Votre accord est retiré" not in (await client.get("/compte")).text
