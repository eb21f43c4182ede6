"""After a stranger's form: the same page whatever the mail will say, and the way back to the form with what was typed.

What was typed, however long, is left for a minute to a cookie that is dropped as soon as the page is made: at a
computer that many share, nobody finds it by going back, by loading the page again or in an address.
"""

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.mistyped_addresses import probably_meant
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.access import may_look_inside
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.left_contents import leave_content, left_content
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import forget_cookie
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.slots import slot_called

WRITTEN_TO = N_("Nous avons écrit à %(email)s.")

_LEFT = "sent-form"


class SentForm(Struct, frozen=True, kw_only=True):
    """``code`` is known to this browser alone; by it a mistyped address may be corrected. ``more``: names and texts."""

    slot: str
    name: str
    email: str
    consent: list[str]
    code: str
    wait: bool = False
    more: list[tuple[str, str]] = []


async def sent_page(edition: Edition, sent: SentForm) -> Redirect:
    """The answer to the form: what we tell everybody, and for this page alone what was typed."""
    address = url("scheduling:registration-sent", edition_slug=edition.slug, slot=sent.slot)
    answer = see_other(address, flash=_(WRITTEN_TO, email=sent.email))
    answer.set_cookie(await leave_content(_LEFT, msgspec.json.encode(sent)))
    return answer


@get(
    "/{edition_slug:str}/plages/{slot:str}/courriel-envoye",
    name="scheduling:registration-sent",
    permission=Permission.PUBLIC,
)
async def registration_sent(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """The same words for everybody: the answer is in the mail."""
    wanted = await slot_called(edition.id, slot)
    sent = await _sent_for(request, wanted.code)
    response = page(
        request,
        "scheduling/registration_sent.html",
        edition=edition,
        slot=wanted,
        sent=sent,
        meant=probably_meant(sent.email) if sent else "",
        mailbox_is_open=may_look_inside(request),
    )
    if sent:
        forget_cookie(response, _LEFT)
    return response


async def _sent_for(request: PageRequest, slot: str) -> SentForm | None:
    content = await left_content(_LEFT, request.cookies)
    sent = msgspec.json.decode(content, type=SentForm) if content else None
    return sent if sent and sent.slot == slot else None


router = Router(path="/", route_handlers=[registration_sent], after_request=keep_private, include_in_schema=False)
