"""Who is at a booth when: nobody twice, whoever expects them, and free again as soon as they are not."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from digital_days.composition import plug_in
from digital_days.kernel import agenda, database, i18n
from digital_days.kernel.editions import edition_called
from digital_days.kernel.occupations import Occupation, occupations
from digital_days.kernel.purge import purge
from digital_days.site.agenda_feed import agenda_feed
from exhibitors.domain.applications import withdraw
from exhibitors.domain.badges import add_badge, badges_of, change_badge, remove_badge
from exhibitors.domain.decisions import decide, decision_texts
from exhibitors.domain.members import members_of, remove_member
from exhibitors.domain.shifts import (
    AtAnotherShift,
    ExpectedElsewhere,
    NoShiftsYet,
    NoSuchShift,
    NotOnTheTeam,
    YouAreElsewhere,
    add_shift,
    remove_shift,
    shifts_of,
    span,
)
from exhibitors.domain.staff import staff_of
from scheduling.domain.places import Applicant, take_place
from scheduling.domain.refused_places import refusal_of
from scheduling.domain.slots import slot_anywhere
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_member
from tests.exhibitors.portal_pages import Owner, make_owner
from tests.factories import make_activity, make_person, make_slot
from tests.matchmaking.factories import make_meeting, make_organisation, make_participant
from tests.scheduling.routes.catalogue_pages import rows

NINE = datetime(2027, 10, 21, 13, tzinfo=UTC)
"""In Toronto, on the first day."""
HOUR = timedelta(hours=1)
ENTRIES = "SELECT p.name, a.starts_at, a.source FROM agenda_entry a JOIN person p ON p.id = a.person ORDER BY a.id"


@pytest.fixture(autouse=True)
def _plugged_in() -> None:
    plug_in()


async def at_the_booth(owner: Owner, name: str = "Bob Tremblay", *, hour: int = 0, by: int | None = None) -> None:
    """For an hour from so many hours after nine."""
    exhibitor = await owner.acting()
    key = next((each.key for each in await staff_of(exhibitor.id) if each.name == name), "")
    starts_at = NINE + hour * HOUR
    await add_shift(exhibitor, key, starts_at, starts_at + HOUR, by=by or owner.person)


def plain(refusal: pytest.ExceptionInfo[ExpectedElsewhere]) -> str:
    return " ".join(str(refusal.value).split())


@pytest.mark.usefixtures("db")
async def test_shift_is_a_line_of_the_agenda_at_the_booth_and_has_a_name():
    owner = await make_owner()
    await make_booking(await make_booth(owner.edition, "A12"), owner.exhibitor)

    await at_the_booth(owner)

    [item] = await agenda.items_of(owner.person, owner.edition.id)
    title = "Présence au kiosque\N{NO-BREAK SPACE}: Atelier du Nord"
    assert (item.title, item.place, item.path, item.starts_at, item.ends_at) == (
        title,
        "Kiosque A12",
        f"{owner.path}/equipe",
        NINE,
        NINE + HOUR,
    )
    file = agenda_feed([item], await edition_called("jn2027")).decode()
    assert [words for words in (":Présence au kiosque", ":Kiosque A12") if words not in file] == []
    held = Occupation(person_id=owner.person, starts_at=NINE, ends_at=NINE + HOUR, title=title)
    assert await occupations([owner.person], NINE, NINE + HOUR) == [held]
    with i18n.use("en"):
        [item] = await agenda.busy(owner.person, NINE, NINE + HOUR)
        assert item.title == "At the booth: Atelier du Nord"


@pytest.mark.usefixtures("db")
async def test_whoever_has_a_workshop_is_told_which_and_colleagues_are_told_when():
    owner = await make_owner()
    zoe = await make_person("Zoé Roy", "zoe@example.ca")
    await make_member(owner.exhibitor.id, zoe)
    slot = await make_slot(await make_activity(owner.edition, "Mots de passe"), starts_at=NINE)
    await take_place(slot.code, Applicant(person_id=owner.person), consents=[])

    with pytest.raises(YouAreElsewhere) as own:
        await at_the_booth(owner)
    with pytest.raises(ExpectedElsewhere) as colleague:
        await at_the_booth(owner, by=zoe)

    assert (plain(own), plain(colleague)) == (
        "Vous avez déjà « Mots de passe » de 9 h à 10 h.",
        "Bob Tremblay a autre chose à son agenda de 9 h à 10 h.",
    )
    assert await shifts_of(owner.exhibitor.id) == []


@pytest.mark.usefixtures("db")
async def test_meeting_is_named_to_whoever_has_it():
    owner = await make_owner()
    one = await make_participant(owner.edition, await make_organisation(owner.edition, "Moulin"), owner.person)
    carole = await make_person("Carole Roy", "carole@example.ca")
    cle = await make_organisation(owner.edition, "CLE", side="resource")
    await make_meeting(owner.edition, one, await make_participant(owner.edition, cle, carole))

    with pytest.raises(YouAreElsewhere) as refusal:
        await at_the_booth(owner)

    assert plain(refusal) == "Vous avez déjà « Rencontre éclair : Carole Roy, CLE » de 9 h à 9 h 15."


@pytest.mark.usefixtures("db")
async def test_same_person_is_at_the_booth_once_at_a_time_and_one_shift_may_follow_another():
    owner = await make_owner()
    await at_the_booth(owner)

    with pytest.raises(AtAnotherShift) as refusal:
        await at_the_booth(owner)
    await at_the_booth(owner, hour=1)

    assert plain(refusal) == "Bob Tremblay est déjà au kiosque, de 9 h à 10 h."
    assert [each.starts_at for each in await shifts_of(owner.exhibitor.id)] == [NINE, NINE + HOUR]


@pytest.mark.usefixtures("db")
async def test_workshop_at_that_time_is_refused_with_the_shift_s_name_until_it_is_removed():
    owner = await make_owner()
    await at_the_booth(owner)
    slot = await make_slot(await make_activity(owner.edition), starts_at=NINE)
    bob = Applicant(person_id=owner.person)

    refused = await take_place(slot.code, bob, consents=[])
    refusal = await refusal_of(refused.outcome, await slot_anywhere(slot.code), owner.person)
    await remove_shift(owner.exhibitor.id, (await shifts_of(owner.exhibitor.id))[0].code)

    assert refusal
    assert refusal.params["held"] == "Présence au kiosque\N{NO-BREAK SPACE}: Atelier du Nord"
    assert (await take_place(slot.code, bob, consents=[])).outcome == "confirmed"


@pytest.mark.usefixtures("committed")
async def test_one_of_two_exhibitors_gets_whom_both_want_at_once():
    owner = await make_owner()
    other = await make_exhibitor(owner.edition, await make_category(owner.edition, "Autre"), owner.person, name="Autre")
    both = [owner.exhibitor, other]

    async def want(number: int) -> None:
        exhibitor = Owner(person=owner.person, edition=owner.edition, exhibitor=both[number % 2], path="")
        await at_the_booth(exhibitor)

    outcomes = await asyncio.gather(*map(want, range(6)), return_exceptions=True)

    assert sorted(isinstance(each, ExpectedElsewhere) for each in outcomes) == [False] + [True] * 5
    assert (len(await rows("SELECT id FROM booth_shift")), len(await rows(ENTRIES))) == (1, 1)


@pytest.mark.usefixtures("db")
async def test_badge_gives_somebody_to_expect_whose_time_and_ticket_end_with_it():
    owner, edition = await make_owner(), await edition_called("jn2027")
    exhibitor = await owner.acting()
    for name in ("Zoé Roy", "Noé Roy", "Bob Tremblay"):
        await add_badge(exhibitor, edition, name=name, email="")
    zoe, noe, _bob = await badges_of(exhibitor.id)
    assert [each.name for each in await staff_of(exhibitor.id)] == ["Bob Tremblay", "Zoé Roy", "Noé Roy"]
    await at_the_booth(owner, "Zoé Roy")
    await at_the_booth(owner, "Noé Roy")
    await at_the_booth(owner)

    await remove_badge(exhibitor.id, zoe.code)
    await change_badge(exhibitor, edition, noe.code, name="Léo Roy", email="leo@example.ca")

    assert [each.name for each in await shifts_of(exhibitor.id)] == ["Bob Tremblay"]
    assert [name for name, *_ in await rows(ENTRIES)] == ["Bob Tremblay"]
    tickets = (
        "SELECT p.name, r.state FROM registration r JOIN person p ON p.id = r.person WHERE p.name <> 'Bob Tremblay'"
    )
    assert sorted(await rows(tickets)) == [("Léo Roy", "active"), ("Noé Roy", "cancelled"), ("Zoé Roy", "cancelled")]


@pytest.mark.usefixtures("db")
async def test_who_leaves_the_team_is_expected_no_more():
    owner = await make_owner()
    await make_member(owner.exhibitor.id, await make_person("Zoé Roy", "zoe@example.ca"))
    await at_the_booth(owner)
    await at_the_booth(owner, "Zoé Roy")
    bob, _zoe = await members_of(owner.exhibitor.id)

    await remove_member(owner.exhibitor.id, bob.id)

    assert await rows(ENTRIES) == [("Zoé Roy", NINE, "exhibitors.shift")]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("ending", ["withdrawn", "declined"])
async def test_nobody_is_expected_at_the_booth_of_whoever_is_no_longer_at_the_fair(ending: str):
    owner = await make_owner()
    exhibitor = await owner.acting()
    await at_the_booth(owner)

    if ending == "withdrawn":
        await withdraw(exhibitor)
    else:
        text = (await decision_texts(owner.edition.id))["declined"]
        await decide(exhibitor, "declined", seen="accepted", by=owner.person, reason="Plus de place", text=text)

    assert (await rows(ENTRIES), await shifts_of(exhibitor.id)) == ([], [])
    with pytest.raises(NoShiftsYet):
        await at_the_booth(owner)


@pytest.mark.usefixtures("db")
async def test_nobody_of_another_team_is_expected_and_no_shift_of_another_exhibitor_removed():
    owner = await make_owner()
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    other = await make_exhibitor(owner.edition, await make_category(owner.edition, "Autre"), charlie, name="Autre")
    await at_the_booth(Owner(person=charlie, edition=owner.edition, exhibitor=other, path=""), "Charlie Roy")
    [theirs] = await shifts_of(other.id)
    [key] = [each.key for each in await staff_of(other.id)]

    with pytest.raises(NotOnTheTeam):
        await add_shift(await owner.acting(), key, NINE, NINE + HOUR, by=owner.person)
    with pytest.raises(NoSuchShift):
        await remove_shift(owner.exhibitor.id, theirs.code)

    assert await shifts_of(other.id) == [theirs]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("after", "left"), [(timedelta(days=30), 1), (timedelta(days=31), 0)])
async def test_shifts_go_thirty_days_after_the_event_also_of_who_stays(after: timedelta, left: int):
    owner = await make_owner()
    await database.fetch("UPDATE person SET proved_at = now()")
    await at_the_booth(owner)

    await purge(datetime(2027, 10, 22, 16, tzinfo=UTC) + after)

    assert (len(await rows("SELECT id FROM booth_shift")), len(await rows(ENTRIES))) == (left, left)
    assert len(await rows("SELECT id FROM exhibitor_member")) == 1


@pytest.mark.usefixtures("db")
async def test_times_of_the_clock_are_those_of_toronto():
    await make_owner()

    times = span(await edition_called("jn2027"), date(2027, 10, 21), time(9), time(10))

    assert times == (NINE, NINE + HOUR)
