"""One contact registers many: a ticket each, one message with all of them, and nobody's account is touched."""

import asyncio
from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.forgetting import KEPT, forget_people
from digital_days.kernel.mail import Mail
from scheduling.domain.attendance import expected
from scheduling.domain.group_changes import (
    GroupHasBegun,
    add_to_group,
    ask_again,
    cancel_members,
    replace_member,
    write_members,
)
from scheduling.domain.group_lines import NewMember, WrittenLine, checked, lines_of
from scheduling.domain.group_places import MOST, NotForAll, Shortage, TooManyPeople
from scheduling.domain.group_reading import Group, group_called, groups_of
from scheduling.domain.places import Applicant, take_place
from scheduling.domain.slots import slot_called
from scheduling.domain.tidying import tidy
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot
from tests.letters_read import composed
from tests.scheduling.grouped import FIVE, NAMES, make_contact, make_group
from tests.scheduling.releasing import move, release


async def promised(topic: str) -> list[str]:
    """To which addresses such mails were promised, those without any as « »."""
    rows = await database.fetch(
        "SELECT p.email FROM outbox_message m JOIN person p ON p.id = m.person WHERE m.topic = $1 ORDER BY m.id", topic
    )
    return [row["email"] for row in rows]


async def sent(topic: str) -> list[Mail]:
    """What would leave now: nothing to who has no address."""
    return [mail for mail in await composed(topic) if mail]


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def taken(slot: Made) -> int:
    [row] = await database.fetch("SELECT taken FROM slot WHERE id = $1", slot.id)
    return int(row["taken"])


async def people() -> int:
    [row] = await database.fetch("SELECT count(*) AS count FROM person")
    return int(row["count"])


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


@pytest.fixture
async def slots(edition: Made) -> list[Made]:
    """Two activities, one after the other, ten seats each."""
    return [
        await make_slot(await make_activity(edition, title), seats=10, starts_at=IN_A_YEAR + timedelta(hours=hour))
        for hour, title in ((0, "Mots de passe"), (2, "Réseaux sociaux"))
    ]


def written(group: Group, *names: str) -> dict[str, NewMember]:
    return {member.code: NewMember(name=name) for member, name in zip(group.members, names, strict=False)}


@pytest.mark.usefixtures("db", "app")
async def test_business_gets_every_ticket_in_one_message_and_each_address_its_own(edition: Made, slots: list[Made]):
    contact = await make_contact()

    started = await make_group(edition, slots, FIVE, contact=contact, form_code="once")
    again = await make_group(edition, slots, FIVE, contact=contact, form_code="once")

    assert (started.code, started.shortages) == (again.code, [])
    assert [await taken(slot) for slot in slots] == [5, 5]
    assert await promised("scheduling.group") == ["carole@garage.example"]
    [to_contact] = await sent("scheduling.group")
    group = await group_called(started.code)
    assert (to_contact.to_email, len(to_contact.attachments)) == ("carole@garage.example", 5)
    for member in group.members:
        assert f"{member.label} : {member.spoken_code}" in plain(to_contact.text)
    own = await sent("scheduling.agenda")
    assert sorted(mail.to_email for mail in own) == [f"p{n}@garage.example" for n in range(3)]
    assert {plain(mail.subject) for mail in own} == {"Votre billet et votre agenda : 2 activités"}
    assert await sent("scheduling.ticket") == []
    rows = await database.fetch("SELECT purpose, proved_at IS NULL AS pending, count(*) FROM consent GROUP BY 1, 2")
    assert {tuple(row.values()) for row in rows} == {("registration", True, 3), ("group-business", False, 1)}


