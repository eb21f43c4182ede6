"""What an exhibitor still has to do, and until when: stored nowhere, computed from what is there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_, TORONTO, _, format_date
from digital_days.kernel.web.urls import url

Kind = Literal["booth", "profile", "insurance", "payment", "badges", "arrival"]
State = Literal["done", "todo", "late", "checking", "later"]

NAMES: dict[Kind, str] = {
    "booth": N_("Choisir un kiosque"),
    "profile": N_("Compléter et publier la fiche"),
    "insurance": N_("Envoyer la preuve d’assurance"),
    "payment": N_("Payer la facture"),
    "badges": N_("Nommer les personnes du kiosque"),
    "arrival": N_("Choisir l’heure d’arrivée"),
}
ROUTES: dict[Kind, str] = {
    "booth": "exhibitors:booth",
    "profile": "exhibitors:profile",
    "insurance": "exhibitors:documents",
    "payment": "exhibitors:own-invoices",
    "badges": "exhibitors:team",
    "arrival": "exhibitors:arrival",
}
"""Where each is done: pages of an edition and an exhibitor."""
_LATER = {
    "booth": N_("La réservation n’est pas encore ouverte"),
    "payment": N_("La facture n’est pas encore émise"),
}


class Task(Struct, frozen=True, kw_only=True):
    """``due`` is the last day; ``later``: nothing can be done yet; ``reason``: why what was sent is refused."""

    kind: Kind
    state: State
    due: date | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        """What is to be done."""
        return _(NAMES[self.kind])

    def path(self, edition_slug: str, exhibitor: str) -> str:
        """Where the exhibitor does it."""
        return url(ROUTES[self.kind], edition_slug=edition_slug, exhibitor=exhibitor)

    @property
    def is_left(self) -> bool:
        """Whether the exhibitor has to do something about it now."""
        return self.state in ("todo", "late")

    @property
    def state_in_words(self) -> str:
        """With its last day where it is still to be done."""
        if self.state == "later":
            return _(_LATER[self.kind])
        if self.state in ("done", "checking"):
            return _("Fait") if self.state == "done" else _("En vérification")
        if self.due is None:
            return _("À faire")
        day = format_date(self.due)
        if self.state == "late":
            return _("En retard : c’était à faire au plus tard le %(day)s", day=day)
        return _("À faire au plus tard le %(day)s", day=day)


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of an accepted exhibitor; amounts in cents."""

    code: str
    name: str
    in_quebec: bool
    listed: bool
    needs_insurance: bool
    price_cents: int
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    profile_due: date | None
    insurance_due: date | None
    payment_due: date | None
    badges_due: date | None
    arrival_due: date | None
    has_booth: bool
    insurance: str
    insurance_reason: str
    invoices: int
    billed_cents: int
    paid_cents: int
    has_badges: bool
    has_slots: bool
    has_arrival: bool


class Checklist(Struct, frozen=True, kw_only=True):
    """One exhibitor's; nothing on it before it is accepted."""

    code: str
    name: str
    in_quebec: bool
    tasks: tuple[Task, ...]

    @property
    def left(self) -> list[Task]:
        """What the exhibitor has to do, late or not, in the order of the list."""
        return [task for task in self.tasks if task.is_left]

    @property
    def done(self) -> int:
        """How many are behind them."""
        return sum(task.state == "done" for task in self.tasks)


