"""Colleagues who act for an exhibitor, and people who stand at its booth."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, signing
from digital_days.kernel.check_in import check_in
from digital_days.kernel.editions import edition_called
from exhibitors.domain.badges import MOST, BadgeTwice, NotAtTheFair, TooManyBadges, add_badge, badges_of, change_badge
from exhibitors.domain.members import LastContact, TooManyMembers, invite_member, members_of, remove_member, say_contact
from tests.conftest import SECRET, sign_in
from tests.exhibitors.factories import make_member
from tests.exhibitors.portal_pages import Owner, make_owner, owner_signs_in
from tests.factories import make_person
from tests.letters_read import composed, letter, links, promised, scanned
from tests.pdf_text import text_of
from tests.scheduling.routes.catalogue_pages import errors, rows, said

PEOPLE = "SELECT name, email, account_email FROM person ORDER BY id"
TICKETS = "SELECT p.name, r.state FROM registration r JOIN person p ON p.id = r.person ORDER BY r.id"


async def name_badge(owner: Owner, name: str, email: str = "") -> str:
    await add_badge(await owner.acting(), await edition_called(owner.edition.code), name=name, email=email)
    return (await badges_of(owner.exhibitor.id))[-1].code


async def change(owner: Owner, code: str, name: str, email: str = "") -> None:
    await change_badge(await owner.acting(), await edition_called(owner.edition.code), code, name=name, email=email)


@pytest.mark.usefixtures("db")
async def test_invited_colleague_gets_a_mail_that_leads_to_the_space_and_may_act_at_once(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)

    answer = await client.post(
        f"{owner.path}/equipe/inviter", data={"member_name": "Zoé Roy", "member_email": "Zoe@Example.ca"}
    )

    mail = await letter("exhibitors.member")
    [zoe] = await rows("SELECT id FROM person WHERE account_email = 'zoe@example.ca'")
    assert (answer.status_code, mail.to_email, links(mail)) == (
        303,
        "zoe@example.ca",
        [f"/connexion?next=%2Fjn2027%2Fmon-kiosque%2F{owner.exhibitor.code}"],
    )
    assert "Zoé Roy reçoit un courriel pour se connecter." in said(await client.get(f"{owner.path}/equipe"))
    await sign_in(client, int(str(zoe[0])))
    assert (await client.get(owner.path)).status_code == 200


@pytest.mark.usefixtures("db")
async def test_invited_owner_of_an_account_is_shown_as_the_team_calls_them():
    await make_person("Charlie Secret", "charlie@example.ca")
    owner = await make_owner()

    await invite_member(await owner.acting(), name="Charlie", email="charlie@example.ca")

    assert [(member.name, member.is_contact) for member in await members_of(owner.exhibitor.id)] == [
        ("Bob Tremblay", True),
        ("Charlie", False),
    ]
    assert len(await rows(PEOPLE)) == 2


@pytest.mark.usefixtures("db")
async def test_inviting_again_makes_nobody_twice_and_writes_once_in_ten_minutes():
    owner = await make_owner()
    start = clock.now()

    for minutes in (0, 1, 25):
        with clock.stopped_at(start.replace(minute=0, second=0) + timedelta(minutes=minutes)):
            await invite_member(await owner.acting(), name="Zoé", email="zoe@example.ca")

    assert (len(await members_of(owner.exhibitor.id)), len(await promised("exhibitors.member"))) == (2, 2)


@pytest.mark.usefixtures("db")
async def test_mail_is_not_sent_to_whoever_was_removed_meanwhile():
    owner = await make_owner()
    await invite_member(await owner.acting(), name="Zoé", email="zoe@example.ca")
    _bob, zoe = await members_of(owner.exhibitor.id)

    await remove_member(owner.exhibitor.id, zoe.id)

    assert await composed("exhibitors.member") == [None]


@pytest.mark.usefixtures("db")
async def test_english_reader_is_invited_in_english_only_outside_quebec():
    owner = await make_owner()
    alice = await make_person("Alice", "alice@example.ca", locale="en")
    await invite_member(await owner.acting(), name="Alice", email="alice@example.ca")

    in_quebec = await letter("exhibitors.member")
    await database.fetch("UPDATE exhibitor SET in_quebec = false WHERE id = $1", owner.exhibitor.id)
    elsewhere = await letter("exhibitors.member")

    assert (bool(alice), in_quebec.locale, elsewhere.locale) == (True, "fr", "en")


@pytest.mark.usefixtures("db")
async def test_removed_colleague_finds_the_space_closed(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    zoe = await make_person("Zoé", "zoe@example.ca")
    await make_member(owner.exhibitor.id, zoe)
    [bob, _zoe] = await members_of(owner.exhibitor.id)

    answer = await client.post(f"{owner.path}/equipe/membres", data={"member": str(bob.id), "do": "remove"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/mon-kiosque")
    assert (await client.get(owner.path)).status_code == 404


@pytest.mark.usefixtures("committed")
async def test_at_least_one_contact_stays():
    owner = await make_owner()
    await make_member(owner.exhibitor.id, await make_person("Zoé", "zoe@example.ca"), is_contact=False)
    bob, zoe = await members_of(owner.exhibitor.id)

    for act in (remove_member(owner.exhibitor.id, bob.id), say_contact(owner.exhibitor.id, bob.id, is_contact=False)):
        with pytest.raises(LastContact):
            await act
    await say_contact(owner.exhibitor.id, zoe.id, is_contact=True)
    await remove_member(owner.exhibitor.id, bob.id)

    assert [(member.name, member.is_contact) for member in await members_of(owner.exhibitor.id)] == [("Zoé", True)]


@pytest.mark.usefixtures("committed")
async def test_one_contact_stays_when_both_are_removed_at_once():
    owner = await make_owner()
    await make_member(owner.exhibitor.id, await make_person("Zoé", "zoe@example.ca"))
    people = await members_of(owner.exhibitor.id)

    outcomes = await asyncio.gather(
        *(remove_member(owner.exhibitor.id, each.id) for each in people), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["LastContact", "NoneType"]


@pytest.mark.usefixtures("committed")
async def test_team_does_not_grow_without_end():
    owner = await make_owner()
    for number in range(9):
        await invite_member(await owner.acting(), name=f"Nº {number}", email=f"p{number}@example.ca")

    with pytest.raises(TooManyMembers):
        await invite_member(await owner.acting(), name="Encore", email="encore@example.ca")

    assert await rows("SELECT id FROM person WHERE email = 'encore@example.ca'") == []


@pytest.mark.usefixtures("db")
async def test_wrong_invitation_says_so_and_keeps_what_was_typed(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)

    answer = await client.post(f"{owner.path}/equipe/inviter", data={"member_name": "Zoé", "member_email": "zoe"})

    assert (answer.status_code, errors(answer)) == (
        422,
        ["Écrivez une adresse courriel complète, comme prenom.nom@exemple.ca."],
    )
    assert 'value="Zoé"' in answer.text


@pytest.mark.usefixtures("db")
async def test_badge_gives_a_ticket_with_which_the_welcome_desk_lets_in(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)

    answer = await client.post(f"{owner.path}/equipe/porte-noms", data={"badge_name": "Zoé Roy"})

    [badge] = await badges_of(owner.exhibitor.id)
    told = await check_in(badge.registration, edition_id=owner.edition.id, by=owner.person)
    assert (answer.status_code, badge.name, told.outcome) == (303, "Zoé Roy", "welcome")
    assert badge.ticket in said(await client.get(f"{owner.path}/equipe"))
    assert await promised("exhibitors.badge") == []


@pytest.mark.usefixtures("db")
async def test_person_with_an_address_gets_the_ticket_there():
    owner = await make_owner()

    await name_badge(owner, "Zoé Roy", "zoe@example.ca")

    [badge] = await badges_of(owner.exhibitor.id)
    mail = await letter("exhibitors.badge")
    assert (mail.to_email, badge.ticket in mail.text) == ("zoe@example.ca", True)
    assert scanned(mail) == signing.ticket_token(badge.registration, key=SECRET)


@pytest.mark.usefixtures("db")
async def test_address_that_is_somebodys_account_takes_nothing_from_its_owner():
    zoe = await make_person("Zoé", "zoe@example.ca")
    owner = await make_owner()

    await name_badge(owner, "Zoé Roy", "zoe@example.ca")

    assert await rows("SELECT id FROM registration WHERE person = $1", zoe) == []
    assert (await rows(PEOPLE))[-1] == ("Zoé Roy", "zoe@example.ca", None)


@pytest.mark.usefixtures("db")
async def test_name_put_right_keeps_the_ticket():
    owner = await make_owner()
    code = await name_badge(owner, "Zoe Roi")

    await change(owner, code, "Zoé Roy")

    assert await rows(TICKETS) == [("Zoé Roy", "active")]
    assert [badge.name for badge in await badges_of(owner.exhibitor.id)] == ["Zoé Roy"]


@pytest.mark.usefixtures("db")
async def test_other_address_ends_the_old_ticket_and_its_mail():
    owner = await make_owner()
    code = await name_badge(owner, "Zoé Roy", "zoe@example.ca")

    await change(owner, code, "Noé Roy", "noe@example.ca")

    assert await rows(TICKETS) == [("Zoé Roy", "cancelled"), ("Noé Roy", "active")]
    assert [mail.to_email if mail else None for mail in await composed("exhibitors.badge")] == [None, "noe@example.ca"]


@pytest.mark.usefixtures("db")
async def test_name_of_who_has_signed_in_is_theirs_so_another_person_gets_another_ticket():
    owner = await make_owner()
    code = await name_badge(owner, "Zoé Roy", "zoe@example.ca")
    await database.fetch("UPDATE person SET proved_at = now() WHERE email = 'zoe@example.ca'")

    await change(owner, code, "Noé Roy", "zoe@example.ca")

    assert await rows(TICKETS) == [("Zoé Roy", "cancelled"), ("Noé Roy", "active")]


@pytest.mark.usefixtures("db")
async def test_removed_badge_takes_its_ticket_along_unless_its_person_is_expected_somewhere(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    plain, busy = await name_badge(owner, "Zoé Roy"), await name_badge(owner, "Noé Roy")
    await database.fetch(
        """
        INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
        SELECT id, now(), now() + interval '1 hour', 'test', 'X' FROM person WHERE name = 'Noé Roy'
        """
    )

    for code in (plain, busy):
        await client.post(f"{owner.path}/equipe/porte-noms/{code}/enlever")

    assert await rows(TICKETS) == [("Zoé Roy", "cancelled"), ("Noé Roy", "active")]
    assert await badges_of(owner.exhibitor.id) == []


@pytest.mark.usefixtures("committed")
async def test_booth_has_at_most_so_many_badges_also_when_all_are_asked_for_at_once():
    owner = await make_owner()

    outcomes = await asyncio.gather(
        *(name_badge(owner, f"Personne {number}") for number in range(MOST + 3)), return_exceptions=True
    )

    refused = [type(each) for each in outcomes if isinstance(each, Exception)]
    assert (refused, len(await badges_of(owner.exhibitor.id))) == ([TooManyBadges] * 3, MOST)
    assert len(await rows(TICKETS)) == MOST


@pytest.mark.usefixtures("committed")
async def test_same_form_twice_makes_one_badge():
    owner = await make_owner()

    both = (name_badge(owner, name) for name in ("Zoé Roy", "zoe roy"))
    outcomes = await asyncio.gather(*both, return_exceptions=True)

    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [BadgeTwice]


@pytest.mark.usefixtures("db")
async def test_nobody_is_named_before_the_exhibitor_is_accepted():
    owner = await make_owner(state="submitted")

    with pytest.raises(NotAtTheFair):
        await name_badge(owner, "Zoé Roy")


@pytest.mark.usefixtures("db")
async def test_badges_are_printed_with_organisation_role_and_the_tickets_code(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    for name in ("Zoé Roy", "#let *Noé*"):
        await name_badge(owner, name)

    answer = await client.get(f"{owner.path}/equipe/porte-noms.pdf")

    words = text_of(answer.content)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    shown = ("Zoé Roy", "#let *Noé*", "Atelier du Nord", "Exposant", (await badges_of(owner.exhibitor.id))[0].ticket)
    assert [text for text in shown if text.replace(" ", "") not in words.replace(" ", "")] == []
    assert answer.headers["content-disposition"] == 'inline; filename="porte-noms-jn2027.pdf"'


@pytest.mark.usefixtures("db")
async def test_badge_of_another_exhibitor_is_not_there(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    code = await name_badge(owner, "Zoé Roy")
    await database.fetch(
        """
        WITH other AS (
            INSERT INTO exhibitor (code, edition, category, name, state, applied_at, updated_at)
            SELECT 'OTHER00000', edition, category, 'Autre', 'accepted', now(), now() FROM exhibitor RETURNING id
        ) UPDATE staff_badge SET exhibitor = other.id FROM other
        """
    )

    path = f"{owner.path}/equipe/porte-noms/{code}"

    assert [
        (await client.get(path)).status_code,
        (await client.post(path, data={"badge_name": "X"})).status_code,
        (await client.post(f"{path}/enlever")).status_code,
    ] == [404, 404, 404]
    assert len(await rows("SELECT id FROM staff_badge")) == 1


@pytest.mark.usefixtures("db")
async def test_wrong_badge_says_so_beside_the_field(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    code = await name_badge(owner, "Zoé Roy")
    await name_badge(owner, "Noé Roy")

    empty = await client.post(f"{owner.path}/equipe/porte-noms", data={"badge_name": " "})
    twice = await client.post(f"{owner.path}/equipe/porte-noms/{code}", data={"badge_name": "Noé Roy"})

    assert [(each.status_code, errors(each)) for each in (empty, twice)] == [
        (422, ["Ce renseignement est nécessaire."]),
        (422, ["« Noé Roy » a déjà un porte-nom."]),
    ]
