"""An exhibitor's leads: what their visitors let it know, and what it notes about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import N_, TORONTO, _
from exhibitors.domain.first_names import first_name
from exhibitors.domain.sharing import NoSuchLead, tell_support

State = Literal["shared", "withdrawn", "declined", "unanswered", "unreachable"]
NextStep = Literal["", "call", "documents", "meeting", "support"]

STATES: dict[State, str] = {
    "shared": N_("Partage ses coordonnées"),
    "withdrawn": N_("A retiré son accord"),
    "declined": N_("N’a pas voulu partager"),
    "unanswered": N_("N’a pas encore répondu"),
    "unreachable": N_("Billet sans courriel : rien à partager"),
}
NEXT_STEPS: dict[NextStep, str] = {
    "": N_("Rien de prévu"),
    "call": N_("Appeler ou écrire"),
    "documents": N_("Envoyer de la documentation"),
    "meeting": N_("Fixer une rencontre"),
    "support": N_("Accompagnement par l’équipe de l’événement"),
}
INTEREST: dict[int, str] = {0: N_("Pas noté"), 1: N_("Faible"), 2: N_("Moyen"), 3: N_("Fort")}
LONGEST_NOTE = 2000


class Lead(Struct, frozen=True, kw_only=True):
    """``name`` and ``email`` are empty unless they are shared now; ``shared_at`` is when they were given."""

    code: str
    first_name: str
    name: str
    email: str
    state: State
    shared_at: datetime | None
    note: str
    interest: int
    next_step: NextStep
    scanned_at: datetime
    version: str

    @property
    def called(self) -> str:
        """As much of a name as the exhibitor may know."""
        return self.name or self.first_name or _("Sans prénom")

    @property
    def is_shared(self) -> bool:
        """Whether name and address are the exhibitor's to know now."""
        return self.state == "shared"

    @property
    def state_in_words(self) -> str:
        """What its visitor answered."""
        return _(STATES[self.state])

    @property
    def next_step_in_words(self) -> str:
        """What was agreed on."""
        return _(NEXT_STEPS[self.next_step])

    @property
    def interest_in_words(self) -> str:
        """From none to strong."""
        return _(INTEREST[self.interest])

    @property
    def day(self) -> date:
        """Of the first time the ticket was read, by the county's clocks."""
        return self.scanned_at.astimezone(TORONTO).date()


class Notes(Struct, frozen=True, kw_only=True):
    """What an exhibitor writes about a lead."""

    note: str
    interest: int
    next_step: NextStep


# A name leaves this query only where it is shared; what is given of the rest is the first name (first_names.py).
_LEADS = """
    SELECT l.code, p.name AS whole_name, CASE WHEN given.at IS NOT NULL THEN p.email ELSE '' END AS email,
        given.at AS shared_at, l.note, l.interest, l.next_step, l.scanned_at, l.updated_at::text AS version,
        CASE WHEN given.at IS NOT NULL THEN 'shared'
            WHEN EXISTS (SELECT FROM lead_consent c WHERE c.lead = l.id AND c.purpose = 'share') THEN 'withdrawn'
            WHEN l.declined_at IS NOT NULL THEN 'declined'
            WHEN p.email = '' THEN 'unreachable' ELSE 'unanswered' END AS state
    FROM lead l JOIN registration r ON r.id = l.registration JOIN person p ON p.id = r.person
    LEFT JOIN LATERAL (
        SELECT c.given_at AS at FROM lead_consent c
        WHERE c.lead = l.id AND c.purpose = 'share' AND c.withdrawn_at IS NULL
    ) given ON true
    WHERE l.exhibitor = $1
"""


async def leads_of(exhibitor_id: int) -> list[Lead]:
    """The last read first; one query."""
    return [_lead(row) for row in await database.fetch(f"{_LEADS} ORDER BY l.scanned_at DESC, l.id DESC", exhibitor_id)]


async def lead_called(exhibitor_id: int, code: str) -> Lead:
    """Raises ``NoSuchLead``, also for another exhibitor's."""
    row = await database.fetch_one(f"{_LEADS} AND l.code = $2", exhibitor_id, code)
    if row is None:
        raise NoSuchLead
    return _lead(row)


async def note_lead(exhibitor_id: int, code: str, said: Notes, *, version: str) -> None:
    """Raises ``NoSuchLead``, or ``ChangedMeanwhile`` where somebody else has noted something. One transaction."""
    async with database.transaction():
        row = await database.fetch_one(
            "SELECT id, updated_at::text AS version FROM lead WHERE exhibitor = $1 AND code = $2 FOR NO KEY UPDATE",
            exhibitor_id,
            code,
        )
        if row is None:
            raise NoSuchLead
        if row["version"] != version:
            raise ChangedMeanwhile
        await database.fetch(
            "UPDATE lead SET note = $2, interest = $3, next_step = $4, updated_at = $5 WHERE id = $1",
            row["id"],
            said.note,
            said.interest,
            said.next_step,
            clock.now(),
        )
        await tell_support(row["id"])


def per_day(leads: Sequence[Lead]) -> Mapping[date, int]:
    """How many visitors were met on which day, the first day first."""
    return dict(sorted(Counter(lead.day for lead in leads).items()))


def _lead(row: database.Row) -> Lead:
    known = {name: row[name] for name in Lead.__struct_fields__ if name not in ("first_name", "name")}
    shared = row["state"] == "shared"
    return Lead(**known, first_name=first_name(row["whole_name"]), name=row["whole_name"] if shared else "")
