"""Releases: the draft becomes public, whole and at once, and what was public stays on record."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, structs

from digital_days.kernel import clock, database, editions, wake
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, TORONTO, _
from scheduling.domain.conflict_wording import in_words
from scheduling.domain.drafts import draft_of
from scheduling.domain.import_plan import Plan, compare
from scheduling.domain.import_refusals import too_few_seats
from scheduling.domain.moved_people import hold
from scheduling.domain.planned_programme import planned
from scheduling.domain.programme_facts import Facts, LabelKey, StoredProgramme
from scheduling.domain.programme_reading import programme_version
from scheduling.domain.publishing import Draft, publish
from scheduling.domain.renamed_labels import under_new_names
from scheduling.domain.stored_programme import stored_programme
from scheduling.domain.wanted_programme import with_remembered
from scheduling.engine.conflicts import conflicts

_TRIES = 10


class ReleasedMeanwhile(Conflict):
    message = N_("« %(name)s » vient d’être publiée pendant ce temps. Regardez de nouveau avant de publier.")


class DraftChanged(Conflict):
    message = N_("Le brouillon a changé depuis cet aperçu. Regardez de nouveau avant de publier.")


class NothingNew(Conflict):
    message = N_("Rien n’a changé depuis la dernière version publiée.")


class Blocked(Conflict):
    message = N_("Cette version se contredit : corrigez d’abord ce qui ne va pas ensemble.")


class ReasonNeeded(Invalid):
    message = N_("Écrivez pourquoi vous publiez malgré les avertissements.")


class TooBusy(Conflict):
    message = N_("Trop de personnes s’inscrivent en ce moment : rien n’a été publié. Recommencez dans un instant.")


class Release(Struct, frozen=True, kw_only=True):
    """What the public may know of it."""

    number: int
    name: str
    created_at: datetime


class Record(Release, frozen=True, kw_only=True):
    """What the organisers know besides: who published it, and why in spite of warnings."""

    by: str
    override: str


class Obstacles(Struct, frozen=True, kw_only=True):
    """Sentences: what blocks a release, and what needs a reason."""

    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()


class Seen(Struct, frozen=True, kw_only=True):
    """What an organiser has looked at: the last release's number (0: none) and the version of the draft."""

    after: int
    version: str


class Prepared(Struct, frozen=True, kw_only=True):
    """A release that could be made now: what changes in what is public, the addresses of new labels included."""

    seen: Seen
    public: StoredProgramme
    plan: Plan
    labels: Mapping[LabelKey, str]
    obstacles: Obstacles


class _OvertakenError(Exception):
    """Somebody took a place, or changed the draft, between two looks."""


async def releases_of(edition_id: int) -> list[Release]:
    """The latest first."""
    rows = await database.fetch(
        "SELECT number, name, created_at FROM release WHERE edition = $1 ORDER BY number DESC", edition_id
    )
    return [Release(**row) for row in rows]


async def release_records(edition_id: int) -> list[Record]:
    """The latest first."""
    rows = await database.fetch(
        """
        SELECT r.number, r.name, r.created_at, r.override, coalesce(p.name, '') AS by
        FROM release r LEFT JOIN person p ON p.id = r.by WHERE r.edition = $1 ORDER BY r.number DESC
        """,
        edition_id,
    )
    return [Record(**row) for row in rows]


async def prepared(edition_id: int) -> Prepared:
    """What a release would change, and what stands in its way. Makes the draft where there is none."""
    draft_id = await draft_of(edition_id)
    public = await stored_programme(edition_id)
    return await _prepared(edition_id, draft_id, public)


