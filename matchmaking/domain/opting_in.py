"""What makes somebody matchable, whoever says so: an organisation, its needs, their own words, their agreement."""

import msgspec

from digital_days.kernel import clock, codes, consents, database
from digital_days.kernel.agreements import agree
from digital_days.kernel.editions import Edition
from matchmaking.domain.participations import OrganisationWords, OwnWords, Participation

_NEEDS = """
    INSERT INTO match_need (organisation, need)
    SELECT o.id, t.id FROM match_organisation o JOIN need_term t ON t.edition = o.edition
    WHERE o.id = $1 AND t.slug = ANY($2)
        AND NOT EXISTS (SELECT FROM match_need n WHERE n.organisation = o.id AND n.need = t.id)
    ORDER BY t.position, t.id
"""


async def opt_in(
    edition: Edition, person_id: int, organisation_id: int, own: OwnWords, *, found: Participation | None, origin: str
) -> str:
    """In the caller's transaction, which holds the person: from now on they may be matched for this organisation.

    The participant's code. ``found`` is their part as it was; who was no longer or not yet active agrees, in the
    current language.
    """
    code = found.code if found else await _add_participant(edition.id, organisation_id, person_id)
    await _write_own(code, own)
    if found is None or not found.is_active:
        await agree(person_id, edition, consents.MATCHMAKING, origin=origin)
    return code


async def add_organisation(edition_id: int, said: OrganisationWords) -> int:
    """Its needs apart."""
    [row] = await database.fetch(
        """
        INSERT INTO match_organisation (code, edition, side, name, about, sector, size, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id
        """,
        codes.new_code(),
        edition_id,
        said.side,
        said.name,
        said.about,
        said.sector,
        said.size,
        clock.now(),
    )
    return int(row["id"])


async def add_needs(organisation_id: int, needs: tuple[str, ...]) -> None:
    """Beside those that it has; slugs that the edition does not know are left out."""
    await database.fetch(_NEEDS, organisation_id, list(needs))


async def _add_participant(edition_id: int, organisation_id: int, person_id: int) -> str:
    await database.fetch(
        """
        INSERT INTO match_participant (code, edition, organisation, person, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        """,
        code := codes.new_code(),
        edition_id,
        organisation_id,
        person_id,
        clock.now(),
    )
    return code


async def _write_own(code: str, own: OwnWords) -> None:
    now = clock.now()
    [row] = await database.fetch(
        """
        UPDATE match_participant SET role = $2, languages = $3, least = $4, most = $5, left_at = NULL, updated_at = $6,
            opted_in_at = CASE WHEN left_at IS NULL THEN coalesce(opted_in_at, $6) ELSE $6 END
        WHERE code = $1 RETURNING id
        """,
        code,
        own.role,
        msgspec.json.encode(own.languages).decode(),
        own.least,
        own.most,
        now,
    )
    await database.fetch("DELETE FROM match_absence WHERE participant = $1", row["id"])
    await database.fetch(
        """
        INSERT INTO match_absence (participant, starts_at, ends_at)
        SELECT $1, s, e FROM unnest($2::timestamptz[], $3::timestamptz[]) AS absent (s, e)
        """,
        row["id"],
        [starts_at for starts_at, _ends in own.absent],
        [ends_at for _starts, ends_at in own.absent],
    )
