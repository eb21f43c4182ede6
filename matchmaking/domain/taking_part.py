"""Taking part: who says so is matchable from then on; what colleagues say together is theirs together."""

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.registrations import register
from matchmaking.domain.opting_in import add_needs, add_organisation, opt_in
from matchmaking.domain.participations import OrganisationWords, OwnWords, Participation, participation_of
from matchmaking.domain.settings import speed_dating_of


class NotOpen(Conflict):
    message = N_("Les inscriptions aux rencontres éclair ne sont pas ouvertes en ce moment.")


class OneSideOnly(Conflict):
    message = N_(
        "Votre organisation est déjà de l’autre côté : une personne participe pour une entreprise ou pour une "
        "ressource, pas pour les deux."
    )


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
            organisation_id = await add_organisation(edition.id, organisation)
        else:
            organisation_id = found.organisation_id
            await _change_organisation(found, organisation)
        await database.fetch("DELETE FROM match_need WHERE organisation = $1", organisation_id)
        await add_needs(organisation_id, organisation.needs)
        await opt_in(edition, person_id, organisation_id, own, found=found, origin="matchmaking")


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
