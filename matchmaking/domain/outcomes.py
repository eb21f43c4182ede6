"""What the two say after a meeting: the last word of each counts, and addresses need the agreement of both."""

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.events import publish
from digital_days.kernel.i18n import N_
from digital_days.kernel.projects import PROJECTS
from matchmaking.domain.met import Met, NoSuchMeeting, meeting_met
from matchmaking.domain.outcome_words import NextStep, Words, share_words
from matchmaking.domain.presence import ALONE, MeetAgain
from matchmaking.events import ContactsShared, ContactsWithdrawn, OutcomeSaid

LONGEST_NOTE = 1000


class NotYet(Conflict):
    message = N_("Cette rencontre n’a pas encore commencé : vous pourrez répondre ensuite.")


class NotHeld(Conflict):
    message = N_("Cette rencontre a été annulée : il n’y a rien à en dire.")


class NoSuchProject(Invalid):
    message = N_("Choisissez le projet qui pourrait aider.")


class Said(Struct, frozen=True, kw_only=True):
    """``useful`` 1 to 3; ``project`` (``kernel.projects``) counts with a referral only; ``note`` is one's own."""

    useful: int
    next_step: NextStep = ""
    project: str = ""
    shares: bool = False
    note: str = ""


_WRITE = """
    INSERT INTO meeting_outcome AS o (meeting, participant, useful, next_step, project, shares_contact, consent,
        consent_version, locale, note, said, said_at, withdrawn_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, NULL)
    ON CONFLICT (meeting, participant) DO UPDATE SET useful = excluded.useful, next_step = excluded.next_step,
        project = excluded.project, shares_contact = excluded.shares_contact, note = excluded.note,
        consent = CASE WHEN excluded.shares_contact AND NOT o.shares_contact THEN excluded.consent ELSE o.consent END,
        consent_version = CASE WHEN excluded.shares_contact AND NOT o.shares_contact
            THEN excluded.consent_version ELSE o.consent_version END,
        locale = excluded.locale, said = o.said + 1, said_at = excluded.said_at,
        withdrawn_at = CASE WHEN o.shares_contact AND NOT excluded.shares_contact THEN excluded.said_at END
    RETURNING said
"""
_FACTS = """
    SELECT e.slug, o.code AS organisation, coalesce(r.code, '') AS registration,
        (SELECT count(*) = 2 FROM meeting_outcome c WHERE c.meeting = m.id AND c.shares_contact) AS shared
    FROM meeting m JOIN match_participant b ON b.id = m.business JOIN match_organisation o ON o.id = b.organisation
    JOIN edition e ON e.id = m.edition
    LEFT JOIN registration r ON r.person = b.person AND r.edition = m.edition AND r.state = 'active'
    WHERE m.id = $1
"""
_HELD = f"UPDATE meeting m SET state = 'held', updated_at = $2 WHERE id = $1 AND {ALONE} RETURNING id"


async def say_outcome(person_id: int, edition_id: int, code: str, said: Said) -> None:
    """In one transaction with the events; whoever says something was there, so the meeting was held.

    Raises ``NoSuchMeeting``, ``NotYet``, ``NotHeld``, ``NoSuchProject``, ``MeetAgain``.
    """
    if said.next_step == "referral" and said.project not in PROJECTS:
        raise NoSuchProject
    async with database.transaction():
        met = await _hold(person_id, edition_id, code)
        words = share_words(met.name, met.organisation)
        before = await _facts(met.id)
        number = await _write(met, said, words)
        after = await _facts(met.id)
        if met.state != "held" and not await database.fetch(_HELD, met.id, clock.now()):
            raise MeetAgain
        await _tell(met, said, number, before, after)


async def say_not_held(person_id: int, edition_id: int, code: str) -> None:
    """It did not take place; changes nothing where somebody has said what came out of it. Raises as ``say_outcome``."""
    async with database.transaction():
        met = await _hold(person_id, edition_id, code)
        await database.fetch(
            """
            UPDATE meeting SET state = 'missed', updated_at = $2
            WHERE id = $1 AND state = 'planned' AND NOT EXISTS (SELECT FROM meeting_outcome WHERE meeting = $1)
            """,
            met.id,
            clock.now(),
        )


async def _hold(person_id: int, edition_id: int, code: str) -> Met:
    """Until the transaction ends, the other of the two waits."""
    if not await database.fetch("SELECT FROM meeting WHERE code = $1 FOR NO KEY UPDATE", code):
        raise NoSuchMeeting
    met = await meeting_met(person_id, edition_id, code)
    if met.state == "cancelled":
        raise NotHeld
    if not met.has_begun:
        raise NotYet
    return met


async def _write(met: Met, said: Said, words: Words) -> int:
    project = said.project if said.next_step == "referral" else ""
    consent = (words.text, words.version) if said.shares else ("", 0)
    answer = (said.useful, said.next_step, project, said.shares, *consent, words.locale, said.note)
    [row] = await database.fetch(_WRITE, met.id, met.participant, *answer, clock.now())
    return int(row["said"])


async def _facts(meeting_id: int) -> database.Row:
    [row] = await database.fetch(_FACTS, meeting_id)
    return row


async def _tell(met: Met, said: Said, number: int, before: database.Row, after: database.Row) -> None:
    fact = OutcomeSaid(
        meeting=met.code,
        edition=after["slug"],
        registration=after["registration"],
        organisation=after["organisation"],
        by=met.side,
        useful=said.useful,
        next_step=said.next_step,
        project=said.project if said.next_step == "referral" else "",
        said=number,
    )
    key = f"{met.code}:{met.side}:{number}"
    await publish(fact, key=key)
    if after["shared"] and not before["shared"]:
        await publish(ContactsShared(meeting=met.code, edition=after["slug"]), key=key)
    if before["shared"] and not after["shared"]:
        await publish(ContactsWithdrawn(meeting=met.code, edition=after["slug"]), key=key)
