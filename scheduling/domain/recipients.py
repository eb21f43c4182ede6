"""To whom organisers may write: a small table of conditions on people, with the words for each.

Members of groups without an address are written to through who registered them: once, for however many.
"""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_, _, format_day, format_time
from scheduling.domain.group_lines import label_of
from scheduling.domain.programme import Programme, Slot

EVERYONE = "everyone"

Choice = tuple[str, str]  # a target and its words, in the reader's language


class Recipient(Struct, frozen=True, kw_only=True):
    """Somebody who is written to; ``speaks_for`` counts members of their groups who have no address."""

    person: int
    name: str
    email: str
    locale: str
    speaks_for: int = 0


class Kind(Struct, frozen=True, kw_only=True):
    """``condition`` is about ``w``, a person, ``$1``, the edition, and ``$2``, the target that ``choices`` offers."""

    title: str
    condition: str
    choices: Callable[[Programme], Iterator[Choice]]


# The night belongs to the evening before, as in the programme.
_ON_DAY = "(s.starts_at AT TIME ZONE 'America/Toronto' - interval '6 hours')::date = $2::date"
_REGISTERED = "EXISTS (SELECT FROM registration g WHERE g.person = w.id AND g.edition = $1 AND g.state = 'active')"
_PLACES = """
    place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity LEFT JOIN label l ON l.id = a.audience
    WHERE p.person = w.id AND a.edition = $1 AND p.state = 'confirmed'
"""
_WAITS = """
    EXISTS (
        SELECT FROM waiting_entry e JOIN slot s ON s.id = e.slot JOIN activity a ON a.id = s.activity
        WHERE e.person = w.id AND a.edition = $1 AND e.state = 'waiting' AND s.code = $2
    )
"""


def _holders(condition: str) -> str:
    return f"{_REGISTERED} AND EXISTS (SELECT FROM {_PLACES} AND {condition})"


def _everyone(_programme: Programme) -> Iterator[Choice]:
    yield "", _("Toutes les personnes inscrites")


def _days(programme: Programme) -> Iterator[Choice]:
    for day in programme.days:
        if any(slot.day == day for slot in _with_places(programme)):
            yield day.isoformat(), _("Qui a une place le %(day)s", day=format_day(day))


def _audiences(programme: Programme) -> Iterator[Choice]:
    used = {slot.activity.labels["audience"].slug for slot in _with_places(programme) if _audience(slot)}
    for label in programme.labels.get("audience", ()):
        if label.slug in used:
            yield label.slug, _("Public : %(name)s", name=label.name)


def _activities(programme: Programme) -> Iterator[Choice]:
    codes = dict.fromkeys(slot.activity.code for slot in _with_places(programme))
    for code in codes:
        yield code, _("Activité : %(title)s", title=programme.activities[code].title)


def _slots(programme: Programme) -> Iterator[Choice]:
    for slot in _with_places(programme):
        yield slot.code, _moment(slot)


def _lines(programme: Programme) -> Iterator[Choice]:
    for slot in _with_places(programme):
        if not slot.left:
            yield slot.code, _("En attente : %(slot)s", slot=_moment(slot))


def _moment(slot: Slot) -> str:
    return _(
        "%(title)s, %(day)s à %(time)s",
        title=slot.activity.title,
        day=format_day(slot.starts_at),
        time=format_time(slot.starts_at),
    )


def _with_places(programme: Programme) -> list[Slot]:
    """Where entry is free nobody has a place, and nobody can be written to."""
    return [slot for slot in programme.slots if slot.seats is not None]


def _audience(slot: Slot) -> bool:
    return "audience" in slot.activity.labels


KINDS: dict[str, Kind] = {
    EVERYONE: Kind(title=N_("Tout le monde"), condition=f"{_REGISTERED} AND $2 = ''", choices=_everyone),
    "day": Kind(
        title=N_("Une journée"),
        condition=_holders(f"s.state = 'scheduled' AND {_ON_DAY}"),
        choices=_days,
    ),
    "audience": Kind(
        title=N_("Un public"), condition=_holders("s.state = 'scheduled' AND l.slug = $2"), choices=_audiences
    ),
    "activity": Kind(title=N_("Une activité"), condition=_holders("a.code = $2"), choices=_activities),
    "slot": Kind(title=N_("Une plage"), condition=_holders("s.code = $2"), choices=_slots),
    "waiting": Kind(title=N_("Une liste d’attente"), condition=_WAITS, choices=_lines),
}


# ``meant`` are those of whom the condition is true.
_BY_CONTACT = """
    meant m JOIN group_member x ON x.person = m.id
    JOIN group_registration q ON q.id = x.group_registration AND q.edition = $1 AND m.email = ''
"""


async def recipients_of(edition_id: int, kind: str, target: str) -> list[Recipient]:
    """Those of whom it is true now, or their contacts, each once, by name; whom no address reaches is left out."""
    rows = await database.fetch(
        f"""
        WITH {_meant(kind)}, reached AS (
            SELECT id AS person, 0 AS others FROM meant
            UNION ALL
            SELECT q.contact, 1 FROM {_BY_CONTACT}
        )
        SELECT w.id AS person, w.name, w.email, w.locale, sum(r.others)::int AS speaks_for
        FROM reached r JOIN person w ON w.id = r.person WHERE w.email <> ''
        GROUP BY w.id ORDER BY w.search_key, w.id
        """,
        edition_id,
        _target(kind, target),
    )
    return [Recipient(**row) for row in rows]


async def members_meant(edition_id: int, kind: str, target: str, contact: int) -> list[str]:
    """What the contact calls those of whom it is true now and who have no address, in the order of their groups."""
    rows = await database.fetch(
        f"""
        WITH {_meant(kind)} SELECT x.name, x.position, q.kind FROM {_BY_CONTACT}
        WHERE q.contact = $3 ORDER BY q.id, x.position
        """,
        edition_id,
        _target(kind, target),
        contact,
    )
    return [row["name"] or label_of(row["position"], row["kind"]) for row in rows]


def _meant(kind: str) -> str:
    return f"meant AS (SELECT w.id, w.email FROM person w WHERE {KINDS[kind].condition})"


def _target(kind: str, target: str) -> date | str:
    return date.fromisoformat(target) if kind == "day" else target


def words_for(programme: Programme, kind: str, target: str) -> str | None:
    """In the reader's language; none where the programme offers no such choice."""
    if kind not in KINDS:
        return None
    return dict(KINDS[kind].choices(programme)).get(target)
