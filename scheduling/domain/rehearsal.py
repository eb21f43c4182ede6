"""A release without its consequences: exactly the messages it would send, made and taken back."""

from msgspec import Struct

from digital_days.kernel import clock, database, i18n, outbox
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.mail import Unsendable, compose
from scheduling.domain.moved_people import hold
from scheduling.domain.publishing import Draft, publish
from scheduling.domain.release_promises import TOPIC
from scheduling.domain.releases import Prepared
from scheduling.domain.renamed_labels import under_new_names
from scheduling.domain.stored_programme import stored_programme
from scheduling.domain.told_lines import CLOSED, MOVED, OFFERED

MOST_SHOWN = 50


class Rehearsed(Struct, frozen=True, kw_only=True):
    """One message as it would leave; without an address nothing leaves, ``about`` says for what it would."""

    name: str
    email: str
    about: str
    subject: str = ""
    text: str = ""
    lang: str = ""


class Rehearsal(Struct, frozen=True, kw_only=True):
    """``count`` of all messages; the first ``MOST_SHOWN`` of them, composed."""

    count: int
    messages: tuple[Rehearsed, ...]


async def rehearse(edition_id: int, prepared: Prepared) -> Rehearsal | None:
    """None while people are registering for what would move: look again in a moment. Changes nothing.

    The release is made and undone; it holds the slots that move for as long.
    """
    async with database.taken_back():
        return await _rehearsed(edition_id, prepared)


async def _rehearsed(edition_id: int, prepared: Prepared) -> Rehearsal | None:
    edition = await database.fetch_one("SELECT slug FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
    public = await stored_programme(edition_id)
    plan = prepared.plan
    touched = [public.slots[key].id for key in (*plan.slots.changed, *plan.slots.removed) if key in public.slots]
    moving = [public.slots[key].id for key in (*plan.moved, *plan.cancelled) if key in public.slots]
    if edition is None or (touched and not await hold(touched, people_in=moving)):
        return None
    now = clock.now()
    number = await publish(
        plan,
        under_new_names(public, prepared.labels),
        Draft(name="…"),
        edition_id=edition_id,
        slug=edition["slug"],
        now=now,
        labels=prepared.labels,
    )
    rows = await database.fetch(
        """
        SELECT m.*, p.name, p.email FROM outbox_message m JOIN person p ON p.id = m.person
        WHERE m.edition = $2 AND (
            m.topic = $1 AND (m.payload->>'release')::int = $3 OR m.topic = ANY($4) AND m.created_at = $5
        )
        ORDER BY p.name, p.id, m.id
        """,
        TOPIC,
        edition_id,
        number,
        [MOVED, CLOSED, OFFERED],
        now,
    )
    shown = [await _composed(row) for row in rows[:MOST_SHOWN]]
    return Rehearsal(count=len(rows), messages=tuple(shown))


async def _composed(row: database.Row) -> Rehearsed:
    message = outbox.as_message(row)
    about = _about(message)
    try:
        with i18n.use("fr"):
            mail = await compose(message)
    except Unsendable as error:
        return Rehearsed(name=row["name"], email=row["email"], about=_(error.error))
    if mail is None:
        return Rehearsed(name=row["name"], email=row["email"], about=_(WITHOUT_ADDRESS))
    return Rehearsed(
        name=row["name"],
        email=row["email"],
        about=about,
        subject=mail.subject,
        text=mail.text,
        lang=mail.locale if mail.locale != i18n.current() else "",
    )


def _about(message: outbox.Message) -> str:
    if message.topic != TOPIC:
        return _("Liste d’attente")
    concerned = len(message.payload["places"]) + len(message.payload["appearances"])
    return ngettext("%(num)d changement", "%(num)d changements", concerned)


WITHOUT_ADDRESS = N_("Pas d’adresse : à prévenir autrement.")
