"""Where organisers write the activities of the programme in preparation."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_activities import (
    Overtaken,
    SlotChanges,
    add_activity,
    change_activity,
    duplicate_activity,
    remove_activity,
)
from scheduling.domain.planned_activity import ActivityContent, NoSuchPlannedActivity, planned_activity
from scheduling.routes.activity_buttons import press
from scheduling.routes.activity_conflict import begin_anew, catch_up
from scheduling.routes.activity_form import ActivityForm, form_of, read_activity, typed_form
from scheduling.routes.activity_page import Opened, activity_page, opened

SAVED = N_("C’est enregistré. Le public le verra à la prochaine version publiée.")
COPIED = N_("Voici la copie : changez son titre, puis donnez-lui ses plages.")
REMOVED = N_("L’activité est retirée du programme en préparation.")
REMOVED_MEANWHILE = N_(
    "Quelqu’un a retiré cette activité pendant que vous écriviez. Votre texte est encore là : enregistrez-le pour en "
    "faire une nouvelle activité."
)


@get("/nouvelle", name="scheduling:new-activity", permission=Permission.ORGANISE)
async def new(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    return activity_page(request, await opened(edition), ActivityForm(minutes="60"), {})


@post("/nouvelle", name="scheduling:add-activity", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Saves a new activity, or answers one of the form's own buttons."""
    return await _write(request, await opened(edition))


@get("/{activity_code:str}", name="scheduling:planned-activity", permission=Permission.ORGANISE)
async def edit(request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]) -> Response[str]:
    """The form, as the activity stands."""
    on = await opened(edition, activity_code)
    if on.known is None:
        raise NoSuchPlannedActivity
    return activity_page(request, on, form_of(on.known), {})


@post("/{activity_code:str}", name="scheduling:change-activity", permission=Permission.ORGANISE)
async def change(
    request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]
) -> Response[str] | Redirect:
    """Saves, or answers one of the form's own buttons; what somebody has removed meanwhile can be saved anew."""
    return await _write(request, await opened(edition, activity_code), code=activity_code)


@post("/{activity_code:str}/copie", name="scheduling:duplicate-activity", permission=Permission.ORGANISE)
async def duplicate(request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]) -> Redirect:
    """A copy, opened for its author to go on."""
    copy = await duplicate_activity(await draft_of(edition.id), activity_code, by=signed_in(request).id)
    return see_other(_address(edition, copy), flash=_(COPIED))


@get("/{activity_code:str}/retirer", name="scheduling:activity-removal", permission=Permission.ORGANISE)
async def ask_removal(request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]) -> Response[str]:
    """What would go, and whom it would concern."""
    return await _removal_page(request, edition, activity_code)


@post("/{activity_code:str}/retirer", name="scheduling:remove-activity", permission=Permission.ORGANISE)
async def remove(
    request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]
) -> Response[str] | Redirect:
    """Only what was seen: an activity that has changed since is shown again."""
    version = (await read_form(request, ActivityForm))["version"]
    try:
        await remove_activity(await draft_of(edition.id), activity_code, version=str(version))
    except Overtaken as refusal:
        return await _removal_page(request, edition, activity_code, refusal=str(refusal))
    return see_other(url("scheduling:planned-activities", edition_slug=edition.slug), flash=_(REMOVED))


async def _write(request: PageRequest, on: Opened, *, code: str = "") -> Response[str] | Redirect:
    form = await typed_form(request)
    if code and on.known is None:
        if not form.version:
            raise NoSuchPlannedActivity
        begin_anew(form)
        return activity_page(request, on, form, {}, status=409, refusal=_(REMOVED_MEANWHILE))
    if form.do:
        errors = press(form, on.choices, on.known)
        return activity_page(request, on, form, errors, status=422 if errors else 200)
    read = read_activity(form, on.choices)
    if read.content is None:
        return activity_page(request, on, form, read.errors, status=422)
    return await _save(request, on, form, read.content, read.slots)


async def _save(
    request: PageRequest, on: Opened, form: ActivityForm, content: ActivityContent, slots: SlotChanges
) -> Response[str] | Redirect:
    by = signed_in(request).id
    if on.known is None:
        return see_other(_address(on.edition, await add_activity(on.draft, content, slots, by=by)), flash=_(SAVED))
    try:
        await change_activity(on.draft, on.known.code, content, slots, version=form.version, by=by)
    except Overtaken as refusal:
        now = await opened(on.edition, on.known.code)
        differences = catch_up(form, content, now.known, now.choices) if now.known else []
        return activity_page(request, now, form, {}, status=409, refusal=str(refusal), differences=differences)
    return see_other(_address(on.edition, on.known.code), flash=_(SAVED))


async def _removal_page(request: PageRequest, edition: Edition, code: str, *, refusal: str = "") -> Response[str]:
    return page(
        request,
        "scheduling/activity_removal.html",
        edition=edition,
        status_code=409 if refusal else 200,
        organiser_menu=organiser_menu(edition, "scheduling:planned-activities"),
        activity=await planned_activity(await draft_of(edition.id), code),
        refusal=refusal,
    )


def _address(edition: Edition, code: str) -> str:
    return url("scheduling:planned-activity", edition_slug=edition.slug, activity_code=code)


router = Router(
    path="/{edition_slug:str}/organisation/activites",
    route_handlers=[new, add, edit, change, duplicate, ask_removal, remove],
    include_in_schema=False,
)
