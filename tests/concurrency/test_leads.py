"""Phones at once: one lead, one agreement, one pairing."""

import asyncio

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.errors import Refusal
from exhibitors.domain.exhibitors import own_exhibitor
from exhibitors.domain.lead_words import share_words
from exhibitors.domain.scanners import PairingUsed, offer_pairing, pair
from exhibitors.domain.sharing import refuse, share
from exhibitors.domain.standing_choice import choose_to_share_with_all
from tests.exhibitors.met import Fair, agreements_of, make_met_fair, met, phone_of

pytestmark = pytest.mark.usefixtures("committed", "app")

PHONES = 8


async def yes(fair: Fair, lead: str, number: int) -> None:
    words = share_words("Atelier du Nord")
    how = "exhibitor_phone" if number % 2 else "own_phone"
    await share(lead, registration=fair.bob.code, how=how, share_in=words)  # type: ignore[arg-type] # one of the two


async def test_phones_that_read_one_ticket_at_once_make_one_lead():
    fair = await make_met_fair()
    phones = [(await phone_of(fair))[1] for _number in range(PHONES)]

    leads = await asyncio.gather(*(met(fair, phone=phone) for phone in phones))

    assert len(set(leads)) == 1
    [row] = await database.fetch("SELECT count(*) AS leads FROM lead")
    assert row["leads"] == 1


async def test_yes_on_several_phones_at_once_is_one_agreement():
    fair = await make_met_fair()
    lead = await met(fair)

    await asyncio.gather(*(yes(fair, lead, number) for number in range(PHONES)))

    assert [(purpose, at) for purpose, _how, at in await agreements_of(lead)] == [("share", None)]


async def test_yes_and_no_at_once_leave_one_word_that_all_agree_on():
    fair = await make_met_fair()
    lead = await met(fair)

    answers = [yes(fair, lead, number) for number in range(4)]
    answers += [refuse(lead, registration=fair.bob.code) for _number in range(4)]  # type: ignore[misc] # its answer is unused
    await asyncio.gather(*answers)

    given = [at for _purpose, _how, at in await agreements_of(lead) if at is None]
    [row] = await database.fetch("SELECT declined_at IS NULL AS is_open FROM lead")
    assert (len(given) <= 1, row["is_open"]) == (True, bool(given))


async def test_tickets_read_while_the_visitor_chooses_make_no_second_agreement():
    fair = await make_met_fair()
    edition = await edition_called("jn2027")
    phones = [(await phone_of(fair))[1] for _number in range(4)]

    await asyncio.gather(
        choose_to_share_with_all(fair.bob.id, edition, wanted=True),
        choose_to_share_with_all(fair.bob.id, edition, wanted=True),
        *(met(fair, phone=phone) for phone in phones),
    )

    [consents] = await database.fetch("SELECT count(*) AS given FROM consent")
    [agreements] = await database.fetch("SELECT count(*) AS given FROM lead_consent")
    assert (consents["given"], agreements["given"] <= 1) == (1, True)


async def test_code_pressed_on_several_phones_at_once_pairs_one():
    fair = await make_met_fair()
    own = await own_exhibitor(fair.edition.id, fair.alice, fair.exhibitor.code)
    secret = await offer_pairing(own, name="", by=fair.alice)

    async def press() -> str | type[Refusal]:
        try:
            return await pair(fair.edition.id, secret)
        except Refusal as refusal:
            return type(refusal)

    answers = await asyncio.gather(*(press() for _number in range(PHONES)))

    assert answers.count(PairingUsed) == PHONES - 1
