"""Speakers keep their own page, by the link of a mail: no account, no password."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink
from digital_days.kernel.settings import current
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.availabilities import availability_of, grid_for
from scheduling.domain.speaker_activities import expected_at
from scheduling.domain.speaker_editing import ChangedMeanwhile, save_speaker
from scheduling.domain.speaker_links import profile_by_link
from scheduling.domain.speaker_profiles import Profile, public_code
from scheduling.routes.labels import day_name
from scheduling.routes.speaker_form import (
    LABELS,
    MOST_SENT,
    MOST_WRITTEN,
    OwnFields,
    details_in,
    form_of,
    read_speaker_form,
    said_meanwhile,
    ticked,
)

SAVED = N_("C’est enregistré, merci. L’organisation publie les changements : votre page publique suivra.")


@get("/ma-fiche/{token:str}", name="scheduling:own-page", permission=Permission.SIGNED_LINK)
async def own_page(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """What the organisers know of the speaker, to be put right."""
    profile = await profile_by_link(token)
    edition = await edition_numbered(profile.edition)
    return await _own_page(request, token, profile, await form_of(profile, await grid_for(edition)), status=200)


@post(
    "/ma-fiche/{token:str}",
    name="scheduling:own-page-save",
    permission=Permission.SIGNED_LINK,
    request_max_body_size=MOST_SENT,
)
async def save_own_page(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Into the draft; the address stays the organisers' to change."""
    profile = await profile_by_link(token)
    rate_limits.count(speaker=(profile.code, current().rate_per_person))
    edition = await edition_numbered(profile.edition)
    form = await read_speaker_form(request, OwnFields)
    if form.value is None:
        return await _own_page(request, token, profile, form)
    details = await details_in(form.value, profile=profile, edition=edition, grid=await grid_for(edition))
    try:
        await save_speaker(profile, details, version=form.value.version)
    except ChangedMeanwhile:
        return await _changed_page(request, token, form)
    return see_other(url("scheduling:own-page", token=token), flash=_(SAVED))


async def _changed_page(request: PageRequest, token: str, form: Form[OwnFields]) -> Response[str]:
    profile = await profile_by_link(token)
    edition = await edition_numbered(profile.edition)
    known = await availability_of(profile.id)
    meanwhile = said_meanwhile(form, profile, await grid_for(edition), known)
    form.typed["version"] = profile.version
    return await _own_page(request, token, profile, form, meanwhile=meanwhile, status=409)


async def _own_page(
    request: PageRequest,
    token: str,
    profile: Profile,
    form: Form[OwnFields],
    *,
    meanwhile: list[tuple[str, str]] | None = None,
    status: int = 422,
) -> Response[str]:
    edition = await edition_of_link((await edition_numbered(profile.edition)).slug)
    grid = await grid_for(edition)
    return page(
        request,
        "scheduling/own_page.html",
        edition=edition,
        status_code=status,
        save_url=url("scheduling:own-page-save", token=token),
        profile=profile,
        public_code=await public_code(profile),
        form=form,
        labels={name: _(words) for name, words in LABELS.items()},
        most=MOST_WRITTEN,
        grid=grid,
        day_name=day_name,
        ticked=ticked(form.typed, grid),
        meanwhile=meanwhile,
        expected=await expected_at(profile),
    )


router = Router(
    path="/",
    route_handlers=[own_page, save_own_page],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