@pytest.mark.usefixtures("db", "app")
async def test_class_without_names_gets_them_later_and_the_tickets_bear_them(edition: Made, slots: list[Made]):
    slot = await make_slot(await make_activity(edition, "Robots"), seats=30)
    started = await make_group(edition, [slot], count=25, kind="class")
    group = await group_called(started.code)
    assert [member.label for member in group.members][:2] == ["Élève 1", "Élève 2"]
    assert group.unnamed == 25

    changed = await write_members(started.code, await edition_numbered(edition.id), written(group, "Léa", "", "Noé"))

    group = await group_called(started.code)
    assert changed == 2
    assert [member.label for member in group.members][:3] == ["Léa", "Élève 2", "Noé"]
    assert group.unnamed == 23
    on_the_list = {person.name for person in await expected(await slot_called(edition.id, slot.code))}
    assert {"Léa (École Saint-Philippe)", "Élève 2 (École Saint-Philippe)"} <= on_the_list
    [mail] = await sent("scheduling.group")
    assert len(mail.attachments) == 25
    rows = await database.fetch("SELECT DISTINCT email, account_email FROM person WHERE email NOT LIKE 'carole%'")
    assert [tuple(row.values()) for row in rows] == [("", None)]
    rows = await database.fetch("SELECT purpose FROM consent")
    assert [row["purpose"] for row in rows] == ["group-class"]


@pytest.mark.usefixtures("db")
async def test_address_that_has_an_owner_touches_nothing_of_theirs(edition: Made, slots: list[Made]):
    bob = await make_person("Bob Tremblay", "bob@example.ca")
    await take_place(slots[0].code, Applicant(person_id=bob), consents=[])

    started = await make_group(edition, slots, [NewMember(name="Robert", email="bob@example.ca")])

    [member] = (await group_called(started.code)).members
    assert member.person != bob
    assert (member.label, [place.is_on for place in member.places]) == ("Robert", [True, True])
    assert len(await database.fetch("SELECT FROM place WHERE person = $1", bob)) == 1
    [own] = await database.fetch("SELECT name, account_email FROM person WHERE id = $1", bob)
    assert tuple(own.values()) == ("Bob Tremblay", "bob@example.ca")


@pytest.mark.usefixtures("committed")
async def test_all_or_none_leaves_nothing_behind_and_as_many_as_possible_takes_what_is_left():
    edition = await make_edition()
    short = await make_slot(await make_activity(edition, "Atelier"), seats=7)
    contact = await make_contact()
    members = [NewMember(name=f"Personne {n}") for n in range(9)]

    with pytest.raises(NotForAll) as refused:
        await make_group(edition, [short], members, contact=contact)

    assert refused.value.shortages == [Shortage(slot=short.code, wanted=9, got=7, outcome="full")]
    assert (await taken(short), await people(), await groups_of(edition.id)) == (0, 1, [])
    assert await promised("scheduling.group") == []

    some = await make_group(edition, [short], members, contact=contact, together=False)

    assert [(each.wanted, each.got) for each in some.shortages] == [(9, 7)]
    group = await group_called(some.code)
    assert [member.has_ticket for member in group.members] == [True] * 7 + [False] * 2
    with pytest.raises(NotForAll):
        await ask_again(some.code)
    await cancel_members(some.code, [group.members[0].code])
    assert [each.got for each in await ask_again(some.code)] == [1]
    assert await taken(short) == 7


