"""The organisers' page of themes, audiences and kinds, and each one to write."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.label_lists import (
    Facet,
    LabelNameTaken,
    ListedLabel,
    add_label,
    change_label,
    label_numbered,
    labels_of,
)
from scheduling.routes.label_form import (
    FACETS,
    LABELS,
    NO_COLOUR,
    FacetWord,
    LabelForm,
    before,
    check_colour,
    colours,
    list_words,
    spoken,
    typed_in,
    typed_of,
)

ROUTE = "scheduling:label-lists"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_labels(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Three lists, as the draft has them."""
    known = await labels_of(await draft_of(edition.id))
    lists = [
        {"word": word, "words": list_words(facet), "labels": [label for label in known if label.facet == facet]}
        for word, facet in FACETS.items()
    ]
    menu = organiser_menu(edition, ROUTE)
    return page(request, "scheduling/label_lists.html", edition=edition, lists=lists, organiser_menu=menu)


@get("/ajouter/{facet:str}", name="scheduling:new-label", permission=Permission.ORGANISE)
async def new_label(request: PageRequest, edition: RequestedEdition, facet: FromPath[FacetWord]) -> Response[str]:
    """An empty form."""
    others = await _in(FACETS[facet], await draft_of(edition.id))
    typed = {**dict.fromkeys(LABELS, ""), "version": "", "colour": NO_COLOUR, "after": str(before(others, 0))}
    return _form_page(request, edition, FACETS[facet], others, typed=typed)


@post("/ajouter/{facet:str}", name="scheduling:add-label", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition, facet: FromPath[FacetWord]) -> Response[str] | Redirect:
    """One more."""
    draft, form = await draft_of(edition.id), await read_form(request, LabelForm)
    check_colour(form, None)
    if form.value:
        try:
            await add_label(draft, FACETS[facet], form.value.said, after=form.value.after)
            return _back(edition, _("« %(name)s » est ajouté.", name=form.value.name_fr))
        except LabelNameTaken as refusal:
            form.refuse("name_fr", str(refusal))
    others = await _in(FACETS[facet], draft)
    return _form_page(request, edition, FACETS[facet], others, typed=typed_in(form), errors=form.errors, status=422)


@get("/{number:int}", name="scheduling:label", permission=Permission.ORGANISE)
async def one_label(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """Its form, filled in."""
    draft = await draft_of(edition.id)
    label = await label_numbered(draft, number)
    others = await _in(label.facet, draft)
    typed = {**typed_of(label), "after": str(before(others, number))}
    return _form_page(request, edition, label.facet, others, label=label, typed=typed)


@post("/{number:int}", name="scheduling:change-label", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """Its address stays, whatever it is called."""
    draft, form = await draft_of(edition.id), await read_form(request, LabelForm)
    label = await label_numbered(draft, number)
    check_colour(form, label)
    if form.value:
        try:
            await change_label(draft, number, form.value.said, version=form.value.version, after=form.value.after)
            return _back(edition, _("« %(name)s » est enregistré.", name=form.value.name_fr))
        except LabelNameTaken as refusal:
            form.refuse("name_fr", str(refusal))
        except ChangedMeanwhile:
            return await _compared(request, edition, draft, number, form)
    others = await _in(label.facet, draft)
    return _form_page(
        request, edition, label.facet, others, label=label, typed=typed_in(form), errors=form.errors, status=422
    )


async def _compared(
    request: PageRequest, edition: Edition, draft: int, number: int, form: Form[LabelForm]
) -> Response[str]:
    label = await label_numbered(draft, number)
    return _form_page(
        request,
        edition,
        label.facet,
        await _in(label.facet, draft),
        label=label,
        typed={**typed_in(form), "version": label.version},
        changes=differences(form, typed_of(label), LABELS, spoken(label)),
        status=409,
    )


async def _in(facet: Facet, draft: int) -> list[ListedLabel]:
    return [label for label in await labels_of(draft) if label.facet == facet]


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


def _form_page(
    request: PageRequest,
    edition: Edition,
    facet: Facet,
    listed: list[ListedLabel],
    *,
    typed: Mapping[str, str],
    label: ListedLabel | None = None,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/label.html",
        edition=edition,
        status_code=status,
        label=label,
        word=next(word for word, each in FACETS.items() if each == facet),
        words=list_words(facet),
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        colours=colours(label),
        others=[other for other in listed if label is None or other.id != label.id],
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/themes",
    route_handlers=[all_labels, new_label, add, one_label, change],
    include_in_schema=False,
)
