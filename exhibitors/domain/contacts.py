"""A visitor's contacts: which exhibitors have read their ticket, and what each has of them."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import Locale, _, as_locale
from exhibitors.domain.lead_words import HOW_IN_WORDS, How

State = Literal["shared", "withdrawn", "declined", "never", "unanswered"]


class Contact(Struct, frozen=True, kw_only=True):
    """An exhibitor that read the ticket; of what was given the last time: when, how, and the words that were read."""

    lead: str
    exhibitor: str
    name: str
    is_listed: bool
    scanned_at: datetime
    state: State
    given_at: datetime | None
    withdrawn_at: datetime | None
    how: How | None
    text: str
    locale: Locale
    wants_support: bool

    @property
    def how_in_words(self) -> str:
        """Where the visitor has said yes."""
        return _(HOW_IN_WORDS[self.how]) if self.how else ""


_CONTACTS = """
    SELECT l.code AS lead, x.code AS exhibitor, x.name, x.listed AND x.state = 'accepted' AS is_listed, l.scanned_at,
        said.given_at, said.withdrawn_at, said.how, coalesce(said.text, '') AS text, said.locale,
        EXISTS (
            SELECT FROM lead_consent c WHERE c.lead = l.id AND c.purpose = 'support' AND c.withdrawn_at IS NULL
        ) AS wants_support,
        CASE WHEN said.given_at IS NOT NULL AND said.withdrawn_at IS NULL THEN 'shared'
            WHEN l.never_ask THEN 'never'
            WHEN said.given_at IS NOT NULL THEN 'withdrawn'
            WHEN l.declined_at IS NOT NULL THEN 'declined' ELSE 'unanswered' END AS state
    FROM lead l JOIN registration r ON r.id = l.registration JOIN exhibitor x ON x.id = l.exhibitor
    LEFT JOIN LATERAL (
        SELECT c.given_at, c.withdrawn_at, c.how, c.text, c.locale FROM lead_consent c
        WHERE c.lead = l.id AND c.purpose = 'share' ORDER BY c.withdrawn_at IS NOT NULL, c.id DESC LIMIT 1
    ) said ON true
    WHERE r.code = $1 ORDER BY l.scanned_at DESC, l.id DESC
"""


async def exhibitors_met(registration: str) -> list[Contact]:
    """The last read first; one query."""
    return [
        Contact(**{**row, "locale": as_locale(row["locale"] or "")})
        for row in await database.fetch(_CONTACTS, registration)
    ]


async def address_of(person_id: int) -> str:
    """What an exhibitor would get beside the name; empty where there is none, and so nothing to share."""
    row = await database.fetch_one("SELECT email FROM person WHERE id = $1", person_id)
    return str(row["email"]) if row else ""
