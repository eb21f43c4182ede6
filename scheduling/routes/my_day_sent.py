"""After a stranger's form for several places: what anybody may know, and that the mail says the rest."""

from collections.abc import Mapping

import msgspec
from litestar import Response, Router, get
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.access import may_look_inside
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.left_cookies import leave, left
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import forget_cookie
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.places import Answer
from scheduling.domain.programme_reading import programme_of
from scheduling.routes.labels import day_name
from scheduling.routes.registration_sent import WRITTEN_TO

_LEFT = "sent-day"


class SentDay(Struct, frozen=True, kw_only=True):
    """Codes of slots: asked for, whatever became of it; full, which is public; closed, where nobody registers."""

    asked: list[str] = []
    full: list[str] = []
    closed: list[str] = []

    @classmethod
    def of(cls, answers: Mapping[str, Answer | None]) -> "SentDay":
        """The same for whoever holds one of these places and for whoever does not."""
        full = [slot for slot, each in answers.items() if each and each.slot_full and each.outcome != "confirmed"]
        closed = [slot for slot, each in answers.items() if each is None]
        return cls(asked=[slot for slot in answers if slot not in (*full, *closed)], full=full, closed=closed)


def sent_page(edition: Edition, sent: SentDay, email: str) -> Redirect:
    """The answer to the form; where it was not all in vain, it says where we have written to."""
    address = url("scheduling:day-sent", edition_slug=edition.slug)
    answer = see_other(address, flash=_(WRITTEN_TO, email=email) if sent.asked else "")
    answer.set_cookie(leave(_LEFT, msgspec.json.encode(sent)))
    return answer


@get("/{edition_slug:str}/ma-journee/courriel-envoye", name="scheduling:day-sent", permission=Permission.PUBLIC)
async def day_sent(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Which places were asked for is said once; opened again, the page only sends to the mailbox."""
    content = left(_LEFT, request.cookies)
    sent = msgspec.json.decode(content, type=SentDay) if content else SentDay()
    slots = {slot.code: slot for slot in (await programme_of(edition.id)).slots}
    response = page(
        request,
        "scheduling/my_day_sent.html",
        edition=edition,
        nothing=bool(content) and not sent.asked,
        asked=[slots[code] for code in sent.asked if code in slots],
        full=[slots[code] for code in sent.full if code in slots],
        closed=[slots[code] for code in sent.closed if code in slots],
        day_name=day_name,
        mailbox_is_open=may_look_inside(request),
    )
    if content:
        forget_cookie(response, _LEFT)
    return response


router = Router(path="/", route_handlers=[day_sent], after_request=keep_private, include_in_schema=False)
