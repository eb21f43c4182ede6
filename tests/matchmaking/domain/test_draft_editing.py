"""Changes of a draft by hand: what follows is said before, nobody's change is lost, the next run knows of them."""

import asyncio
from collections.abc import Sequence

import pytest

from digital_days.kernel import clock, consents, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Refusal
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.consequence_words import Consequences, consequences_said
from matchmaking.domain.draft_changes import (
    CannotMeet,
    Change,
    MeetAlready,
    NoSuchRound,
    NoSuchTable,
    NotInDraft,
    RoundHasBegun,
    followed,
)
from matchmaking.domain.draft_editing import change_draft
from matchmaking.domain.drafting import drafted
from matchmaking.domain.scenarios import Scenario, free_pair, scenario_called
from matchmaking.engine.problem import Placed
from scheduling.domain.places import Applicant, take_place
from tests.factories import Made, make_activity, make_slot
from tests.matchmaking.drafted import make_draft, told
from tests.matchmaking.factories import MORNING, ROUND, made, make_wish
from tests.matchmaking.published import Fair, make_matched

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")


@pytest.fixture
async def fair(db: None) -> Fair:
    return await make_matched()


@pytest.fixture
async def run(fair: Fair) -> Made:
    """Bob meets Carole, then Dora; Ève meets Dora first."""
    return await make_draft(
        fair,
        fair.place("Bob", "Carole", 1, 1),
        fair.place("Ève", "Dora", 1, 2),
        fair.place("Bob", "Dora", 2, 1),
    )


def plain(sentences: Sequence[str]) -> list[str]:
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in sentences]


def _pair(fair: Fair, one: str, other: str) -> tuple[str, str]:
    return fair.seats[one].code, fair.seats[other].code


async def _said(fair: Fair, run: Made, change: Change) -> Consequences:
    draft = await drafted(fair.edition.id, run.code, also=[change.pair])
    return await consequences_said(fair.edition.id, followed(draft, change), draft.names)


async def _do(fair: Fair, run: Made, change: Change) -> None:
    version = (await drafted(fair.edition.id, run.code)).version
    await change_draft(fair.edition.id, run.code, change, version=version)


async def _scenario(fair: Fair, run: Made) -> Scenario:
    return await scenario_called(fair.edition.id, (await drafted(fair.edition.id, run.code)).scenario.code)


