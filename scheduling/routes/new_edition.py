"""The page on which an organiser makes the next edition: from nothing, or from an earlier one."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition, every_edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import NOT_UNDERSTOOD, Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.sessions import Viewer
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.edition_copying import settled_by_copying
from scheduling.domain.edition_making import SlugTaken, make_edition
from scheduling.domain.edition_slugs import problem_with, slug_from
from scheduling.routes.edition_form import LABELS, EditionForm, check_days

ALL_LABELS = {"source": N_("D’où partir"), "slug": N_("Adresse dans le site"), **LABELS}
_TEXTS = set(LABELS) - {"name_fr", "name_en", "starts_on", "ends_on"}
LOOK_FIRST = N_("Tout ne peut pas être copié tel quel : voyez quoi, puis confirmez.")


class NewEditionForm(EditionForm, frozen=True, kw_only=True):
    """``source`` is the address of the edition to copy, if any."""

    source: str = ""
    slug: str = ""


@get("/", name="scheduling:new-edition", permission=Permission.ORGANISE)
async def new_edition(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """To be filled in; the edition one comes from is proposed."""
    typed = {**dict.fromkeys(ALL_LABELS, ""), "source": edition.slug}
    return await _new_page(request, edition, typed=typed)


@post("/", name="scheduling:make-edition", permission=Permission.ORGANISE)
async def make(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Whoever makes it organises it."""
    viewer, form = signed_in(request), await read_form(request, NewEditionForm)
    source, slug = await _source(viewer, form), _slug(form)
    check_days(form, lasts=source.ends_on - source.starts_on if source else None)
    told = await _look_first(form, source)
    if form.value:
        try:
            await make_edition(slug, form.value.said, by=viewer.id, copied_from=source.id if source else None)
            wake.soon()
            return _made(slug, form.value.name_fr)
        except SlugTaken as refusal:
            form.refuse("slug", str(refusal))
    typed = {name: str(form[name]) for name in ALL_LABELS}
    return await _new_page(request, edition, typed=typed, errors=form.errors, told=told, status=422)


async def _source(viewer: Viewer, form: Form[NewEditionForm]) -> Edition | None:
    """The edition to copy, which this person organises too."""
    own = {edition.slug: edition for edition in await _own_editions(viewer)}
    if form["source"] and form["source"] not in own:
        form.refuse("source", _(NOT_UNDERSTOOD))
    return own.get(str(form["source"]))


def _slug(form: Form[NewEditionForm]) -> str:
    """As typed, else made of the name."""
    slug = str(form["slug"]).strip().lower() or slug_from(str(form["name_fr"]))
    if (problem := problem_with(slug)) and "name_fr" not in form.errors:
        form.refuse("slug", problem)
    return slug


async def _look_first(form: Form[NewEditionForm], source: Edition | None) -> Sequence[str]:
    """What the copy could not keep as it is; unless somebody has seen it, that is an error."""
    if form.value is None or source is None:
        return []
    said = form.value.said
    settled, outside = await settled_by_copying(
        source.id, said.starts_on - source.starts_on, said.starts_on, said.ends_on
    )
    told = [each.sentence for each in settled]
    told += [_("%(slot)s : en dehors des jours de la nouvelle édition.", slot=each.words) for each in outside]
    if told and not form.value.anyway:
        form.refuse("anyway", _(LOOK_FIRST))
    return told


def _made(slug: str, name: str) -> Redirect:
    flash = _("« %(name)s » est créée. Personne d’autre ne la voit tant que vous ne l’annoncez pas.", name=name)
    return see_other(url("scheduling:edition-settings", edition_slug=slug), flash=flash)


async def _own_editions(viewer: Viewer) -> list[Edition]:
    return [edition for edition in await every_edition() if viewer.may(Permission.ORGANISE, edition.slug)]


async def _new_page(
    request: PageRequest,
    edition: Edition,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    told: Sequence[str] = (),
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/new_edition.html",
        edition=edition,
        status_code=status,
        typed=typed,
        errors=errors or {},
        told=told,
        texts_to_correct=bool(_TEXTS & set(errors or {})),
        sources=[(each.slug, each.name) for each in await _own_editions(signed_in(request))],
        labels=labels(ALL_LABELS),
        organiser_menu=organiser_menu(edition, "scheduling:edition-settings"),
    )


router = Router(
    path="/{edition_slug:str}/organisation/editions/nouvelle",
    route_handlers=[new_edition, make],
    include_in_schema=False,
)
