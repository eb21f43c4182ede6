"""An edition's mails, and sign-in links on their way, as an organiser follows them: what, to whom, where, why there."""

from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock, database, outbox
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, TORONTO, _, format_date, format_time, ngettext
from digital_days.kernel.outbox import UNNEEDED
from digital_days.kernel.service import Attention
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import url
from scheduling.domain.held_places import titles_of_places

MOST = 25
TOO_LONG = timedelta(minutes=10)

_LARGEST_NUMBER = 2**63 - 1

TOPICS = {
    "scheduling.ticket": N_("Billet"),
    "scheduling.cancelled": N_("Place annulée"),
    "scheduling.overlap": N_("Deux activités en même temps"),
    "scheduling.release": N_("Changement au programme"),
    "scheduling.tomorrow": N_("Rappel de la veille"),
    "scheduling.soon": N_("Rappel avant une activité"),
    "scheduling.group-tomorrow": N_("Rappel de la veille, pour un groupe"),
    "scheduling.group-soon": N_("Rappel avant une activité, pour un groupe"),
    "scheduling.feedback": N_("Demande d’avis"),
    "scheduling.organiser-message": N_("Message de l’équipe"),
    "scheduling.speaker-link": N_("Lien vers la fiche d’intervenant"),
    "exhibitors.contacts": N_("Rencontres au salon"),
    "site.sign-in": N_("Lien de connexion"),
}

TO_MANY = [
    "scheduling.tomorrow",
    "scheduling.soon",
    "scheduling.group-tomorrow",
    "scheduling.group-soon",
    "scheduling.feedback",
    "scheduling.organiser-message",
    "exhibitors.contacts",
]

# A sign-in link belongs to no edition: it concerns this one when the person takes part in it, or works for it.
_OURS = """
    m.kind = 'mail' AND (m.edition = $1 OR m.edition IS NULL AND (
        EXISTS (SELECT FROM registration r WHERE r.person = m.person AND r.edition = $1)
        OR EXISTS (SELECT FROM role_grant g WHERE g.person = m.person AND g.edition = $1)
    ))
"""

TODAY = N_("aujourd’hui, %(time)s")
SENT = N_("Parti à %(time)s")
NO_NEED = N_("Sans objet")
ON_PAPER = N_("Pas d’adresse : billet imprimé")
FAILED = N_("Non parti")
ON_ITS_WAY = N_("En cours d’envoi")
AGAIN = N_("Nouvel essai à %(time)s")
WAITING = N_("En attente")


class NoSuchMessage(NotFound):
    message = N_("Ce message n’existe pas ou n’existe plus.")


class MessageLine(Struct, frozen=True, kw_only=True):
    """One mail; ``about`` is the activity's title, ``error`` a French sentence of the catalogue."""

    id: int
    topic: str
    about: str
    name: str
    state: str
    receipt: str
    error: str
    without_address: bool
    attempts: int
    created_at: datetime
    due_at: datetime
    done_at: datetime | None

    @property
    def what(self) -> str:
        """What kind of message, in words."""
        return _(TOPICS[self.topic]) if self.topic in TOPICS else self.topic

    @property
    def when(self) -> str:
        """When it was promised; today goes without its date."""
        day, time = self.created_at.astimezone(TORONTO).date(), format_time(self.created_at)
        return _(TODAY, time=time) if day == clock.now().astimezone(TORONTO).date() else f"{format_date(day)}, {time}"

    @property
    def why(self) -> str:
        """What went wrong last, in the reader's language; empty when nothing did."""
        return _(self.error) if self.error else ""

    @property
    def state_in_words(self) -> str:
        """Where it is."""
        if self.state == "done":
            if self.receipt == UNNEEDED:
                return _(ON_PAPER if self.without_address else NO_NEED)
            return _(SENT, time=format_time(self.done_at or self.due_at))
        if self.state == "failed":
            return _(FAILED)
        if self.state in ("claimed", "sending"):
            return _(ON_ITS_WAY)
        return _(AGAIN, time=format_time(self.due_at)) if self.attempts or self.error else _(WAITING)

    @property
    def tone(self) -> str:
        """The badge's."""
        if self.state == "done":
            return "neutral" if self.receipt == UNNEEDED else "success"
        return "danger" if self.state == "failed" else "warning" if self.error else "neutral"


