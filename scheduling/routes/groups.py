"""Registering several people at once: a business's employees, a teacher's class. Who does it has proved an address."""

import asyncio
import sys
from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import i18n, wake
from digital_days.kernel.codes import normalize
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.group_places import NotForAll, TooManyPeople
from scheduling.domain.group_reading import groups_by
from scheduling.domain.groups import NewGroup, start_group
from scheduling.routes.group_form import (
    SIGNED_OUT,
    GroupForm,
    Looked,
    empty_form,
    form_page,
    here,
    in_words,
    look_at,
    read_into,
    uploaded,
)
from scheduling.routes.limits import limit_groups

NOT_ALL = N_("%(done)s Il manque des places : %(reasons)s")
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_templates: dict[tuple[str, str], bytes] = {}


@get("/mes-groupes", name="scheduling:my-groups", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The groups that the viewer has registered."""
    groups = await groups_by(signed_in(request).id, edition.id)
    return page(request, "scheduling/my_groups.html", edition=edition, groups=groups)


@get("/groupes/nouveau", name="scheduling:new-group", permission=Permission.PUBLIC)
async def ask(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """First what it is for, and a link by mail that leads on; then the form for a business or a class."""
    kind = request.query_params.get("genre", "")
    slot = normalize(request.query_params.get("plage", ""))[:20]
    if request.user and kind in ("business", "class"):
        return await form_page(
            request, edition, empty_form("class" if kind == "class" else "business", slot), status=200
        )
    ways = {each: here(edition, each, slot) for each in ("business", "class")}
    return page(request, "scheduling/group_start.html", edition=edition, ways=ways)


@post("/groupes/nouveau", name="scheduling:start-group", permission=Permission.PLACE_TAKE)
async def start(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """A file is only read; else one form, one transaction, one message to the contact."""
    form = await read_form(request, GroupForm)
    file = await uploaded(request)
    if request.user and (form["do"] == "read" or file is not None):
        limit_groups(request.user.id)
        read = await read_into(form, file)
        return await form_page(request, edition, read, status=422 if form.errors else 200)
    looked = await look_at(form, edition)
    if not request.user:
        form.errors = {"": _(SIGNED_OUT)}
        form.value = None
    if form.value is None or request.user is None:
        return await form_page(request, edition, looked, status=422)
    limit_groups(request.user.id)
    return await _start(request, request.user, edition, form.value, looked)


async def _start(
    request: PageRequest, viewer: Viewer, edition: Edition, value: GroupForm, looked: Looked
) -> Response[str] | Redirect:
    wanted = NewGroup(
        kind=value.kind,
        organisation=value.organisation,
        slots=[slot.code for slot in looked.slots],
        members=looked.people,
        together=value.together == "all" and value.do != "some",
        form_code=value.form_code[:40],
        audience=value.audience[:80],
    )
    try:
        started = await start_group(edition, viewer.id, wanted)
    except NotForAll as refusal:
        looked.short = in_words(refusal.shortages, looked.slots)
        some = {short.slot: short.got for short in refusal.shortages}
        looked.some_left = any(some.get(slot.code, 1) for slot in looked.slots)
        return await form_page(request, edition, looked, status=409)
    except TooManyPeople as refusal:
        looked.form.refuse("count", str(refusal))
        return await form_page(request, edition, looked, status=409)
    wake.soon()
    done = ngettext(
        "%(num)s personne est inscrite. Son billet vient de partir par courriel.",
        "%(num)s personnes sont inscrites. Tous les billets viennent de partir en un seul courriel.",
        len(wanted.members),
    )
    reasons = " ".join(in_words(started.shortages, looked.slots))
    return see_other(
        url("scheduling:my-group", edition_slug=edition.slug, group=started.code),
        flash=_(NOT_ALL, done=_("Votre groupe est inscrit."), reasons=reasons) if reasons else done,
        kind="warning" if reasons else "success",
    )


@get("/groupes/modele/{kind:str}", name="scheduling:group-template", permission=Permission.PUBLIC)
async def template(edition: RequestedEdition, kind: FromPath[Literal["xlsx", "csv"]]) -> Response[bytes]:
    """The spreadsheet to fill in; the same for everybody who reads the language."""
    wanted = (kind, i18n.current())
    if wanted not in _templates:
        _templates[wanted] = await _written(*wanted)
    name = _("groupe")
    return Response(
        _templates[wanted],
        media_type=_MEDIA_TYPES[kind],
        headers={"content-disposition": f'attachment; filename="{name}.{kind}"'},
    )


async def _written(kind: str, language: str) -> bytes:
    command = (sys.executable, "-m", "scheduling.imports.group_template", kind, language)
    writer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    content, _nothing = await writer.communicate()
    if writer.returncode:
        raise RuntimeError(f"the template could not be written ({writer.returncode})")
    return content


router = Router(
    path="/{edition_slug:str}",
    route_handlers=[mine, ask, start, template],
    after_request=keep_private,
    include_in_schema=False,
)
