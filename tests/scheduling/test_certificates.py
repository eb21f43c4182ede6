"""A certificate is for whoever was seen, says what was seen, and proves itself by its code."""

import asyncio
import re
from datetime import timedelta

import asyncpg
import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import registration_called
from scheduling.domain.certificates import Attested, AttestedActivity, issue_certificate
from tests.conftest import sign_in
from tests.desk_factories import MORNING
from tests.factories import IN_A_YEAR
from tests.pdf_text import text_of
from tests.scheduling.planning import texts
from tests.scheduling.registered import Registered, another_slot, registered

OVER = IN_A_YEAR + timedelta(hours=2)


def link(bob: Registered) -> str:
    return private_path("scheduling:certificate", "certificate", bob.registration)


async def seen(bob: Registered, slot: int, state: str = "present") -> None:
    await database.fetch(
        """
        INSERT INTO attendance (slot, registration, state, at) SELECT $1, id, $2, $3 FROM registration WHERE code = $4
        """,
        slot,
        state,
        MORNING,
        bob.registration,
    )


async def issued(client: httpx.AsyncClient, bob: Registered) -> str:
    """What the document says, spaces folded."""
    answer = await client.post(link(bob), headers={"origin": "http://test.example"})
    assert answer.status_code == 303
    content = (await client.get(answer.headers["location"])).content
    return text_of(content).replace("\N{NO-BREAK SPACE}", " ")


def code_on(said: str) -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said)
    assert found
    return found[0]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("state", "moment"), [("", OVER), ("absent", OVER), ("present", IN_A_YEAR + timedelta(minutes=30))]
)
async def test_nothing_is_attested_before_somebody_was_seen_at_something_that_is_over(
    client: httpx.AsyncClient, state: str, moment
):
    bob = await registered()
    if state:
        await seen(bob, bob.slot.id, state)

    with clock.stopped_at(moment):
        page = await client.get(link(bob))
        asked = await client.post(link(bob), headers={"origin": "http://test.example"})
        file = await client.get(f"{link(bob)}/attestation.pdf")

    assert (page.status_code, "Pas encore d’attestation" in page.text) == (200, True)
    assert (asked.status_code, file.status_code) == (409, 409)
    assert await database.fetch("SELECT FROM certificate") == []


@pytest.mark.usefixtures("db")
async def test_certificate_says_what_was_attended_and_proves_itself(client: httpx.AsyncClient):
    bob = await registered(title="*Mots* de #passe")
    later = await another_slot(bob.edition, "Infonuagique", starts_at=IN_A_YEAR, lasts=timedelta(minutes=90))
    await another_slot(bob.edition, "Jamais vu", starts_at=IN_A_YEAR)
    for slot in (bob.slot, later):
        await seen(bob, slot.id)

    with clock.stopped_at(OVER):
        looked = await client.get(link(bob))
        said, again = await issued(client, bob), await issued(client, bob)
        code = code_on(said)
        typed = {"code": f" {code.lower()} "}
        found = await client.post("/attestations", data=typed, headers={"origin": "http://test.example"})
        proof = await client.get(found.headers["location"])

    assert "Mots* de #passe" in looked.text
    expected = ("Bob Tremblay", "*Mots* de #passe", "Infonuagique", "Durée totale : 1 h 30", "Journées numériques")
    assert [words for words in expected if words not in said] == []
    assert ("Jamais vu" in said, code_on(again)) == (False, code)
    shown = texts(proof, "//main//dd")
    assert shown[:4] == ["Bob Tremblay", "Journées numériques d'Argenteuil".replace("'", "’"), "2", "1 h 30"]
    assert ("Infonuagique" in proof.text, "bob@example.ca" in proof.text) == (False, False)
    assert proof.headers["x-robots-tag"] == "noindex, nofollow"


@pytest.mark.usefixtures("db")
async def test_what_is_on_paper_stays_genuine_when_a_name_is_put_right(client: httpx.AsyncClient):
    bob = await registered()
    await seen(bob, bob.slot.id)
    with clock.stopped_at(OVER):
        first = code_on(await issued(client, bob))
        await database.fetch("UPDATE person SET name = 'Robert Tremblay'")
        second = code_on(await issued(client, bob))

        names = [texts(await client.get(f"/attestations/{code}"), "//main//dd")[0] for code in (first, second)]

    assert (first != second, names) == (True, ["Bob Tremblay", "Robert Tremblay"])
    with pytest.raises(asyncpg.RestrictViolationError, match="never changes"):
        await database.fetch("UPDATE certificate SET code = 'X'")


@pytest.mark.usefixtures("db")
async def test_forged_links_and_codes_open_nothing(client: httpx.AsyncClient):
    bob = await registered()
    await seen(bob, bob.slot.id)
    with clock.stopped_at(OVER):
        await issued(client, bob)
        tokens = [bob.registration, f"{bob.registration}.{'0' * 26}", bob.ticket_link.rpartition("/")[2]]
        answers = [
            await client.get(f"/attestation/{token}{end}") for token in tokens for end in ("", "/attestation.pdf")
        ]
        unknown = await client.get("/attestations/0000-0000-0000")
        empty = await client.post("/attestations", data={"code": ""}, headers={"origin": "http://test.example"})

    assert {(answer.status_code, "Tremblay" in answer.text) for answer in answers} == {(404, False)}
    assert (unknown.status_code, "Aucune attestation ne porte ce code" in unknown.text) == (404, True)
    assert (empty.status_code, texts(empty, "//p[@class='field-error']")) == (
        422,
        ["Écrivez le code qui est au bas de l’attestation."],
    )


@pytest.mark.usefixtures("db")
async def test_signed_in_person_gets_the_same_certificate(client: httpx.AsyncClient):
    bob = await registered()
    await seen(bob, bob.slot.id)
    with clock.stopped_at(OVER):
        await sign_in(client, bob.person)
        page = await client.get("/jn2027/mon-attestation")
        answer = await client.post("/jn2027/mon-attestation")

    assert "Mots de passe solides" in page.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"{link(bob)}/attestation.pdf")


@pytest.mark.usefixtures("committed", "app")
async def test_two_browsers_at_once_get_one_certificate():
    bob = await registered()
    await seen(bob, bob.slot.id)
    registration, edition = await registration_called(bob.registration), await edition_called("jn2027")

    with clock.stopped_at(OVER):
        made = await asyncio.gather(*(issue_certificate(registration, edition) for _ in range(8)))

    assert len({certificate.code for certificate in made}) == 1


@pytest.mark.parametrize(
    ("spans", "minutes"), [([(0, 60)], 60), ([(0, 60), (60, 90)], 90), ([(0, 90), (30, 60), (80, 120)], 120)]
)
def test_each_moment_counts_once(spans: list[tuple[int, int]], minutes: int):
    activities = [
        AttestedActivity(
            title_fr="A",
            title_en="",
            starts_at=IN_A_YEAR + timedelta(minutes=begins),
            ends_at=IN_A_YEAR + timedelta(minutes=ends),
        )
        for begins, ends in spans
    ]

    said = Attested(name="Bob", edition_fr="JN", edition_en="", organiser="MRC", activities=activities)

    assert said.total == timedelta(minutes=minutes)