_FACTS = """
    SELECT x.code, x.name, x.in_quebec, x.listed, c.needs_insurance,
        greatest(c.price_cents, coalesce(b.price_cents, 0), coalesce(b.extras_cents, 0)) AS price_cents,
        f.booking_opens_at, f.booking_closes_at, f.profile_due, f.insurance_due,
        coalesce(f.payment_due, i.due_on) AS payment_due, f.badges_due, f.arrival_due,
        b.price_cents IS NOT NULL AS has_booth,
        coalesce(d.state, '') AS insurance, coalesce(d.reason, '') AS insurance_reason,
        i.invoices, i.billed_cents,
        (SELECT coalesce(sum(p.amount_cents), 0) FROM payment p JOIN invoice o ON o.id = p.invoice
            WHERE o.exhibitor = x.id AND p.cancelled_at IS NULL) AS paid_cents,
        EXISTS (SELECT FROM staff_badge s WHERE s.exhibitor = x.id) AS has_badges,
        EXISTS (SELECT FROM arrival_slot s WHERE s.edition = x.edition) AS has_slots,
        EXISTS (SELECT FROM exhibitor_arrival a WHERE a.exhibitor = x.id) AS has_arrival
    FROM exhibitor x JOIN fair_category c ON c.id = x.category JOIN edition e ON e.id = x.edition
    LEFT JOIN fair f ON f.edition = x.edition
    LEFT JOIN LATERAL (
        SELECT k.price_cents, (SELECT sum(m.quantity * m.price_cents) FROM booking_extra m WHERE m.booking = k.id)
            AS extras_cents
        FROM booking k WHERE k.exhibitor = x.id AND k.state = 'confirmed'
    ) b ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS invoices, coalesce(sum(o.total_cents), 0) AS billed_cents, max(o.due_on) AS due_on
        FROM invoice o WHERE o.exhibitor = x.id
    ) i ON true
    LEFT JOIN LATERAL (
        SELECT o.state, o.reason FROM exhibitor_document o WHERE o.exhibitor = x.id AND o.kind = 'insurance'
            AND (o.state <> 'accepted' OR coalesce(o.valid_until >= e.ends_on, true))
        ORDER BY (o.state = 'accepted') DESC, o.uploaded_at DESC, o.id DESC LIMIT 1
    ) d ON true
    WHERE x.state = 'accepted'
"""


async def checklists_of(edition_id: int) -> list[Checklist]:
    """All accepted exhibitors', by name; one query."""
    rows = await database.fetch(f"{_FACTS} AND x.edition = $1 ORDER BY x.search_key, x.id", edition_id)
    return [_checklist(Facts(**row)) for row in rows]


async def checklist_of(exhibitor_id: int) -> Checklist | None:
    """The exhibitor's; none before it is accepted, or once it has withdrawn."""
    row = await database.fetch_one(f"{_FACTS} AND x.id = $1", exhibitor_id)
    return _checklist(Facts(**row)) if row else None


def _checklist(facts: Facts) -> Checklist:
    tasks = tuple(tasks_of(facts, clock.now()))
    return Checklist(code=facts.code, name=facts.name, in_quebec=facts.in_quebec, tasks=tasks)


def tasks_of(facts: Facts, now: datetime) -> Iterator[Task]:
    """What applies to this exhibitor, in the order in which it is usually done."""
    today = now.astimezone(TORONTO).date()

    def task(kind: Kind, due: date | None, *, done: bool, waits: State | None = None, reason: str = "") -> Task:
        open_state: State = "late" if due is not None and due < today else "todo"
        return Task(kind=kind, due=due, state="done" if done else waits or open_state, reason=reason)

    opens = facts.booking_opens_at
    too_early: State | None = "later" if opens is None or now < opens else None
    yield task("booth", _last_day(facts.booking_closes_at), done=facts.has_booth, waits=too_early)
    yield task("profile", facts.profile_due, done=facts.listed)
    if facts.needs_insurance:
        yield task(
            "insurance",
            facts.insurance_due,
            done=facts.insurance == "accepted",
            waits="checking" if facts.insurance == "received" else None,
            reason=facts.insurance_reason if facts.insurance == "refused" else "",
        )
    if facts.invoices or facts.price_cents:
        paid = facts.invoices > 0 and facts.paid_cents >= facts.billed_cents
        yield task("payment", facts.payment_due, done=paid, waits=None if facts.invoices else "later")
    yield task("badges", facts.badges_due, done=facts.has_badges)
    if facts.has_slots or facts.arrival_due or facts.has_arrival:
        yield task("arrival", facts.arrival_due, done=facts.has_arrival)


def _last_day(closes_at: datetime | None) -> date | None:
    """What closes at midnight was open until the day before."""
    return (closes_at - timedelta(microseconds=1)).astimezone(TORONTO).date() if closes_at else None
