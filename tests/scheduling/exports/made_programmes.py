"""Programmes that nobody would make: any text, any key, everything once; and what a database would say of them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from scheduling.domain.programme_facts import StoredProgramme, StoredSlot
from scheduling.domain.told_programme import days_told, told
from scheduling.domain.wanted_programme import wanted_programme
from scheduling.exports.c3voc_rows import Publication
from scheduling.exports.texts import Language
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
ODD = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''",
        "#note",
        "-",
        "<b>gras</b>",
        "a < b & c",
        "&lt;p&gt;",
        "<!-- rien -->",
        "Un ; deux",
        "  espaces  ",
        "ligne\r\nautre\n\n\n\nfin",
        "é!",
        "É",
        "\ufffe\x0b",
        "]]>",
        "</script>",
    ]
)
LINES = st.one_of(ODD, st.text(SIGNS, max_size=12))
NAMES = LINES.filter(bool)
TITLES = st.one_of(ODD, st.text(SIGNS, min_size=1, max_size=12))
KEYS = st.one_of(
    st.uuids().map(str),
    st.sampled_from(["ABC123", "K7", "A-001", "42", "denise", "#9", "=A1", "é", "É"]),
    st.text(SIGNS, min_size=1, max_size=8),
)
CODES = st.sampled_from(["fr", "en", "bi", "de", "fr-CA"])
FACETS = st.sampled_from(["theme", "kind", "audience"])
COLOURS = st.sampled_from(["", "1e3a5f", "ffffff"])
MAYBE_NUMBERS = st.one_of(st.none(), st.integers(0, 300))
LINKS = st.tuples(LINES, st.sampled_from(["https://example.org/é?a=b&c", "mailto:a@example.org", "javascript:x", ""]))
EXTRAS = st.sampled_from(
    [
        {},
        {"recording_license": "CC BY", "do_not_record": True},
        {"logo": "https://example.org/logo.png", "attachments": [{"url": "https://example.org/a.pdf", "title": "A"}]},
        {"logo": "/media/a.png", "feedback_url": 3, "slots": {"A-001": {"do_not_record": True}}, "autre": {"x": [1]}},
    ]
)
FIRST = date(2027, 11, 6)
"""The clocks go back in the night that follows."""


@st.composite
def programmes(draw: st.DrawFn) -> ImportedProgramme:
    rooms = draw(st.lists(_rooms(), max_size=3, unique_by=lambda room: room.name))
    labels = draw(st.lists(_labels(), max_size=5, unique_by=lambda label: (label.facet, label.name_fr)))
    speakers = draw(st.lists(_speakers(), max_size=3, unique_by=lambda speaker: speaker.key))
    activities = draw(st.lists(_activities(labels, speakers), min_size=1, max_size=4, unique_by=lambda each: each.key))
    return ImportedProgramme(
        title=draw(TITLES),
        slug=draw(st.sampled_from(["jn2027", "journees-2027", "jn"])),
        starts_on=FIRST,
        ends_on=FIRST + timedelta(days=draw(st.integers(0, 2))),
        time_zone="America/Toronto",
        rooms=tuple(rooms),
        speakers=tuple(speakers),
        labels=tuple(labels),
        activities=tuple(_in_turn(activities, [room.name for room in rooms], draw)),
    )


def stored_of(programme: ImportedProgramme, *, slug: str = "", title_en: str = "") -> StoredProgramme:
    """What the database would say after importing it into an edition that did not exist."""
    facts = wanted_programme(programme, StoredProgramme(), default_seats=None)
    numbered = enumerate(facts.slots)
    slots = {key: StoredSlot(id=number, updated_at=datetime(2027, 1, 1, tzinfo=UTC)) for number, key in numbered}
    return StoredProgramme(facts=facts, edition_id=1, slug=slug or programme.slug, title_en=title_en, slots=slots)


def publication_of(stored: StoredProgramme, language: Language = "fr") -> Publication:
    """With pages at addresses that say nothing of the edition."""
    programme = told(stored)
    return Publication(
        programme=programme,
        title=(stored.title_en or programme.title) if language == "en" else programme.title,
        language=language,
        days=days_told(programme),
        base_url="https://example.org/",
        url="https://example.org/programme",
        activities={each.key: f"https://example.org/{number}" for number, each in enumerate(programme.activities)},
        speakers={each.key: "https://example.org/qui" for each in programme.speakers},
    )


def _rooms() -> st.SearchStrategy[ImportedRoom]:
    return st.builds(
        ImportedRoom,
        name=NAMES,
        name_en=LINES,
        venue=LINES,
        address=LINES,
        capacity=MAYBE_NUMBERS,
        workstations=MAYBE_NUMBERS,
        step_free=st.sampled_from([None, True, False]),
        extra=st.sampled_from([{}, {"guid": "0b0a79ba-6d0e-4e4a-8f2c-2f3c7d1f2a11", "étage": "2"}]),
        equipment_fr=LINES,
    )


def _labels() -> st.SearchStrategy[ImportedLabel]:
    return st.builds(ImportedLabel, facet=FACETS, name_fr=NAMES, name_en=LINES, colour=COLOURS, description_fr=LINES)


def _speakers() -> st.SearchStrategy[ImportedSpeaker]:
    return st.builds(
        ImportedSpeaker,
        key=KEYS,
        name=NAMES,
        organisation=LINES,
        ambassador=st.booleans(),
        biography_fr=LINES,
        biography_en=LINES,
        portrait=st.just("abc"),
    )


def _activities(labels: list[ImportedLabel], speakers: list[ImportedSpeaker]) -> st.SearchStrategy[ImportedActivity]:
    def names_of(facet: str) -> st.SearchStrategy[str]:
        return st.sampled_from(["", *(label.name_fr for label in labels if label.facet == facet)])

    keys = [speaker.key for speaker in speakers]
    slots = st.lists(st.builds(_slot, KEYS), max_size=3, unique_by=lambda slot: slot.key)
    return st.builds(
        ImportedActivity,
        key=KEYS,
        title_fr=TITLES,
        title_en=LINES,
        subtitle=LINES,
        summary_fr=LINES,
        summary_en=LINES,
        description_fr=LINES,
        description_en=LINES,
        kind=names_of("kind"),
        theme=names_of("theme"),
        audience=names_of("audience"),
        language=CODES,
        speakers=st.lists(st.sampled_from(keys), unique=True).map(tuple) if keys else st.just(()),
        slots=slots.map(tuple),
        links=st.lists(LINKS, max_size=2).map(tuple),
        extra=EXTRAS,
        minutes=st.just(45),
        needs_workstations=st.booleans(),
    )


def _slot(key: str) -> ImportedSlot:
    moment = datetime(2027, 11, 6, tzinfo=UTC)
    return ImportedSlot(key=key, starts_at=moment, ends_at=moment)


def _clear(moment: datetime) -> datetime:
    """Past the hour that the clocks show twice: a sheet cannot say which of the two a slot touches."""
    first, after = datetime(2027, 11, 7, 5, tzinfo=UTC), datetime(2027, 11, 7, 7, tzinfo=UTC)
    return after if first <= moment < after else moment


def _in_turn(activities: list[ImportedActivity], rooms: list[str], draw: st.DrawFn) -> list[ImportedActivity]:
    """One slot after the other, so that no two meet in a room; through the night, and past the change of the clocks."""
    moment = datetime(2027, 11, 6, 13, tzinfo=UTC)
    placed = []
    for activity in activities:
        slots = []
        for slot in activity.slots:
            start = _clear(moment + timedelta(minutes=draw(st.sampled_from([0, 15, 240]))))
            moment = start + timedelta(
                minutes=draw(st.sampled_from([1, 45, 90, 600])), seconds=draw(st.sampled_from([0, 30]))
            )
            moment = _clear(moment)
            room = draw(st.sampled_from([None, *rooms]))
            slots.append(
                replace(slot, starts_at=start, ends_at=moment, room=room, seats=draw(st.sampled_from([None, 12])))
            )
        placed.append(replace(activity, slots=tuple(slots)))
    return placed
