"""The organisers' pages of who takes part: the list and its file, one person, inviting, removing, keeping apart."""

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.permissions import Role
from matchmaking.domain.exclusions import KeptApart, NoSuchOrganisation, SameSide, keep_apart, kept_apart
from matchmaking.domain.inviting import TOPIC
from matchmaking.domain.pool import pool_of
from matchmaking.domain.roster_sheet import REMOVED
from tests.conftest import sign_in
from tests.factories import Made, grant, make_edition, make_person
from tests.letters_read import composed, letter, link_to
from tests.matchmaking.factories import (
    made,
    make_meeting,
    make_organisation,
    make_participant,
    make_speed_dating,
    make_wish,
)
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
PATH = "/jn2027/organisation/rencontres-eclair/participation"
APART = "/jn2027/organisation/rencontres-eclair/a-part"
INVITATION = {"side": "resource", "organisation": "CLE", "name": "Ève Roy", "email": "eve@example.ca"}


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    made_edition = await make_edition()
    await make_speed_dating(made_edition)
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, made_edition)
    await sign_in(client, alice)
    return made_edition


async def two_sides(edition: Made) -> tuple[Made, Made, Made, Made]:
    """A mill and an advisor's house with one person each; the mill must meet it, and is not wanted there."""
    mill = await make_organisation(edition, "Moulin du Nord", about="Farine d’ici")
    cle = await make_organisation(edition, "CLE d’Argenteuil", side="resource")
    bob = await make_participant(edition, mill, await make_person(), most=3, role="=Meunier")
    eve = await make_participant(edition, cle, await make_person("Ève Roy", "eve@example.ca"), opted_in=False)
    await make_wish(mill, cle, "must")
    await make_wish(cle, mill, "no")
    return mill, cle, bob, eve


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def test_list_shows_both_sides_and_is_found_by_word_side_and_state(client: httpx.AsyncClient, edition: Made):
    await two_sides(edition)

    everybody = plain((await client.get(PATH)).text)
    found = [
        ("Bob Tremblay" in text, "Ève Roy" in text)
        for text in [
            everybody,
            (await client.get(f"{PATH}?cote=resource")).text,
            (await client.get(f"{PATH}?etat=active")).text,
            (await client.post(PATH, data={"q": "nord moulin"})).text,
            (await client.post(PATH, data={"q": "nobody"})).text,
        ]
    ]

    assert found == [(True, True), (False, True), (True, False), (True, False), (False, False)]
    assert ("exprimés : 1, reçus : 0" in everybody, "exprimés : 0, reçus : 1" in everybody) == (True, True)


async def test_list_says_the_same_as_a_file_and_runs_nothing(client: httpx.AsyncClient, edition: Made):
    await two_sides(edition)

    answer = await client.get(f"{PATH}/liste/csv?cote=business")

    head, line, *rest = answer.text.lstrip("\N{BYTE ORDER MARK}").splitlines()
    assert head.startswith("Organisation;Côté;Nom;")
    assert line == "Moulin du Nord;Entreprise;Bob Tremblay;bob@example.ca;'=Meunier;Participe;fr;0;3;0;1;0;0"
    assert rest == []
    assert (await client.get(f"{PATH}/liste/xlsx")).content[:2] == b"PK"


async def test_list_needs_no_more_statements_for_more_people(client: httpx.AsyncClient, edition: Made):
    counts = []
    for number in range(3):
        await make_participant(edition, await make_organisation(edition, f"Moulin {number}"))
        async with counted_statements() as sent:
            await client.get(PATH)
        counts.append(len(sent))

    assert len(set(counts)) == 1


async def test_sheet_says_what_somebody_said_and_what_is_wished(client: httpx.AsyncClient, edition: Made):
    _mill, _cle, bob, _eve = await two_sides(edition)

    text = (await client.get(f"{PATH}/personne/{bob.code}")).text

    for words in ("Bob Tremblay", "Moulin du Nord", "Farine d’ici", "CLE d’Argenteuil", "Absolument", "Non merci"):
        assert words in text


async def test_removed_person_is_in_no_pool_and_their_meeting_is_cancelled(client: httpx.AsyncClient, edition: Made):
    _mill, cle, bob, _eve = await two_sides(edition)
    await make_meeting(edition, bob, await make_participant(edition, cle))

    answer = await client.post(f"{PATH}/personne/{bob.code}/retirer")

    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
    assert [each.code for each in (await pool_of(edition.id)).participants if each.code == bob.code] == []
    [meeting] = await database.fetch("SELECT state FROM meeting")
    assert meeting["state"] == "cancelled"
    mail = await letter(REMOVED)
    [file] = mail.attachments  # takes the meeting out of the calendar too
    assert (mail.to_email, b"METHOD:CANCEL" in file.content) == ("bob@example.ca", True)


