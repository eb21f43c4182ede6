"""Whatever came before: after importing a programme, the database says what that programme says."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digital_days.kernel import database
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)
from tests.scheduling.domain.programmes import at, every_row, imported, programme, rows

OF_IT = """
    (SELECT id FROM edition WHERE CASE WHEN {draft} THEN draft_of IS NOT NULL ELSE draft_of IS NULL END)
"""
SAID = {
    "edition": "SELECT name_fr, starts_on, ends_on FROM edition WHERE draft_of IS NULL",
    "room": "SELECT name, venue, capacity, step_free, position FROM room WHERE edition = {of} ORDER BY position",
    "label": "SELECT facet, name_fr, name_en, colour, position FROM label WHERE edition = {of} ORDER BY position",
    "speaker": """
        SELECT source_id, name, ambassador, biography_fr FROM speaker WHERE edition = {of} ORDER BY source_id
    """,
    "activity": """
        SELECT a.source_id, title_fr, summary_fr, a.links::text, a.extra::text, search_key, k.name_fr, t.name_fr,
            ARRAY(SELECT s.source_id FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
                  WHERE l.activity = a.id ORDER BY l.position)
        FROM activity a LEFT JOIN label k ON k.id = a.kind LEFT JOIN label t ON t.id = a.theme
        WHERE a.edition = {of} ORDER BY a.source_id
    """,
    "slot": """
        SELECT a.source_id, s.source_id, starts_at, ends_at, r.name, seats, taken, state
        FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room
        WHERE a.edition = {of} ORDER BY 1, 2
    """,
}
NAMES = st.sampled_from(["a", "b", "É", "é!"])
TEXTS = st.sampled_from(["", "Un", "Deux, « trois »", "'; --", "😀"])
VALUES = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)


def unique(things: st.SearchStrategy[Any], key: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(things, unique_by=key, max_size=4).map(tuple)


ROOMS = unique(
    st.builds(
        ImportedRoom,
        name=NAMES,
        venue=TEXTS,
        capacity=st.integers(0, 9),
        workstations=st.just(0),
        step_free=st.booleans(),
    ),
    lambda room: room.name,
)
LABELS = unique(
    st.builds(
        ImportedLabel, facet=st.sampled_from(["kind", "theme"]), name_fr=NAMES, name_en=TEXTS, colour=st.just("")
    ),
    lambda label: (label.facet, label.name_fr),
)
SPEAKERS = unique(
    st.builds(
        ImportedSpeaker,
        key=NAMES,
        name=TEXTS,
        organisation=TEXTS,
        ambassador=st.booleans(),
        biography_fr=TEXTS,
        biography_en=TEXTS,
        extra=st.just({}),
    ),
    lambda speaker: speaker.key,
)


@st.composite
def programmes(draw: st.DrawFn) -> ImportedProgramme:
    rooms, labels, speakers = draw(ROOMS), draw(LABELS), draw(SPEAKERS)
    slots = st.builds(
        ImportedSlot,
        key=NAMES,
        starts_at=st.integers(8, 12).map(at),
        ends_at=st.integers(13, 17).map(at),
        room=st.sampled_from([None, *(room.name for room in rooms)]),
        seats=st.integers(0, 3),
    )
    activities = st.builds(
        ImportedActivity,
        key=NAMES,
        title_fr=TEXTS,
        title_en=st.just(""),
        summary_fr=TEXTS,
        kind=st.sampled_from(["", *(label.name_fr for label in labels if label.facet == "kind")]),
        theme=st.sampled_from(["", *(label.name_fr for label in labels if label.facet == "theme")]),
        speakers=st.lists(st.sampled_from([speaker.key for speaker in speakers] or [""])).map(
            lambda keys: tuple(key for key in keys if key)
        ),
        slots=unique(slots, lambda slot: slot.key),
        links=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
        extra=st.dictionaries(TEXTS, VALUES, max_size=2),
    )
    return programme(
        *draw(unique(activities, lambda activity: activity.key)),
        title=draw(TEXTS),
        rooms=rooms,
        labels=labels,
        speakers=speakers,
    )


@st.composite
def pairs(draw: st.DrawFn) -> tuple[ImportedProgramme, ImportedProgramme]:
    """Two programmes that have nothing to do with each other, or one and a later version of it."""
    first = draw(programmes())
    return first, draw(st.one_of(programmes(), later_versions(first)))


@st.composite
def later_versions(draw: st.DrawFn, first: ImportedProgramme) -> ImportedProgramme:
    return replace(
        first,
        rooms=tuple(replace(room, venue=draw(TEXTS)) for room in draw(st.permutations(first.rooms))),
        labels=tuple(replace(label, name_en=draw(TEXTS)) for label in draw(st.permutations(first.labels))),
        speakers=tuple(replace(speaker, name=draw(TEXTS)) for speaker in first.speakers),
        activities=tuple(
            replace(
                activity,
                title_fr=draw(st.one_of(st.just(activity.title_fr), TEXTS)),
                speakers=tuple(draw(st.permutations(activity.speakers))),
                slots=tuple(slot for slot in activity.slots if draw(st.integers(0, 3))),
            )
            for activity in first.activities
            if draw(st.integers(0, 3))
        ),
    )


class _DoneError(Exception):
    pass


async def outcome(*wanted: ImportedProgramme) -> dict[str, Any]:
    """What the database says after these imports, and that the last one again writes nothing; then all is undone."""
    try:
        async with database.transaction():
            for each in wanted:
                report = await imported(each, replace=True)
                assert not report.errors
            before = await every_row()
            assert (await imported(wanted[-1], replace=True)).empty
            assert await every_row() == before
            of_it = OF_IT.format(draft=bool(report.blocked))  # what contradicts itself is in the draft
            said = {table: await rows(sql.format(of=of_it)) for table, sql in SAID.items()}
            raise _DoneError
    except _DoneError:
        return said


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=pairs())
async def test_import_leaves_what_a_fresh_edition_would_hold_whatever_came_before(
    pool: None, pair: tuple[ImportedProgramme, ImportedProgramme]
) -> None:
    first, second = pair
    assert await outcome(first, second) == await outcome(second)
