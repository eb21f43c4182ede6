"""The hall: its measures, its rule for ways, the picture it is drawn over."""

from collections.abc import Mapping
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.pictures import MOST_BYTES
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.floor_plan import Plan, plan_of
from exhibitors.domain.halls import HallFacts, change_hall, hall_version
from exhibitors.domain.lengths import metres
from exhibitors.domain.plan_pictures import NoSuchPlanPicture, keep_plan_picture, plan_picture
from exhibitors.routes.plan_marks import plan_background
from exhibitors.routes.plan_pages import PATH, ROUTE, plan_page
from exhibitors.routes.typed_lengths import lengths_in

_HALL = "exhibitors:plan-hall"
_MOST_SENT = 20_000_000
_SMALLEST = 100
_LENGTHS = ("width", "depth", "aisle")
_Name = Annotated[OneLine, Meta(max_length=120)]
LABELS = {
    "name_fr": N_("Nom de la salle"),
    "name_en": N_("Nom en anglais"),
    "width": N_("Largeur de la salle (m)"),
    "depth": N_("Profondeur de la salle (m)"),
    "aisle": N_("Largeur minimale d’une allée ou d’un passage (m)"),
    "picture": N_("Image de la salle, sous le plan"),
    "opacity": N_("Force de l’image, en pour cent"),
}


class HallForm(Struct):
    """As it is sent; lengths in metres. ``background`` names a picture that came with an earlier sending."""

    width: str
    depth: str
    aisle: str
    name_fr: _Name = OneLine("")
    name_en: _Name = OneLine("")
    opacity: Annotated[int, Meta(ge=5, le=100)] = 50
    background: str = ""
    without_picture: bool = False
    version: str = ""


@get("/salle", name=_HALL, permission=Permission.ORGANISE)
async def hall(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Its form, filled in."""
    plan = await plan_of(edition.id)
    return _hall_page(request, edition, _typed_of(plan), plan)


@post("/salle", name="exhibitors:plan-change-hall", permission=Permission.ORGANISE, request_max_body_size=_MOST_SENT)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """A picture that came along is drawn and kept, also when something else has to be put right."""
    form = await _read(request)
    lengths, status, changes = lengths_in(form, *_LENGTHS), 422, None
    for side in ("width", "depth"):
        if lengths.get(side, _SMALLEST) < _SMALLEST:
            form.refuse(side, _("Une salle mesure au moins 1 m."))
    if form.value:
        said = {name: getattr(form.value, name) for name in ("name_fr", "name_en", "opacity", "background")}
        try:
            await change_hall(edition.id, HallFacts(**said, **lengths), version=form.value.version)
            return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("La salle est enregistrée."))
        except ChangedMeanwhile:
            stored = _typed_of(await plan_of(edition.id))
            status, changes = 409, differences(form, stored, LABELS)
            form.typed["version"] = stored["version"]
    typed = {name: str(form[name]) for name in (*LABELS, "background", "version")}
    plan = await plan_of(edition.id)
    return _hall_page(request, edition, typed, plan, errors=form.errors, changes=changes, status=status)


async def _read(request: PageRequest) -> Form[HallForm]:
    form = await read_form(request, HallForm)
    if form["without_picture"]:
        _say_picture(form, "")
    sent = (await request.form()).get("picture")
    if isinstance(sent, UploadFile) and sent.filename:
        try:
            _say_picture(form, await keep_plan_picture(await sent.read(MOST_BYTES + 1)))
        except Invalid as refusal:
            form.refuse("picture", str(refusal))
    elif form["background"]:
        try:
            await plan_picture(str(form["background"]))
        except NoSuchPlanPicture as refusal:
            form.refuse("picture", str(refusal))
    return form


def _say_picture(form: Form[HallForm], digest: str) -> None:
    form.typed["background"] = digest
    if form.value:
        form.value.background = digest


def _typed_of(plan: Plan) -> dict[str, str]:
    texts = {name: str(getattr(plan, name)) for name in ("name_fr", "name_en", "opacity", "background")}
    return {**texts, **{name: metres(getattr(plan, name)) for name in _LENGTHS}, "version": hall_version(plan)}


def _hall_page(
    request: PageRequest,
    edition: Edition,
    typed: Mapping[str, str],
    plan: Plan,
    *,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return plan_page(
        request,
        "plan_hall",
        edition,
        _HALL,
        status=status,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        most_bytes=MOST_BYTES,
        picture_url=plan_background(Plan(background=typed["background"]), edition),
        plan=plan,
    )


router = Router(path=PATH, route_handlers=[hall, change], include_in_schema=False)
