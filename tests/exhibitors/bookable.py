"""A fair with its bookings open, for tests of booths."""

from msgspec import Struct

from digital_days.kernel import database
from exhibitors.domain.bookings import booked, booths_of
from exhibitors.domain.booth_extras import extras_for
from exhibitors.domain.confirming import Extras, Read, confirm_booking
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_fair, make_plan
from tests.factories import Made, make_edition, make_person

PRICE = 25_000


class OpenFair(Struct, frozen=True, kw_only=True):
    """A row of booths of one category, from left to right; exhibitors and the people who act for them."""

    edition: Made
    category: Made
    booths: list[Made]
    exhibitors: list[Made]
    people: list[int]


async def open_fair(*, booths: int = 3, exhibitors: int = 2, edition: Made | None = None, **fair: object) -> OpenFair:
    edition = edition or await make_edition()
    await make_fair(edition, **fair)
    await make_plan(edition)
    category = await make_category(edition, price_cents=PRICE)
    people = [await make_person(f"Personne {number}", f"p{number}@example.ca") for number in range(exhibitors)]
    return OpenFair(
        edition=edition,
        category=category,
        booths=[
            await make_booth(edition, f"A{number + 1}", category=category, x=100 + 350 * number)
            for number in range(booths)
        ],
        exhibitors=[
            await make_exhibitor(edition, category, person, name=f"Exposant {number}")
            for number, person in enumerate(people)
        ],
        people=people,
    )


async def read_of(hold: str, extras: Extras | None = None) -> Read:
    """What the page says of this hold with these extras."""
    here = await booked(hold)
    offered = await extras_for(here.edition_id, here.exhibitor_id)
    rented = sum(each.price_cents * (extras or {}).get(each.code, 0) for each in offered)
    return Read(booth_version=here.booth_version, total_cents=here.price_cents + rented)


async def book(exhibitor: Made, booth: Made, extras: Extras | None = None) -> str:
    """Holds and confirms; the booking's code."""
    hold = await hold_booth(exhibitor.id, booth.code)
    await confirm_booking(exhibitor.id, hold, extras or {}, await read_of(hold, extras))
    return hold


async def states(exhibitor: Made) -> list[str]:
    """Of all its bookings, in order."""
    rows = await database.fetch("SELECT state FROM booking WHERE exhibitor = $1 ORDER BY id", exhibitor.id)
    return [row["state"] for row in rows]


async def has(exhibitor: Made) -> tuple[str | None, str | None]:
    """The numbers of the booths that it holds and has booked."""
    own = await booths_of(exhibitor.id)
    return own.hold.number if own.hold else None, own.booking.number if own.booking else None


async def told() -> list[tuple[str, int]]:
    """Mails promised: topic and person, in order."""
    rows = await database.fetch("SELECT topic, person FROM outbox_message ORDER BY id")
    return [(row["topic"].removeprefix("exhibitors."), row["person"]) for row in rows]


async def taken(extra: Made) -> int:
    [row] = await database.fetch("SELECT taken FROM booth_extra WHERE id = $1", extra.id)
    return int(row["taken"])
