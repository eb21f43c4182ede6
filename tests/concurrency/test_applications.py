"""Applications at one moment: one form is one application, one organiser is heard, no booth for who is declined."""

import asyncio

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import edition_numbered
from exhibitors.domain.applications import Said, apply
from exhibitors.domain.decisions import BoothFirst, Decision, DecisionText, decide
from exhibitors.domain.exhibitors import exhibitor_called
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person

pytestmark = pytest.mark.usefixtures("committed")
TEXT = DecisionText(subject_fr="Réponse", body_fr="Bonjour.")


async def opened() -> tuple[Made, Made, int]:
    edition = await make_edition()
    await make_fair(edition)
    return edition, await make_category(edition), await make_person()


async def test_one_form_sent_many_times_at_once_is_one_application_and_one_mail():
    edition, category, bob = await opened()
    there = await edition_numbered(edition.id)

    codes = await asyncio.gather(
        *(apply(there, bob, category.id, Said(name="Atelier"), form_code="F1") for _each in range(8))
    )

    [row] = await database.fetch("SELECT code FROM exhibitor")
    assert set(codes) == {row["code"]}
    assert len(await database.fetch("SELECT FROM exhibitor_member")) == 1
    assert len(await database.fetch("SELECT FROM outbox_message")) == 1


async def test_of_many_organisers_who_decide_at_once_one_is_heard_and_the_others_are_told():
    edition, category, bob = await opened()
    made = await make_exhibitor(edition, category, bob, state="submitted")
    exhibitor = await exhibitor_called(edition.id, made.code)
    decisions: list[Decision] = ["accepted", "declined", "waiting"] * 2

    outcomes = await asyncio.gather(
        *(decide(exhibitor, each, seen="submitted", by=bob, reason="Motif", text=TEXT) for each in decisions),
        return_exceptions=True,
    )

    [row] = await database.fetch("SELECT state FROM exhibitor")
    assert sorted(map(repr, outcomes)) == ["1", *["NoLongerSo()"] * 5]
    assert row["state"] == decisions[outcomes.index(1)]
    assert len(await database.fetch("SELECT FROM outbox_message")) == 1


async def test_whoever_books_while_it_is_declined_has_a_booth_or_is_declined_never_both():
    edition, category, bob = await opened()
    for attempt in range(6):
        booth = await make_booth(edition, f"A{attempt}", x=100 + 400 * attempt)
        made = await make_exhibitor(edition, category, bob)
        exhibitor = await exhibitor_called(edition.id, made.code)

        held, declined = await asyncio.gather(
            hold_booth(made.id, booth.code),
            decide(exhibitor, "declined", seen="accepted", by=bob, reason="Motif", text=TEXT),
            return_exceptions=True,
        )

        assert (isinstance(held, str), type(declined)) in ((True, BoothFirst), (False, int))
