"""One's own part in the speed dating: say for whom, what one looks for or offers, when not; invite; leave."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import consents, wake
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.occupations import Occupation, occupations
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.colleagues import IsOneself, invite_colleague
from matchmaking.domain.erasing import erase
from matchmaking.domain.leaving import leave
from matchmaking.domain.participations import SIDES, active_participation, participation_of
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.sectors import SECTORS, SIZES
from matchmaking.domain.settings import SpeedDating, speed_dating_of
from matchmaking.domain.taking_part import take_part
from matchmaking.routes.participation_form import (
    LABELS,
    LONGEST,
    MOST_MEETINGS,
    ParticipationForm,
    read_participation,
    round_choices,
    typed_participation,
)

ROUTE = "matchmaking:participation"
SAVED = N_("C’est noté : vous participez. Dites maintenant qui vous aimeriez rencontrer.")
INVITED = N_("L’invitation est partie. La personne participe quand elle a dit oui.")
ERASED = N_("C’est effacé : il ne reste rien de ce que vous aviez dit.")
LEFT = N_("C’est noté : vous ne participez plus aux rencontres éclair.")
_MOST_INVITATIONS_A_DAY = 20


class ColleagueForm(Struct):
    """Whom to invite."""

    colleague: OneLine
    email: EmailAddress


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As it is on record, or a blank form."""
    return await _page(request, edition)


@post("/", name="matchmaking:take-part", permission=Permission.SIGNED_IN)
async def save(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Opts in, or changes what was said."""
    viewer, dating = signed_in(request), await speed_dating_of(edition.id)
    found = await participation_of(viewer.id, edition.id)
    needs = [term.slug for term in await need_terms(edition.id)]
    active = found is not None and found.is_active
    read = await read_participation(request, dating.rounds, needs, asks_agreement=not active)
    if read.organisation is None or read.own is None:
        return await _page(request, edition, form=read.form)
    try:
        await take_part(edition, viewer.id, read.organisation, read.own, version=str(read.form["version"]))
    except (ChangedMeanwhile, Conflict) as refusal:
        read.form.refuse("", str(refusal))
        return await _page(request, edition, form=read.form, status=409)
    return see_other(url("matchmaking:wishes", edition_slug=edition.slug), flash=_(SAVED))


@post("/collegue", name="matchmaking:invite-colleague", permission=Permission.SIGNED_IN)
async def invite(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """By whoever takes part, for the same organisation."""
    mine = await active_participation(signed_in(request).id, edition.id)
    form = await read_form(request, ColleagueForm)
    if form.value is None:
        return await _page(request, edition, inviting=form)
    rate_limits.count(match_invitation=(str(mine.person_id), _MOST_INVITATIONS_A_DAY))
    try:
        await invite_colleague(mine, name=form.value.colleague, email=form.value.email)
    except IsOneself as refusal:
        form.refuse("email", str(refusal))
        return await _page(request, edition, inviting=form)
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(INVITED))


@post("/quitter", name="matchmaking:leave", permission=Permission.SIGNED_IN)
async def quit_it(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """At any moment; meetings that are published are cancelled."""
    await leave(signed_in(request).id, edition.id)
    wake.soon()
    return see_other(url("matchmaking:speed-dating", edition_slug=edition.slug), flash=_(LEFT))


@post("/effacer", name="matchmaking:erase", permission=Permission.SIGNED_IN)
async def erase_it(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """Leaves too, for who still takes part."""
    await erase(signed_in(request).id, edition.id)
    wake.soon()
    return see_other(url("matchmaking:speed-dating", edition_slug=edition.slug), flash=_(ERASED))


async def _page(
    request: PageRequest,
    edition: Edition,
    *,
    form: Form[ParticipationForm] | None = None,
    inviting: Form[ColleagueForm] | None = None,
    status: int = 422,
) -> Response[str]:
    viewer, dating = signed_in(request), await speed_dating_of(edition.id)
    found = await participation_of(viewer.id, edition.id)
    stored = typed_participation(found, dating.rounds)
    typed: Mapping[str, object] = {**stored, **form.typed} if form else stored
    return page(
        request,
        "matchmaking/participation.html",
        edition=edition,
        status_code=status if form or inviting else 200,
        dating=dating,
        found=found,
        typed={**typed, "version": stored["version"]} if status == 409 else typed,
        errors=form.errors if form else {},
        inviting=inviting.typed if inviting else {"colleague": "", "email": ""},
        inviting_errors=inviting.errors if inviting else {},
        labels={name: _(words) for name, words in LABELS.items()},
        sides=[(side, _(words)) for side, words in SIDES.items()],
        sectors=[(code, _(words)) for code, words in SECTORS.items()],
        sizes=[(code, _(words)) for code, words in SIZES.items()],
        needs=[(term.slug, term.name) for term in await need_terms(edition.id)],
        rounds=round_choices(dating.rounds),
        expected=await _expected(viewer.id, dating),
        agreement=consents.MATCHMAKING.text(edition.organiser_name),
        longest=LONGEST,
        most_meetings=MOST_MEETINGS,
    )


async def _expected(person_id: int, dating: SpeedDating) -> list[Occupation]:
    """Where the person's agenda has them meanwhile: nobody is asked to repeat it."""
    if not dating.rounds:
        return []
    first, last = dating.rounds[0], dating.rounds[-1]
    items = await occupations([person_id], first.starts_at, last.ends_at, but=list(SOURCES.values()))
    return [item for item in items if any(each.overlaps(item.starts_at, item.ends_at) for each in dating.rounds)]


router = Router(
    path="/{edition_slug:str}/mes-rencontres/participation",
    route_handlers=[show, save, invite, quit_it, erase_it],
    include_in_schema=False,
)
