"""Small fairs for tests: categories, booths, exhibitors with somebody who acts for them."""

from datetime import datetime, timedelta

import msgspec

from digital_days.kernel import clock, codes, database
from digital_days.kernel.people import fold
from digital_days.kernel.questions import Question
from tests.factories import Made


async def _made(statement: str, *values: object) -> int:
    row = await database.fetch_one(f"{statement} RETURNING id", *values)
    assert row is not None
    return int(row["id"])


async def make_fair(edition: Made, **columns: object) -> None:
    """Its call and its bookings are open, unless ``columns`` say otherwise."""
    began = clock.now() - timedelta(days=1)
    given = {"call_opens_at": began, "booking_opens_at": began, "updated_at": began, **columns}
    places = ", ".join(f"${number}" for number in range(2, len(given) + 2))
    await database.fetch(
        f"INSERT INTO fair (edition, {', '.join(given)}) VALUES ($1, {places})", edition.id, *given.values()
    )


async def make_category(
    edition: Made, name: str = "Fournisseurs", *, price_cents: int = 25_000, needs_insurance: bool = True
) -> Made:
    code = codes.new_code()
    number = await _made(
        "INSERT INTO fair_category (code, edition, name_fr, price_cents, needs_insurance) VALUES ($1, $2, $3, $4, $5)",
        code,
        edition.id,
        name,
        price_cents,
        needs_insurance,
    )
    return Made(number, code)


async def make_exhibitor(
    edition: Made,
    category: Made,
    person: int | None = None,
    *,
    name: str = "Atelier du Nord",
    state: str = "accepted",
    applied_at: datetime | None = None,
) -> Made:
    """``person`` acts for it and is its contact."""
    code, now = codes.new_code(), applied_at or clock.now()
    number = await _made(
        """
        INSERT INTO exhibitor (code, edition, category, name, state, applied_at, updated_at, search_key)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
        """,
        code,
        edition.id,
        category.id,
        name,
        state,
        now,
        fold(name),
    )
    if person is not None:
        await make_member(number, person)
    return Made(number, code)


async def make_member(exhibitor: int, person: int, *, is_contact: bool = True) -> None:
    await database.fetch(
        "INSERT INTO exhibitor_member (exhibitor, person, is_contact, created_at) VALUES ($1, $2, $3, $4)",
        exhibitor,
        person,
        is_contact,
        clock.now(),
    )


async def make_plan(edition: Made, *, width: int = 2000, depth: int = 1500, published: bool = True) -> None:
    await database.fetch(
        "INSERT INTO floor_plan (edition, width, depth, published, updated_at) VALUES ($1, $2, $3, $4, $5)",
        edition.id,
        width,
        depth,
        published,
        clock.now(),
    )


async def make_booth(
    edition: Made,
    number: str = "A1",
    *,
    category: Made | None = None,
    x: int = 100,
    y: int = 100,
    width: int = 300,
    depth: int = 200,
) -> Made:
    code = codes.new_code()
    made = await _made(
        """
        INSERT INTO booth (code, edition, number, x, y, width, depth, category)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        code,
        edition.id,
        number,
        x,
        y,
        width,
        depth,
        category.id if category else None,
    )
    return Made(made, code)


async def make_booking(booth: Made, exhibitor: Made, *, state: str = "confirmed", price_cents: int = 0) -> Made:
    code, now = codes.new_code(), clock.now()
    made = await _made(
        """
        INSERT INTO booking
            (code, booth, exhibitor, state, held_until, price_cents, created_at, confirmed_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)
        """,
        code,
        booth.id,
        exhibitor.id,
        state,
        now + timedelta(minutes=15) if state == "held" else None,
        price_cents,
        now,
        now if state == "confirmed" else None,
    )
    return Made(made, code)


async def make_need(edition: Made, slug: str = "securite", name: str = "Cybersécurité") -> int:
    return await _made("INSERT INTO need_term (edition, slug, name_fr) VALUES ($1, $2, $3)", edition.id, slug, name)


async def make_extra(edition: Made, name: str = "Table", *, price_cents: int = 1_500, stock: int | None = 3) -> Made:
    code = codes.new_code()
    made = await _made(
        "INSERT INTO booth_extra (code, edition, name_fr, price_cents, stock) VALUES ($1, $2, $3, $4, $5)",
        code,
        edition.id,
        name,
        price_cents,
        stock,
    )
    return Made(made, code)


async def make_questions(edition: Made, *questions: Question) -> None:
    """What organisers ask of exhibitors; the fair is there."""
    encoded = msgspec.json.encode(questions).decode()
    await database.fetch("UPDATE fair SET questions = $2 WHERE edition = $1", edition.id, encoded)
