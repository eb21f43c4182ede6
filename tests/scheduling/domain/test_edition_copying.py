"""A copied edition has the earlier one's programme on its own days, and nobody of its people."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_days.kernel import database, editions
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.permissions import Role
from scheduling.domain.activity_rules import Rules, rule_book
from scheduling.domain.drafts import draft_of, without_cancelled
from scheduling.domain.edition_making import make_edition
from scheduling.domain.edition_rules import EditionRules, edition_rules_of, write_edition_rules
from scheduling.domain.edition_settings import EditionTexts, settings_of
from scheduling.domain.programme_facts import Facts
from scheduling.domain.shifted_programme import on_other_days
from scheduling.domain.stored_programme import stored_programme
from scheduling.imports.model import ImportedProgramme
from tests.desk_factories import give_place, make_attendee
from tests.factories import Made, grant, make_activity, make_person, make_room, make_slot
from tests.factories import make_edition as make_earlier
from tests.scheduling.domain.programmes import activity, imported, programme, rows, slot
from tests.scheduling.domain.test_importing_sequences import programmes
from tests.scheduling.programme_factories import make_label, make_speaker, mark
from tests.scheduling.releasing import release
from tests.scheduling.ruled import DIET, ask, ruled_slot

TEXTS = EditionTexts(name_fr="Journées 2028", starts_on=date(2028, 10, 19), ends_on=date(2028, 10, 20))


async def number_of(slug: str) -> int:
    [row] = await database.fetch("SELECT id FROM edition WHERE slug = $1", slug)
    return int(row["id"])


async def draft_facts(edition_id: int) -> Facts:
    return (await stored_programme(await draft_of(edition_id))).facts


async def people_counted() -> dict[str, int]:
    """How many rows of each table say something about somebody, or are somebody."""
    columns = await rows(
        """
        SELECT f.conrelid::regclass::text, c.attname::text FROM pg_constraint f
        JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = f.conkey[1]
        WHERE f.contype = 'f' AND f.confrelid IN (
            'person'::regclass, 'registration'::regclass, 'speaker'::regclass, 'release'::regclass
        )
        """
    )
    counts = {
        f"{table}.{column}": (await rows(f'SELECT count(*) FROM "{table}" WHERE "{column}" IS NOT NULL'))[0][0]
        for table, column in columns
    }
    for table in ("person", "speaker", "release", "registration", "place", "attendance", "consent"):
        counts[table] = (await rows(f"SELECT count(*) FROM {table}"))[0][0]
    return counts


class _DoneError(Exception):
    pass


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=programmes(), days=st.one_of(st.sampled_from([-221, -214, 143, 381]), st.integers(-900, 900)))
async def test_every_slot_keeps_its_hour_and_nobody_comes_along(pool: None, wanted: ImportedProgramme, days: int):
    shift = timedelta(days=days)
    try:
        async with database.transaction():
            await imported(wanted, replace=True)
            earlier = await number_of("journees")
            alice = await make_person("Alice Gagnon", "alice@example.ca")
            people = await people_counted()

            texts = EditionTexts(
                name_fr="Autre", starts_on=date(2027, 10, 21) + shift, ends_on=date(2027, 10, 22) + shift
            )
            await make_edition("autre", texts, by=alice, copied_from=earlier)

            before, after = await draft_facts(earlier), await draft_facts(await number_of("autre"))
            assert (after.rooms, after.labels, after.speakers) == (before.rooms, before.labels, {})
            assert after.slots == on_other_days(without_cancelled(before), shift)[0].slots
            assert [local(each.starts_at) for each in after.slots.values()] == [
                local(each.starts_at) for each in before.slots.values()
            ]
            grown = {what: count - people.get(what, 0) for what, count in (await people_counted()).items()}
            # the earlier edition's own draft was made, with its speakers
            own = {"speaker", "activity_speaker.speaker"}
            assert {what: by for what, by in grown.items() if by and what not in own} == {"role_grant.person": 1}
            raise _DoneError
    except _DoneError:
        pass


def local(moment: datetime) -> time:
    return moment.astimezone(TORONTO).time()


@pytest.fixture
async def earlier(db: None) -> Made:
    """An edition with one of everything, and people in all of it."""
    edition = await make_earlier()
    room = await make_room(edition)
    workshop = await make_activity(edition)
    await mark(workshop, "theme", await make_label(edition, "theme", "securite-2", "Sécurité"))
    await make_speaker(edition, "Denise Roy", activity=workshop)
    seated = await make_slot(workshop, room=room)
    await give_place(await make_attendee(edition), seated)
    await database.fetch(
        """UPDATE activity SET minutes = 90, needs_workstations = true, extra = '{"host": "Denise Roy"}'"""
    )
    await database.fetch(
        "INSERT INTO message_template (edition, name, subject_fr, body_fr) VALUES ($1, 'Rappel', 'À demain', 'Venez')",
        edition.id,
    )
    await database.fetch(
        "INSERT INTO opening_hours (edition, day, opens_at, closes_at) VALUES ($1, '2027-10-21', '8:00', '17:00')",
        await draft_of(edition.id),
    )
    return edition


async def copied(earlier: Made, texts: EditionTexts = TEXTS, slug: str = "jn2028") -> int:
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await make_edition(slug, texts, by=alice, copied_from=earlier.id)
    return await number_of(slug)


async def test_copy_has_rooms_themes_workshops_hours_and_templates_as_a_draft_and_no_people(earlier: Made):
    before = await people_counted()

    edition = await copied(earlier)

    grown = {what: count - before[what] for what, count in (await people_counted()).items() if count != before[what]}
    assert grown == {"person": 1, "role_grant.person": 1}
    draft = await draft_of(edition)
    assert await rows(f"SELECT 1 FROM activity WHERE edition = {edition}") == []
    assert await rows(
        f"""
        SELECT a.minutes, a.needs_workstations, a.extra::text, l.slug, r.name, s.seats, s.taken,
            s.starts_at AT TIME ZONE 'America/Toronto'
        FROM activity a JOIN slot s ON s.activity = a.id JOIN room r ON r.id = s.room JOIN label l ON l.id = a.theme
        WHERE a.edition = {draft}
        """
    ) == [(90, True, "{}", "securite-2", "Salle des Lilas", 12, 0, datetime.fromisoformat("2028-10-19T09:00"))]
    assert await rows(f"SELECT name, subject_fr FROM message_template WHERE edition = {edition}") == [
        ("Rappel", "À demain")
    ]
    assert await rows(f"SELECT day, opens_at FROM opening_hours WHERE edition = {draft}") == [
        (date(2028, 10, 19), time(8))
    ]


async def test_search_of_the_copy_finds_no_speaker(earlier: Made):
    draft = await draft_of(await copied(earlier))

    assert await rows(f"SELECT 1 FROM activity WHERE edition = {draft} AND search_key LIKE '%denise%'") == []


async def test_copy_says_of_itself_what_it_was_told_and_else_what_the_earlier_one_says(earlier: Made):
    said = await settings_of(
        await copied(
            earlier,
            EditionTexts(
                name_fr="Journées 2028",
                starts_on=date(2028, 10, 19),
                ends_on=date(2028, 10, 20),
                contact_email="a@b.example",
            ),
        )
    )

    assert (said.name_fr, said.name_en, said.place_fr, said.contact_email) == (
        "Journées 2028",
        "",
        "Lachute",
        "a@b.example",
    )
    assert (said.english_ground_fr, said.announced, said.registered) == ("", False, 0)


async def test_creator_organises_the_new_edition_and_nobody_else_does(earlier: Made):
    await grant(await make_person("Carl Roy", "carl@example.ca"), Role.ORGANISER, earlier)

    edition = await copied(earlier)

    assert await rows(
        f"SELECT p.name, g.role FROM role_grant g JOIN person p ON p.id = g.person WHERE g.edition = {edition}"
    ) == [("Alice Gagnon", "organiser")]


async def test_first_release_of_a_copy_announces_it_and_shows_what_was_copied(earlier: Made):
    edition = Made(await copied(earlier), "jn2028")

    await release(edition, override="D’abord sans intervenants")

    assert (await settings_of(edition.id)).announced
    assert await rows(f"SELECT title_fr FROM activity WHERE edition = {edition.id}") == [("Mots de passe solides",)]


async def test_edition_from_nothing_is_empty_and_not_announced(db: None):
    alice = await make_person("Alice Gagnon", "alice@example.ca")

    await make_edition("jn2028", TEXTS, by=alice)

    edition = await number_of("jn2028")
    assert await draft_facts(edition) == Facts(edition=(await stored_programme(edition)).facts.edition)
    assert not (await settings_of(edition)).announced


async def test_what_was_cancelled_does_not_come_back(db: None):
    await imported(programme(activity("a", slot(), slot("2", 15))))
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE source_id = '2'")
    earlier = Made(await number_of("journees"), "journees")

    edition = await copied(earlier)

    assert list((await draft_facts(edition)).slots) == [("a", "1")]


@pytest.mark.usefixtures("committed")
async def test_of_two_people_who_want_one_address_one_gets_it_and_the_other_is_told():
    earlier = await make_earlier()
    await make_slot(await make_activity(earlier))
    people = [await make_person(name, f"{name}@example.ca") for name in ("alice", "carl", "dora")]

    outcomes = await asyncio.gather(
        *(make_edition("jn2028", TEXTS, by=person, copied_from=earlier.id) for person in people),
        return_exceptions=True,
    )

    assert sorted(map(repr, outcomes)) == ["None", "SlugTaken(slug='jn2028')", "SlugTaken(slug='jn2028')"]
    assert len(await rows("SELECT 1 FROM role_grant")) == 1
    assert len(await rows("SELECT 1 FROM edition WHERE draft_of IS NULL")) == 2
    assert len(await rows("SELECT 1 FROM edition WHERE draft_of IS NOT NULL")) == 2
    editions.forget()


@pytest.mark.usefixtures("db")
async def test_rules_come_along_on_the_new_days_and_no_answer_does():
    earlier, activity, slot = await ruled_slot(
        Rules(
            opens_at=datetime(2027, 9, 1, 12, tzinfo=UTC),  # 8 h
            reserved_seats=1,
            reserved_for="etudiants",
            reserved_until=datetime(2027, 10, 20, 13, tzinfo=UTC),  # 9 h
            questions=(DIET,),
        )
    )
    await write_edition_rules(earlier.id, EditionRules(most=2, most_until=datetime(2027, 10, 1, 4, tzinfo=UTC)))
    await ask(slot, "Bob", origin="desk", answers={"DIET": "Noix"})
    alice = await make_person("Alice Roy", "alice@example.ca")

    texts = EditionTexts(name_fr="Hiver", starts_on=date(2027, 12, 21), ends_on=date(2027, 12, 22))
    await make_edition("hiver", texts, by=alice, copied_from=earlier.id)

    copied = await number_of("hiver")
    rules = (await rule_book(copied)).rules[activity.code]
    of_edition = await edition_rules_of(copied)
    assert (rules.opens_at, rules.reserved_until) == (
        datetime(2027, 11, 1, 12, tzinfo=UTC),
        datetime(2027, 12, 20, 14, tzinfo=UTC),
    )
    assert (rules.reserved_seats, rules.reserved_for, rules.questions) == (1, "etudiants", (DIET,))
    assert (of_edition.most, of_edition.most_until) == (2, datetime(2027, 12, 1, 5, tzinfo=UTC))
