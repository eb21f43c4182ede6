"""The check-list of an exhibitor: what is done, to do, late or looked at, from what the tables say."""

from datetime import UTC, date, datetime

import pytest

from digital_days.kernel import clock, codes, database
from exhibitors.domain.checklist import Checklist, checklist_of, checklists_of
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

SPRING = datetime(2027, 5, 3, 14, tzinfo=UTC)
DUE = {
    "booking_opens_at": datetime(2027, 4, 1, 12, tzinfo=UTC),
    "booking_closes_at": datetime(2027, 9, 1, 4, tzinfo=UTC),
    "profile_due": date(2027, 9, 10),
    "insurance_due": date(2027, 9, 17),
    "payment_due": date(2027, 9, 24),
    "badges_due": date(2027, 10, 1),
    "arrival_due": date(2027, 10, 8),
}


async def make_one(*, price_cents: int = 25_000, needs_insurance: bool = True, **fair: object) -> tuple[Made, Made]:
    edition = await make_edition()
    await make_fair(edition, **{**DUE, **fair})
    category = await make_category(edition, price_cents=price_cents, needs_insurance=needs_insurance)
    return edition, await make_exhibitor(edition, category)


async def states(exhibitor: Made, now: datetime = SPRING) -> dict[str, str]:
    with clock.stopped_at(now):
        found = await checklist_of(exhibitor.id)
    assert found is not None
    return {task.kind: task.state for task in found.tasks}


async def send_insurance(exhibitor: Made, state: str, reason: str = "", valid_until: date | None = None) -> None:
    await database.fetch(
        """
        INSERT INTO exhibitor_document
            (code, exhibitor, kind, filename, media_type, size, file, state, reason, valid_until, uploaded_at)
        VALUES ($1, $2, 'insurance', 'preuve.pdf', 'application/pdf', 1, $1, $3, $4, $5, now())
        """,
        codes.new_code(),
        exhibitor.id,
        state,
        reason,
        valid_until,
    )


async def bill(edition: Made, exhibitor: Made, cents: int, *, number: int = 1, of: int | None = None) -> int:
    [row] = await database.fetch(
        """
        INSERT INTO invoice (code, edition, number, kind, exhibitor, credits, subtotal_cents, gst_cents, qst_cents,
            total_cents, issued_at, due_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $7, now(), '2027-08-01') RETURNING id
        """,
        codes.new_code(),
        edition.id,
        number,
        "credit" if of else "invoice",
        exhibitor.id,
        of,
        cents,
    )
    return int(row["id"])


async def pay(invoice: int, cents: int) -> str:
    code = codes.new_code()
    await database.fetch(
        """
        INSERT INTO payment (code, invoice, amount_cents, method, received_on, recorded_at)
        VALUES ($1, $2, $3, 'transfer', '2027-05-01', now())
        """,
        code,
        invoice,
        cents,
    )
    return code


async def test_new_exhibitor_has_everything_to_do():
    _edition, exhibitor = await make_one()

    assert await states(exhibitor) == {
        "booth": "todo",
        "profile": "todo",
        "insurance": "todo",
        "payment": "later",
        "badges": "todo",
        "arrival": "todo",
    }


async def test_what_does_not_apply_is_not_on_the_list():
    _edition, exhibitor = await make_one(price_cents=0, needs_insurance=False, arrival_due=None)

    assert list(await states(exhibitor)) == ["booth", "profile", "badges"]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2027, 3, 31, 16, tzinfo=UTC), "later"),
        (datetime(2027, 9, 1, 3, 59, tzinfo=UTC), "todo"),
        (datetime(2027, 9, 1, 4, tzinfo=UTC), "late"),
    ],
)
async def test_booth_is_late_from_the_midnight_at_which_bookings_close(now: datetime, state: str):
    _edition, exhibitor = await make_one()

    assert (await states(exhibitor, now))["booth"] == state


@pytest.mark.parametrize(("state", "expected"), [("confirmed", "done"), ("held", "todo"), ("cancelled", "todo")])
async def test_booth_counts_once_it_is_confirmed(state: str, expected: str):
    edition, exhibitor = await make_one()
    await make_booking(await make_booth(edition), exhibitor, state=state)

    assert (await states(exhibitor))["booth"] == expected


async def test_task_is_late_on_the_day_after_its_last():
    _edition, exhibitor = await make_one()
    last_evening, next_morning = datetime(2027, 9, 11, 3, 59, tzinfo=UTC), datetime(2027, 9, 11, 4, 1, tzinfo=UTC)

    found = [(await states(exhibitor, now))["profile"] for now in (last_evening, next_morning)]

    assert found == ["todo", "late"]


@pytest.mark.parametrize(("state", "expected"), [("received", "checking"), ("accepted", "done"), ("refused", "todo")])
async def test_insurance_follows_what_organisers_said_of_it(state: str, expected: str):
    _edition, exhibitor = await make_one()
    await send_insurance(exhibitor, state)

    assert (await states(exhibitor))["insurance"] == expected


async def test_insurance_that_ends_before_the_fair_is_none():
    _edition, exhibitor = await make_one()
    await send_insurance(exhibitor, "accepted", valid_until=date(2027, 10, 21))

    assert (await states(exhibitor))["insurance"] == "todo"


