"""Phones that read tickets for one exhibitor: paired once by a code that serves once, ended at any time.

Of the code and of the phone's cookie only hashes are kept.
"""

import secrets
from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.check_in import today
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.web.sessions import hash_of
from exhibitors.domain.exhibitors import Exhibitor

SERVES = timedelta(minutes=10)
MOST = 20
_SEEN_EVERY = timedelta(minutes=5)


class NoSuchPairing(NotFound):
    message = N_("Ce code ne jumelle aucun téléphone. Demandez-en un nouveau à votre équipe.")


class PairingUsed(Conflict):
    message = N_("Ce code a déjà servi à un téléphone : chacun a le sien. Demandez-en un nouveau à votre équipe.")


class PairingOver(Conflict):
    message = N_("Ce code ne sert plus : il dure dix minutes. Demandez-en un nouveau à votre équipe.")


class NoMoreScanners(Conflict):
    message = N_("Les téléphones se jumellent une fois la candidature acceptée, et jusqu’au dernier jour du salon.")


class TooManyScanners(Conflict):
    message = N_("Au plus %(most)s téléphones par exposant : retirez-en un d’abord.")


class NoSuchScanner(NotFound):
    message = N_("Ce téléphone n’est plus dans votre liste.")


class Scanner(Struct, frozen=True, kw_only=True):
    """Not paired yet while ``paired_at`` is none."""

    code: str
    name: str
    paired_at: datetime | None
    seen_at: datetime | None


class Paired(Struct, frozen=True, kw_only=True):
    """The phone that asks, and for whom it reads."""

    id: int
    code: str
    exhibitor_id: int
    exhibitor: str
    exhibitor_name: str
    edition_id: int


# Ended phones, those of an exhibitor who is not at the fair (any more), and all of an edition that is over: none.
_WORKING = "s.revoked_at IS NULL AND x.state = 'accepted' AND e.ends_on >= $1"
_OF_FAIR = "JOIN exhibitor x ON x.id = s.exhibitor JOIN edition e ON e.id = x.edition"


async def scanners_of(exhibitor_id: int) -> list[Scanner]:
    """Those that read tickets, and those whose code may still be used; one query."""
    rows = await database.fetch(
        """
        SELECT code, name, paired_at, seen_at FROM scanner
        WHERE exhibitor = $1 AND revoked_at IS NULL AND (paired_at IS NOT NULL OR pairing_until > $2) ORDER BY id
        """,
        exhibitor_id,
        clock.now(),
    )
    return [Scanner(**row) for row in rows]


async def offer_pairing(exhibitor: Exhibitor, *, name: str, by: int) -> str:
    """The secret that pairs one phone within ten minutes. Raises ``NoMoreScanners``, ``TooManyScanners``."""
    secret = secrets.token_urlsafe(24)
    await _add(exhibitor, name, by, pairing_hash=hash_of(secret), pairing_until=clock.now() + SERVES)
    return secret


async def pair_here(exhibitor: Exhibitor, *, name: str, by: int) -> str:
    """The secret of the browser that asks, paired at once. Raises ``NoMoreScanners``, ``TooManyScanners``."""
    secret = secrets.token_urlsafe(32)
    await _add(exhibitor, name, by, token_hash=hash_of(secret))
    return secret


async def pairing_offered(edition_id: int, secret: str) -> str:
    """The name of the exhibitor for which the code pairs a phone now; raises what keeps it from that."""
    row = await database.fetch_one(
        f"""
        SELECT x.name, s.paired_at IS NOT NULL AS used, coalesce(s.pairing_until > $4, false) AND {_WORKING} AS serves
        FROM scanner s {_OF_FAIR} WHERE s.pairing_hash = $2 AND x.edition = $3
        """,
        today(),
        hash_of(secret),
        edition_id,
        clock.now(),
    )
    if row is None:
        raise NoSuchPairing
    if row["used"]:
        raise PairingUsed
    if not row["serves"]:
        raise PairingOver
    return str(row["name"])


async def pair(edition_id: int, pairing: str) -> str:
    """The new secret of this phone: of two that come with the same code, one gets it. Raises as ``pairing_offered``."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    rows = await database.fetch(
        f"""
        UPDATE scanner SET token_hash = $4, paired_at = $5, seen_at = $5
        FROM scanner s {_OF_FAIR}
        WHERE s.id = scanner.id AND scanner.pairing_hash = $2 AND scanner.paired_at IS NULL
            AND scanner.pairing_until > $5 AND x.edition = $3 AND {_WORKING}
        RETURNING scanner.id
        """,
        today(),
        hash_of(pairing),
        edition_id,
        hash_of(secret),
        now,
    )
    if not rows:
        await pairing_offered(edition_id, pairing)
        raise PairingOver
    return secret


async def revoke_scanner(exhibitor_id: int, code: str) -> None:
    """It reads nothing from now on; again is harmless. Raises ``NoSuchScanner``."""
    rows = await database.fetch(
        "UPDATE scanner SET revoked_at = coalesce(revoked_at, $3) WHERE exhibitor = $1 AND code = $2 RETURNING id",
        exhibitor_id,
        code,
        clock.now(),
    )
    if not rows:
        raise NoSuchScanner


async def paired_scanner(edition_id: int, secret: str) -> Paired | None:
    """Whose phone this is, if it still reads tickets of this edition."""
    row = await database.fetch_one(
        f"""
        SELECT s.id, s.code, x.id AS exhibitor_id, x.code AS exhibitor, x.name AS exhibitor_name,
            x.edition AS edition_id, s.seen_at
        FROM scanner s {_OF_FAIR} WHERE s.token_hash = $2 AND x.edition = $3 AND {_WORKING}
        """,
        today(),
        hash_of(secret),
        edition_id,
    )
    if row is None:
        return None
    now = clock.now()
    if row["seen_at"] < now - _SEEN_EVERY:
        await database.fetch("UPDATE scanner SET seen_at = $2 WHERE id = $1", row["id"], now)
    return Paired(**{name: row[name] for name in Paired.__struct_fields__})


async def _add(
    exhibitor: Exhibitor,
    name: str,
    by: int,
    *,
    pairing_hash: str | None = None,
    pairing_until: datetime | None = None,
    token_hash: str | None = None,
) -> None:
    """Codes of this exhibitor that nobody used in time go; a phone with its own secret is paired at once."""
    edition = await edition_numbered(exhibitor.edition_id)
    if exhibitor.state != "accepted" or edition.ends_on < today():
        raise NoMoreScanners
    now = clock.now()
    rows = await database.fetch(
        """
        WITH gone AS (
            DELETE FROM scanner WHERE exhibitor = $1 AND paired_at IS NULL AND pairing_until <= $8
        )
        INSERT INTO scanner
            (exhibitor, code, name, pairing_hash, pairing_until, token_hash, paired_at, seen_at, created_by, created_at)
        SELECT $1, $2, $3, $4, $5, $6, paired.at, paired.at, $7, $8
        FROM (SELECT CASE WHEN $6::text IS NOT NULL THEN $8::timestamptz END AS at) paired
        WHERE $9 > (
            SELECT count(*) FROM scanner s WHERE s.exhibitor = $1 AND s.revoked_at IS NULL
                AND (s.paired_at IS NOT NULL OR s.pairing_until > $8)
        ) RETURNING id
        """,
        exhibitor.id,
        codes.new_code(),
        name,
        pairing_hash,
        pairing_until,
        token_hash,
        by,
        now,
        MOST,
    )
    if not rows:
        raise TooManyScanners(most=MOST)
