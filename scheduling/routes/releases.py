"""Releasing the draft: what it changes, who is written to, what stands in the way; then one button."""

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.changelog import changelog_of
from scheduling.domain.changes import changes
from scheduling.domain.rehearsal import rehearse
from scheduling.domain.releases import ReasonNeeded, Seen, prepared, publish_release, release_records

PUBLISHED = N_("La version « %(name)s » est publiée. Les messages partent.")
LONGEST_NAME = 120


class ReleaseRequest(Struct):
    """``after`` and ``version`` are what the organiser has looked at."""

    name: OneLine
    after: int
    version: str
    override: str = ""


@get("/", name="scheduling:release", permission=Permission.ORGANISE)
async def preview(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """What the public would read, and each message that would leave. Looking changes nothing."""
    return await _preview_page(request, edition, Form(typed={}, errors={}, value=None))


@post("/", name="scheduling:publish-release", permission=Permission.ORGANISE)
async def publish(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One form, one command; whoever comes second sees what the first has done."""
    form = await read_form(request, ReleaseRequest)
    if form.value is None:
        return await _preview_page(request, edition, form, status=422)
    wanted = form.value
    try:
        await publish_release(
            edition.id,
            name=wanted.name,
            by=signed_in(request).id,
            seen=Seen(after=wanted.after, version=wanted.version),
            override=wanted.override,
        )
    except (Conflict, Invalid) as refusal:
        form.refuse("override" if isinstance(refusal, ReasonNeeded) else "", str(refusal))
        return await _preview_page(request, edition, form, status=422 if isinstance(refusal, Invalid) else 409)
    return see_other(url("scheduling:release", edition_slug=edition.slug), flash=_(PUBLISHED, name=wanted.name))


async def _preview_page(
    request: PageRequest, edition: Edition, form: Form[ReleaseRequest], *, status: int = 200
) -> Response[str]:
    found = await prepared(edition.id)
    rehearsal = None if found.obstacles.hard or not found.plan else await rehearse(edition.id, found)
    changelog = await changelog_of(edition.id)
    return page(
        request,
        "scheduling/release.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, "scheduling:release"),
        form=form,
        seen=found.seen,
        is_new=bool(found.plan) or not found.seen.after,
        changes=changes(found.plan) if found.seen.after else [],
        slots=len(found.plan.after.slots),
        codes=changelog.codes,
        obstacles=found.obstacles,
        rehearsal=rehearsal,
        records=await release_records(edition.id),
        longest_name=LONGEST_NAME,
    )


router = Router(
    path="/{edition_slug:str}/organisation/publication",
    route_handlers=[preview, publish],
    include_in_schema=False,
)
