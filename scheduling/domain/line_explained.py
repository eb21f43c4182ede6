"""A slot's waiting list as its organisers see it: who is next, and why each one was or was not offered a place."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_, _, format_day, format_time, localized
from scheduling.domain.waiting import State


class Line(Struct, frozen=True, kw_only=True):
    """A slot where somebody waits, or has waited."""

    slot: str
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    seats: int | None
    taken: int
    held: int
    waiting: int

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened to an entry, in a sentence."""

    at: datetime
    said: str


class Explained(Struct, frozen=True, kw_only=True):
    """Somebody in a line. ``why_not`` says why they would be passed over now; empty for who is next or not waiting."""

    code: str
    name: str
    state: State
    position: int | None
    joined_at: datetime
    deadline: datetime | None
    audience: str
    why_not: str
    is_next: bool
    events: Sequence[Event]

    @property
    def is_waiting(self) -> bool:
        """Whether they can be moved."""
        return self.state == "waiting"

    @property
    def is_in_line(self) -> bool:
        """Whether they wait, or are asked right now."""
        return self.state in ("waiting", "offered")


_WHY_NOT = {
    "busy": N_("Son agenda a autre chose à ce moment-là : la place irait à la personne suivante."),
    "limit": N_("A déjà le plus grand nombre d’ateliers permis : la place irait à la personne suivante."),
    "reserved": N_("Les places libres sont gardées pour un autre public : elles ne lui sont pas offertes."),
}
_NONE_FREE = N_("Attend son tour : aucune place n’est libre.")
_NEXT = N_("La prochaine place libérée lui sera offerte.")
_SAID = {
    "joined": N_("S’est mise sur la liste d’attente."),
    "offered": N_("Une place lui a été offerte."),
    "accepted": N_("A pris la place."),
    "declined": N_("A refusé la place."),
    "expired": N_("N’a pas répondu à temps : la place n’était plus gardée."),
    "left": N_("A quitté la liste."),
    "removed": N_("Retirée de la liste par %(who)s : %(words)s"),
    "moved": N_("Déplacée du numéro %(before)s au numéro %(after)s par %(who)s : %(words)s"),
    "withdrawn:overlap": N_("A pris une place à une autre activité au même moment."),
    "passed:busy": N_("Une place était libre, mais son agenda avait autre chose à ce moment-là."),
    "passed:limit": N_("Une place était libre, mais elle avait déjà le plus grand nombre d’ateliers permis."),
    "passed:reserved": N_("Une place était libre, mais gardée pour un autre public."),
    "closed:called_off": N_("La liste a fermé : l’activité n’aura pas lieu."),
    "closed:free": N_("La liste a fermé : l’entrée est libre."),
    "closed:over": N_("La liste a fermé : il n’était plus temps de s’inscrire."),
}


async def lines_of_edition(edition_id: int) -> list[Line]:
    """Every slot that has or had a line, by time; one query."""
    rows = await database.fetch(
        """
        SELECT s.code AS slot, a.title_fr, a.title_en, s.starts_at, s.ends_at, s.seats, s.taken, s.held,
            count(*) FILTER (WHERE w.state = 'waiting') AS waiting
        FROM waiting_entry w JOIN slot s ON s.id = w.slot JOIN activity a ON a.id = s.activity
        WHERE a.edition = $1 GROUP BY s.id, a.id ORDER BY s.starts_at, s.id
        """,
        edition_id,
    )
    return [Line(**row) for row in rows]


async def explained(edition_id: int, slot: str) -> list[Explained]:
    """Everybody who stands or stood in the line of this slot, in order, those out of it last; two queries."""
    now = clock.now()
    rows = await database.fetch(
        """
        SELECT w.id, w.code, p.name, w.state, w.joined_at, w.deadline, w.audience,
            CASE w.state WHEN 'waiting' THEN row_number() OVER (PARTITION BY w.state ORDER BY w.rank, w.id) END
            AS position,
            CASE w.state WHEN 'waiting' THEN scheduling_why_not(w, $3) END AS why
        FROM waiting_entry w JOIN person p ON p.id = w.person JOIN slot s ON s.id = w.slot
        JOIN activity a ON a.id = s.activity
        WHERE a.edition = $1 AND s.code = $2
        ORDER BY w.state NOT IN ('offered', 'waiting'), w.state = 'waiting', w.rank, w.id
        """,
        edition_id,
        slot,
        now,
    )
    events = await _events([row["id"] for row in rows])
    first = next((row["id"] for row in rows if row["state"] == "waiting" and row["why"] not in _WHY_NOT), None)
    return [
        Explained(
            code=row["code"],
            name=row["name"],
            state=row["state"],
            position=row["position"],
            joined_at=row["joined_at"],
            deadline=row["deadline"],
            audience=row["audience"],
            why_not=_why_not(row, is_next=row["id"] == first),
            is_next=row["id"] == first,
            events=events.get(row["id"], []),
        )
        for row in rows
    ]


def _why_not(row: database.Row, *, is_next: bool) -> str:
    if row["state"] != "waiting":
        return ""
    return _(_NEXT) if is_next else _(_WHY_NOT.get(row["why"], _NONE_FREE))


async def _events(entries: Sequence[int]) -> dict[int, list[Event]]:
    rows = await database.fetch(
        """
        SELECT v.entry, v.kind, v.reason, v.words, v.at, coalesce(p.name, '') AS who
        FROM waiting_event v LEFT JOIN person p ON p.id = v.by WHERE v.entry = ANY($1) ORDER BY v.id
        """,
        list(entries),
    )
    found: dict[int, list[Event]] = {}
    for row in rows:
        found.setdefault(row["entry"], []).append(Event(at=row["at"], said=_sentence(row)))
    return found


def _sentence(row: database.Row) -> str:
    message = _SAID.get(row["kind"]) or _SAID[f"{row['kind']}:{row['reason']}"]
    before, _arrow, after = row["reason"].partition(">")
    words = _(row["words"]) if row["words"] else ""  # what the program wrote is of the catalogue; people's words stay
    return _(message, who=row["who"] or _("l’équipe"), words=words, before=before, after=after)


def when(moment: datetime) -> str:
    """« jeudi 21 octobre, 9 h »."""
    return f"{format_day(moment)}, {format_time(moment)}"
