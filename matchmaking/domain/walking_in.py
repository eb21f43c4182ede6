"""Somebody comes on the day without having said so before: they take part from this moment, and are here."""

from msgspec import Struct, structs

from digital_days.kernel import database, i18n, sent_forms
from digital_days.kernel.desk_registrations import ORIGIN
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, Locale
from digital_days.kernel.people import add_account, add_unproved_person, fold
from digital_days.kernel.registrations import register
from matchmaking.domain.arrivals import arrive
from matchmaking.domain.colleagues import MOST, TooManyColleagues
from matchmaking.domain.houses import called, houses_of, of_side
from matchmaking.domain.opting_in import add_needs, add_organisation, opt_in
from matchmaking.domain.participations import OrganisationWords, OwnWords, Participation, participation_of
from matchmaking.domain.settings import speed_dating_of
from matchmaking.domain.taking_part import OneSideOnly
from matchmaking.domain.walk_in_people import ANOTHER, WhoIsIt, chosen, people_like


class NotHeld(Conflict):
    message = N_("Il n’y a pas de rencontres éclair dans cette édition.")


class TakesPart(Conflict):
    message = N_("%(name)s participe déjà, pour %(organisation)s.")


class OtherHouse(Conflict):
    message = N_("Cette personne est attendue pour %(organisation)s : écrivez ce nom.")


class WalkIn(Struct, frozen=True, kw_only=True):
    """What the desk has written down. ``who``: of ``walk_in_people``; ``locale``: of our messages to somebody new."""

    name: str
    email: str
    locale: Locale
    who: str
    organisation: OrganisationWords
    languages: tuple[str, ...]
    form_code: str


async def walk_in(edition: Edition, said: WalkIn) -> None:
    """They have a ticket, their agreement is on record and they have arrived, in one transaction.

    Whatever the closing, and whatever is published. The same form again changes nothing. Raises ``NotHeld``,
    ``NotAnnounced``, ``WhoIsIt``, ``TakesPart``, ``OneSideOnly``, ``OtherHouse``, ``TooManyColleagues``.
    """
    key = f"walk-in:{edition.id}:{said.form_code[:40]}"
    async with database.transaction():
        if not await sent_forms.is_new(key):
            return
        person_id = await _person(edition, said)
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person_id)
        # Two desks at once make one organisation of one name.
        await database.fetch("SELECT FROM speed_dating WHERE edition = $1 FOR NO KEY UPDATE", edition.id)
        if not (await speed_dating_of(edition.id)).is_held:
            raise NotHeld
        await register(person_id, edition.id, origin=ORIGIN)
        found = await participation_of(person_id, edition.id)
        organisation_id = await _own_house(found, said) if found else await _house(edition.id, said.organisation)
        await add_needs(organisation_id, said.organisation.needs)
        own = structs.replace(found.own if found else OwnWords(), languages=said.languages)
        with i18n.use(said.locale):  # read aloud in the person's language, which need not be that of the desk's page
            code = await opt_in(edition, person_id, organisation_id, own, found=found, origin=ORIGIN)
        await arrive(edition.id, code)
        await sent_forms.keep(key, outcome="walked-in", code=code)


async def _person(edition: Edition, said: WalkIn) -> int:
    """An address that is somebody else's is kept for messages alone."""
    known = chosen(await people_like(edition.id, name=said.name, email=said.email), said.who)
    if known is not None:
        return known
    if not said.email or said.who == ANOTHER:
        return await add_unproved_person(name=said.name, email=said.email, locale=said.locale)
    made = await add_account(name=said.name, email=said.email, locale=said.locale)
    if made is None:  # somebody was faster
        raise WhoIsIt
    return made


async def _own_house(found: Participation, said: WalkIn) -> int:
    """Where they were invited, or had been before they left: colleagues and wishes hang on it."""
    if found.is_active:
        raise TakesPart(name=said.name, organisation=found.organisation.name, participant=found.code)
    if fold(found.organisation.name) != fold(said.organisation.name):
        raise OtherHouse(organisation=found.organisation.name)
    if found.organisation.side != said.organisation.side:
        raise OneSideOnly
    return found.organisation_id


async def _house(edition_id: int, said: OrganisationWords) -> int:
    """The one of this name, or a new one; nobody sits on both sides."""
    alike = called(await houses_of(edition_id), said.name)
    house = of_side(alike, said.side)
    if house is None and alike:
        raise OneSideOnly
    if house is not None and house.people >= MOST:
        raise TooManyColleagues(most=MOST)
    return house.id if house else await add_organisation(edition_id, said)
