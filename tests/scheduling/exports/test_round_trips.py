"""What we export we import again: at home nothing changes, in a new edition all that the form can say is there."""

import json
import re
from collections.abc import Callable
from datetime import date

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from scheduling.domain.programme_facts import StoredProgramme
from scheduling.domain.repeated_exports import repeated, wanted
from scheduling.domain.told_programme import told
from scheduling.exports.c3voc_json import schedule_json
from scheduling.exports.c3voc_rows import Schedule
from scheduling.exports.c3voc_schedule import schedule_of
from scheduling.exports.c3voc_xml import schedule_xml
from scheduling.exports.sheets import sheets_of
from scheduling.exports.texts import Language
from scheduling.imports.model import ImportedProgramme, Reading
from scheduling.imports.reader import read
from scheduling.imports.template import workbook_of
from tests.real_programmes import SHARED, needs_real_programmes
from tests.scheduling.exports.made_programmes import programmes, publication_of, stored_of

MANY = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
REAL = ["pyconfr-2024.schedule.json", "31c3.schedule.xml", "pretalx-democon.json"]
FORMS: dict[str, Callable[[Schedule], bytes]] = {"a.json": schedule_json, "a.xml": schedule_xml}
PAGES = re.compile(rb"https://example.org/[0-9]+")
LANGUAGES = st.sampled_from(["fr", "en"])


def real_programme(name: str) -> ImportedProgramme:
    programme = read((SHARED / name).read_bytes(), filename=name).programme
    assert programme is not None
    return programme


def written(stored: StoredProgramme, filename: str, language: Language) -> bytes:
    return FORMS[filename](schedule_of(publication_of(stored, language)))


def assert_nothing_changes(reading: Reading, stored: StoredProgramme) -> None:
    assert (reading.errors, reading.programme is None) == ((), False)
    assert reading.programme is not None
    after = wanted(repeated(reading.programme, stored), stored, default_seats=None)
    assert after == stored.facts
    assert [list(things) for things in (after.rooms, after.labels)] == [
        list(things) for things in (stored.facts.rooms, stored.facts.labels)
    ]


def assert_comes_home(stored: StoredProgramme, filename: str, language: Language) -> None:
    assert_nothing_changes(read(written(stored, filename, language), filename=filename), stored)


def assert_arrives(stored: StoredProgramme, filename: str, language: Language) -> None:
    """Exported, imported elsewhere and exported again, it is the same but for addresses, which name the edition."""
    first = written(stored, filename, language)
    reading = read(first, filename=filename)
    assert reading.programme is not None
    elsewhere = stored_of(reading.programme, slug="ailleurs-2030", title_en=reading.programme.title)

    again = written(elsewhere, filename, language)

    acronym = stored.slug.replace("-", "_").ljust(4, "_").encode()
    assert PAGES.sub(b"", again.replace(b"ailleurs_2030", acronym)) == PAGES.sub(b"", first)


def assert_sheets_come_home(stored: StoredProgramme) -> None:
    title = stored.facts.edition.title if stored.facts.edition else ""
    data = workbook_of(sheets_of(told(stored)))

    assert_nothing_changes(read(data, filename="a.xlsx", title=title, slug=stored.slug), stored)


def assert_valid(stored: StoredProgramme, language: Language) -> None:
    schema = json.loads((SHARED / "schemas" / "schema.json").read_text())
    xsd = etree.XMLSchema(etree.parse(SHARED / "schemas" / "schedule.xml.xsd"))

    checker = jsonschema.Draft6Validator(schema, format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER)
    checker.validate(json.loads(written(stored, "a.json", language)))
    xsd.assertValid(etree.fromstring(written(stored, "a.xml", language)))


@MANY
@given(programmes(), LANGUAGES, st.sampled_from(sorted(FORMS)))
def test_schedule_changes_nothing_when_it_comes_home(
    programme: ImportedProgramme, language: Language, filename: str
) -> None:
    assert_comes_home(stored_of(programme, title_en="Digital Days"), filename, language)


@MANY
@given(programmes(), LANGUAGES, st.sampled_from(sorted(FORMS)))
def test_schedule_brings_all_it_says_to_a_new_edition(
    programme: ImportedProgramme, language: Language, filename: str
) -> None:
    assert_arrives(stored_of(programme), filename, language)


@MANY
@given(programmes().filter(lambda programme: any(each.slots for each in programme.activities)))
def test_workbook_changes_nothing_when_it_comes_home(programme: ImportedProgramme) -> None:
    assert_sheets_come_home(stored_of(programme))


@needs_real_programmes
@MANY
@given(programmes(), LANGUAGES)
def test_schedule_is_valid_whatever_the_programme(programme: ImportedProgramme, language: Language) -> None:
    assert_valid(stored_of(programme), language)


@needs_real_programmes
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", REAL)
def test_real_programme_makes_every_journey(name: str, language: Language) -> None:
    stored = stored_of(real_programme(name))

    assert_valid(stored, language)
    for filename in FORMS:
        assert_comes_home(stored, filename, language)
        assert_arrives(stored, filename, language)
    assert_sheets_come_home(stored)


def test_edition_without_a_slot_still_has_its_days() -> None:
    programme = ImportedProgramme(
        title="Journées",
        slug="jn2027",
        starts_on=date(2027, 10, 21),
        ends_on=date(2027, 10, 22),
        time_zone="America/Toronto",
    )

    assert_comes_home(stored_of(programme), "a.json", "fr")
    assert_comes_home(stored_of(programme), "a.xml", "fr")
