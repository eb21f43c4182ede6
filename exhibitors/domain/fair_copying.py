"""What the fair of a new edition takes from an earlier one: call, categories, extras, hall, words; no exhibitor."""

from datetime import timedelta

from digital_days.kernel import clock, codes, database
from digital_days.kernel.local_times import days_later
from digital_days.kernel.need_terms import copy_terms

_MOMENTS = ("call_opens_at", "call_closes_at", "booking_opens_at", "booking_closes_at", "moves_until")
_PLAIN = {
    "fair_billing": "seller_name, seller_address, gst_number, qst_number, terms_fr, days_to_pay",
    "decision_text": "decision, subject_fr, body_fr, subject_en, body_en",
    "floor_plan": "name_fr, name_en, width, depth, aisle, background, opacity, updated_at",
}
_CODED = {
    "fair_category": "name_fr, name_en, conditions_fr, conditions_en, price_cents, needs_insurance, position",
    "booth_extra": "name_fr, name_en, price_cents, stock, position",
    "plan_shape": "kind, x, y, width, depth, label_fr, label_en",
}
_BOOTH = "number, x, y, width, depth, power, network, step_free, note"
# Categories of one edition in the organisers' order: the copy's stand in the same places.
_RANKED = "SELECT id, row_number() OVER (ORDER BY position, id) AS place FROM fair_category WHERE edition = {edition}"
_BOOTH_CATEGORIES = f"""
    UPDATE booth b SET category = new.id
    FROM booth old
    JOIN ({_RANKED.format(edition="$1")}) was ON was.id = old.category
    JOIN ({_RANKED.format(edition="$2")}) new ON new.place = was.place
    WHERE old.edition = $1 AND b.edition = $2 AND b.number = old.number
"""


async def copy_fair(source_id: int, edition_id: int, days: timedelta) -> bool:
    """In one transaction, every date so many days later by our clocks; False where there is a fair already.

    The plan is not published, and stock is whole again.
    """
    async with database.transaction():
        if not await _copy_dates(source_id, edition_id, days):
            return False
        await copy_terms(source_id, edition_id)
        for table, columns in _PLAIN.items():
            await database.fetch(
                f"INSERT INTO {table} (edition, {columns}) SELECT $2, {columns} FROM {table} WHERE edition = $1",
                source_id,
                edition_id,
            )
        for table, columns in _CODED.items():
            await _copy_coded(table, columns, source_id, edition_id)
        await _copy_coded("booth", _BOOTH, source_id, edition_id)
        await database.fetch(_BOOTH_CATEGORIES, source_id, edition_id)
    return True


async def _copy_dates(source_id: int, edition_id: int, days: timedelta) -> bool:
    row = await database.fetch_one("SELECT * FROM fair WHERE edition = $1", source_id)
    if row is None:
        return False
    said = {name: value for name, value in row.items() if name not in ("id", "edition", "updated_at")}
    for name in said:
        if said[name] is not None and name in _MOMENTS:
            said[name] = days_later(said[name], days)
        elif said[name] is not None and name.endswith("_due"):
            said[name] += days
    places = ", ".join(f"${number}" for number in range(3, len(said) + 3))
    made = await database.fetch(
        f"""
        INSERT INTO fair (edition, updated_at, {", ".join(said)}) VALUES ($1, $2, {places})
        ON CONFLICT (edition) DO NOTHING RETURNING id
        """,
        edition_id,
        clock.now(),
        *said.values(),
    )
    return bool(made)


async def _copy_coded(table: str, columns: str, source_id: int, edition_id: int) -> None:
    rows = await database.fetch(f"SELECT id FROM {table} WHERE edition = $1 ORDER BY id", source_id)
    await database.fetch(
        f"""
        INSERT INTO {table} (code, edition, {columns})
        SELECT fresh.code, $1, {", ".join(f"t.{name.strip()}" for name in columns.split(","))}
        FROM unnest($2::int[], $3::text[]) WITH ORDINALITY AS fresh (id, code, place)
        JOIN {table} t ON t.id = fresh.id ORDER BY fresh.place
        """,
        edition_id,
        [row["id"] for row in rows],
        [codes.new_code() for _row in rows],
    )