async def publish_release(edition_id: int, *, name: str, by: int, seen: Seen, override: str = "") -> int:
    """The new release's number. One transaction; everybody concerned is promised one message in it.

    Raises ``ReleasedMeanwhile`` or ``DraftChanged`` when there is something that ``seen`` has not seen, ``Blocked``,
    ``ReasonNeeded``, ``NothingNew``, or ``TooBusy``.
    """
    draft_id = await draft_of(edition_id)
    for _attempt in range(_TRIES):
        try:
            async with database.transaction():
                number = await _publish(edition_id, draft_id, Draft(name=name, by=by, override=override), seen)
        except _OvertakenError:
            continue
        editions.forget()
        wake.soon()
        return number
    raise TooBusy


async def _publish(edition_id: int, draft_id: int, release: Draft, seen: Seen) -> int:
    # Registrations refer to the edition: NO KEY lets them, and only them, go on meanwhile.
    edition = await database.fetch_one("SELECT slug FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
    if edition is None:
        raise LookupError(f"there is no edition {edition_id}")
    public = await stored_programme(edition_id)
    found = await _prepared(edition_id, draft_id, public)
    await _check(edition_id, found, release, seen)
    plan = found.plan
    moving = [public.slots[key].id for key in (*plan.moved, *plan.cancelled, *plan.slots.removed)]
    touched = [public.slots[key].id for key in (*plan.slots.changed, *plan.slots.removed)]
    if touched:
        if not await hold(touched, people_in=moving):
            raise _OvertakenError
        public = await stored_programme(edition_id)  # seats taken while we were waiting
        found = await _prepared(edition_id, draft_id, public)
        await _check(edition_id, found, release, seen)
    if await programme_version(draft_id) != seen.version:  # read while somebody wrote
        raise DraftChanged
    return await publish(
        found.plan,
        found.public,
        release,
        edition_id=edition_id,
        slug=edition["slug"],
        now=clock.now(),
        labels=found.labels,
    )


async def _prepared(edition_id: int, draft_id: int, public: StoredProgramme) -> Prepared:
    version = await programme_version(draft_id)
    draft = await stored_programme(draft_id)
    public = under_new_names(public, draft.label_slugs)
    wanted = structs.replace(_to_publish(draft.facts), edition=public.facts.edition)
    plan = compare(public.facts, with_remembered(wanted, public))
    last = await database.fetch_one("SELECT max(number) AS number FROM release WHERE edition = $1", edition_id)
    return Prepared(
        seen=Seen(after=(last and last["number"]) or 0, version=version),
        public=public,
        plan=plan,
        labels=draft.label_slugs,
        obstacles=await _obstacles(draft_id, plan, public),
    )


def _to_publish(draft: Facts) -> Facts:
    """What has no time yet is not public, nor who has nothing to do with what is."""
    placed = {activity for activity, _slot in draft.slots}
    activities = {key: activity for key, activity in draft.activities.items() if key in placed}
    speaking = {speaker for activity in activities.values() for speaker in activity.speakers}
    speakers = {key: speaker for key, speaker in draft.speakers.items() if key in speaking}
    return structs.replace(draft, activities=activities, speakers=speakers)


async def _obstacles(draft_id: int, plan: Plan, public: StoredProgramme) -> Obstacles:
    programme = await planned(draft_id)
    found = conflicts(programme)
    seats = [
        _("%(place)s : %(remark)s", place=remark.place, remark=remark.message)
        for remark in too_few_seats(plan, public, TORONTO)
    ]
    return Obstacles(
        hard=(*(in_words(each, programme, dated=True) for each in found if each.hard), *seats),
        soft=tuple(in_words(each, programme, dated=True) for each in found if not each.hard),
    )


async def _check(edition_id: int, found: Prepared, release: Draft, seen: Seen) -> None:
    if found.seen.after != seen.after:
        (latest, *_earlier) = await releases_of(edition_id)
        raise ReleasedMeanwhile(name=latest.name)
    if found.seen.version != seen.version:
        raise DraftChanged
    if found.obstacles.hard:
        raise Blocked
    if found.obstacles.soft and not release.override.strip():
        raise ReasonNeeded
    if not found.plan and found.seen.after:
        raise NothingNew
