"""The programme comes in: one file, one plan, one transaction."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from digital_days.kernel import clock, database, editions, wake
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, TORONTO, _, format_date
from scheduling.domain import drafts, import_refusals
from scheduling.domain.contradictions import contradictions
from scheduling.domain.edition_slugs import problem_with, slug_from
from scheduling.domain.import_plan import Plan, compare
from scheduling.domain.import_report import Counts, ImportReport
from scheduling.domain.import_wording import Lines, lines
from scheduling.domain.moved_people import hold, places_in
from scheduling.domain.programme_facts import SlotKey, StoredProgramme
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.publishing import Draft, publish
from scheduling.domain.repeated_exports import repeated, wanted
from scheduling.domain.stored_programme import as_stored, stored_programme
from scheduling.imports.first_day import on_first_day
from scheduling.imports.model import ImportedActivity, ImportedProgramme, ImportedRoom, ImportedSpeaker, Remark
from scheduling.imports.reader import read

_TRIES = 10


class TooBusy(Conflict):
    message = N_("Trop de personnes s’inscrivent en ce moment : rien n’a été importé. Recommencez dans un instant.")


class _OvertakenError(Exception):
    """Somebody took a place, or made the edition, between two looks."""


async def import_file(
    data: bytes,
    *,
    filename: str,
    edition_slug: str | None,
    dry_run: bool,
    default_seats: int | None = None,
    replace: bool = False,
    first_day: date | None = None,
) -> ImportReport:
    """Reads the file and imports it, whole or not at all; see ``import_programme`` and ``on_first_day``."""
    known = await _edition(edition_slug, lock=False) if edition_slug else None
    title = known.facts.edition.title if known and known.facts.edition else ""
    # An edition that the caller names keeps its own: sheets have none to say.
    reading = await asyncio.to_thread(read, data, filename=filename, title=title, slug=edition_slug or "")
    if first_day:
        reading = on_first_day(reading, first_day)
    if reading.programme is None:
        return ImportReport(edition=edition_slug or "", dry_run=dry_run, errors=reading.errors, repairs=reading.repairs)
    return await import_programme(
        reading.programme,
        edition_slug=edition_slug,
        dry_run=dry_run,
        default_seats=default_seats,
        replace=replace,
        repairs=reading.repairs,
    )


async def import_programme(
    programme: ImportedProgramme,
    *,
    edition_slug: str | None,
    dry_run: bool,
    default_seats: int | None = None,
    replace: bool = False,
    repairs: tuple[Remark, ...] = (),
) -> ImportReport:
    """Makes the edition say what the programme says; the same programme again changes nothing.

    The edition is the one named, else the programme's own, made if there is none. What the programme does not
    mention is removed; slots that people asked for are cancelled instead, and people are told by mail. What a
    silent programme leaves as it is: see ``wanted_programme``; one that only repeats our own: ``repeated_exports``.
    Refused, with nothing written, when a place would be lost to fewer seats, or (unless ``replace``) when not one of
    the edition's activities is in the programme. What needs a room or a speaker twice at once goes to the draft
    alone, and the report says why; anything else is a new release. Imports of one edition wait for one another.
    Raises ``TooBusy``.
    """
    slug = edition_slug or slug_from(programme.slug)
    programme = await _as_the_database_will_give_it_back(programme)
    for _attempt in range(_TRIES):
        try:
            async with database.transaction():
                report = await _import(programme, slug, dry_run, default_seats, replace)
        except _OvertakenError:
            continue
        if not dry_run:
            editions.forget()
            wake.soon()
        return _with_repairs(report, repairs)
    raise TooBusy


def _with_repairs(report: ImportReport, repairs: tuple[Remark, ...]) -> ImportReport:
    return structs.replace(report, repairs=repairs)


async def _import(
    programme: ImportedProgramme, slug: str, dry_run: bool, default_seats: int | None, replacing: bool
) -> ImportReport:
    stored = await _edition(slug, lock=not dry_run) or StoredProgramme()
    repeats = repeated(programme, stored)
    plan = compare(stored.facts, wanted(repeats, stored, default_seats=default_seats))
    touched = [stored.slots[key].id for key in (*plan.slots.changed, *plan.slots.removed)]
    if touched and not dry_run:
        moving = [stored.slots[key].id for key in (*plan.moved, *plan.cancelled, *plan.slots.removed)]
        if not await hold(touched, people_in=moving):
            raise _OvertakenError
        stored = await _edition(slug, lock=True) or stored  # seats taken while we were waiting
        repeats = repeated(programme, stored)
        plan = compare(stored.facts, wanted(repeats, stored, default_seats=default_seats))
    zone = ZoneInfo(programme.time_zone)
    errors = list(_refusals(repeats.file, plan, stored, slug, zone, replacing=replacing))
    if errors:
        return ImportReport(edition=slug, dry_run=dry_run, errors=tuple(errors), counts=_counts(programme))
    if blocked := contradictions(plan.after):
        change = await _into_draft(programme, plan, stored, slug, dry_run, default_seats)
        return _report(change, programme, slug, dry_run, people={}, blocked=blocked)
    people = await _people(plan, stored)
    if plan and not dry_run:
        await _write(plan, stored, slug)
    return _report(plan, programme, slug, dry_run, people=people)


def _report(
    plan: Plan,
    programme: ImportedProgramme,
    slug: str,
    dry_run: bool,
    *,
    people: Mapping[SlotKey, int],
    blocked: tuple[str, ...] = (),
) -> ImportReport:
    said: Lines = lines(plan, ZoneInfo(programme.time_zone), people)
    return ImportReport(
        edition=slug,
        dry_run=dry_run,
        added=said.added,
        changed=said.changed,
        removed=said.removed,
        counts=structs.replace(
            _counts(programme),
            places_cancelled=sum(people.get(key, 0) for key in plan.cancelled),
            places_moved=sum(people.get(key, 0) for key in plan.moved),
        ),
        blocked=blocked,
    )


async def _edition(slug: str, *, lock: bool) -> StoredProgramme | None:
    # Registrations refer to the edition: NO KEY lets them, and only them, go on meanwhile.
    row = await database.fetch_one(
        f"SELECT id FROM edition WHERE slug = $1 {'FOR NO KEY UPDATE' if lock else ''}", slug
    )
    return await stored_programme(row["id"]) if row else None


def _refusals(
    programme: ImportedProgramme,
    plan: Plan,
    stored: StoredProgramme,
    slug: str,
    zone: ZoneInfo,
    *,
    replacing: bool,
) -> Iterator[Remark]:
    if stored.edition_id is None and (problem := problem_with(slug)):
        yield Remark(_("édition"), problem)
    yield from import_refusals.too_long(plan)
    yield from import_refusals.too_few_seats(plan, stored, zone)
    if not replacing:
        yield from import_refusals.foreign_file(programme, stored)


async def _people(plan: Plan, stored: StoredProgramme) -> dict[SlotKey, int]:
    concerned = {stored.slots[key].id: key for key in (*plan.moved, *plan.cancelled)}
    places = await places_in(concerned) if concerned else {}
    return {concerned[slot]: count for slot, count in places.items()}


async def _write(plan: Plan, stored: StoredProgramme, slug: str) -> None:
    edition_id = await _write_edition(plan, stored, slug)
    now = clock.now()
    release = Draft(name=_("Programme importé le %(day)s", day=format_date(now.astimezone(TORONTO).date())))
    await publish(plan, stored, release, edition_id=edition_id, slug=slug, now=now)
    await drafts.renew(edition_id)


async def _into_draft(
    programme: ImportedProgramme,
    plan: Plan,
    stored: StoredProgramme,
    slug: str,
    dry_run: bool,
    default_seats: int | None,
) -> Plan:
    """What contradicts itself is not published: the draft says it, and shows where."""
    if dry_run:
        draft = stored
    else:
        draft = await stored_programme(await drafts.draft_of(await _write_edition(plan, stored, slug)))
    draft = structs.replace(draft, slug=slug)  # files name what they speak of after the edition, not its draft
    after = wanted(repeated(programme, draft), draft, default_seats=default_seats)
    change = compare(draft.facts, structs.replace(after, edition=draft.facts.edition))
    if not dry_run and draft.edition_id:
        await write_programme(change, draft, edition_id=draft.edition_id, now=clock.now())
    return change


async def _write_edition(plan: Plan, stored: StoredProgramme, slug: str) -> int:
    edition = plan.after.edition
    if edition is None:  # pragma: no cover - a programme always has a title and days
        raise ValueError(slug)
    if stored.edition_id is not None and plan.edition[0] == edition:
        return stored.edition_id
    extra = msgspec.json.encode(edition.extra).decode()
    said = (edition.title, edition.starts_on, edition.ends_on, extra)
    if stored.edition_id is not None:
        await database.fetch(
            "UPDATE edition SET name_fr = $2, starts_on = $3, ends_on = $4, extra = $5 WHERE id = $1",
            stored.edition_id,
            *said,
        )
        return stored.edition_id
    row = await database.fetch_one(
        """
        INSERT INTO edition (slug, name_fr, starts_on, ends_on, extra) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (slug) DO NOTHING RETURNING id
        """,
        slug,
        *said,
    )
    if row is None:
        raise _OvertakenError
    return int(row["id"])


def _counts(programme: ImportedProgramme) -> Counts:
    return Counts(
        rooms=len(programme.rooms),
        speakers=len(programme.speakers),
        labels=len(programme.labels),
        activities=len(programme.activities),
        slots=sum(len(activity.slots) for activity in programme.activities),
    )


async def _as_the_database_will_give_it_back(programme: ImportedProgramme) -> ImportedProgramme:
    things: tuple[ImportedActivity | ImportedRoom | ImportedSpeaker, ...]
    things = (*programme.activities, *programme.rooms, *programme.speakers)
    own, *others = await as_stored([programme.extra, *(thing.extra for thing in things)])
    kept = iter(others)
    return structs.replace(
        programme,
        extra=own,
        activities=tuple(structs.replace(activity, extra=next(kept)) for activity in programme.activities),
        rooms=tuple(structs.replace(room, extra=next(kept)) for room in programme.rooms),
        speakers=tuple(structs.replace(speaker, extra=next(kept)) for speaker in programme.speakers),
    )
