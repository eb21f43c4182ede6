"""Certificates of attendance: what somebody was seen at, as it was printed, under a code that proves it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database, signing
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, localized
from digital_days.kernel.registrations import Registration

CODE_LENGTH = 12  # it opens a name: long enough that nobody guesses one


class NothingAttended(Conflict):
    message = N_("Nous n’avons encore noté votre présence à aucune activité terminée.")


class NoSuchCertificate(NotFound):
    message = N_("Aucune attestation ne porte ce code. Vérifiez chaque lettre et chaque chiffre.")


class AttestedActivity(Struct, frozen=True, kw_only=True):
    """One activity at which the person was seen."""

    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def lasts(self) -> timedelta:
        """As planned: nobody notes when people leave."""
        return self.ends_at - self.starts_at


class Attested(Struct, frozen=True, kw_only=True):
    """What a certificate says; the same text is never issued twice."""

    name: str
    edition_fr: str
    edition_en: str
    organiser: str
    activities: list[AttestedActivity]

    @property
    def edition(self) -> str:
        """Its name in the reader's language."""
        return localized(self.edition_fr, self.edition_en)

    @property
    def total(self) -> timedelta:
        """Each moment counted once, also where two activities went on at the same time."""
        total, until = timedelta(), None
        for each in self.activities:  # by time
            begins = each.starts_at if until is None else max(each.starts_at, until)
            total += max(timedelta(), each.ends_at - begins)
            until = each.ends_at if until is None else max(until, each.ends_at)
        return total


class Certificate(Struct, frozen=True, kw_only=True):
    code: str
    issued_at: datetime
    said: Attested

    @property
    def spoken_code(self) -> str:
        """In groups of four, for reading aloud and typing."""
        return "-".join(self.code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


async def attended(registration: str) -> list[AttestedActivity]:
    """Where this ticket's holder was seen and which is over, by time."""
    rows = await database.fetch(
        """
        SELECT a.title_fr, a.title_en, s.starts_at, s.ends_at
        FROM registration r JOIN attendance t ON t.registration = r.id AND t.state = 'present'
        JOIN slot s ON s.id = t.slot JOIN activity a ON a.id = s.activity
        WHERE r.code = $1 AND s.state = 'scheduled' AND s.ends_at <= $2 ORDER BY s.starts_at, s.id
        """,
        registration,
        clock.now(),
    )
    return [AttestedActivity(**row) for row in rows]


async def issue_certificate(registration: Registration, edition: Edition) -> Certificate:
    """The certificate of what is known now; asked for again it is the same one, also by two browsers at once.

    Raises ``NothingAttended``.
    """
    activities = await attended(registration.code)
    if not activities:
        raise NothingAttended
    said = _said(registration, edition, activities)
    document = msgspec.json.encode(said)
    await database.fetch(
        """
        INSERT INTO certificate (registration, code, fingerprint, document, issued_at)
        SELECT id, $2, $3, $4, $5 FROM registration WHERE code = $1 ON CONFLICT (registration, fingerprint) DO NOTHING
        """,
        registration.code,
        codes.new_code(CODE_LENGTH),
        fingerprint(document),
        document.decode(),
        clock.now(),
    )
    return await _certificate("r.code = $1 AND c.fingerprint = $2", registration.code, fingerprint(document))


async def latest_certificate(registration: str) -> Certificate:
    """The one issued last for this ticket; raises ``NothingAttended`` where there is none."""
    try:
        return await _certificate("r.code = $1", registration)
    except NoSuchCertificate:
        raise NothingAttended from None


async def certificate_called(code: str) -> Certificate:
    """The certificate with this code, however it was typed; raises ``NoSuchCertificate``."""
    return await _certificate("c.code = $1", codes.normalize(code)[:100])


def fingerprint(document: bytes) -> str:
    """Two texts of one fingerprint are one."""
    return signing.digest(document.decode())


def _said(registration: Registration, edition: Edition, activities: Sequence[AttestedActivity]) -> Attested:
    return Attested(
        name=registration.person_name,
        edition_fr=edition.name_fr,
        edition_en=edition.name_en,
        organiser=edition.organiser_name,
        activities=list(activities),
    )


async def _certificate(condition: str, *values: str) -> Certificate:
    row = await database.fetch_one(
        f"""
        SELECT c.code, c.issued_at, c.document FROM certificate c JOIN registration r ON r.id = c.registration
        WHERE {condition} ORDER BY c.issued_at DESC, c.id DESC LIMIT 1
        """,
        *values,
    )
    if row is None:
        raise NoSuchCertificate
    return Certificate(
        code=row["code"], issued_at=row["issued_at"], said=msgspec.json.decode(row["document"], type=Attested)
    )
