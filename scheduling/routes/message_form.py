"""Writing a message: to whom, in which words, begun with a template or with nothing."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import codes, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, Paragraphs, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.message_templates import NoSuchTemplate, template_numbered, templates_of
from scheduling.domain.organiser_messages import (
    Addressees,
    AlreadySent,
    message_called,
    save_draft,
)
from scheduling.domain.programme import Programme
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.recipients import EVERYONE, KINDS, words_for
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

CHOOSE = N_("Choisissez à qui vous écrivez.")


class MessageForm(Struct):
    """``to`` is « kind:target »; ``code`` makes a form sent twice one draft."""

    to: str
    subject_fr: Subject
    body_fr: Paragraphs
    subject_en: Subject = NO_LINE
    body_en: Paragraphs = NO_PARAGRAPHS
    code: str = ""


@get("/nouveau", name="scheduling:new-message", permission=Permission.ORGANISE)
async def new_message(request: PageRequest, edition: RequestedEdition, modele: FromQuery[str] = "") -> Response[str]:
    """Empty, or with the words of a template."""
    words = NO_TEXTS
    if modele.isascii() and modele.isdigit():
        words = typed_texts(await template_numbered(edition.id, int(modele[:12])))
    elif modele:
        raise NoSuchTemplate
    typed = {**words, "to": f"{EVERYONE}:", "code": codes.new_code()}
    return await _form_page(request, edition, typed)


@post("/nouveau", name="scheduling:add-message", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """A draft, shown as it would leave."""
    form = await read_form(request, MessageForm)
    code = str(form["code"])
    return await _saved(request, edition, code if codes.is_code(code) else codes.new_code(), form)


@get("/envois/{message:str}/modifier", name="scheduling:edit-message", permission=Permission.ORGANISE)
async def edit(request: PageRequest, edition: RequestedEdition, message: FromPath[str]) -> Response[str]:
    """The draft's form, filled in."""
    written = await message_called(edition.id, message)
    if written.is_sent:
        raise AlreadySent
    typed = {**typed_texts(written), "to": f"{written.kind}:{written.target}", "code": written.code}
    return await _form_page(request, edition, typed, draft=written.code)


@post("/envois/{message:str}/modifier", name="scheduling:change-message", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, message: FromPath[str]) -> Response[str] | Redirect:
    """The draft again, in other words or to others."""
    written = await message_called(edition.id, message)
    return await _saved(request, edition, written.code, await read_form(request, MessageForm), draft=written.code)


async def _saved(
    request: PageRequest, edition: Edition, code: str, form: Form[MessageForm], *, draft: str = ""
) -> Response[str] | Redirect:
    programme = await programme_of(edition.id)
    to = _addressees(programme, str(form["to"]))
    if to is None:
        form.refuse("to", _(CHOOSE))
    look_at_texts(form, edition)
    if form.value is None or to is None:
        typed = {**typed_in(form), "code": code}
        return await _form_page(request, edition, typed, draft=draft, errors=form.errors, status=422)
    await save_draft(edition.id, code, to, texts_in(form, edition), by=signed_in(request).id)
    return see_other(url("scheduling:message", edition_slug=edition.slug, message=code))


def _addressees(programme: Programme, text: str) -> Addressees | None:
    """What the list offers, in words of both languages."""
    kind, _colon, target = text.partition(":")
    words = {}
    for locale in i18n.LOCALES:
        with i18n.use(locale):
            words[locale] = words_for(programme, kind, target)
    if not words["fr"] or not words["en"]:
        return None
    return Addressees(kind=kind, target=target, to_fr=words["fr"], to_en=words["en"])


async def _form_page(
    request: PageRequest,
    edition: Edition,
    typed: Mapping[str, str],
    *,
    draft: str = "",
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    programme = await programme_of(edition.id)
    groups = [
        (_(kind.title), [(f"{name}:{target}", words) for target, words in kind.choices(programme)])
        for name, kind in KINDS.items()
    ]
    return page(
        request,
        "scheduling/message_form.html",
        edition=edition,
        status_code=status,
        typed=typed,
        errors=errors or {},
        labels=labels(),
        groups=[group for group in groups if group[1]],
        draft=draft,
        templates=[] if draft else await templates_of(edition.id),
        organiser_menu=organiser_menu(edition, "scheduling:organiser-messages"),
    )


router = Router(
    path="/{edition_slug:str}/organisation/messages",
    route_handlers=[new_message, add, edit, change],
    include_in_schema=False,
)