@pytest.mark.usefixtures("committed")
async def test_last_ten_seats_are_never_oversold_when_two_groups_want_them_at_once():
    edition = await make_edition()
    hours = (0, 2)
    slots = [
        await make_slot(await make_activity(edition), seats=10, starts_at=IN_A_YEAR + timedelta(hours=h)) for h in hours
    ]
    contacts = [await make_contact(f"c{n}@example.ca") for n in range(4)]

    answers = await asyncio.gather(
        *(
            make_group(edition, slots if n % 2 else slots[::-1], FIVE, count=6, contact=contact)
            for n, contact in enumerate(contacts)
        ),
        return_exceptions=True,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["NotForAll"] * 3 + ["Started"]
    assert [await taken(slot) for slot in slots] == [6, 6]
    [row] = await database.fetch("SELECT count(*) AS places FROM place WHERE state = 'confirmed'")
    assert row["places"] == 12
    assert len(await groups_of(edition.id)) == 1


@pytest.mark.usefixtures("db", "app")
async def test_who_comes_instead_gets_the_place_and_the_old_ticket_is_over(edition: Made, slots: list[Made]):
    started = await make_group(edition, slots, FIVE)
    before = (await group_called(started.code)).members[0]

    new = NewMember(name="Zoé Vézina", email="zoe@example.ca")
    await replace_member(started.code, await edition_numbered(edition.id), before.code, new)

    group = await group_called(started.code)
    assert [member.label for member in group.members] == ["Zoé Vézina", *NAMES[1:]]
    assert [place.is_on for place in group.members[0].places] == [True, True]
    assert group.members[0].registration != before.registration
    [old] = await database.fetch("SELECT state FROM registration WHERE code = $1", before.registration)
    assert old["state"] == "cancelled"
    assert [await taken(slot) for slot in slots] == [5, 5]
    gone = [mail for mail in await sent("scheduling.cancelled") if mail.to_email == "p0@garage.example"]
    assert len(gone) == 2
    assert "La personne qui vous avait inscrit l’a annulée." in plain(gone[0].text)
    assert "zoe@example.ca" in [mail.to_email for mail in await sent("scheduling.agenda")]
    assert len(await promised("scheduling.group")) == 2


@pytest.mark.usefixtures("db", "app")
async def test_seats_are_given_back_one_by_one_or_all_and_can_be_added_while_there_are_some(
    edition: Made, slots: list[Made]
):
    started = await make_group(edition, slots, FIVE)
    group = await group_called(started.code)

    assert await cancel_members(started.code, [group.members[4].code]) == 1
    assert [await taken(slot) for slot in slots] == [4, 4]
    [row] = await database.fetch("SELECT state FROM registration WHERE code = $1", group.members[4].registration)
    assert row["state"] == "cancelled"
    await add_to_group(started.code, await edition_numbered(edition.id), [NewMember(name="Guy")] * 2, together=True)
    group = await group_called(started.code)
    assert ([member.position for member in group.members], await taken(slots[0])) == ([1, 2, 3, 4, 5, 6], 6)
    assert await cancel_members(started.code, [member.code for member in group.members]) == 6
    assert [await taken(slot) for slot in slots] == [0, 0]
    assert (await group_called(started.code)).members == []


@pytest.mark.usefixtures("db")
async def test_address_that_comes_later_gets_its_ticket_and_the_owner_then_keeps_the_name(
    edition: Made, slots: list[Made]
):
    started = await make_group(edition, slots, FIVE[3:])
    first = (await group_called(started.code)).members[0]
    site = await edition_numbered(edition.id)

    await write_members(started.code, site, {first.code: NewMember(name="Diane", email="diane@example.ca")})
    await database.fetch("UPDATE person SET proved_at = now() WHERE id = $1", first.person)
    await write_members(started.code, site, {first.code: NewMember(name="Diana", email="other@example.ca", note="x")})

    member = (await group_called(started.code)).members[0]
    assert (member.name, member.email, member.note, member.is_theirs) == ("Diane", "diane@example.ca", "x", True)
    assert (await promised("scheduling.agenda")).count("diane@example.ca") >= 1
    [row] = await database.fetch("SELECT account_email FROM person WHERE id = $1", first.person)
    assert row["account_email"] == "diane@example.ca"


@pytest.mark.usefixtures("db")
async def test_nothing_changes_once_it_has_begun(edition: Made, slots: list[Made]):
    started = await make_group(edition, slots[:1], FIVE)
    group = await group_called(started.code)

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=1)), pytest.raises(GroupHasBegun):
        await write_members(started.code, await edition_numbered(edition.id), written(group, "Autre"))