async def test_move_says_who_would_be_in_two_places_before_it_is_done(fair: Fair, run: Made):
    said = await _said(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Dora"), round=1))

    both = "serait à deux endroits à la fois à la ronde 1 (9 h)"
    assert plain(said.wrong) == [
        f"Bob Roy (Maison Bob) {both} : Bob Roy et Carole Roy, Bob Roy et Dora Roy.",
        f"Dora Roy (Maison Dora) {both} : Bob Roy et Dora Roy, Ève Roy et Dora Roy.",
    ]
    assert len(await told(fair, run)) == 3


@pytest.mark.usefixtures("app")
async def test_move_says_whose_workshop_collides(fair: Fair, run: Made):
    slot = await make_slot(await make_activity(fair.edition), starts_at=fair.rounds[2].starts_at)
    await take_place(slot.code, Applicant(name="Bob Roy", email="bob@jn2027.example.ca"), consents=AGREED)

    said = await _said(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Dora"), round=3))

    assert plain(said.wrong) == [
        "À la ronde 3 (9 h 40), Bob Roy (Maison Bob) est à « Mots de passe solides » de 9 h 40 à 10 h 40."
    ]


async def test_move_says_that_somebody_has_announced_to_be_away(fair: Fair, run: Made):
    [at] = [each for each in fair.rounds if each.number == 4]
    await made("match_absence", participant=fair.seats["Dora"].id, starts_at=at.starts_at, ends_at=at.ends_at)

    said = await _said(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Dora"), round=4))

    assert plain(said.wrong) == ["À la ronde 4 (10 h), Dora Roy (Maison Dora) a dit ne pas pouvoir de 10 h à 10 h 15."]


async def test_forbidden_meeting_says_which_wish_is_lost_and_how_much_else(fair: Fair, run: Made):
    await _wish(fair, "Bob", "Dora", "must")

    said = await _said(fair, run, Change(do="forbid", pair=_pair(fair, "Bob", "Dora")))

    assert said.lost == ["Maison Bob veut absolument rencontrer Maison Dora"]
    assert [sentence for sentence in said.others if "affinité" in sentence]


async def _wish(fair: Fair, one: str, other: str, strength: str) -> None:
    rows = await database.fetch("SELECT id, code, name FROM match_organisation")
    named = {row["name"]: Made(row["id"], row["code"]) for row in rows}
    await make_wish(named[f"Maison {one}"], named[f"Maison {other}"], "must" if strength == "must" else "like")


async def test_added_meeting_says_which_wish_is_won_and_takes_a_free_table(fair: Fair, run: Made):
    await _wish(fair, "Ève", "Carole", "like")
    change = Change(do="add", pair=_pair(fair, "Ève", "Carole"), round=2)

    said = await _said(fair, run, change)
    await _do(fair, run, change)

    assert (said.wrong, said.gained) == ([], ["Maison Ève aimerait rencontrer Maison Carole"])
    assert ("Ève", "Carole", 2, 2, False) in await told(fair, run)


async def test_people_whom_nobody_wished_together_can_be_added(fair: Fair, run: Made):
    await _do(fair, run, Change(do="add", pair=_pair(fair, "Ève", "Carole"), round=3, table=2))

    assert ("Ève", "Carole", 3, 2, False) in await told(fair, run)


async def test_swapped_meetings_change_places(fair: Fair, run: Made):
    pairs = _pair(fair, "Bob", "Carole"), _pair(fair, "Bob", "Dora")

    await _do(fair, run, Change(do="swap", pair=pairs[0], against=pairs[1]))

    assert await told(fair, run) == [
        ("Bob", "Dora", 1, 1, False),
        ("Ève", "Dora", 1, 2, False),
        ("Bob", "Carole", 2, 1, False),
    ]


async def test_locked_meeting_stays_in_the_next_run_and_follows_its_move(fair: Fair, run: Made):
    pair = _pair(fair, "Bob", "Dora")
    await _do(fair, run, Change(do="lock", pair=pair))
    await _do(fair, run, Change(do="move", pair=pair, round=4, table=3))

    asked = await asked_now(fair.edition.id, await _scenario(fair, run))

    assert ("Bob", "Dora", 4, 3, True) in await told(fair, run)
    assert asked.problem.fixed == (Placed(meeting=asked.numbers[pair], round=3, table=3),)


async def test_lock_that_is_taken_off_is_forgotten(fair: Fair, run: Made):
    pair = _pair(fair, "Bob", "Dora")
    await _do(fair, run, Change(do="lock", pair=pair))
    await _do(fair, run, Change(do="unlock", pair=pair))

    assert (await _scenario(fair, run)).locks == ()
    assert ("Bob", "Dora", 2, 1, False) in await told(fair, run)


async def test_lock_of_another_run_of_the_scenario_stays(fair: Fair, run: Made):
    await _do(fair, run, Change(do="lock", pair=_pair(fair, "Bob", "Dora")))
    scenario = await _scenario(fair, run)
    newer = await make_draft(fair, fair.place("Ève", "Carole", 1, 1), scenario=scenario.code)

    await _do(fair, newer, Change(do="lock", pair=_pair(fair, "Ève", "Carole")))

    pairs = [(lock.one, lock.other) for lock in (await _scenario(fair, run)).locks]
    assert pairs == [_pair(fair, "Bob", "Dora"), _pair(fair, "Ève", "Carole")]


async def test_forbidden_meeting_leaves_the_draft_and_every_next_run_until_it_is_allowed(fair: Fair, run: Made):
    pair = _pair(fair, "Bob", "Dora")
    await _wish(fair, "Bob", "Dora", "must")
    await _do(fair, run, Change(do="lock", pair=pair))
    await _do(fair, run, Change(do="forbid", pair=pair))
    scenario = await _scenario(fair, run)

    assert (len(await told(fair, run)), scenario.locks, scenario.bans) == (2, (), (pair,))
    assert pair not in (await asked_now(fair.edition.id, scenario)).numbers
    await free_pair(scenario.id, *pair)
    assert pair in (await asked_now(fair.edition.id, await _scenario(fair, run))).numbers


async def test_meeting_of_somebody_who_has_left_can_only_be_taken_out(fair: Fair, run: Made):
    await database.fetch("UPDATE match_participant SET left_at = now() WHERE id = $1", fair.seats["Bob"].id)
    pair = _pair(fair, "Bob", "Dora")

    with pytest.raises(CannotMeet):
        await _do(fair, run, Change(do="move", pair=pair, round=3))
    await _do(fair, run, Change(do="forbid", pair=pair))

    assert await told(fair, run) == [("Bob", "Carole", 1, 1, False), ("Ève", "Dora", 1, 2, False)]


@pytest.mark.parametrize(
    ("do", "one", "other", "more", "refusal"),
    [
        ("move", "Ève", "Carole", {"round": 1}, NotInDraft),
        ("lock", "Ève", "Carole", {}, NotInDraft),
        ("move", "Bob", "Dora", {"round": 0}, NoSuchRound),
        ("move", "Bob", "Dora", {"round": 7}, NoSuchRound),
        ("move", "Bob", "Dora", {"round": 1, "table": 4}, NoSuchTable),
        ("add", "Bob", "Dora", {"round": 1}, MeetAlready),
        ("add", "Bob", "Ève", {"round": 1}, CannotMeet),
        ("add", "Carole", "Ève", {"round": 1}, CannotMeet),
        ("swap", "Bob", "Dora", {"against": ("", "")}, NotInDraft),
    ],
)
async def test_what_makes_no_sense_is_refused(
    fair: Fair, run: Made, do: str, one: str, other: str, more: dict[str, object], refusal: type[Refusal]
):
    change = Change(do=do, pair=_pair(fair, one, other), **more)  # type: ignore[arg-type] # as the rows above have it

    with pytest.raises(refusal):
        await _do(fair, run, change)


async def test_those_kept_apart_cannot_be_added(fair: Fair, run: Made):
    rows = await database.fetch("SELECT organisation FROM match_participant WHERE id = ANY($1)", _ids(fair))
    one, other = sorted(row["organisation"] for row in rows)
    await made("match_exclusion", edition=fair.edition.id, one=one, other=other, created_at=clock.now())

    with pytest.raises(CannotMeet):
        await _do(fair, run, Change(do="add", pair=_pair(fair, "Ève", "Carole"), round=2))


def _ids(fair: Fair) -> list[int]:
    return [fair.seats[name].id for name in ("Ève", "Carole")]


async def test_round_that_has_begun_does_not_change_any_more(fair: Fair, run: Made):
    with clock.stopped_at(MORNING + ROUND):
        with pytest.raises(RoundHasBegun):
            await _do(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Carole"), round=3))
        with pytest.raises(RoundHasBegun):
            await _do(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Dora"), round=1))
        await _do(fair, run, Change(do="move", pair=_pair(fair, "Bob", "Dora"), round=3))

    assert ("Bob", "Dora", 3, 1, False) in await told(fair, run)


async def test_second_organiser_is_told_that_the_draft_has_changed(fair: Fair, run: Made):
    seen = (await drafted(fair.edition.id, run.code)).version
    await change_draft(fair.edition.id, run.code, Change(do="lock", pair=_pair(fair, "Bob", "Dora")), version=seen)

    with pytest.raises(ChangedMeanwhile):
        await change_draft(fair.edition.id, run.code, Change(do="lock", pair=_pair(fair, "Ève", "Dora")), version=seen)


async def test_of_two_organisers_at_the_same_moment_one_changes_the_draft(committed: None):
    fair = await make_matched()
    places = [fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2)]
    run = await make_draft(fair, *places)
    seen = (await drafted(fair.edition.id, run.code)).version
    changes = [
        Change(do="move", pair=_pair(fair, "Bob", "Carole"), round=2),
        Change(do="move", pair=_pair(fair, "Ève", "Dora"), round=3),
    ]

    outcomes = await asyncio.gather(
        *(change_draft(fair.edition.id, run.code, each, version=seen) for each in changes), return_exceptions=True
    )

    assert sorted(map(repr, outcomes)) == ["ChangedMeanwhile()", "None"]
    assert sum(each[2] > 1 for each in await told(fair, run)) == 1
