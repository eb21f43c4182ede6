"""An edition's own exports, imported into it: what was changed in the file changes, and nothing else."""

import json
from typing import Any

import pytest
from msgspec import structs

from digital_days.kernel import clock, database
from digital_days.sample.loader import load_sample
from scheduling.domain.drafts import draft_of
from scheduling.domain.import_plan import compare
from scheduling.domain.import_report import Change, ImportReport
from scheduling.domain.importing import import_file
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.published_programme import published_programme
from scheduling.domain.stored_programme import stored_programme
from scheduling.exports.c3voc_json import schedule_json
from scheduling.exports.c3voc_schedule import schedule_of
from scheduling.exports.c3voc_xml import schedule_xml
from scheduling.exports.sheets import sheets_of
from scheduling.exports.texts import Language
from scheduling.imports.template import workbook_of
from tests.real_programmes import SHARED, needs_real_programmes
from tests.scheduling.domain.programmes import activity, every_row, imported, programme, rows, slot
from tests.scheduling.exports.made_programmes import publication_of
from tests.scheduling.imports.builders import as_json, event, schedule

FORMS = ["json", "xml", "xlsx"]
BOTH: list[Language] = ["fr", "en"]


async def edition_called(slug: str) -> int:
    [(number,)] = await rows(f"SELECT id FROM edition WHERE slug = '{slug}'")
    return int(number)


async def exported(slug: str, form: str, language: Language = "fr") -> bytes:
    number = await edition_called(slug)
    if form == "xlsx":
        return workbook_of(sheets_of((await published_programme(number)).programme))
    said = schedule_of(publication_of(await stored_programme(number), language))
    return schedule_json(said) if form == "json" else schedule_xml(said)


async def load(data: bytes, form: str, slug: str, **more: Any) -> ImportReport:
    return await import_file(data, filename=f"programme.{form}", edition_slug=slug, dry_run=False, **more)


async def publish_the_draft(slug: str) -> None:
    """Conferences let people speak in two rooms at once; ours are published only here."""
    public = await stored_programme(await edition_called(slug))
    draft = await stored_programme(await draft_of(await edition_called(slug)))
    after = structs.replace(draft.facts, edition=public.facts.edition)
    plan = compare(public.facts, after)
    await write_programme(plan, public, edition_id=await edition_called(slug), now=clock.now())


async def assert_nothing_changes(slug: str, form: str, language: Language) -> None:
    data = await exported(slug, form, language)
    before = await every_row()

    report = await load(data, form, slug)

    assert (report.errors, report.added, report.changed, report.removed) == ((), (), (), ())
    assert await every_row() == before


@pytest.mark.parametrize("form", FORMS)
async def test_sample_comes_home_unchanged(db: None, form: str) -> None:
    await load_sample()

    for slug in ("jn2027", "cafe2028"):
        for language in BOTH:
            await assert_nothing_changes(slug, form, language)


@needs_real_programmes
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["pyconfr-2024.schedule.json", "31c3.schedule.xml", "pretalx-democon.json"])
async def test_real_programme_comes_home_unchanged(db: None, name: str, form: str) -> None:
    await import_file((SHARED / name).read_bytes(), filename=name, edition_slug="essai", dry_run=False)
    await publish_the_draft("essai")

    await assert_nothing_changes("essai", form, "fr")


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_schedule_names_the_edition_that_it_comes_from(db: None, form: str) -> None:
    await load_sample()
    data = await exported("jn2027", form, "en")

    report = await import_file(data, filename=f"a.{form}", edition_slug=None, dry_run=True)

    assert (report.edition, report.empty) == ("jn2027", True)


async def test_what_was_changed_in_an_english_schedule_is_changed_in_english(db: None) -> None:
    await load_sample()
    data = (await exported("jn2027", "json", "en")).decode()
    changed = data.replace("Digital culture", "Digital lore").replace("First steps with a computer", "First steps")

    report = await load(changed.encode(), "json", "jn2027")

    changes = {(each.what, change) for each in report.changed for change in each.changes}
    assert ("activité", Change("titre anglais", "First steps with a computer", "First steps")) in changes
    french = await rows("SELECT title_fr FROM activity WHERE title_en = 'First steps'")
    assert french == [("Premiers pas avec l’ordinateur",)]


async def test_slot_taken_out_of_the_file_goes_and_cancelled_ones_stay(db: None) -> None:
    await imported(programme(activity("a", slot("1")), activity("b", slot("2", 15), slot("3", 17))))
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE source_id = '3'")
    document = json.loads(await exported("journees", "json"))
    document["schedule"]["conference"]["days"][0]["rooms"]["Bibliothèque"].pop(0)

    report = await load(json.dumps(document).encode(), "json", "journees")

    assert [(line.what, line.title) for line in report.removed] == [("activité", "Titre de a")]
    assert await rows("SELECT source_id, state FROM slot ORDER BY source_id") == [
        ("2", "scheduled"),
        ("3", "cancelled"),
    ]


async def test_seats_asked_for_are_given_to_what_the_file_has_no_seats_for(db: None) -> None:
    await imported(programme(activity("a", slot("1"))))

    await load(await exported("journees", "json"), "json", "journees", default_seats=15)

    assert await rows("SELECT seats FROM slot") == [(15,)]


async def test_order_changed_in_the_file_changes(db: None) -> None:
    await imported(programme(activity("a", slot("1"))))
    document = json.loads(await exported("journees", "json"))
    document["schedule"]["conference"]["rooms"].reverse()

    report = await load(json.dumps(document).encode(), "json", "journees")

    assert [line.what for line in report.changed] == ["ordre des salles"]
    assert await rows("SELECT name FROM room ORDER BY position") == [("Grande salle",), ("Bibliothèque",)]


async def test_schedule_of_others_leaves_alone_what_it_has_no_words_for(db: None) -> None:
    english = event(2, language="en", date="2027-10-22T11:00:00-04:00", start="11:00")
    data = as_json(schedule(event(1), english))
    await load(data, "json", "jn2027")
    await database.fetch(
        """
        INSERT INTO label (edition, facet, slug, name_fr, position)
        SELECT id, 'audience', 'tous', 'Tous', 9 FROM edition WHERE draft_of IS NULL
        """
    )
    for said in (
        "activity SET audience = (SELECT id FROM label WHERE facet = 'audience')",
        "activity SET title_en = 'Activity' WHERE language = 'fr'",
        "activity SET title_fr = 'Activité traduite' WHERE language = 'en'",
        "room SET venue = 'Bibliothèque', address = '1, rue Haute'",
        "label SET name_en = 'In English', colour = '112233'",
    ):
        await database.fetch(f"UPDATE {said}")
    before = await every_row()

    report = await load(data, "json", "jn2027")

    assert (report.errors, report.changed, report.removed) == ((), (), ())
    assert await every_row() == before
