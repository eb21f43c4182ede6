"""A ticket before an exhibitor's phone: from then on the visitor is a lead; the phone is told their first name."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from exhibitors.domain.first_names import first_name
from exhibitors.domain.lead_words import Words
from exhibitors.domain.scanners import Paired
from exhibitors.domain.sharing import NoSuchLead, agree, tell_support
from exhibitors.domain.standing_choice import GIVEN_STANDING

AT_HAND = timedelta(minutes=15)
"""After the ticket was read its owner is there and may answer on the exhibitor's phone."""

Outcome = Literal["lead", "own", "cancelled", "elsewhere"]


class NoLongerAtHand(Conflict):
    message = N_("Il y a plus de 15 minutes que ce billet a été lu : lisez-le de nouveau, avec la personne.")


class ScannedLead(Struct, frozen=True, kw_only=True):
    """What the phone knows of a visitor; ``registration`` is for our own commands, never for the page."""

    code: str
    registration: str
    first_name: str
    has_address: bool
    is_shared: bool
    never_ask: bool
    last_read_at: datetime
    note: str
    interest: int
    next_step: str
    version: str

    @property
    def may_be_asked(self) -> bool:
        """Whether the phone may be handed over for an answer now."""
        return self.has_address and not (self.is_shared or self.never_ask) and self.is_at_hand

    @property
    def is_at_hand(self) -> bool:
        """Whether the ticket was read just now."""
        return clock.now() - self.last_read_at < AT_HAND


class Scanned(Struct, frozen=True, kw_only=True):
    """What became of it; ``edition`` names that of a ticket from elsewhere."""

    outcome: Outcome
    lead: ScannedLead | None = None
    edition: str = ""


_WANTED = f"""
    SELECT r.id, r.state, r.edition, p.email <> '' AS has_address, e.name_fr, e.name_en, standing.*,
        EXISTS (SELECT FROM staff_badge b WHERE b.registration = r.id AND b.exhibitor = $2)
            OR EXISTS (SELECT FROM exhibitor_member m WHERE m.person = r.person AND m.exhibitor = $2) AS is_own
    FROM registration r JOIN person p ON p.id = r.person JOIN edition e ON e.id = r.edition
    LEFT JOIN LATERAL (
        SELECT c.version, c.locale, c.text FROM consent c
        WHERE c.person = r.person AND c.edition = r.edition AND {GIVEN_STANDING} ORDER BY c.id DESC LIMIT 1
    ) standing ON true
    WHERE r.code = $1
"""
_KEEP = """
    INSERT INTO lead (code, exhibitor, registration, scanner, scanned_at, last_read_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $5, $5)
    ON CONFLICT (exhibitor, registration) DO UPDATE SET last_read_at = EXCLUDED.last_read_at, scanner = EXCLUDED.scanner
    RETURNING id, code, declined_at
"""
_LEAD = """
    SELECT l.code, r.code AS registration, p.name, p.email <> '' AS has_address, l.never_ask, l.last_read_at,
        l.note, l.interest, l.next_step, l.updated_at::text AS version, EXISTS (
            SELECT FROM lead_consent c WHERE c.lead = l.id AND c.purpose = 'share' AND c.withdrawn_at IS NULL
        ) AS is_shared
    FROM lead l JOIN registration r ON r.id = l.registration JOIN person p ON p.id = r.person
    WHERE l.exhibitor = $1 AND l.code = $2
"""


async def scan(paired: Paired, registration: str) -> Scanned:
    """Read again, it is the same lead. Whoever has chosen so shares at once, unless they said no to this exhibitor.

    Raises ``UnknownTicket``. One transaction.
    """
    async with database.transaction():
        row = await database.fetch_one(_WANTED, registration, paired.exhibitor_id)
        if row is None:
            raise UnknownTicket
        if row["edition"] != paired.edition_id:
            return Scanned(outcome="elsewhere", edition=localized(row["name_fr"], row["name_en"]))
        if row["state"] != "active":
            return Scanned(outcome="cancelled")
        if row["is_own"]:
            return Scanned(outcome="own")
        [kept] = await database.fetch(_KEEP, codes.new_code(), paired.exhibitor_id, row["id"], paired.id, clock.now())
        if row["text"] and row["has_address"] and kept["declined_at"] is None:
            standing = Words(version=row["version"], locale=i18n.as_locale(row["locale"]), text=row["text"])
            await agree(kept["id"], {"share": standing}, how="standing")
            await tell_support(kept["id"])
        return Scanned(outcome="lead", lead=await scanned_lead(paired, kept["code"]))


async def scanned_lead(paired: Paired, code: str) -> ScannedLead:
    """Raises ``NoSuchLead``, also for another exhibitor's."""
    row = await database.fetch_one(_LEAD, paired.exhibitor_id, code)
    if row is None:
        raise NoSuchLead
    known = {name: row[name] for name in ScannedLead.__struct_fields__ if name != "first_name"}
    return ScannedLead(**known, first_name=first_name(row["name"]))
