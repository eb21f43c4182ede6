"""The sample's fair: its call, its hall, and invented exhibitors."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from digital_days.kernel import clock, codes, database
from digital_days.kernel.people import fold

_FILE = Path(__file__).parent / "journees" / "fair.json"
_DAYS = ("profile_due", "insurance_due", "payment_due", "badges_due", "arrival_due")


async def load_fair(edition_id: int, owner: int) -> None:
    """In the caller's transaction; ``owner`` acts for one of the exhibitors, which has no booth yet."""
    sample = json.loads(_FILE.read_text(encoding="utf-8"))
    needs = await _needs(edition_id, sample["needs"])
    await _insert("fair", {"edition": edition_id, "updated_at": clock.now(), **_dated(sample["fair"])})
    await _insert("fair_billing", {"edition": edition_id, **sample["billing"]})
    categories = {
        row.pop("key"): await _coded("fair_category", edition_id, {**row, "position": place})
        for place, row in enumerate(sample["categories"])
    }
    for place, row in enumerate(sample["extras"]):
        await _coded("booth_extra", edition_id, {**row, "position": place})
    await _insert("floor_plan", {"edition": edition_id, "updated_at": clock.now(), **sample["plan"]})
    booths = {
        row["number"]: await _coded("booth", edition_id, {**row, "category": categories[row["category"]]})
        for row in sample["booths"]
    }
    for shape in sample["shapes"]:
        await _coded("plan_shape", edition_id, shape)
    for exhibitor in sample["exhibitors"]:
        await _exhibitor(edition_id, exhibitor, categories, booths, needs, owner)


async def _needs(edition_id: int, terms: list[list[str]]) -> dict[str, int]:
    return {
        slug: await _insert(
            "need_term", {"edition": edition_id, "slug": slug, "name_fr": fr, "name_en": en, "position": place}
        )
        for place, (slug, fr, en) in enumerate(terms)
    }


async def _exhibitor(
    edition_id: int,
    said: dict[str, Any],
    categories: dict[str, int],
    booths: dict[str, int],
    needs: dict[str, int],
    owner: int,
) -> None:
    now, state = clock.now(), said.get("state", "accepted")
    number = await _coded(
        "exhibitor",
        edition_id,
        {
            "category": categories[said["category"]],
            "name": said["name"],
            "state": state,
            "applied_at": now,
            "updated_at": now,
            "decided_at": now if state != "submitted" else None,
            "listed": state == "accepted",
            "summary_fr": said["summary_fr"],
            "summary_en": said["summary_en"],
            "links": json.dumps([{"label": label, "url": url} for label, url in said["links"]]),
            "search_key": fold(said["name"], said["summary_fr"], said["summary_en"]),
        },
    )
    for slug in said["needs"]:
        await _insert("exhibitor_need", {"exhibitor": number, "need": needs[slug]})
    if said.get("owner"):
        await _insert("exhibitor_member", {"exhibitor": number, "person": owner, "is_contact": True, "created_at": now})
    if said["booth"]:
        booking = {"booth": booths[said["booth"]], "exhibitor": number, "state": "confirmed"}
        times = {"created_at": now, "confirmed_at": now, "updated_at": now}
        await _insert("booking", {"code": codes.new_code(), **booking, **times})


async def _coded(table: str, edition_id: int, columns: dict[str, object]) -> int:
    return await _insert(table, {"code": codes.new_code(), "edition": edition_id, **columns})


async def _insert(table: str, columns: dict[str, object]) -> int:
    """The new row's number; the file's names are the columns' own."""
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    [row] = await database.fetch(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) RETURNING id", *columns.values()
    )
    return int(row["id"])


def _dated(fair: dict[str, str]) -> dict[str, object]:
    return {
        name: date.fromisoformat(text)
        if name in _DAYS
        else datetime.fromisoformat(text)
        if name.endswith(("_at", "_until"))
        else text
        for name, text in fair.items()
    }
