"""What exhibitors send: proofs of insurance and others, seen by them and by the organisers of their edition."""

from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, codes, database, files
from digital_days.kernel.documents import ENDINGS, MediaType, media_type
from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.mail import Promise, queue_mails
from exhibitors.domain.exhibitors import Exhibitor, contacts_of

Kind = Literal["insurance", "other"]
State = Literal["received", "accepted", "refused"]
KINDS: dict[Kind, str] = {"insurance": N_("Preuve d’assurance"), "other": N_("Autre pièce")}
STATES: dict[State, str] = {
    "received": N_("Reçu, à vérifier"),
    "accepted": N_("Accepté"),
    "refused": N_("Refusé"),
}
REFUSED = "exhibitors.document-refused"
"""The mail that says that a document is not good."""
MOST = 20
_UNUSED = timedelta(days=1)


class NoSuchDocument(NotFound):
    message = N_("Ce document n’existe pas, ou n’existe plus.")


class TooManyDocuments(Conflict):
    message = N_("C’est trop de documents : enlevez-en un d’abord.")


class AcceptedAlready(Conflict):
    message = N_("Ce document a été accepté : il ne s’enlève plus.")


class NoLongerActive(Conflict):
    message = N_("Cette candidature n’est plus active : aucun document ne s’y ajoute.")


class CheckedMeanwhile(Conflict):
    message = N_("Quelqu’un d’autre vient de vérifier ce document : voyez ce qui a été décidé.")


class WithoutReason(Invalid):
    message = N_("Dites pourquoi ce document ne convient pas.")


class Document(Struct, frozen=True, kw_only=True):
    """``file`` is its name in ``kernel.files``."""

    code: str
    kind: Kind
    filename: str
    media_type: MediaType
    size: int
    file: str
    state: State
    reason: str
    valid_until: date | None
    uploaded_at: datetime

    @property
    def kind_in_words(self) -> str:
        """In the reader's language."""
        return _(KINDS[self.kind])

    @property
    def state_in_words(self) -> str:
        """In the reader's language."""
        return _(STATES[self.state])


_DOCUMENTS = f"SELECT {', '.join(Document.__struct_fields__)} FROM exhibitor_document WHERE exhibitor = $1"


async def documents_of(exhibitor_id: int) -> list[Document]:
    """The latest first; one query."""
    rows = await database.fetch(f"{_DOCUMENTS} ORDER BY uploaded_at DESC, id DESC", exhibitor_id)
    return [Document(**row) for row in rows]


async def document_called(exhibitor_id: int, code: str) -> Document:
    """Raises ``NoSuchDocument``, also for another exhibitor's."""
    row = await database.fetch_one(f"{_DOCUMENTS} AND code = $2", exhibitor_id, code)
    if row is None:
        raise NoSuchDocument
    return Document(**row)


async def attach(
    exhibitor: Exhibitor, content: bytes, *, kind: Kind, filename: str, valid_until: date | None, by: int
) -> None:
    """Keeps what its bytes say is a document; refuses like ``kernel.documents``, or ``TooManyDocuments``,
    ``NoLongerActive``."""
    if exhibitor.state in ("declined", "withdrawn"):
        raise NoLongerActive
    found = media_type(content)
    name = await files.keep(content)
    made = await database.fetch(
        """
        INSERT INTO exhibitor_document
            (code, exhibitor, kind, filename, media_type, size, file, valid_until, uploaded_by, uploaded_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        WHERE (SELECT count(*) FROM exhibitor_document WHERE exhibitor = $2) < $11 RETURNING id
        """,
        codes.new_code(),
        exhibitor.id,
        kind,
        _safe_name(filename, found),
        found,
        len(content),
        name,
        valid_until,
        by,
        clock.now(),
        MOST,
    )
    if not made:
        await files.drop(name)
        raise TooManyDocuments


async def detach(exhibitor: Exhibitor, code: str) -> None:
    """By whoever acts for it, unless it was accepted. Raises ``AcceptedAlready``, ``NoSuchDocument``."""
    document = await document_called(exhibitor.id, code)
    gone = await database.fetch_one(
        "DELETE FROM exhibitor_document WHERE code = $1 AND state <> 'accepted' RETURNING file", document.code
    )
    if gone is None:
        raise AcceptedAlready
    await files.drop(gone["file"])


async def check(exhibitor: Exhibitor, code: str, *, seen: str, is_good: bool, reason: str, by: int) -> None:
    """An organiser's word about it, in the state ``seen``; the contacts are written to where it is not good.

    Raises ``WithoutReason``, ``CheckedMeanwhile``.
    """
    document = await document_called(exhibitor.id, code)
    if not is_good and not reason.strip():
        raise WithoutReason
    now = clock.now()
    async with database.transaction():
        checked = await database.fetch(
            """
            UPDATE exhibitor_document SET state = $2, reason = $3, checked_by = $4, checked_at = $5
            WHERE code = $1 AND state = $6 RETURNING id
            """,
            document.code,
            "accepted" if is_good else "refused",
            "" if is_good else reason.strip(),
            by,
            now,
            seen,
        )
        if not checked:
            raise CheckedMeanwhile
        if not is_good:
            promises = [
                Promise(
                    person=person,
                    dedup_key=f"{REFUSED}:{document.code}:{now.isoformat()}:{person}",
                    payload={"exhibitor": exhibitor.code, "document": document.code},
                )
                for person in await contacts_of(exhibitor.id)
            ]
            await queue_mails(REFUSED, promises, edition_id=exhibitor.edition_id)


async def forget_files(now: datetime) -> None:
    """Documents go some weeks after the event; then files that no row names: of a form that was cut off, or these."""
    await database.fetch(
        """
        DELETE FROM exhibitor_document d USING exhibitor x, edition e
        WHERE x.id = d.exhibitor AND e.id = x.edition AND e.ends_on < $1
        """,
        (now - KEPT).date(),
    )
    kept = await files.names_kept_before(now - _UNUSED)
    rows = await database.fetch("SELECT file FROM exhibitor_document UNION SELECT file FROM plan_picture")
    for name in kept - {row["file"] for row in rows}:
        await files.drop(name)


def _safe_name(filename: str, kind: MediaType) -> str:
    """As people read it in a list: one line, no path, the ending of what it is."""
    plain = "".join(
        c for c in filename.replace("\\", "/").rpartition("/")[2] if c.isprintable() and c not in '"<>:;|?*'
    )
    stem = plain.rpartition(".")[0] or plain or "document"
    return f"{stem[:150].strip() or 'document'}{ENDINGS[kind]}"