_SHOWN = [name for name in MessageLine.__struct_fields__ if name != "about"]


async def recent_messages(edition_id: int) -> list[MessageLine]:
    """The failed ones first, then the newest; two queries. Of sign-in links those not gone yet.

    What goes to many by itself or has a page of its own (reminders, organisers' messages) only while it has failed.
    """
    rows = await database.fetch(
        f"""
        SELECT m.id, m.topic, coalesce(p.name, '') AS name, m.state, m.receipt, m.error, m.attempts, m.created_at,
            m.due_at, m.done_at, coalesce(p.email = '', false) AS without_address, m.payload->>'place' AS place
        FROM outbox_message m LEFT JOIN person p ON p.id = m.person
        WHERE {_OURS} AND (m.edition = $1 OR m.state <> 'done') AND (m.state = 'failed' OR m.topic <> ALL($3))
        ORDER BY m.state = 'failed' DESC, m.id DESC LIMIT $2
        """,
        edition_id,
        MOST,
        TO_MANY,
    )
    titles = await titles_of_places([row["place"] for row in rows if row["place"]])
    return [MessageLine(**{name: row[name] for name in _SHOWN}, about=titles.get(row["place"], "")) for row in rows]


async def send_again(message_id: int, *, edition_id: int) -> bool:
    """A second chance for a failed mail that concerns this edition; False when it isn't failed.

    Raises ``NoSuchMessage``.
    """
    known = 0 < message_id <= _LARGEST_NUMBER and await database.fetch(
        f"SELECT FROM outbox_message m WHERE m.id = $2 AND {_OURS}",
        edition_id,
        message_id,
    )
    if not known:
        raise NoSuchMessage
    return await outbox.try_again(message_id)


async def attention(edition_id: int, edition_slug: str) -> list[Attention]:
    """Mails that did not leave, that wait too long and why, or that cannot leave at all.

    Why all of them wait (a key refused, no way out) is told at once; that one is tried again, only when it lasts.
    """
    path = url("site:organiser", edition_slug=edition_slug) + "#messages"
    found = await database.fetch(
        f"""
        SELECT state = 'failed' AS failed, state <> 'failed' AND created_at <= $2 AS too_long,
            CASE state WHEN 'failed' THEN '' ELSE error END AS error, count(*) AS number
        FROM outbox_message m
        WHERE {_OURS} AND (
            state = 'failed'
            OR state <> 'done' AND created_at <= $2 AND (due_at <= $2 OR error <> '' OR attempts > 0)
            OR state = 'queued' AND error <> '' AND attempts = 0
        ) GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2 DESC, 4 DESC
        """,
        edition_id,
        clock.now() - TOO_LONG,
    )
    shown = [
        Attention(sentence=_failed(row["number"]) if row["failed"] else _waiting(row), path=path, urgent=True)
        for row in found
    ]
    if not current().sendgrid_api_key and not current().mailbox_is_open:
        no_way = _("Aucun message ne peut partir : le réglage SENDGRID_API_KEY manque.")
        shown.insert(0, Attention(sentence=no_way, urgent=True))
    return shown


def _failed(number: int) -> str:
    return ngettext("%(num)s message n’est pas parti.", "%(num)s messages ne sont pas partis.", number)


def _waiting(row: database.Row) -> str:
    number = row["number"]
    sentence = (
        ngettext(
            "%(num)s message attend depuis plus de dix minutes.",
            "%(num)s messages attendent depuis plus de dix minutes.",
            number,
        )
        if row["too_long"]
        else ngettext("%(num)s message attend.", "%(num)s messages attendent.", number)
    )
    return f"{sentence} {_(row['error'])}" if row["error"] else sentence