@pytest.mark.usefixtures("db")
async def test_each_person_has_as_many_places_as_the_edition_gives_and_a_contact_at_most_sixty(
    edition: Made, slots: list[Made]
):
    await database.fetch("INSERT INTO edition_rules (edition, most) VALUES ($1, 1)", edition.id)
    contact = await make_contact()

    started = await make_group(edition, slots, FIVE, contact=contact, together=False)

    assert [(each.outcome, each.got) for each in started.shortages] == [("limit", 0)]
    assert [await taken(slot) for slot in slots] == [5, 0]
    with pytest.raises(TooManyPeople):
        await make_group(edition, slots[:1], count=MOST - 4, contact=contact)


@pytest.mark.usefixtures("db")
async def test_group_goes_with_its_edition_and_stays_without_a_contact_who_has_gone(edition: Made, slots: list[Made]):
    contact = await make_contact()
    started = await make_group(edition, slots, FIVE, contact=contact)
    await database.fetch("DELETE FROM person WHERE id = $1", contact)
    assert [(line.people, line.contact_email) for line in await groups_of(edition.id)] == [(5, "")]

    later = IN_A_YEAR + KEPT + timedelta(days=3)
    await forget_people(later, batch=100)
    await tidy(later)

    assert await groups_of(edition.id) == []
    assert (await people(), started.shortages) == (0, [])
    assert [await taken(slot) for slot in slots] == [0, 0]


def test_lines_are_read_as_people_write_them():
    typed = "Alain Roy\n\nBéa Cyr; BEA@example.ca; 2e quart\nCarl, carl@example.ca\ndiane@example.ca\tDiane"

    people, wrong = checked(lines_of(typed), "business")

    assert wrong == []
    assert people == [
        NewMember(name="Alain Roy"),
        NewMember(name="Béa Cyr", email="bea@example.ca", note="2e quart"),
        NewMember(name="Carl", email="carl@example.ca"),
        NewMember(name="Diane", email="diane@example.ca"),
    ]


def test_each_wrong_line_is_told_with_its_number():
    lines = [
        WrittenLine(number=1, name="Alain Roy", email="a@example.ca"),
        WrittenLine(number=3, name="", email="b@example.ca"),
        WrittenLine(number=4, name="Carl", email="carl@nulle part"),
        WrittenLine(number=6, name="Alain", email="A@example.ca"),
        WrittenLine(number=7, name="x" * 81),
    ]

    _people, wrong = checked(lines, "business")

    assert [plain(sentence).partition(" : ")[0] for sentence in wrong] == ["Ligne 3", "Ligne 4", "Ligne 6", "Ligne 7"]
    assert "la même personne qu’à la ligne 1" in wrong[2]
    assert checked([WrittenLine(number=1, name="Léa"), WrittenLine(number=2, name="Léa")], "class")[1] == []
    assert len(checked([WrittenLine(number=1, name="Léa", email="lea@example.ca")], "class")[1]) == 1


@pytest.mark.usefixtures("db", "app")
async def test_contact_hears_of_a_release_that_moves_the_group_and_members_without_address_get_nothing(
    edition: Made, slots: list[Made]
):
    await make_group(edition, slots[:1], count=3, kind="class")
    await move(edition, slots[0], IN_A_YEAR + timedelta(hours=5))

    await release(edition)

    assert await sent("scheduling.release") == []
    [_first, told] = await sent("scheduling.group")
    assert told.to_email == "carole@garage.example"
    assert "Le programme a changé pour votre groupe." in plain(told.text)
    assert "14 h à 15 h" in plain(told.text)


@pytest.mark.usefixtures("db")
async def test_first_names_of_pupils_who_came_go_after_the_event(edition: Made, slots: list[Made]):
    started = await make_group(edition, slots[:1], [NewMember(name="Léa")], kind="class")
    [pupil] = (await group_called(started.code)).members
    await database.fetch(
        "INSERT INTO check_in (registration, at) SELECT id, $2 FROM registration WHERE code = $1",
        pupil.registration,
        IN_A_YEAR,
    )
    later = IN_A_YEAR + KEPT + timedelta(days=3)

    await forget_people(later, batch=100)
    await tidy(later)

    [row] = await database.fetch("SELECT name, search_key FROM person WHERE id = $1", pupil.person)
    assert tuple(row.values()) == ("", "")
