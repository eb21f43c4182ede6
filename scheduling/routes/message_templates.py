"""Templates of messages: written, renamed, removed by organisers."""

from collections.abc import Mapping
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.message_templates import (
    MessageTemplate,
    TemplateNameTaken,
    add_template,
    change_template,
    remove_template,
    template_numbered,
    templates_of,
)
from scheduling.routes.message_texts import (
    NO_LINE,
    NO_PARAGRAPHS,
    NO_TEXTS,
    Subject,
    labels,
    look_at_texts,
    texts_in,
    typed_in,
    typed_texts,
)

ROUTE = "scheduling:message-templates"
SAVED = N_("Le modèle « %(name)s » est enregistré.")
REMOVED = N_("Le modèle « %(name)s » est supprimé.")


class TemplateForm(Struct):
    """The words, and the name they are found by."""

    name: Annotated[OneLine, Meta(max_length=120)]
    subject_fr: Subject
    body_fr: Paragraphs
    subject_en: Subject = NO_LINE
    body_en: Paragraphs = NO_PARAGRAPHS


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_templates(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """By name."""
    return page(
        request,
        "scheduling/message_templates.html",
        edition=edition,
        templates=await templates_of(edition.id),
        organiser_menu=organiser_menu(edition, "scheduling:organiser-messages"),
    )


@get("/nouveau", name="scheduling:new-message-template", permission=Permission.ORGANISE)
async def new_template(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    return _form_page(request, edition, {**NO_TEXTS, "name": ""})


@post("/nouveau", name="scheduling:add-message-template", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    form = await _read(request, edition)
    if form.value:
        try:
            await add_template(edition.id, form.value.name, texts_in(form, edition))
            return _back(edition, _(SAVED, name=form.value.name))
        except TemplateNameTaken as refusal:
            form.refuse("name", str(refusal))
    return _form_page(request, edition, typed_in(form), errors=form.errors, status=422)


@get("/{number:int}", name="scheduling:message-template", permission=Permission.ORGANISE)
async def one_template(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """Its form, filled in."""
    known = await template_numbered(edition.id, number)
    return _form_page(request, edition, {**typed_texts(known), "name": known.name}, known=known)


@post("/{number:int}", name="scheduling:change-message-template", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """Other words, or another name."""
    known = await template_numbered(edition.id, number)
    form = await _read(request, edition)
    if form.value:
        try:
            await change_template(edition.id, number, form.value.name, texts_in(form, edition))
            return _back(edition, _(SAVED, name=form.value.name))
        except TemplateNameTaken as refusal:
            form.refuse("name", str(refusal))
    return _form_page(request, edition, typed_in(form), known=known, errors=form.errors, status=422)


@post("/{number:int}/supprimer", name="scheduling:remove-message-template", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, number: FromPath[int]) -> Redirect:
    """What was written with it stays."""
    known = await template_numbered(edition.id, number)
    await remove_template(edition.id, number)
    return _back(edition, _(REMOVED, name=known.name))


async def _read(request: PageRequest, edition: Edition) -> Form[TemplateForm]:
    form = await read_form(request, TemplateForm)
    look_at_texts(form, edition)
    return form


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


def _form_page(
    request: PageRequest,
    edition: Edition,
    typed: Mapping[str, str],
    *,
    known: MessageTemplate | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/message_template.html",
        edition=edition,
        status_code=status,
        known=known,
        typed=typed,
        errors=errors or {},
        labels=labels(),
        organiser_menu=organiser_menu(edition, "scheduling:organiser-messages"),
    )


router = Router(
    path="/{edition_slug:str}/organisation/messages/modeles",
    route_handlers=[all_templates, new_template, add, one_template, change, remove],
    include_in_schema=False,
)
