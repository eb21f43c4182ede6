"""Whole files through reader and database; the real programmes where they are at hand."""

from datetime import date
from typing import Any

import pytest

from digital_days.kernel import database
from scheduling.domain.importing import import_file
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.reader import read
from tests.real_programmes import SHARED, needs_real_programmes
from tests.scheduling.domain.programmes import every_row, rows
from tests.statements import counted_statements

REAL = ["pyconfr-2024.schedule.json", "31c3.schedule.xml", "pretalx-democon.json"]
SHEET = """id,title_fr,date,start,end,room,seats
a,Mots de passe,2027-10-21,9:00,10:00,Coin numérique,12
b,Premiers pas,2027-10-21,10:15,11:15,Coin numérique,
"""


async def load(data: bytes, filename: str, **more: Any) -> Any:
    return await import_file(
        data, filename=filename, **{"edition_slug": None, "dry_run": False, "default_seats": None, **more}
    )


async def test_sheet_comes_in_and_its_edition_keeps_its_name(db: None) -> None:
    await load(SHEET.encode(), "programme.csv", edition_slug="jn2027")
    await database.fetch("UPDATE edition SET name_fr = 'Journées numériques'")

    report = await load(SHEET.replace("12", "14").encode(), "autre nom.csv", edition_slug="jn2027")

    assert [change.after for line in report.changed for change in line.changes] == ["14"]
    assert await rows("SELECT slug, name_fr FROM edition") == [("jn2027", "Journées numériques")]
    assert await rows("SELECT source_id, seats FROM slot ORDER BY id") == [("a", 14), ("b", None)]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_programme_of_the_past_comes_in_on_the_day_asked_for(db: None, dry_run: bool) -> None:
    past = SHEET.replace("2027", "2020").encode()

    report = await load(past, "passe.csv", edition_slug="essai", first_day=date(2027, 11, 5), dry_run=dry_run)
    again = await load(past, "passe.csv", edition_slug="essai", first_day=date(2027, 11, 5), dry_run=dry_run)

    assert not report.refused
    assert again.empty is not dry_run
    starts = await rows("SELECT (starts_at AT TIME ZONE 'America/Toronto')::text FROM slot ORDER BY 1")
    assert starts == ([] if dry_run else [("2027-11-05 09:00:00",), ("2027-11-05 10:15:00",)])
    days = await rows("SELECT starts_on, ends_on FROM edition")
    assert days == ([] if dry_run else [(date(2027, 11, 5), date(2027, 11, 5))])


async def test_unreadable_file_is_refused_and_leaves_every_table_untouched(db: None) -> None:
    before = await every_row()

    report = await load(SHEET.replace("10:00", "8:00").encode(), "programme.csv", edition_slug="jn2027")

    assert report.refused
    assert await every_row() == before


async def test_large_programme_needs_no_more_statements_than_a_small_one(db: None) -> None:
    async def statements_for(events: int) -> int:
        lines = [
            f"e{n},Activité {n},2027-10-{1 + n // 40:02},{8 + n % 10}:00,{9 + n % 10}:00,Salle {n // 10 % 4},20"
            for n in range(events)
        ]
        data = "\n".join([SHEET.splitlines()[0], *lines]).encode()
        async with counted_statements() as sent:
            await load(data, "a.csv", edition_slug=f"avec-{events}")
        return len(sent)

    few, many = await statements_for(10), await statements_for(1000)

    assert few == many
    assert await rows("SELECT count(*) FROM slot") == [(1010,)]


@needs_real_programmes
@pytest.mark.parametrize("name", REAL)
async def test_real_programme_comes_in_without_loss_and_again_changes_nothing(db: None, name: str) -> None:
    data = (SHARED / name).read_bytes()
    programme = read(data, filename=name).programme
    assert programme

    report = await load(data, name)
    before = await every_row()
    again = await load(data, name)

    assert not report.refused
    assert await stored(report.edition, draft=bool(report.blocked)) == said(programme)
    assert again.empty
    assert await every_row() == before


@needs_real_programmes
async def test_invalid_real_programme_is_refused(db: None) -> None:
    before = await every_row()

    report = await load((SHARED / "invalid-example.json").read_bytes(), "invalid-example.json")

    assert report.refused
    assert await every_row() == before


KEYS = "(SELECT count(*)::int FROM jsonb_object_keys(extra))"


def said(programme: ImportedProgramme) -> dict[str, object]:
    """What must be found again, by table."""
    return {
        "rooms": [(room.name, room.capacity, len(room.extra)) for room in programme.rooms],
        "labels": [(label.facet, label.name_fr, (label.colour or "").removeprefix("#")) for label in programme.labels],
        "speakers": sorted((speaker.key, speaker.name, len(speaker.extra)) for speaker in programme.speakers),
        "activities": sorted(
            (
                each.key,
                each.title_fr,
                *(
                    text or ""
                    for text in (
                        each.title_en,
                        each.summary_fr,
                        each.description_fr,
                        each.summary_en,
                        each.description_en,
                    )
                ),
                each.kind,
                each.theme,
                each.language,
                list(each.speakers),
                len(each.links or ()),
                len(each.extra),
            )
            for each in programme.activities
        ),
        "slots": sorted(
            (each.key, slot.key, slot.starts_at, slot.ends_at, slot.room or "", slot.seats)
            for each in programme.activities
            for slot in each.slots
        ),
    }


async def stored(edition: str, *, draft: bool) -> dict[str, object]:
    """The same out of the database; a programme that contradicts itself is in the draft."""
    public = f"(SELECT id FROM edition WHERE slug = '{edition}')"
    of_it = f"edition = (SELECT id FROM edition WHERE draft_of = {public})" if draft else f"edition = {public}"
    return {
        "rooms": await rows(f"SELECT name, capacity, {KEYS} FROM room WHERE {of_it} ORDER BY position"),
        "labels": await rows(f"SELECT facet, name_fr, colour FROM label WHERE {of_it} ORDER BY position"),
        "speakers": sorted(await rows(f"SELECT source_id, name, {KEYS} FROM speaker WHERE {of_it}")),
        "activities": sorted(
            await rows(
                f"""
                SELECT a.source_id, title_fr, a.title_en, summary_fr, a.description_fr, summary_en, a.description_en,
                    coalesce(k.name_fr, ''), coalesce(t.name_fr, ''), language,
                    ARRAY(SELECT s.source_id::text FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
                          WHERE l.activity = a.id ORDER BY l.position),
                    jsonb_array_length(links), {KEYS}
                FROM activity a LEFT JOIN label k ON k.id = a.kind LEFT JOIN label t ON t.id = a.theme WHERE a.{of_it}
                """
            )
        ),
        "slots": sorted(
            await rows(
                f"""
                SELECT a.source_id, s.source_id, starts_at, ends_at, coalesce(r.name, ''), seats
                FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room WHERE a.{of_it}
                """
            )
        ),
    }