async def test_refused_insurance_says_why():
    _edition, exhibitor = await make_one()
    await send_insurance(exhibitor, "refused", "Il manque la page 2.")

    found = await checklist_of(exhibitor.id)

    assert found is not None
    assert [task.reason for task in found.tasks if task.kind == "insurance"] == ["Il manque la page 2."]


async def test_payment_is_done_when_all_invoices_and_credits_are_covered():
    edition, exhibitor = await make_one()
    seen = []
    first = await bill(edition, exhibitor, 25_000)
    seen.append((await states(exhibitor))["payment"])
    cancelled = await pay(first, 25_000)
    seen.append((await states(exhibitor))["payment"])
    await database.fetch("UPDATE payment SET cancelled_at = now() WHERE code = $1", cancelled)
    seen.append((await states(exhibitor))["payment"])
    await bill(edition, exhibitor, -25_000, number=2, of=first)
    seen.append((await states(exhibitor))["payment"])

    assert seen == ["todo", "done", "todo", "done"]


async def test_extras_of_a_free_booth_are_to_be_paid():
    edition, exhibitor = await make_one(price_cents=0)
    booking = await make_booking(await make_booth(edition), exhibitor)
    before = "payment" in await states(exhibitor)
    [extra] = await database.fetch(
        "INSERT INTO booth_extra (code, edition, name_fr, price_cents) VALUES ('T', $1, 'Table', 2000) RETURNING id",
        edition.id,
    )
    await database.fetch(
        "INSERT INTO booking_extra (booking, extra, quantity, price_cents) VALUES ($1, $2, 1, 2000)",
        booking.id,
        extra["id"],
    )

    assert (before, (await states(exhibitor))["payment"]) == (False, "later")


async def test_last_day_is_the_invoices_where_the_fair_names_none():
    edition, exhibitor = await make_one(payment_due=None)
    await bill(edition, exhibitor, 25_000)

    found = await checklist_of(exhibitor.id)

    assert found is not None
    assert [task.due for task in found.tasks if task.kind == "payment"] == [date(2027, 8, 1)]


async def test_profile_badges_and_arrival_are_done_when_they_are_there():
    edition, exhibitor = await make_one()
    await database.fetch("UPDATE exhibitor SET listed = true WHERE id = $1", exhibitor.id)
    await database.fetch(
        "INSERT INTO staff_badge (code, exhibitor, name, created_at) VALUES ('B', $1, 'Zoé', now())", exhibitor.id
    )
    [slot] = await database.fetch(
        "INSERT INTO arrival_slot (edition, starts_at, capacity, taken) VALUES ($1, now(), 1, 1) RETURNING id",
        edition.id,
    )
    await database.fetch(
        "INSERT INTO exhibitor_arrival (exhibitor, slot, updated_at) VALUES ($1, $2, now())", exhibitor.id, slot["id"]
    )

    found = await states(exhibitor)

    assert [found[kind] for kind in ("profile", "badges", "arrival")] == ["done"] * 3


async def test_states_are_said_in_words():
    _edition, exhibitor = await make_one()
    await send_insurance(exhibitor, "received")

    with clock.stopped_at(datetime(2027, 9, 12, 14, tzinfo=UTC)):
        found = await checklist_of(exhibitor.id)
        assert found is not None
        words = {task.name: task.state_in_words.replace("\N{NO-BREAK SPACE}", " ") for task in found.tasks}

    assert words == {
        "Choisir un kiosque": "En retard : c’était à faire au plus tard le 31 août 2027",
        "Compléter et publier la fiche": "En retard : c’était à faire au plus tard le 10 septembre 2027",
        "Envoyer la preuve d’assurance": "En vérification",
        "Payer la facture": "La facture n’est pas encore émise",
        "Nommer les personnes du kiosque": "À faire au plus tard le 1er octobre 2027",
        "Choisir l’heure d’arrivée": "À faire au plus tard le 8 octobre 2027",
    }
    assert [task.kind for task in found.left] == ["booth", "profile", "badges", "arrival"]


@pytest.mark.parametrize("state", ["submitted", "waiting", "declined", "withdrawn"])
async def test_only_accepted_exhibitors_have_a_list(state: str):
    edition = await make_edition()
    exhibitor = await make_exhibitor(edition, await make_category(edition), state=state)

    assert (await checklist_of(exhibitor.id), await checklists_of(edition.id)) == (None, [])


async def test_one_query_is_enough_for_any_number_of_exhibitors():
    edition, first = await make_one()
    other = await make_edition("autre")
    await make_exhibitor(other, await make_category(other), name="Ailleurs")
    category = await make_category(edition, "Organismes", price_cents=0, needs_insurance=False)
    for name in ("Zénith", "Élan"):
        await make_exhibitor(edition, category, name=name)

    async with counted_statements() as sent:
        found: list[Checklist] = await checklists_of(edition.id)

    assert ([each.name for each in found], len(sent)) == (["Atelier du Nord", "Élan", "Zénith"], 1)
    assert found[0] == await checklist_of(first.id)
