"""Taking part: who says so is matchable from then on; what colleagues say together is theirs together."""

import msgspec

from digital_days.kernel import clock, codes, consents, database
from digital_days.kernel.agreements import agree
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.registrations import register
from matchmaking.domain.participations import OrganisationWords, OwnWords, Participation, participation_of
from matchmaking.domain.settings import speed_dating_of


class NotOpen(Conflict):
    message = N_("Les inscriptions aux rencontres éclair ne sont pas ouvertes en ce moment.")


class OneSideOnly(Conflict):
    message = N_(
        "Votre organisation est déjà de l’autre côté : une personne participe pour une entreprise ou pour une "
        "ressource, pas pour les deux."
    )


_NEEDS = """
    INSERT INTO match_need (organisation, need)
    SELECT o.id, t.id FROM match_organisation o JOIN need_term t ON t.edition = o.edition
    WHERE o.id = $1 AND t.slug = ANY($2) ORDER BY t.position, t.id
"""


async def take_part(
    edition: Edition, person_id: int, organisation: OrganisationWords, own: OwnWords, *, version: str = ""
) -> None:
    """Opts in (with a ticket, where there was none), or changes what was said, in one transaction.

    ``version`` is of what the form showed, empty for nothing.
    Raises ``NotOpen``, ``NotAnnounced``, ``OneSideOnly``, ``ChangedMeanwhile``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person_id)
        if not (await speed_dating_of(edition.id)).takes_people:
            raise NotOpen
        await register(person_id, edition.id, origin="matchmaking")
        found = await participation_of(person_id, edition.id)
        if (found.version if found else "") != version:
            raise ChangedMeanwhile
        if found is None:
            organisation_id = await _add_organisation(edition.id, organisation)
            participant_id = await _add_participant(edition.id, organisation_id, person_id)
        else:
            organisation_id, participant_id = found.organisation_id, found.id
            await _change_organisation(found, organisation)
        await _write_needs(organisation_id, organisation.needs)
        await _write_own(participant_id, own)
        if found is None or not found.is_active:
            await agree(person_id, edition, consents.MATCHMAKING, origin="matchmaking")


async def _add_organisation(edition_id: int, said: OrganisationWords) -> int:
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


async def _add_participant(edition_id: int, organisation_id: int, person_id: int) -> int:
    [row] = await database.fetch(
        """
        INSERT INTO match_participant (code, edition, organisation, person, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5) RETURNING id
        """,
        codes.new_code(),
        edition_id,
        organisation_id,
        person_id,
        clock.now(),
    )
    return int(row["id"])


async def _change_organisation(found: Participation, said: OrganisationWords) -> None:
    """Its side stays: colleagues and wishes hang on it."""
    if said.side != found.organisation.side:
        raise OneSideOnly
    await database.fetch(
        """
        UPDATE match_organisation SET name = $2, about = $3, sector = $4, size = $5, updated_at = $6 WHERE id = $1
        """,
        found.organisation_id,
        said.name,
        said.about,
        said.sector,
        said.size,
        clock.now(),
    )


async def _write_needs(organisation_id: int, needs: tuple[str, ...]) -> None:
    await database.fetch("DELETE FROM match_need WHERE organisation = $1", organisation_id)
    await database.fetch(_NEEDS, organisation_id, list(needs))


async def _write_own(participant_id: int, own: OwnWords) -> None:
    now = clock.now()
    await database.fetch(
        """
        UPDATE match_participant SET role = $2, languages = $3, least = $4, most = $5, left_at = NULL, updated_at = $6,
            opted_in_at = CASE WHEN left_at IS NULL THEN coalesce(opted_in_at, $6) ELSE $6 END
        WHERE id = $1
        """,
        participant_id,
        own.role,
        msgspec.json.encode(own.languages).decode(),
        own.least,
        own.most,
        now,
    )
    await database.fetch("DELETE FROM match_absence WHERE participant = $1", participant_id)
    await database.fetch(
        """
        INSERT INTO match_absence (participant, starts_at, ends_at)
        SELECT $1, s, e FROM unnest($2::timestamptz[], $3::timestamptz[]) AS absent (s, e)
        """,
        participant_id,
        [starts_at for starts_at, _ends in own.absent],
        [ends_at for _starts, ends_at in own.absent],
    )
