"""Messages of the organisers: all of them, and each one looked at, tried on oneself, sent once."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import i18n, wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import TooMany
from digital_days.kernel.i18n import N_, Locale, _, ngettext
from digital_days.kernel.mail import Mail, WithoutSender
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.mail_frame import mail_frame
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.message_history import history_of, past_of
from scheduling.domain.organiser_messages import (
    CountChanged,
    NobodyToWriteTo,
    NoSuchMessage,
    OrganiserMessage,
    message_called,
    preview,
    remove_draft,
    seen,
    send_message,
    send_test,
)
from scheduling.domain.recipients import recipients_of

ROUTE = "scheduling:organiser-messages"
MOST_AT_ONCE = 10
"""Messages to many, and tests, in a window of the rate limits."""

TRIED = N_("Le message d’essai part à %(email)s.")
REMOVED = N_("Le brouillon est supprimé.")


class WritesTooOften(TooMany):
    message = N_("Beaucoup de messages sont partis en peu de temps. Attendez quelques minutes, puis recommencez.")


class Sending(Struct):
    """What the sender has looked at."""

    seen: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_messages(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Drafts, then what was sent, and by whom."""
    return page(
        request,
        "scheduling/organiser_messages.html",
        edition=edition,
        history=await history_of(edition.id),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


@get("/envois/{message:str}", name="scheduling:message", permission=Permission.ORGANISE)
async def one_message(request: PageRequest, edition: RequestedEdition, message: FromPath[str]) -> Response[str]:
    """A draft as it would leave, with those who would get it; or what was sent, and what became of it."""
    return await _message_page(request, edition, await message_called(edition.id, message))


@get("/envois/{message:str}/courriel/{language:str}", name="scheduling:message-mail", permission=Permission.ORGANISE)
async def as_mail(
    request: PageRequest, edition: RequestedEdition, message: FromPath[str], language: FromPath[str]
) -> Response[bytes]:
    """The mail itself, for the frame of the page."""
    written = await message_called(edition.id, message)
    return mail_frame((await _preview(request, written, i18n.as_locale(language))).html)


@post("/envois/{message:str}/envoyer", name="scheduling:send-message", permission=Permission.ORGANISE)
async def send(request: PageRequest, edition: RequestedEdition, message: FromPath[str]) -> Response[str] | Redirect:
    """To exactly those who were counted; whoever was counted before the list changed looks again."""
    form = await read_form(request, Sending)
    written = await message_called(edition.id, message)
    if not written.is_sent:
        rate_limits.count(WritesTooOften, organiser_messages=(edition.slug, MOST_AT_ONCE))
    try:
        number = await send_message(
            edition.id, written.code, seen_by_sender=str(form["seen"]), by=signed_in(request).id
        )
    except (CountChanged, NobodyToWriteTo) as refusal:
        again = await message_called(edition.id, message)
        return await _message_page(request, edition, again, refusal=str(refusal), status=409)
    wake.soon()
    said = ngettext("Le message part à %(num)s personne.", "Le message part à %(num)s personnes.", number)
    return see_other(_address(edition, written), flash=said)


@post("/envois/{message:str}/essai", name="scheduling:try-message", permission=Permission.ORGANISE)
async def try_on_oneself(request: PageRequest, edition: RequestedEdition, message: FromPath[str]) -> Redirect:
    """As it would leave, to the one who writes."""
    written, viewer = await message_called(edition.id, message), signed_in(request)
    rate_limits.count(WritesTooOften, tried_messages=(str(viewer.id), MOST_AT_ONCE))
    await send_test(written, to=viewer.id)
    wake.soon()
    return see_other(_address(edition, written), flash=_(TRIED, email=viewer.email))


@post("/envois/{message:str}/supprimer", name="scheduling:remove-message", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, message: FromPath[str]) -> Redirect:
    """Drafts only: what many have read stays on record."""
    await message_called(edition.id, message)
    await remove_draft(edition.id, message)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(REMOVED))


async def _message_page(
    request: PageRequest, edition: Edition, written: OrganiserMessage, *, refusal: str = "", status: int = 200
) -> Response[str]:
    people = [] if written.is_sent else await recipients_of(edition.id, written.kind, written.target)
    locales: list[Locale] = ["fr", "en"] if written.speaks_english and edition.opens_english else ["fr"]
    mails, unsendable = {}, ""
    try:
        mails = {locale: await _preview(request, written, locale) for locale in locales}
    except WithoutSender as error:
        unsendable = _(error.error)
    return page(
        request,
        "scheduling/message.html",
        edition=edition,
        status_code=status,
        message=written,
        past=await past_of(written),
        people=people,
        seen=seen(written, people),
        mails=mails,
        refusal=refusal,
        unsendable=unsendable,
        organiser_menu=organiser_menu(edition, ROUTE),
    )


async def _preview(request: PageRequest, written: OrganiserMessage, locale: Locale) -> Mail:
    mail = await preview(written, locale, reader=signed_in(request).id)
    if mail is None:
        raise NoSuchMessage
    return mail


def _address(edition: Edition, written: OrganiserMessage) -> str:
    return url("scheduling:message", edition_slug=edition.slug, message=written.code)


router = Router(
    path="/{edition_slug:str}/organisation/messages",
    route_handlers=[all_messages, one_message, as_mail, send, try_on_oneself, remove],
    after_request=keep_private,
    include_in_schema=False,
)
