"""What organisers decide about an application, and what they write then."""

from typing import Literal

from digital_days.kernel import clock, database, i18n
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.mail import Promise, queue_mails
from exhibitors.domain.application_events import Message, record
from exhibitors.domain.exhibitors import Exhibitor, contacts_of
from exhibitors.domain.shift_ending import end_shifts

Decision = Literal["accepted", "waiting", "declined"]
DECISION = "exhibitors.decision"
"""The mail of a decision."""

FROM: dict[Decision, tuple[str, ...]] = {
    "accepted": ("submitted", "waiting", "declined"),
    "waiting": ("submitted",),
    "declined": ("submitted", "waiting", "accepted"),
}
"""From which states each may be decided."""

DECISIONS: dict[Decision, str] = {
    "accepted": N_("Accepter"),
    "waiting": N_("Mettre en attente"),
    "declined": N_("Refuser"),
}
_DEFAULTS: dict[Decision, tuple[str, str]] = {
    "accepted": (
        N_("Votre candidature est acceptée"),
        N_("Nous avons le plaisir de vous accueillir au salon. Vous pouvez maintenant choisir votre kiosque."),
    ),
    "waiting": (
        N_("Votre candidature est en attente"),
        N_("Votre candidature nous intéresse. Il n’y a pas encore de place pour tout le monde : nous vous récrirons."),
    ),
    "declined": (
        N_("Votre candidature n’est pas retenue"),
        N_("Merci de votre intérêt. Nous ne pouvons pas vous accueillir au salon cette année."),
    ),
}


class NoLongerSo(Conflict):
    message = N_("Quelqu’un a décidé autrement entre-temps. Regardez où en est la candidature.")


class BoothFirst(Conflict):
    message = N_("Cet exposant a un kiosque : libérez-le avant de refuser sa candidature.")


class WithoutReason(Invalid):
    message = N_("Dites pourquoi : la personne lira cette raison.")


class DecisionText(Message, frozen=True, kw_only=True):
    """What is written; English only for whoever is not established in Québec and reads English.

    ``version`` is empty where organisers have written none.
    """

    version: str = ""


_WORDS = Message.__struct_fields__
_VERSION = "md5(row(subject_fr, body_fr, subject_en, body_en)::text)"
_VERSION_OF_ROW = "md5(row(t.subject_fr, t.body_fr, t.subject_en, t.body_en)::text)"


async def decision_texts(edition_id: int) -> dict[Decision, DecisionText]:
    """The edition's own, else ours; one query."""
    rows = await database.fetch(
        f"SELECT decision, {', '.join(_WORDS)}, {_VERSION} AS version FROM decision_text WHERE edition = $1", edition_id
    )
    own = {row["decision"]: DecisionText(**{k: v for k, v in row.items() if k != "decision"}) for row in rows}
    return {decision: own.get(decision) or _default(decision) for decision in _DEFAULTS}


async def write_decision_text(edition_id: int, decision: Decision, text: DecisionText) -> None:
    """In place of the one of ``text.version``. Raises ``ChangedMeanwhile`` where somebody else was faster."""
    written = await database.fetch(
        f"""
        INSERT INTO decision_text AS t (edition, decision, subject_fr, body_fr, subject_en, body_en)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (edition, decision) DO UPDATE SET
            subject_fr = EXCLUDED.subject_fr, body_fr = EXCLUDED.body_fr,
            subject_en = EXCLUDED.subject_en, body_en = EXCLUDED.body_en
        WHERE {_VERSION_OF_ROW} = $7 RETURNING t.id
        """,
        edition_id,
        decision,
        text.subject_fr,
        text.body_fr,
        text.subject_en,
        text.body_en,
        text.version,
    )
    if not written:
        raise ChangedMeanwhile


async def decide(
    exhibitor: Exhibitor, decision: Decision, *, seen: str, by: int, reason: str, text: DecisionText
) -> int:
    """Decides as long as its state is the one that the organiser saw, and promises each contact one mail; how many.

    Raises ``NoLongerSo``, ``BoothFirst``, ``WithoutReason``.
    """
    if decision == "declined" and not reason.strip():
        raise WithoutReason
    async with database.transaction():
        await database.fetch("SELECT FROM exhibitor WHERE id = $1 FOR UPDATE", exhibitor.id)
        if decision == "declined" and await _has_booth(exhibitor.id):
            raise BoothFirst
        now = clock.now()
        decided = await database.fetch(
            """
            UPDATE exhibitor SET state = $3, reason = $4, decided_at = $5, decided_by = $6, updated_at = $5
            WHERE id = $1 AND state = $2 AND state = ANY($7) RETURNING id
            """,
            exhibitor.id,
            seen,
            decision,
            reason.strip(),
            now,
            by,
            list(FROM[decision]),
        )
        if not decided:
            raise NoLongerSo
        if decision != "accepted":
            await database.fetch("DELETE FROM booth_waiting WHERE exhibitor = $1", exhibitor.id)
            await end_shifts(exhibitor.id)
        written = {name: getattr(text, name) for name in _WORDS}
        await record(exhibitor.id, decision, by=by, reason=reason.strip(), message=text)
        promises = [
            Promise(
                person=person,
                dedup_key=f"{DECISION}:{exhibitor.code}:{now.isoformat()}:{person}",
                payload={"exhibitor": exhibitor.code, "decision": decision, "reason": reason.strip(), **written},
            )
            for person in await contacts_of(exhibitor.id)
        ]
        await queue_mails(DECISION, promises, edition_id=exhibitor.edition_id)
    return len(promises)


async def note(exhibitor: Exhibitor, text: str, *, seen: str) -> None:
    """The organisers' own words about it, in place of those ``seen``. Raises ``ChangedMeanwhile``."""
    written = await database.fetch(
        "UPDATE exhibitor SET internal_note = $2 WHERE id = $1 AND md5(internal_note) = $3 RETURNING id",
        exhibitor.id,
        text,
        seen,
    )
    if not written:
        raise ChangedMeanwhile


async def _has_booth(exhibitor: int) -> bool:
    return bool(
        await database.fetch("SELECT FROM booking WHERE exhibitor = $1 AND state IN ('held', 'confirmed')", exhibitor)
    )


def _default(decision: Decision) -> DecisionText:
    """Ours, in both languages."""
    subject, body = _DEFAULTS[decision]
    with i18n.use("fr"):
        french = (_(subject), _(body))
    with i18n.use("en"):
        english = (_(subject), _(body))
    return DecisionText(subject_fr=french[0], body_fr=french[1], subject_en=english[0], body_en=english[1])
