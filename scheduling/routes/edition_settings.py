"""The organisers' page of the edition itself: its words and days, whether everybody sees it, and its English."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.announcing import SomebodyRegistered, announce, withdraw
from scheduling.domain.drafts import draft_of
from scheduling.domain.edition_settings import (
    EditionSettings,
    change_settings,
    close_english,
    open_english,
    settings_of,
)
from scheduling.domain.planned_moments import PlannedMoment, moments_outside
from scheduling.routes.edition_form import LABELS, EditionForm, check_days, typed_in, typed_of

ROUTE = "scheduling:edition-settings"
Ground = Annotated[OneLine, Meta(max_length=1000)]
GROUND_LABELS = {"ground_fr": N_("Motif, en français"), "ground_en": N_("Le même, en anglais")}
LOOK_FIRST = N_("Des activités seraient en dehors de ces jours : voyez lesquelles, puis confirmez.")


class GroundForm(Struct, frozen=True):
    """Who may consult the English pages."""

    ground_fr: Ground
    ground_en: Ground
    version: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As they are on record."""
    return await _settings_page(request, edition)


@post("/", name="scheduling:change-edition", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Public at once; days that leave something planned outside are confirmed first."""
    form = await read_form(request, EditionForm)
    check_days(form)
    outside = await _outside(edition, form)
    if form.value is None:
        return await _settings_page(request, edition, form=form, outside=outside, status=422)
    try:
        await change_settings(edition.id, form.value.said, version=form.value.version)
    except ChangedMeanwhile:
        return await _settings_page(request, edition, form=form, compare=True, status=409)
    return _back(edition, _("Les réglages de l’édition sont enregistrés."))


@post("/annoncer", name="scheduling:announce-edition", permission=Permission.ORGANISE)
async def announce_it(edition: RequestedEdition) -> Redirect:
    """Everybody sees it from now on."""
    await announce(edition.id)
    return _back(edition, _("L’édition est annoncée : tout le monde la voit maintenant."))


@post("/retirer", name="scheduling:withdraw-edition", permission=Permission.ORGANISE)
async def withdraw_it(edition: RequestedEdition) -> Redirect:
    """Only organisers see it again, as long as nobody has registered."""
    try:
        await withdraw(edition.id)
    except SomebodyRegistered as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, _("L’édition n’est plus annoncée : seules les personnes qui l’organisent la voient."))


@post("/anglais", name="scheduling:open-english", permission=Permission.ORGANISE)
async def say_ground(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """With a ground on record there are English pages."""
    ground = await read_form(request, GroundForm)
    if ground.value is None:
        return await _settings_page(request, edition, ground=ground, status=422)
    try:
        await open_english(edition.id, ground.value.ground_fr, ground.value.ground_en, version=ground.value.version)
    except ChangedMeanwhile:
        return await _settings_page(request, edition, ground=ground, compare=True, status=409)
    return _back(edition, _("Le motif est enregistré : les pages existent aussi en anglais."))


@post("/anglais/fermer", name="scheduling:close-english", permission=Permission.ORGANISE)
async def withdraw_ground(edition: RequestedEdition) -> Redirect:
    """Without a ground there are none."""
    await close_english(edition.id)
    return _back(edition, _("Les pages en anglais sont fermées. Les textes anglais restent en réserve."))


async def _outside(edition: Edition, form: Form[EditionForm]) -> list[PlannedMoment]:
    """What would no longer be on a day of the edition; unless somebody has seen it, that is an error."""
    if form.value is None:
        return []
    said = form.value.said
    outside = await moments_outside(await draft_of(edition.id), said.starts_on, said.ends_on)
    if outside and not form.value.anyway:
        form.refuse("anyway", _(LOOK_FIRST))
    return outside


def _back(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash, kind=kind)


async def _settings_page(
    request: PageRequest,
    edition: Edition,
    *,
    form: Form[EditionForm] | None = None,
    ground: Form[GroundForm] | None = None,
    outside: Sequence[PlannedMoment] = (),
    compare: bool = False,
    status: int = 200,
) -> Response[str]:
    settings = await settings_of(edition.id)
    typed = typed_in(form) if form else {**typed_of(settings), "version": settings.version}
    grounds = {name: str(ground[name]) for name in (*GROUND_LABELS, "version")} if ground else _grounds(settings)
    if compare:
        typed["version"] = grounds["version"] = settings.version
    return page(
        request,
        "scheduling/edition_settings.html",
        edition=edition,
        status_code=status,
        settings=settings,
        typed=typed,
        grounds=grounds,
        errors=form.errors if form else {},
        ground_errors=ground.errors if ground else {},
        outside=outside,
        changes=_changes(settings, form, ground) if compare else None,
        labels=labels(LABELS),
        ground_labels=labels(GROUND_LABELS),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


def _grounds(settings: EditionSettings) -> dict[str, str]:
    return {
        "ground_fr": settings.english_ground_fr,
        "ground_en": settings.english_ground_en,
        "version": settings.version,
    }


def _changes(
    settings: EditionSettings, form: Form[EditionForm] | None, ground: Form[GroundForm] | None
) -> list[tuple[str, str]]:
    if form:
        return differences(form, typed_of(settings), LABELS)
    return differences(ground, _grounds(settings), GROUND_LABELS) if ground else []


router = Router(
    path="/{edition_slug:str}/organisation/edition",
    route_handlers=[show, change, announce_it, withdraw_it, say_ground, withdraw_ground],
    include_in_schema=False,
)