async def test_person_of_another_edition_is_unknown_here(client: httpx.AsyncClient, edition: Made):
    other = await make_edition("jn2028")
    zoe = await make_participant(other, await make_organisation(other, "Ailleurs"))

    answers = [
        await client.get(f"{PATH}/personne/{zoe.code}"),
        await client.post(f"{PATH}/personne/{zoe.code}/retirer"),
        await client.get(f"{PATH}/personne/NOBODY"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Ailleurs" not in (await client.get(PATH)).text
    assert [each.code for each in (await pool_of(other.id)).participants] == [zoe.code]


async def test_who_takes_part_learns_nothing_of_the_organisers_pages(client: httpx.AsyncClient, edition: Made):
    mill, cle, bob, _eve = await two_sides(edition)
    [row] = await database.fetch("SELECT person FROM match_participant WHERE code = $1", bob.code)
    await sign_in(client, row["person"])

    pages = [f"{PATH}/liste/csv", f"{PATH}/personne/{bob.code}", PATH, APART]
    answers = [await client.get(path) for path in pages]
    answers.append(await client.post(f"{PATH}/personne/{bob.code}/retirer"))
    answers.append(await client.post(APART, data={"business": mill.code, "resource": cle.code}))

    assert {answer.status_code for answer in answers} == {403}
    assert await kept_apart(edition.id) == []


async def test_invited_person_gets_a_mail_and_takes_no_part_before_they_agree(client: httpx.AsyncClient, edition: Made):
    answer = await client.post(f"{PATH}/inviter", data=INVITATION)

    assert answer.status_code == 303
    [house] = await database.fetch("SELECT name, side FROM match_organisation")
    assert tuple(house.values()) == ("CLE", "resource")
    assert (await pool_of(edition.id)).participants == ()
    written = await letter(TOPIC)
    assert (written.to_email, "CLE" in written.subject) == ("eve@example.ca", True)
    assert link_to(written, "/connexion").endswith("mes-rencontres%2Fparticipation")


async def test_who_has_agreed_or_was_removed_gets_no_invitation(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{PATH}/inviter", data=INVITATION)
    await database.fetch("UPDATE match_participant SET left_at = now()")

    assert await composed(TOPIC) == [None]


async def test_who_takes_part_already_is_not_invited_twice(client: httpx.AsyncClient, edition: Made):
    await two_sides(edition)

    answer = await client.post(f"{PATH}/inviter", data=INVITATION)

    assert (answer.status_code, "participe déjà" in answer.text, 'value="CLE"' in answer.text) == (422, True, True)
    assert len(await database.fetch("SELECT FROM match_organisation")) == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"side": "both"}, "Cette réponse ne convient pas."),
        ({"organisation": " "}, "Ce renseignement est nécessaire."),
        ({"email": "eve@"}, "Écrivez une adresse courriel complète"),
        ({"name": "x" * 201}, "C’est trop long"),
    ],
)
async def test_wrong_invitation_is_said_and_nothing_is_lost(
    client: httpx.AsyncClient, edition: Made, wrong: dict[str, str], sentence: str
):
    answer = await client.post(f"{PATH}/inviter", data={**INVITATION, **wrong})

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert await database.fetch("SELECT FROM match_participant") == []


async def test_invitation_is_sent_again_only_to_who_has_not_answered(client: httpx.AsyncClient, edition: Made):
    _mill, _cle, bob, eve = await two_sides(edition)

    answers = [await client.post(f"{PATH}/personne/{each.code}/relancer") for each in (eve, eve, bob)]

    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert len(await database.fetch("SELECT FROM outbox_message")) == 1


async def test_pair_kept_apart_is_in_the_pool_until_it_may_meet_again(client: httpx.AsyncClient, edition: Made):
    mill, cle, _bob, _eve = await two_sides(edition)
    pair = {"business": mill.code, "resource": cle.code}

    first = await client.post(APART, data={**pair, "reason": "Même famille"})
    again = await client.post(APART, data={**pair, "reason": "Même toit"})
    text = (await client.get(APART)).text
    kept = (await pool_of(edition.id)).exclusions
    freed = await client.post(f"{APART}/reunir", data=pair)

    assert [answer.status_code for answer in (first, again, freed)] == [303, 303, 303]
    assert ("Même toit" in text, "Même famille" in text) == (True, False)
    assert (kept, (await pool_of(edition.id)).exclusions) == (frozenset({(mill.id, cle.id)}), frozenset())
    assert (await client.post(f"{APART}/reunir", data=pair)).status_code == 404


async def test_only_a_business_and_a_resource_of_this_edition_are_kept_apart(edition: Made):
    mill, cle, _bob, _eve = await two_sides(edition)
    beside = await make_organisation(edition, "Ferme")
    elsewhere = await make_organisation(await make_edition("jn2028"), "Ailleurs", side="resource")

    for other, refusal in ((beside, SameSide), (elsewhere, NoSuchOrganisation), (mill, SameSide)):
        with pytest.raises(refusal):
            await keep_apart(edition.id, mill.code, other.code, reason="")

    assert await kept_apart(edition.id) == []
    assert cle.code


async def test_wrong_pair_is_said_and_the_reason_stays(client: httpx.AsyncClient, edition: Made):
    mill, _cle, _bob, _eve = await two_sides(edition)

    nothing = await client.post(APART, data={"reason": "Même famille"})
    unknown = await client.post(APART, data={"business": mill.code, "resource": "NOBODY", "reason": "Même famille"})

    assert [answer.status_code for answer in (nothing, unknown)] == [422, 422]
    assert ("Ce renseignement est nécessaire." in nothing.text, "Même famille" in nothing.text) == (True, True)
    assert ("ne participe pas" in unknown.text, "Même famille" in unknown.text) == (True, True)


async def test_pair_that_meets_by_the_published_plan_says_so(edition: Made):
    mill, cle, bob, eve = await two_sides(edition)
    await make_meeting(edition, bob, eve)
    # Whichever was there first.
    await made("match_exclusion", edition=edition.id, one=mill.id, other=cle.id, created_at=clock.now())

    assert await kept_apart(edition.id) == [
        KeptApart(
            business="Moulin du Nord",
            business_code=mill.code,
            resource="CLE d’Argenteuil",
            resource_code=cle.code,
            reason="",
            planned=True,
        )
    ]
