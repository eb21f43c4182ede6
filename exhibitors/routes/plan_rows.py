"""Many booths at once: a block of new ones, and numbers anew after a preview."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect
from msgspec import Meta, Struct, field

from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, parse, read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.booth_numbers import NumberTooLong, Order
from exhibitors.domain.booth_rows import Block, Numbering, add_block, number_booths, numbered_anew
from exhibitors.domain.categories import categories_of
from exhibitors.domain.floor_plan import plan_of
from exhibitors.routes.plan_pages import PATH, plan_page, to_table
from exhibitors.routes.typed_lengths import lengths_in

_Prefix = Annotated[OneLine, Meta(max_length=10)]
_Count = Annotated[int, Meta(ge=1, le=100)]
_Start = Annotated[int, Meta(ge=0, le=9999)]
_LENGTHS = ("x", "y", "width", "depth", "gap_across", "gap_down")
BLOCK_LABELS = {
    "rows": N_("Rangées"),
    "columns": N_("Kiosques par rangée"),
    "x": N_("Premier kiosque : à partir de la gauche (m)"),
    "y": N_("Premier kiosque : à partir du haut (m)"),
    "width": N_("Largeur de chaque kiosque (m)"),
    "depth": N_("Profondeur de chaque kiosque (m)"),
    "gap_across": N_("Espace entre deux kiosques (m)"),
    "gap_down": N_("Espace entre deux rangées (m)"),
    "prefix": N_("Numéros : lettres devant"),
    "start": N_("Numéros : le premier"),
    "category": N_("Catégorie"),
    "power": N_("Électricité"),
    "network": N_("Réseau filaire"),
    "step_free": N_("Accessible sans marche"),
}
NUMBER_LABELS = {"prefix": BLOCK_LABELS["prefix"], "start": BLOCK_LABELS["start"], "order": N_("Dans quel ordre?")}
_NEW = dict.fromkeys(BLOCK_LABELS, "") | {
    "rows": "1",
    "columns": "5",
    "x": "0,00",
    "y": "0,00",
    "width": "3,00",
    "depth": "2,00",
    "gap_across": "0,00",
    "gap_down": "3,00",
    "prefix": "A",
    "start": "1",
    "step_free": "yes",
}


class BlockForm(Struct):
    """As it is sent; lengths in metres."""

    rows: _Count
    columns: _Count
    x: str
    y: str
    width: str
    depth: str
    gap_across: str
    gap_down: str
    start: _Start = 1
    prefix: _Prefix = OneLine("")
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = False


class NumberForm(Struct):
    """``booth``: only these; ``plan`` is the version of the plan whose preview was read."""

    start: _Start = 1
    prefix: _Prefix = OneLine("")
    order: Order = "rows"
    booth: list[str] = field(default_factory=list)
    plan: int = -1


@get("/rangees", name="exhibitors:plan-block", permission=Permission.ORGANISE)
async def block(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """A form for rows of booths."""
    return plan_page(request, "plan_block", edition, typed=_NEW, errors={}, **await _choices(edition.id))


@post("/rangees", name="exhibitors:plan-add-block", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """All of them or none."""
    form = await read_form(request, BlockForm)
    lengths = lengths_in(form, *_LENGTHS)
    if form.value:
        said = {name: getattr(form.value, name) for name in BLOCK_LABELS if name not in _LENGTHS}
        try:
            done = await add_block(edition.id, Block(**said, **lengths))
            count = len(done.codes)
            return to_table(
                edition, ngettext("%(num)s kiosque est ajouté.", "%(num)s kiosques sont ajoutés.", count), *done.notes
            )
        except (Conflict, Invalid) as refusal:
            form.refuse("", str(refusal))
    typed, choices = {name: form[name] for name in BLOCK_LABELS}, await _choices(edition.id)
    return plan_page(request, "plan_block", edition, status=422, typed=typed, errors=form.errors, **choices)


@get("/numeros", name="exhibitors:plan-numbers", permission=Permission.ORGANISE)
async def numbers(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """What each booth would be called: nothing changes by looking."""
    form = parse(FormMultiDict(list(request.query_params.multi_items())), NumberForm)
    asked = "order" in request.query_params
    return await _numbers_page(request, edition, form, asked=asked, status=200)


@post("/numeros", name="exhibitors:plan-number", permission=Permission.ORGANISE)
async def number(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """As the preview has shown it."""
    form = await read_form(request, NumberForm)
    if form.value:
        try:
            done = await number_booths(edition.id, _numbering(form.value), plan_version=form.value.plan)
            count = len(done.codes)
            words = ngettext("%(num)s kiosque a son numéro.", "%(num)s kiosques ont leur numéro.", count)
            return to_table(edition, words, *done.notes)
        except (Conflict, Invalid) as refusal:
            form.errors[""] = str(refusal)
    return await _numbers_page(request, edition, form, asked=True, status=422)


async def _numbers_page(
    request: PageRequest, edition: RequestedEdition, form: Form[NumberForm], *, asked: bool, status: int
) -> Response[str]:
    plan = await plan_of(edition.id)
    preview: Sequence[object] = []
    if asked and form.value:
        try:
            preview = numbered_anew(plan, _numbering(form.value))
        except NumberTooLong as refusal:
            form.errors["prefix"] = str(refusal)
    typed = {
        "prefix": form["prefix"] if asked else "A",
        "start": form["start"] or "1",
        "order": form["order"] or "rows",
    }
    return plan_page(
        request,
        "plan_numbers",
        edition,
        status=status,
        typed=typed,
        chosen=form["booth"] or [],
        errors=form.errors if asked else {},
        labels=labels(NUMBER_LABELS),
        orders=[
            ("rows", _("De gauche à droite, rangée par rangée")),
            ("columns", _("De haut en bas, colonne par colonne")),
        ],
        preview=preview,
        plan=plan,
    )


def _numbering(said: NumberForm) -> Numbering:
    return Numbering(prefix=said.prefix, start=said.start, order=said.order, only=tuple(said.booth))


async def _choices(edition_id: int) -> dict[str, Any]:
    return {"labels": labels(BLOCK_LABELS), "categories": await categories_of(edition_id)}


router = Router(path=PATH, route_handlers=[block, add, numbers, number], include_in_schema=False)
