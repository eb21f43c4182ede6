"""The mailbox of the development server, as pages: what would have left, as it would have been read."""

import base64

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.mailbox import Letter, letter, letters
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.mail_frame import mail_frame
from digital_days.kernel.web.pages import PageRequest, page

# As mail programs show them; the others are for programs.
READ_BY_PEOPLE = {"From": N_("De"), "To": N_("À"), "Subject": N_("Objet"), "Reply-To": N_("Répondre à")}
_LARGEST_NUMBER = 2**31 - 1


class NoSuchLetter(NotFound):
    message = N_("Ce courriel n’est pas dans la boîte.")


@get("/", name="site:mailbox", permission=Permission.DEVELOPMENT)
async def mailbox(request: PageRequest, to: FromQuery[str] = "") -> Response[str]:
    """The newest first; those to one address if asked."""
    return page(request, "site/mailbox.html", letters=await letters(to=to.strip()), to=to)


@get("/{number:int}", name="site:mailbox-message", permission=Permission.DEVELOPMENT)
async def message(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """HTML in a frame of its own, attachments, text, headers."""
    found = await _letter(number)
    return page(
        request,
        "site/mailbox_message.html",
        letter=found,
        headers=[
            (_(name), found.headers[header]) for header, name in READ_BY_PEOPLE.items() if header in found.headers
        ],
        technical=[(header, said) for header, said in found.headers.items() if header not in READ_BY_PEOPLE],
    )


@get("/{number:int}/html", name="site:mailbox-html", permission=Permission.DEVELOPMENT)
async def message_html(number: FromPath[int]) -> Response[bytes]:
    """What a mail program would show, under a policy of its own."""
    return mail_frame(_shown(await _letter(number)))


@get("/{number:int}/pieces/{place:int}", name="site:mailbox-attachment", permission=Permission.DEVELOPMENT)
async def attachment(number: FromPath[int], place: FromPath[int]) -> Response[bytes]:
    """A file to save, never opened as a page of ours."""
    attachments = (await _letter(number)).attachments
    if not 0 <= place < len(attachments):
        raise NoSuchLetter
    wanted = attachments[place]
    return Response(
        wanted.content,
        media_type=wanted.media_type,
        headers={"content-disposition": f'attachment; filename="{wanted.filename}"', "cache-control": "no-store"},
    )


async def _letter(number: int) -> Letter:
    found = await letter(number) if 0 < number <= _LARGEST_NUMBER else None
    if found is None:
        raise NoSuchLetter
    return found


def _shown(found: Letter) -> str:
    """The pictures inside, since the frame's policy fetches nothing."""
    html = found.html
    for each in found.attachments:
        if each.content_id:
            data = base64.b64encode(each.content).decode()
            html = html.replace(f"cid:{each.content_id}", f"data:{each.media_type};base64,{data}")
    return html


router = Router(
    path="/courrier",
    route_handlers=[mailbox, message, message_html, attachment],
    include_in_schema=False,
)
