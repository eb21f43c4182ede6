"""The organisers' speakers: who they are, what is missing, how they keep their own page."""

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.availabilities import availability_of, grid_for
from scheduling.domain.drafts import draft_of
from scheduling.domain.speaker_activities import expected_at
from scheduling.domain.speaker_editing import (
    ChangedMeanwhile,
    StillOnTheProgramme,
    add_speaker,
    remove_speaker,
    save_speaker,
)
from scheduling.domain.speaker_links import WithoutAddress, last_sent, send_link
from scheduling.domain.speaker_list import MISSING, speakers_of
from scheduling.domain.speaker_profiles import Profile, profile_called
from scheduling.routes.labels import day_name
from scheduling.routes.speaker_form import (
    LABELS,
    MOST_SENT,
    MOST_WRITTEN,
    OrganisersFields,
    OwnFields,
    details_in,
    form_of,
    read_speaker_form,
    said_meanwhile,
    ticked,
)

ADDED = N_("%(name)s est maintenant dans le programme en préparation.")
SAVED = N_("La fiche est enregistrée. Le public la verra à la prochaine publication.")
REMOVED = N_("%(name)s n’est plus dans le programme en préparation.")
SENT = N_("Le lien part à l’adresse %(email)s.")
SENT_ALREADY = N_("Le lien vient de partir à l’adresse %(email)s. Attendez dix minutes avant de le renvoyer.")


class Back(Struct):
    """Where the button stands."""

    to_list: bool = False


@get("/", name="scheduling:speakers", permission=Permission.ORGANISE)
async def list_speakers(
    request: PageRequest, edition: RequestedEdition, q: FromQuery[str] = "", manque: FromQuery[str] = ""
) -> Response[str]:
    """All of the draft, or those who are looked for."""
    draft, english = await draft_of(edition.id), edition.opens_english
    without = manque if manque in MISSING else ""
    return page(
        request,
        "scheduling/speakers.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:speakers"),
        speakers=await speakers_of(draft, words=q[:200], without=without, in_english=english),
        words=q[:200],
        without=without,
        missing={name: _(words) for name, words in MISSING.items() if english or name != "english"},
    )


@get("/ajouter", name="scheduling:speaker-add", permission=Permission.ORGANISE)
async def ask(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The empty page of somebody new."""
    return await _edit_page(request, edition, None, Form(typed={}, errors={}, value=None), status=200)


@post("/ajouter", name="scheduling:speaker-added", permission=Permission.ORGANISE, request_max_body_size=MOST_SENT)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Only a name is needed."""
    form = await read_speaker_form(request, OrganisersFields)
    if form.value is None:
        return await _edit_page(request, edition, None, form)
    details = await details_in(form.value, profile=None, edition=edition, grid=await grid_for(edition))
    code = await add_speaker(await draft_of(edition.id), details)
    return see_other(_path(edition, "speaker-edit", code), flash=_(ADDED, name=details.name))


@get("/{speaker_code:str}", name="scheduling:speaker-edit", permission=Permission.ORGANISE)
async def edit(request: PageRequest, edition: RequestedEdition, speaker_code: FromPath[str]) -> Response[str]:
    """Everything about one of them."""
    profile = await profile_called(edition.id, speaker_code)
    form = await form_of(profile, await grid_for(edition))
    return await _edit_page(request, edition, profile, form, status=200)


@post(
    "/{speaker_code:str}",
    name="scheduling:speaker-save",
    permission=Permission.ORGANISE,
    request_max_body_size=MOST_SENT,
)
async def save(
    request: PageRequest, edition: RequestedEdition, speaker_code: FromPath[str]
) -> Response[str] | Redirect:
    """Nobody's changes are lost: neither those of the form, nor those made meanwhile."""
    profile = await profile_called(edition.id, speaker_code)
    form = await read_speaker_form(request, OrganisersFields)
    if form.value is None:
        return await _edit_page(request, edition, profile, form)
    details = await details_in(form.value, profile=profile, edition=edition, grid=await grid_for(edition))
    try:
        await save_speaker(profile, details, version=form.value.version)
    except ChangedMeanwhile:
        return await _changed_page(request, edition, speaker_code, form)
    return see_other(_path(edition, "speaker-edit", profile.code), flash=_(SAVED))


@post("/{speaker_code:str}/enlever", name="scheduling:speaker-remove", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, speaker_code: FromPath[str]) -> Redirect:
    """While they appear in an activity, they stay, and the page says where."""
    profile = await profile_called(edition.id, speaker_code)
    try:
        await remove_speaker(profile)
    except StillOnTheProgramme as refusal:
        return see_other(_path(edition, "speaker-edit", profile.code), flash=str(refusal), kind="error")
    return see_other(url("scheduling:speakers", edition_slug=edition.slug), flash=_(REMOVED, name=profile.name))


@post("/{speaker_code:str}/lien", name="scheduling:speaker-link", permission=Permission.ORGANISE)
async def send(request: PageRequest, edition: RequestedEdition, speaker_code: FromPath[str]) -> Redirect:
    """The mail with the link to their own page."""
    profile = await profile_called(edition.id, speaker_code)
    form = await read_form(request, Back)
    listed = form.value is not None and form.value.to_list
    back = (
        url("scheduling:speakers", edition_slug=edition.slug)
        if listed
        else _path(edition, "speaker-edit", speaker_code)
    )
    try:
        sent = await send_link(profile)
    except WithoutAddress as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    return see_other(
        back, flash=_(SENT if sent else SENT_ALREADY, email=profile.email), kind="success" if sent else "info"
    )


def _path(edition: Edition, name: str, code: str) -> str:
    return url(f"scheduling:{name}", edition_slug=edition.slug, speaker_code=code)


async def _changed_page(
    request: PageRequest, edition: Edition, code: str, form: Form[OrganisersFields]
) -> Response[str]:
    profile = await profile_called(edition.id, code)
    known = await availability_of(profile.id)
    meanwhile = said_meanwhile(form, profile, await grid_for(edition), known)
    form.typed["version"] = profile.version
    return await _edit_page(request, edition, profile, form, meanwhile=meanwhile, status=409)


async def _edit_page(
    request: PageRequest,
    edition: Edition,
    profile: Profile | None,
    form: Form[OrganisersFields] | Form[OwnFields],
    *,
    meanwhile: list[tuple[str, str]] | None = None,
    status: int = 422,
) -> Response[str]:
    grid = await grid_for(edition)
    sent = await last_sent([profile.person]) if profile and profile.person else {}
    return page(
        request,
        "scheduling/speaker_edit.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, "scheduling:speakers"),
        profile=profile,
        form=form,
        labels={name: _(words) for name, words in LABELS.items()},
        most=MOST_WRITTEN,
        grid=grid,
        day_name=day_name,
        ticked=ticked(form.typed, grid),
        meanwhile=meanwhile,
        sent=sent.get(profile.code) if profile else None,
        expected=await expected_at(profile) if profile else [],
    )


router = Router(
    path="/{edition_slug:str}/organisation/intervenants",
    route_handlers=[list_speakers, ask, add, edit, save, remove, send],
    include_in_schema=False,
)
